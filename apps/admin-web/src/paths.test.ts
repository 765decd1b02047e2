import { expect, it } from 'vitest'
import { outside, paths } from './paths.ts'

it('keeps every address that people may have bookmarked', () => {
  const flat = Object.entries(paths).flatMap(([name, path]) =>
    typeof path === 'function'
      ? [[name, path()]]
      : Object.entries(path).map(([part, of]) => [`${name}.${part}`, of('ID')]),
  )
  expect(flat).toEqual([
    ['workbench', '/'],
    ['help', '/help'],
    ['deadlines', '/deadlines'],
    ['org.list', '/orgs'],
    ['org.found', '/orgs/new'],
    ['org.one', '/orgs/ID'],
    ['org.correct', '/orgs/ID/correct'],
    ['org.move', '/orgs/ID/move'],
    ['org.merge', '/orgs/ID/merge'],
    ['org.chart', '/orgs/ID/chart'],
    ['settings.home', '/settings'],
    ['settings.dictionaries', '/settings/dictionaries'],
    ['settings.calendar', '/settings/calendar'],
    ['members.list', '/members'],
    ['members.add', '/members/new'],
    ['members.bin', '/deleted-members'],
    ['members.quality', '/member-quality'],
    ['members.duplicates', '/member-duplicates'],
    ['members.merge', '/member-merge'],
    ['members.one', '/members/ID'],
    ['members.edit', '/members/ID/edit'],
    ['members.dossier', '/members/ID/dossier'],
    ['memberChanges.list', '/member-changes'],
    ['memberChanges.one', '/member-changes/ID'],
    ['imports.list', '/imports'],
    ['imports.add', '/imports/new'],
    ['imports.one', '/imports/ID'],
    ['meetings.list', '/meetings'],
    ['meetings.ledger', '/meetings/ledger'],
    ['meetings.plan', '/meetings/plan'],
    ['meetings.one', '/meetings/ID'],
    ['meetings.change', '/meetings/ID/change'],
    ['meetings.screen', '/meetings/ID/screen'],
    ['membership.absences', '/membership/absences'],
    ['membership.absence', '/membership/absences/ID'],
    ['membership.decisions', '/membership/decisions'],
    ['membership.decision', '/membership/decisions/ID'],
    ['membership.months', '/membership/months'],
    ['voting.list', '/votes'],
    ['voting.make', '/votes/new'],
    ['voting.one', '/votes/ID'],
    ['voting.change', '/votes/ID/change'],
    ['voting.screen', '/votes/ID/screen'],
    ['transfers.list', '/transfers'],
    ['transfers.add', '/transfers/new'],
    ['transfers.many', '/transfers/batch'],
    ['transfers.incoming', '/transfers/incoming'],
    ['transfers.one', '/transfers/ID'],
    ['transfers.edit', '/transfers/ID/edit'],
    ['development.list', '/development'],
    ['development.add', '/development/new'],
    ['development.quotas', '/development/quotas'],
    ['development.one', '/development/ID'],
    ['notices.list', '/notices'],
    ['notices.send', '/notices/new'],
    ['notices.inbox', '/inbox'],
    ['audit.list', '/audit'],
    ['access.waiting', '/access/activation'],
    ['access.batches', '/access/slips'],
    ['access.accounts', '/access/accounts'],
    ['access.grants', '/access/grants'],
    ['access.proposals', '/access/proposals'],
    ['access.recoveries', '/access/recoveries'],
  ])
})

it('comes back after signing in to the page that was asked for', () => {
  expect(outside.signIn('/admin/?tab=1&x=2')).toBe('/sign-in?to=%2Fadmin%2F%3Ftab%3D1%26x%3D2')
})
