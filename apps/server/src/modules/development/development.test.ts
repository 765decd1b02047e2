import { beforeAll, describe, expect, it } from 'vitest'
import { type Fixture, openFixture } from '../../test/fixture.ts'
import { ballot, committee, factsOf, Roads } from './development.fixture.ts'

let f: Fixture
let t: Roads

const cardOf = async (memberId: string) =>
  f.admin.selectFrom('members_member').selectAll().where('id', '=', memberId).executeTakeFirstOrThrow()
const openKinds = async (caseId: string) =>
  (
    await f.admin
      .selectFrom('deadlines_item')
      .select(['kind', 'due_on as dueOn'])
      .where('key', 'like', `%/${caseId}`)
      .where('state', '=', 'open')
      .orderBy('kind')
      .execute()
  ).map(({ kind, dueOn }) => `${kind} ${dueOn}`)

beforeAll(async () => {
  f = await openFixture()
  t = await Roads.open(f)
})

describe('a road into the Party', () => {
  it('leads from the application to the archive, step by step, with its clocks', async () => {
    const member = await t.applicant('张全程')
    const { id } = await t.opened(member, '2026-06-01')
    expect(await openKinds(id)).toEqual(['development.talk 2026-07-01'])
    await t.driveTo(id, 3)
    expect(await cardOf(member.id)).toMatchObject({ category: 'activist', activist_on: '2026-07-01' })
    expect(await openKinds(id)).toEqual([
      'development.report 2026-10-01',
      'development.review 2027-01-01',
      'development.year 2028-01-01',
    ])
    const rest = await roadFrom(id)
    expect(rest).toEqual(['development.conversion_approval 2028-12-10'])
    await t.take(id, 24, '2028-10-20')
    expect(await cardOf(member.id)).toMatchObject({
      category: 'formal',
      joined_on: '2027-09-10',
      converted_on: '2028-09-10',
    })
    await t.take(id, 25, '2028-10-25')
    const client = await t.secretary()
    const { body } = await client.send<{ card: object; steps: object[]; next: null }>('GET', `/development-cases/${id}`)
    expect(body.card).toMatchObject({ state: 'finished', step: 25, lamp: 'green' })
    expect(body.next).toBeNull()
    expect(body.steps).toHaveLength(25)
    expect(await openKinds(id)).toEqual([])
  }, 60_000)

  const roadFrom = async (id: string) => {
    const plan = [4, 5] as const
    await t.take(id, plan[0], '2026-07-05')
    await t.take(id, plan[1], '2026-07-06')
    await t.review(id, 'half_year', '2026-12-28')
    expect(await openKinds(id)).toContain('development.review 2027-07-01')
    // The deadline says who has to hold it.
    const { contacts } = (
      await (await t.secretary()).send<{ card: { contacts: string[] } }>('GET', `/development-cases/${id}`)
    ).body.card
    const { params } = await f.admin
      .selectFrom('deadlines_item')
      .select('params')
      .where('key', '=', `development.review/${id}`)
      .executeTakeFirstOrThrow()
    expect(contacts).toHaveLength(2)
    for (const name of contacts) expect((params as { contacts: string }).contacts).toContain(name)
    await t.review(id, 'half_year', '2027-06-28')
    await t.take(id, 6, '2027-07-01')
    await t.take(id, 7, '2027-07-02')
    await t.take(id, 8, '2027-07-08')
    await t.publicity(id, '2027-07-09', '2027-07-16', '2027-07-19')
    await t.take(id, 11, '2027-07-20')
    await t.take(id, 10, '2027-07-25')
    await t.take(id, 9, '2027-08-05')
    await t.take(id, 12, '2027-08-10')
    await t.take(id, 13, '2027-08-20')
    expect(await openKinds(id)).toContain('development.meeting 2027-09-20')
    await t.take(id, 14, '2027-08-25')
    await t.take(id, 15, '2027-09-10')
    const stepId = await t.take(id, 17, '2027-09-15')
    expect(await openKinds(id)).toContain('development.approval 2027-12-15')
    expect(await t.decide(id, stepId, 17)).toMatchObject({
      status: 422,
      body: { code: 'development.talk_above_missing', detail: { ruleId: 'DEV-21' } },
    })
    await t.take(id, 16, '2027-09-20')
    t.at('2027-10-08')
    expect(await t.decide(id, stepId, 17)).toMatchObject({ status: 200 })
    expect(await openKinds(id)).toEqual([
      'development.oath 2027-11-08',
      'development.probation_end 2028-09-10',
      'development.probation_review 2027-12-10',
    ])
    await t.take(id, 18, '2027-10-10')
    await t.take(id, 19, '2027-10-11')
    await t.take(id, 20, '2027-10-20')
    await t.take(id, 21, '2028-08-20')
    await t.take(id, 22, '2028-08-25')
    await t.take(id, 23, '2028-09-10')
    return openKinds(id)
  }
})

