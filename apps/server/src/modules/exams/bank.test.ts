import { beforeAll, describe, expect, it } from 'vitest'
import { type Keepers, keepersOf, liveQuestion, paperBody, question, releasedPaper } from '../../test/exam-cases.ts'
import { type Answer, type Fixture, openFixture } from '../../test/fixture.ts'
import { figuresOf } from './exams.figures.ts'
import { pointsFor, settledPoints } from './exams.policy.ts'

let f: Fixture
let keepers: Keepers
const codeOf = ({ body }: Answer): unknown => (body as { code?: string }).code
beforeAll(async () => {
  f = await openFixture()
  keepers = await keepersOf(f)
}, 60_000)

const write = (draft: object) =>
  keepers.writer.send<{ id: string }>('POST', '/exam-questions', { orgId: f.orgs.committee.id, ...draft })

describe('a question', () => {
  it('is refused while it cannot be asked or marked', async () => {
    const body = { stem: '选一个', options: ['甲', '乙'] }
    const key = { choices: [0], blanks: [], reference: null }
    const cases: [object, string][] = [
      [question('single', 1, { body: { stem: '选一个', options: ['甲'] } }), 'exams.options_missing'],
      [question('single', 1, { body: { stem: '选一个', options: ['甲', '甲 '] } }), 'exams.options_not_for_kind'],
      [question('single', 1, { body, key: { ...key, choices: [0, 1] } }), 'exams.key_missing'],
      [question('multiple', 1, { body, key: { ...key, choices: [] } }), 'exams.key_missing'],
      [question('multiple', 1, { body, key: { ...key, choices: [5] } }), 'exams.key_outside'],
      [question('blank', 1, { body: { stem: '没有空', options: [] } }), 'exams.blanks_differ'],
      [question('short', 1, { key: { ...key, choices: [], reference: ' ' } }), 'exams.key_missing'],
    ]
    for (const [draft, code] of cases) expect(codeOf(await write(draft))).toBe(code)
    const elsewhere = await f.signIn('party_worker', 'faculty')
    const draft = { ...question('truth', 1), orgId: f.orgs.committee.id }
    expect(codeOf(await elsewhere.send('POST', '/exam-questions', draft))).toBe('exams.no_such_org')
  })

  it('is taken into use by a second person, and stays in use while a new version is reviewed', async () => {
    const { body } = await write(question('truth', 7))
    const act = (who: keyof Keepers, name: string, more: object = {}) =>
      keepers[who].send('POST', `/exam-questions/${body.id}/${name}`, more)
    expect(codeOf(await act('reviewer', 'approve'))).toBe('exams.wrong_state')
    await act('writer', 'submit')
    expect(codeOf(await act('writer', 'approve'))).toBe('exams.not_by_the_same')
    expect((await act('reviewer', 'return', { reason: '写清出处' })).body).toMatchObject({ state: 'returned' })
    await act('writer', 'submit')
    expect((await act('reviewer', 'approve')).body).toMatchObject({ state: 'live' })
    const read = async () =>
      (await keepers.writer.send<{ version: number; liveNo: number; no: number }>('GET', `/exam-questions/${body.id}`))
        .body
    const { version } = await read()
    const changed = await keepers.writer.send('PUT', `/exam-questions/${body.id}`, question('truth', 8), {
      'if-match': `"${version}"`,
    })
    expect(changed.body).toMatchObject({ state: 'draft' })
    expect(await read()).toMatchObject({ liveNo: 1, no: 2 })
    const items = [{ questionId: body.id, points: 5 }]
    const paper = await keepers.writer.send<{ items: object[] }>(
      'GET',
      `/exam-papers/${await releasedPaper(f, keepers, { items })}`,
    )
    expect(paper.body.items).toMatchObject([{ no: 1, isOutdated: false }])
    await act('writer', 'retire', { reason: '条文已修订' })
    const late = await keepers.writer.send('POST', '/exam-papers', paperBody(f, { items }))
    expect(codeOf(late)).toBe('exams.question_not_live')
  })

  it('goes with many others, and what cannot go is named', async () => {
    const ids = [(await write(question('truth', 21))).body.id, (await write(question('truth', 22))).body.id]
    const live = await liveQuestion(f, keepers, question('truth', 23))
    const submitted = await keepers.writer.send('POST', '/exam-question-acts', { act: 'submit', ids: [...ids, live] })
    expect(submitted.body).toMatchObject({ done: 2, refused: [{ id: live, code: 'exams.wrong_state' }] })
    const approved = await keepers.reviewer.send('POST', '/exam-question-acts', { act: 'approve', ids })
    expect(approved.body).toEqual({ done: 2, refused: [] })
    const topics = await keepers.writer.send<{ rows: { questions: number }[] }>('GET', '/exam-topics')
    expect(topics.body.rows.length).toBeGreaterThan(0)
  })
})

