import { beforeAll, describe, expect, it } from 'vitest'
import { plantMember } from '../../test/org-people.ts'
import { boxOf, counted, type Desk, inHall, openDesk, PUBLICITY, prepared } from './elections.fixture.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})

const bytesOf = async (id: string, query: string) =>
  desk.secretary.send<string>('GET', `/elections/${id}/form?${query}`)

describe('an election of five with six candidates and a tie at the last seat', () => {
  let id = ''

  it('comes to a run-off between the tied, in which more votes win', async () => {
    const { members, done, secretary, seen } = desk
    expect((await bytesOf('00000000-0000-7000-8000-000000000000', 'form=request')).status).toBe(404)
    id = await inHall(desk)
    const early = await bytesOf(id, 'form=tellers_report')
    expect(early.body).toMatchObject({ code: 'elections.form_too_early' })
    // Four with 8, 7, 6, 6; the last two level at 5 of 8 present.
    const votes = [8, 7, 6, 6, 5, 5]
    const first = await counted(desk, id, (round) =>
      boxOf(round, Object.fromEntries(votes.map((n, at) => [members[at]?.id ?? '', n]))),
    )
    expect(first).toMatchObject({
      state: 'voting',
      rounds: [{ state: 'counted', result: { action: 'run-off', remaining: 1, needed: 5 } }],
      nextRound: { body: 'committee', kind: 'run_off', seats: 1, candidates: [{ name: '张小英' }, { name: '陈思' }] },
    })
    await done(secretary, id, 'rounds', { body: 'committee', channel: 'paper', writeIn: true })
    expect((await seen(id)).rounds[1]).toMatchObject({ kind: 'run_off', writeIn: false, seats: 1 })
    const second = await counted(desk, id, (round) =>
      boxOf(round, { [members[5]?.id ?? '']: 5, [members[4]?.id ?? '']: 3 }),
    )
    expect(second).toMatchObject({ state: 'plenum', nextRound: { body: 'secretary', seats: 1 } })
    expect(second.elected.map(({ name }) => name)).toEqual(['丁一鸣', '王海', '王建国', '李明', '陈思'])
  })

  it('has secretary and deputy elected by the committee alone, four fifths of it present', async () => {
    const { members, act, done, secretary, seen } = desk
    const committee = [0, 1, 2, 3, 5].map((at) => members[at]?.id ?? '')
    const open = (body: string, present: string[]) =>
      act(secretary, id, 'rounds', { body, channel: 'paper', writeIn: false, present })
    expect((await open('secretary', [members[7]?.id ?? ''])).body).toMatchObject({ code: 'elections.not_on_committee' })
    expect((await open('secretary', committee.slice(0, 3))).body).toMatchObject({
      code: 'elections.no_quorum',
      detail: { present: 3, shouldAttend: 5 },
    })
    expect((await open('secretary', committee)).body).toMatchObject({ state: 'plenum' })
    await counted(desk, id, (round) => boxOf(round, { [committee[0] ?? '']: 5 }, 5))
    await done(secretary, id, 'rounds', {
      body: 'deputy',
      channel: 'paper',
      writeIn: false,
      present: committee.slice(1),
    })
    const over = await counted(desk, id, (round) => boxOf(round, { [committee[1] ?? '']: 4 }, 4))
    expect(over).toMatchObject({ state: 'reporting', nextRound: null })
    expect((await seen(id)).elected.slice(-2)).toMatchObject([
      { name: '丁一鸣', body: 'secretary' },
      { name: '王海', body: 'deputy' },
    ])
    const { rows } = await desk.secretary
      .send<{ rows: { kind: string; dueOn: string }[] }>('GET', '/deadlines')
      .then(({ body }) => body)
    expect(rows.filter(({ kind }) => kind.startsWith('elections.'))).toMatchObject([
      { kind: 'elections.report', dueOn: '2026-11-09' },
    ])
  })

  it('is reported by one and approved by another above, who writes term and posts and retires the old committee', async () => {
    const { members, act, done, secretary, above, letter, orgId, f } = desk
    const old = await plantMember(f, 'teachers', '老书记')
    const post = { post: 'secretary', memberId: old.id, fromOn: '2023-10-10' }
    expect((await above.send('POST', `/orgs/${orgId}/posts`, post)).status).toBe(200)
    const report = (division: object[]) =>
      act(secretary, id, 'report', { documentNumber: '教工支〔2026〕6号', on: '2026-11-02', division })
    const discipline = { memberId: members[2]?.id, post: 'discipline' }
    expect((await report([{ memberId: members[0]?.id, post: 'publicity' }])).body).toMatchObject({
      code: 'elections.not_on_committee',
    })
    expect((await report([discipline, { ...discipline, post: 'youth' }])).body).toMatchObject({
      code: 'elections.named_twice',
    })
    expect((await report([discipline])).body).toMatchObject({ state: 'reported' })
    expect((await act(secretary, id, 'cancel', { reason: '不能撤销' })).body).toMatchObject({
      code: 'elections.wrong_state',
    })
    expect((await act(secretary, id, 'report/approve', letter)).status).toBe(403)
    await done(above, id, 'report/approve', { documentNumber: '江委组〔2026〕15号', on: '2026-11-02' })
    const now = await secretary.send<{
      term: object
      posts: { post: string; name: string; untilOn: string | null; reportDocument: string }[]
    }>('GET', `/orgs/${orgId}/leadership`)
    expect(now.body.term).toMatchObject({ ordinal: 3, fromOn: '2026-11-02', untilOn: '2029-11-02', seats: 5 })
    expect(now.body.posts.filter((one) => one.untilOn === null).map((one) => [one.post, one.name])).toEqual([
      ['secretary', '丁一鸣'],
      ['deputy_secretary', '王海'],
      ['discipline', '王建国'],
      ['committee_member', '李明'],
      ['committee_member', '陈思'],
    ])
    expect(now.body.posts.find(({ name }) => name === '老书记')).toMatchObject({ untilOn: '2026-11-02' })
    const phone = await members[7]?.client.send('GET', `/my/elections/${id}`)
    expect(phone?.body).toMatchObject({ state: 'done', elected: { length: 7 } })
  })

  it('prints every paper of the file in both formats', async () => {
    const member = desk.members[0]?.id
    const forms = [
      'request',
      'approval',
      'candidates_request',
      'method',
      'ballot',
      'ballot_write_in',
      'counting_sheet',
      'tellers_report',
      'result_report',
      'reply',
      `certificate&memberId=${member}`,
    ]
    for (const form of forms) {
      const [pdf, docx] = [await bytesOf(id, `form=${form}`), await bytesOf(id, `form=${form}&format=docx&language=en`)]
      expect([pdf.status, pdf.body.slice(0, 5), docx.status, docx.body.slice(0, 2)], form).toEqual([
        200,
        '%PDF-',
        200,
        'PK',
      ])
    }
    expect((await bytesOf(id, 'form=certificate')).body).toMatchObject({ code: 'elections.no_such_person' })
  })
})

