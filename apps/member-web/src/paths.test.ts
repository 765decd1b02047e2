import { expect, it } from 'vitest'
import { paths } from './paths.ts'

it('keeps every address that people may have bookmarked', () => {
  const flat = Object.entries(paths).flatMap(([name, path]) =>
    typeof path === 'function'
      ? [[name, path()]]
      : Object.entries(path).map(([part, of]) => [`${name}.${part}`, of('ID')]),
  )
  expect(flat).toEqual([
    ['home', '/'],
    ['learning', '/learning'],
    ['organisation', '/organisation'],
    ['messages', '/messages'],
    ['meetings.list', '/meetings'],
    ['meetings.one', '/meetings/ID'],
    ['meetings.proposals', '/meetings/proposals'],
    ['meetings.tasks', '/meetings/tasks'],
    ['meetings.talks', '/meetings/talks'],
    ['meetings.study', '/meetings/ID/study'],
    ['meetings.calendar', '/me/calendar'],
    ['meetings.checkIn', '/check-in'],
    ['record.mine', '/me/record'],
    ['record.correct', '/me/record/correct'],
    ['record.looks', '/me/looks'],
    ['record.trail', '/me/trail'],
    ['me', '/me'],
    ['deadlines', '/deadlines'],
    ['votes.list', '/votes'],
    ['votes.one', '/votes/ID'],
    ['elections.list', '/elections'],
    ['elections.one', '/elections/ID'],
    ['exams.list', '/learning/exams'],
    ['exams.quiz', '/learning/exams/ID'],
    ['exams.sitting', '/learning/sittings/ID'],
    ['exams.result', '/learning/sittings/ID/result'],
    ['transfers', '/transfers'],
    ['development.mine', '/development'],
    ['development.handIn', '/development/hand-in'],
    ['development.activists', '/development/activists'],
    ['appraisal.list', '/appraisals'],
    ['appraisal.one', '/appraisals/ID'],
    ['appraisal.byCode', '/appraise'],
    ['credits.mine', '/learning/credits'],
    ['credits.certificates', '/learning/credits/certificates'],
    ['credits.exemption', '/learning/credits/exemption'],
    ['credits.verify', '/verify/transcript'],
    ['absence', '/me/absence'],
    ['quietHours', '/me/quiet-hours'],
    ['help', '/help'],
    ['signIn', '/sign-in'],
    ['welcome', '/welcome'],
    ['activate', '/activate'],
    ['reset', '/reset'],
    ['security', '/me/security'],
  ])
})