describe('a paper', () => {
  it('is refused empty, with one question twice, and changed after its release', async () => {
    const post = (more: object) => keepers.writer.send<{ id: string }>('POST', '/exam-papers', paperBody(f, more))
    const empty = await post({})
    expect(codeOf(await keepers.writer.send('POST', `/exam-papers/${empty.body.id}/release`, {}))).toBe(
      'exams.paper_empty',
    )
    const questionId = await liveQuestion(f, keepers, question('truth', 31))
    const items = [{ questionId, points: 1 }]
    expect(codeOf(await post({ items: [...items, ...items] }))).toBe('exams.question_twice')
    const id = await releasedPaper(f, keepers, { items })
    const { orgId: _, ...draft } = paperBody(f, { items })
    const change = await keepers.writer.send('PUT', `/exam-papers/${id}`, draft, { 'if-match': '"2"' })
    expect(codeOf(change)).toBe('exams.wrong_state')
    expect((await keepers.writer.send('POST', `/exam-papers/${id}/retire`, { reason: '换新卷' })).body).toMatchObject({
      state: 'retired',
    })
  })
})

describe('points', () => {
  const item = { points: 10, order: [2, 0, 1] }
  const key = { choices: [0, 2], blanks: [], reference: null }
  it.each([
    ['none', [0], 0],
    ['half', [0], 5],
    ['share', [0], 5],
    ['share', [0, 2], 0],
    ['none', [0, 1], 10],
  ] as const)('for a 多选 under "%s" with %j shown are %i', (partial, choices, points) => {
    expect(pointsFor('multiple', key, { choices: [...choices] }, item, partial)).toBe(points)
  })
  it('are whole for gaps, whatever the width and the case of what was written', () => {
    const blanks = { choices: [], blanks: [['三', '3'], ['Party']], reference: null }
    const given = { blanks: ['３', ' party。'] }
    expect(pointsFor('blank', blanks, given, { points: 5, order: [] }, 'none')).toBe(5)
    expect(pointsFor('blank', blanks, { blanks: ['3'] }, { points: 5, order: [] }, 'none')).toBe(2)
  })
  it('of two markers are their mean, of three the mean of the nearer two', () => {
    const marks = { markers: 2, difference: 2, first: 4, second: 7, third: null }
    expect(settledPoints(marks)).toBeNull()
    expect(settledPoints({ ...marks, third: 6 })).toBe(7)
    expect(settledPoints({ ...marks, second: 5 })).toBe(5)
    expect(settledPoints({ ...marks, markers: 1, second: null })).toBe(4)
  })
  it('tell a good question from one that everybody guesses', () => {
    const sitting = (good: boolean) => ({
      points: good ? 10 : 5,
      most: 10,
      passed: good,
      items: [
        { v: 'tells', points: good ? 5 : 0, most: 5 },
        { v: 'same', points: 5, most: 5 },
      ],
    })
    const known = { questionId: 'q', no: 1, kind: 'single' as const, topic: '', stem: '' }
    const all = Array.from({ length: 20 }, (_, at) => sitting(at < 10))
    const { questions } = figuresOf(
      all,
      new Map([
        ['tells', known],
        ['same', known],
      ]),
    )
    expect(questions).toMatchObject([
      { p: 0.5, d: 1 },
      { p: 1, d: 0 },
    ])
  })
})