describe('an electronic round', () => {
  it('prepares a secret vote of those present, is counted nowhere else, and goes with the file when it is given up', async () => {
    const other = await openDesk('nurses')
    const { done, act, secretary, members, seen, f } = other
    const id = await prepared(other)
    await done(secretary, id, 'roll/present', { memberIds: members.map((one) => one.id) })
    await done(secretary, id, 'rounds', { body: 'committee', channel: 'electronic', writeIn: true })
    const round = (await seen(id)).rounds[0]
    if (!round) throw new Error('no round')
    expect(round).toMatchObject({ channel: 'electronic', present: 8 })
    const vote = await secretary.send('GET', `/votes/${round.voteId}`)
    expect(vote.body).toMatchObject({ secrecy: 'secret', subject: { kind: 'election', id }, voters: 8 })
    expect((await members[0]?.client.send('GET', `/my/elections/${id}`))?.body).toMatchObject({ voteId: round.voteId })
    expect((await act(secretary, id, `rounds/${round.id}/count`, boxOf(round, {}))).body).toMatchObject({
      code: 'elections.counted_elsewhere',
    })
    expect((await act(secretary, id, `rounds/${round.id}/collect`)).body).toMatchObject({ code: 'elections.not_ready' })
    await done(secretary, id, 'cancel', { reason: '改期举行' })
    expect((await secretary.send('GET', `/votes/${round.voteId}`)).body).toMatchObject({ state: 'cancelled' })
    await f.deliver()
  })
})

describe('a branch without a committee', () => {
  it('elects its secretary in the meeting, on paper', async () => {
    const { f, above, letter } = desk
    const people = []
    for (const name of ['冯一', '田野', '白云']) people.push(await plantMember(f, 'students', name))
    const secretary = await f.signIn('branch_secretary', 'students')
    const officer = await f.signIn('branch_officer', 'students')
    const plan = desk.plan({ orgId: f.orgs.students.id, seats: 0, deputies: 0 })
    const made = await secretary.send<{ id: string }>('POST', '/elections', plan)
    const { id } = made.body
    const { done, act } = desk
    await done(secretary, id, 'request', { documentNumber: '学支〔2026〕1号' })
    await done(above, id, 'approve', letter)
    const [first, second, third] = people.map((one) => one.id)
    await done(secretary, id, 'candidates', {
      documentNumber: '学支〔2026〕2号',
      committee: [],
      secretary: first,
      deputies: [],
    })
    await done(above, id, 'candidates/approve', letter)
    await done(secretary, id, 'publicity', PUBLICITY)
    await done(secretary, id, 'publicity/close', { outcome: '没有异议' })
    await done(secretary, id, 'method', { on: '2026-11-02', present: 3, inFavour: 3 })
    await done(secretary, id, 'tellers', { supervisors: [second], counters: [third] })
    await done(secretary, id, 'roll')
    await done(secretary, id, 'roll/present', { memberIds: [first, second, third] })
    await done(secretary, id, 'rounds', { body: 'secretary', channel: 'paper', writeIn: false })
    const [round] = (await desk.seen(id, secretary)).rounds
    if (!round) throw new Error('no round')
    const box = boxOf(round, { [first ?? '']: 2 }, 3)
    await done(secretary, id, `rounds/${round.id}/count`, box)
    expect((await act(secretary, id, `rounds/${round.id}/collect`)).body).toMatchObject({
      code: 'elections.no_electronic',
    })
    expect(await done(officer, id, `rounds/${round.id}/count`, box)).toMatchObject({ state: 'reporting' })
  })
})