describe('an early step is refused with its article', () => {
  it('before the talk, before a year, before the pre-examination, before the end of probation', async () => {
    const member = await t.applicant('李早步')
    const { id } = await t.opened(member, '2026-06-01')
    expect(await t.send(id, 3)).toMatchObject({
      status: 422,
      body: {
        code: 'development.talk_missing',
        detail: { ruleId: 'DEV-4', citationZh: expect.stringContaining('第八条') },
      },
    })
    expect(await t.send(id, 5)).toMatchObject({ status: 409, body: { code: 'development.not_next' } })
    await t.driveTo(id, 5)
    t.at('2026-12-28')
    await t.review(id, 'half_year', '2026-12-28')
    t.at('2027-06-30')
    const six = await t.send(id, 6)
    expect(six).toMatchObject({ status: 200 })
    expect(await t.send(id, 7)).toMatchObject({
      status: 422,
      body: { code: 'development.year_not_reached', detail: { ruleId: 'DEV-8', earliestOn: '2027-07-01' } },
    })
    t.at('2027-07-01')
    expect(await t.send(id, 7)).toMatchObject({
      status: 422,
      body: { code: 'development.review_missing', detail: { needed: 2, held: 1 } },
    })
    await t.review(id, 'half_year', '2027-07-01')
    await t.take(id, 7, '2027-07-01')
    await t.take(id, 8, '2027-07-08')
    expect(await t.send(id, 9)).toMatchObject({
      status: 422,
      body: { code: 'development.publicity_missing', detail: { ruleId: 'DEV-8' } },
    })
    await t.publicity(id, '2027-07-09', '2027-07-16', '2027-07-19')
    await t.take(id, 9, '2027-07-20')
    t.at('2027-07-21')
    expect(await t.send(id, 11, { facts: { days: 2, hours: 16 } })).toMatchObject({
      body: { code: 'development.warning_open', fields: [{ code: 'development.training_short' }] },
    })
    await t.take(id, 11, '2027-07-21')
    expect(await t.send(id, 12)).toMatchObject({ status: 422, body: { code: 'development.not_vetted' } })
    expect(await t.vet(id, 'failed')).toMatchObject({ status: 200 })
    expect(await t.send(id, 12)).toMatchObject({ status: 422, body: { code: 'development.not_vetted' } })
    expect(await t.send(id, 10)).toMatchObject({ status: 422, body: { code: 'development.step_by_vetting' } })
    await t.take(id, 10, '2027-07-25')
    expect(await t.send(id, 12, { facts: { papersComplete: false } })).toMatchObject({
      body: { code: 'development.papers_incomplete' },
    })
    expect(await t.send(id, 12, { facts: committee(5, 2, 2) })).toMatchObject({
      body: { code: 'development.committee_vote_lost' },
    })
    expect(await t.send(id, 12, { facts: { leavesOn: '2027-08-30' } })).toMatchObject({
      status: 422,
      body: {
        code: 'development.warning_open',
        detail: { rules: ['DEV-13'] },
        fields: [{ code: 'development.leaves_soon' }],
      },
    })
    await t.take(id, 12, '2027-08-10', {
      facts: { leavesOn: '2027-08-30' },
      acknowledged: [{ ruleId: 'DEV-13', reason: '已商定延后调离' }],
    })
    expect(await t.send(id, 15)).toMatchObject({
      status: 422,
      body: { code: 'development.not_pre_examined', detail: { ruleId: 'DEV-12' } },
    })
    const sent = await t.send(id, 13)
    t.at('2027-08-20')
    const decision = { acknowledged: [{ ruleId: 'DEV-13', reason: '已商定延后调离' }] }
    expect(await t.decide(id, sent.body.stepId, 13)).toMatchObject({ body: { code: 'development.warning_open' } })
    expect(await t.decide(id, sent.body.stepId, 13, decision)).toMatchObject({ status: 200 })
    await t.take(id, 14, '2027-08-25')
    t.at('2027-09-21')
    expect(await t.send(id, 15)).toMatchObject({
      status: 422,
      body: { code: 'development.meeting_late', detail: { ruleId: 'DEV-14', latestOn: '2027-09-20' } },
    })
    t.at('2027-09-20')
    const votes: [object, string][] = [
      [ballot({ present: 5, inFavour: 5, against: 0 }), 'development.no_quorum'],
      [ballot({ inFavour: 4, writtenInFavour: 1, against: 4 }), 'development.vote_lost'],
      [ballot({ secretBallot: false }), 'development.vote_lost'],
      [ballot({ inFavour: 9 }), 'development.vote_impossible'],
      [{ ...ballot(), outcome: 'rejected' }, 'development.outcome_contradicts'],
    ]
    for (const [facts, code] of votes)
      expect(await t.send(id, 15, { facts }), code).toMatchObject({
        status: 422,
        body: { code },
      })
    await t.take(id, 15, '2027-09-20')
    await t.take(id, 16, '2027-09-21')
    const reported = await t.take(id, 17, '2027-09-22')
    t.at('2027-12-23')
    expect(await t.decide(id, reported, 17)).toMatchObject({
      body: { code: 'development.warning_open', fields: [{ code: 'development.approval_slow' }] },
    })
    t.at('2028-03-23')
    expect(await t.decide(id, reported, 17)).toMatchObject({
      status: 422,
      body: { code: 'development.approval_void', detail: { ruleId: 'DEV-23', latestOn: '2028-03-22' } },
    })
    const slow = { decidedOn: '2027-12-23', acknowledged: [{ ruleId: 'DEV-23', reason: '情况复杂，需要核实' }] }
    expect(await t.decide(id, reported, 17, slow)).toMatchObject({ status: 200 })
    t.at('2027-12-24')
    await t.take(id, 18, '2027-12-24')
    await t.take(id, 19, '2027-12-24')
    t.at('2028-01-24')
    expect(await t.send(id, 20)).toMatchObject({
      body: {
        code: 'development.warning_open',
        detail: { rules: ['DEV-24'] },
        fields: [{ code: 'development.oath_late' }],
      },
    })
    await t.take(id, 20, '2028-01-24', { acknowledged: [{ ruleId: 'DEV-24', reason: '防汛任务' }] })
    await t.take(id, 21, '2028-08-01')
    expect(await t.send(id, 23)).toMatchObject({ body: { code: 'development.conversion_missing' } })
    await t.take(id, 22, '2028-08-02')
    t.at('2028-09-19')
    expect(await t.send(id, 23)).toMatchObject({
      status: 422,
      body: { code: 'development.probation_runs', detail: { ruleId: 'DEV-26', earliestOn: '2028-09-20' } },
    })
  }, 60_000)

  it('of an applicant under eighteen, and of somebody who is a member already', async () => {
    t.at('2026-06-01')
    const young = await t.applicant('王未满')
    await f.admin.updateTable('members_member').set({ born_on: '2008-06-02' }).where('id', '=', young.id).execute()
    const client = await t.secretary()
    const body = { memberId: young.id, heldOn: '2026-06-01', facts: factsOf(1, t.people) }
    expect(await client.send('POST', '/development-cases', body)).toMatchObject({
      status: 422,
      body: { code: 'development.too_young', detail: { ruleId: 'CONST-1', earliestOn: '2026-06-02' } },
    })
    t.at('2026-06-02')
    const later = await t.secretary()
    expect(await later.send('POST', '/development-cases', { ...body, heldOn: '2026-06-02' })).toMatchObject({
      status: 200,
    })
    expect(await later.send('POST', '/development-cases', { ...body, heldOn: '2026-06-02' })).toMatchObject({
      status: 409,
      body: { code: 'development.case_exists' },
    })
    const member = { ...body, memberId: t.people.contacts[0] }
    expect(await later.send('POST', '/development-cases', member)).toMatchObject({
      body: { code: 'development.wrong_category' },
    })
  })
})
