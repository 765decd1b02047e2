import { beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type Client, type Fixture, openFixture } from '../../test/fixture.ts'
import { idOf } from '../../test/invented-id.ts'
import { type People, peopleOf } from '../../test/member-records.ts'

type Done = { id: string; state: string; code?: string }

let f: Fixture
let people: People
let secretary: Client
let committee: Client
let otherCommittee: Client
let next = 200

beforeAll(async () => {
  f = await openFixture()
  people = await peopleOf(f)
  secretary = people.secretary
  committee = people.approver
  otherCommittee = await f.signIn('committee_admin', 'committee')
})

const member = (name: string) => {
  next += 1
  return people.registered({ idNumber: idOf(`11010119800505${next}`), name, phone: null })
}
const propose = (memberId: string, body: object, client = secretary): Promise<Answer<Done>> =>
  client.send<Done>('POST', '/membership-decisions', { memberId, reason: '经支部了解的情况', facts: {}, ...body })
const proposed = async (memberId: string, body: object): Promise<string> => {
  const made = await propose(memberId, body)
  expect(made).toMatchObject({ status: 200, body: { state: 'proposed' } })
  return made.body.id
}
const MEETING = { heldOn: '2026-11-01', shouldAttend: 20, present: 15, inFavour: 11, resolution: '同意上报' }
const meet = (id: string, more: object = {}, client = secretary) =>
  client.send<Done>('POST', `/membership-decisions/${id}/meeting`, { ...MEETING, ...more })
const approve = (id: string, client = committee, effectiveOn = '2026-11-02') =>
  client.send<Done>('POST', `/membership-decisions/${id}/approve`, { documentNumber: '江大党〔2026〕8号', effectiveOn })
const statusOf = async (id: string) =>
  (await f.admin.selectFrom('members_member').select('status').where('id', '=', id).executeTakeFirstOrThrow()).status
const withdrawal = { kind: 'withdrawal', facts: { appliedOn: '2026-10-01' } }

/** A lost member for whom everything was tried since the second of May. */
async function lost(name: string, startedOn = '2026-05-02'): Promise<{ memberId: string; absenceId: string }> {
  const memberId = await member(name)
  const { body } = await secretary.send<{ id: string }>('POST', '/absences', {
    memberId,
    kind: 'lost',
    startedOn,
    facts: {},
  })
  for (const way of ['telephone', 'family', 'workplace', 'residence'])
    await secretary.send('POST', `/absences/${body.id}/contacts`, { on: '2026-10-30', way, reached: false })
  return { memberId, absenceId: body.id }
}

describe('a proposal', () => {
  it('is refused without permission, outside the scope, without its facts, and twice', async () => {
    const memberId = await member('赵退党')
    expect((await propose(memberId, withdrawal, await f.signIn('group_leader', 'teachers'))).status).toBe(403)
    expect((await propose(memberId, withdrawal, await f.signIn('branch_secretary', 'nurses'))).body).toMatchObject({
      code: 'membership.no_such_member',
    })
    expect((await propose(memberId, { kind: 'withdrawal' })).body).toMatchObject({
      code: 'membership.facts_missing',
      fields: [{ field: '/body/facts/appliedOn', code: 'field.missing' }],
    })
    expect((await propose(memberId, { ...withdrawal, facts: { appliedOn: '2027-01-01' } })).body).toMatchObject({
      code: 'membership.in_future',
    })
    await proposed(memberId, withdrawal)
    expect((await propose(memberId, withdrawal)).body).toMatchObject({ code: 'membership.decision_open' })
  })

  it('is refused with the article when the rule does not allow it', async () => {
    const { memberId, absenceId } = await lost('钱失联', '2026-05-03')
    expect((await propose(memberId, { kind: 'stop' })).body).toMatchObject({ code: 'membership.facts_missing' })
    expect((await propose(memberId, { kind: 'stop', absenceId })).body).toMatchObject({
      code: 'membership.against_rule',
      detail: { rule: 'MEM-3', from: '2026-11-03' },
    })
    expect((await propose(memberId, { kind: 'restore', facts: { appliedOn: '2026-10-01' } })).body).toMatchObject({
      code: 'membership.against_rule',
      detail: { rule: 'MEM-5' },
    })
    const inactive = { monthsNoActivity: 5, monthsNoDues: 3, monthsNoWork: 3, hasGoodReason: false }
    const self = (facts: object) => propose(memberId, { kind: 'self_withdrawal', facts: { ...inactive, ...facts } })
    // The counters stand apart: three months of one and three of another are not six.
    expect((await self({})).body).toMatchObject({ detail: { rule: 'CONST-11' } })
    expect((await self({ monthsNoDues: 6, hasGoodReason: true })).body).toMatchObject({ detail: { rule: 'CONST-11' } })
    const urged = { talkedOn: '2026-01-05', reformFrom: '2026-02-01', reformUntil: '2026-10-31', urgedOn: '2026-11-01' }
    const urge = (facts: object) => propose(memberId, { kind: 'urged_withdrawal', facts: { ...urged, ...facts } })
    expect((await urge({ reformFrom: '2025-09-30' })).body).toMatchObject({ detail: { rule: 'DISP-2' } })
    expect((await urge({ urgedOn: '2026-10-31' })).body).toMatchObject({ detail: { rule: 'CONST-10' } })
    expect((await propose(memberId, { kind: 'removal' })).body).toMatchObject({ code: 'membership.facts_missing' })
    expect(await self({ monthsNoDues: 6 })).toMatchObject({ status: 200 })
  })
})

describe('the branch meeting', () => {
  it('is refused with figures that cannot be, and without a quorum; what it does not carry ends there', async () => {
    const memberId = await member('孙退党')
    const id = await proposed(memberId, withdrawal)
    expect((await meet(id, { present: 21 })).body).toMatchObject({ code: 'membership.impossible_count' })
    expect((await meet(id, { heldOn: '2026-12-01' })).body).toMatchObject({ code: 'membership.in_future' })
    expect((await meet(id, { present: 9, inFavour: 9 })).body).toMatchObject({
      code: 'membership.against_rule',
      detail: { rule: 'BR-7' },
    })
    expect(await approve(id)).toMatchObject({ body: { code: 'membership.wrong_state' } })
    expect(await meet(id, { inFavour: 10 })).toMatchObject({ body: { state: 'not_carried' } })
    expect(await approve(id)).toMatchObject({ body: { code: 'membership.wrong_state' } })
    expect(await statusOf(memberId)).toBe('normal')
  })
})

describe('the approval', () => {
  it('is given from above by somebody else, and the record follows at once', async () => {
    const memberId = await member('李退党')
    const id = await proposed(memberId, withdrawal)
    await meet(id)
    expect((await approve(id, secretary)).status).toBe(403)
    expect((await approve(id, await f.signIn('committee_admin', 'teachers'))).body).toMatchObject({
      code: 'membership.not_from_above',
    })
    expect((await approve(id, await f.signIn('committee_admin', 'medicine'))).body).toMatchObject({
      code: 'membership.decision_not_found',
    })
    expect(await approve(id)).toMatchObject({ status: 200, body: { state: 'approved' } })
    expect(await statusOf(memberId)).toBe('left')
    expect((await propose(memberId, withdrawal)).body).toMatchObject({ code: 'membership.not_a_member' })
    expect(await committee.send('GET', `/membership-decisions/${id}`)).toMatchObject({
      body: {
        approvingOrg: '江湾大学委员会',
        reason: '经支部了解的情况',
        meeting: { resolution: '同意上报', carried: true },
      },
    })
  })

  it('is not given by who proposed or wrote the meeting down', async () => {
    const memberId = await member('周退党')
    const own = await propose(memberId, withdrawal, committee)
    await meet(own.body.id)
    expect((await approve(own.body.id)).body).toMatchObject({ code: 'membership.not_by_the_same' })
    const other = await f.signIn('committee_admin', 'committee')
    expect(
      (await other.send('POST', `/membership-decisions/${own.body.id}/return`, { reason: '请补充谈话记录' })).body,
    ).toMatchObject({ state: 'returned' })
    expect(await committee.send('GET', `/membership-decisions/${own.body.id}`)).toMatchObject({
      body: { returnedReason: '请补充谈话记录', can: { decide: false, meet: false } },
    })
  })

  it('is not given by the person concerned', async () => {
    const memberId = await member('郑退党')
    const concerned = await f.signIn('committee_admin', 'committee', { memberId })
    await f.admin
      .updateTable('members_member')
      .set({ person_id: concerned.personId })
      .where('id', '=', memberId)
      .execute()
    const id = await proposed(memberId, withdrawal)
    await meet(id)
    expect(await approve(id, concerned)).toMatchObject({ status: 403, body: { code: 'membership.own_matter' } })
    expect(await statusOf(memberId)).toBe('normal')
  })

  it('is refused when the standing has changed since the proposal, or who was lost is found', async () => {
    const memberId = await member('王退党')
    const id = await proposed(memberId, withdrawal)
    await meet(id)
    await f.admin.updateTable('members_member').set({ status: 'expelled' }).where('id', '=', memberId).execute()
    expect(await approve(id)).toMatchObject({ status: 409, body: { code: 'membership.standing_changed' } })
    expect(await statusOf(memberId)).toBe('expelled')
    const found = await lost('冯找到')
    const stop = await proposed(found.memberId, { kind: 'stop', absenceId: found.absenceId })
    await meet(stop)
    const end = { on: '2026-11-02', end: 'found' }
    expect((await secretary.send('POST', `/absences/${found.absenceId}/end`, end)).status).toBe(200)
    expect((await approve(stop)).body).toMatchObject({ code: 'membership.standing_changed' })
    expect(await statusOf(found.memberId)).toBe('normal')
  })

  it('takes effect no earlier than the meeting, and on a day on which the rule allows it', async () => {
    const { memberId, absenceId } = await lost('陈追溯')
    const id = await proposed(memberId, { kind: 'stop', absenceId })
    await meet(id, { heldOn: '2026-10-31' })
    expect((await approve(id, committee, '2024-01-01')).body).toMatchObject({
      code: 'membership.before_start',
      fields: [{ field: '/body/effectiveOn' }],
    })
    const early = await lost('褚追溯')
    const other = await proposed(early.memberId, { kind: 'stop', absenceId: early.absenceId })
    await meet(other, { heldOn: '2023-12-31' })
    expect((await approve(other, committee, '2024-01-01')).body).toMatchObject({
      code: 'membership.against_rule',
      detail: { rule: 'MEM-3' },
    })
    expect(await approve(id)).toMatchObject({ status: 200 })
  })

  it('of a death needs no meeting and ends the membership grant', async () => {
    const memberId = await member('吴去世')
    const id = await proposed(memberId, { kind: 'death', facts: { happenedOn: '2026-10-30' } })
    expect((await meet(id)).body).toMatchObject({ code: 'membership.wrong_state' })
    expect(await approve(id)).toMatchObject({ body: { state: 'served' } })
    expect(await statusOf(memberId)).toBe('deceased')
    const grant = await f.admin
      .selectFrom('access_grant')
      .select('until_on')
      .where('member_id', '=', memberId)
      .executeTakeFirstOrThrow()
    expect(grant.until_on).not.toBeNull()
  })

  it('may be withdrawn before it by the one who proposed, and by nobody else', async () => {
    const id = await proposed(await member('郑退党'), withdrawal)
    const colleague = await f.signIn('branch_officer', 'teachers')
    const withdraw = (client: Client) =>
      client.send('POST', `/membership-decisions/${id}/withdraw`, { reason: '本人改变主意' })
    expect((await withdraw(colleague)).body).toMatchObject({ code: 'membership.not_yours' })
    expect((await withdraw(secretary)).body).toMatchObject({ state: 'withdrawn' })
  })
})

describe('a stop of membership', () => {
  it('starts the clock of two years, after which removal may be proposed and not a day before', async () => {
    const { memberId, absenceId } = await lost('王失联')
    const id = await proposed(memberId, { kind: 'stop', absenceId })
    await meet(id)
    await approve(id)
    expect(await statusOf(memberId)).toBe('suspended')
    const clock = await f.admin
      .selectFrom('deadlines_item')
      .select(['due_on', 'state'])
      .where('key', '=', `membership.removal/${id}`)
      .executeTakeFirstOrThrow()
    expect(clock).toEqual({ due_on: '2028-11-02', state: 'open' })
    const removal = () => propose(memberId, { kind: 'removal', absenceId })
    expect((await removal()).body).toMatchObject({ detail: { rule: 'MEM-4', from: '2028-11-02' } })
    expect((await secretary.send('GET', `/absences/${absenceId}`)).body).toMatchObject({
      proposals: [
        { kind: 'removal', rule: { ok: false } },
        { kind: 'restore', rule: { ok: true } },
      ],
    })
  })

  it('is undone by restoring, which ends the clock', async () => {
    const { memberId, absenceId } = await lost('冯失联')
    const stop = await proposed(memberId, { kind: 'stop', absenceId })
    await meet(stop)
    await approve(stop)
    const back = await proposed(memberId, { kind: 'restore', absenceId, facts: { appliedOn: '2026-11-02' } })
    await meet(back, { heldOn: '2026-11-02' })
    await approve(back)
    expect(await statusOf(memberId)).toBe('restored')
    const clock = await f.admin
      .selectFrom('deadlines_item')
      .select('state')
      .where('key', '=', `membership.removal/${stop}`)
      .executeTakeFirstOrThrow()
    expect(clock.state).toBe('void')
  })
})

describe('telling the person, and the appeal', () => {
  it('is possible only for the person concerned, and a changed decision gives the standing back', async () => {
    const memberId = await member('陈除名')
    const facts = { monthsNoActivity: 8, monthsNoDues: 0, monthsNoWork: 0, hasGoodReason: false }
    const id = await proposed(memberId, { kind: 'self_withdrawal', facts })
    const self = await f.signIn('member', 'teachers', { reach: 'self', memberId })
    await f.admin.updateTable('membership_decision').set({ person_id: self.personId }).where('id', '=', id).execute()
    expect((await self.send('GET', '/my/membership-decisions')).body).toEqual({ rows: [] })
    await meet(id)
    await approve(id)
    const serve = (on: string) => secretary.send('POST', `/membership-decisions/${id}/serve`, { on, way: 'in_person' })
    expect((await serve('2026-11-01')).body).toMatchObject({ code: 'membership.before_start' })
    expect((await serve('2026-11-02')).body).toMatchObject({ state: 'served' })
    expect(await self.send('GET', '/my/membership-decisions')).toMatchObject({
      body: { rows: [{ kind: 'self_withdrawal', canAppeal: true, rules: [{ ruleId: 'CONST-11' }] }] },
    })
    const other = await f.signIn('member', 'teachers', { reach: 'self' })
    const appeal = (client: Client) =>
      client.send('POST', `/my/membership-decisions/${id}/appeal`, { text: '我一直在外地治病，有请假条。' })
    expect((await appeal(other)).status).toBe(404)
    expect((await appeal(self)).body).toMatchObject({ state: 'appealed' })
    expect((await appeal(self)).body).toMatchObject({ code: 'membership.wrong_state' })
    const stored = await f.admin
      .selectFrom('membership_decision')
      .select('appeal')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(stored.appeal?.toString('utf8')).not.toContain('请假条')
    const settle = (client: Client) =>
      client.send('POST', `/membership-decisions/${id}/appeal-decision`, { outcome: 'changed', opinion: '情况属实' })
    // Whoever approved would judge the complaint about what he did.
    expect(await settle(committee)).toMatchObject({ status: 403, body: { code: 'membership.own_approval' } })
    expect((await committee.send('GET', `/membership-decisions/${id}`)).body).toMatchObject({
      can: { decideAppeal: false },
    })
    expect(await statusOf(memberId)).toBe('struck_off')
    expect((await settle(otherCommittee)).body).toMatchObject({ state: 'changed' })
    expect(await statusOf(memberId)).toBe('normal')
  })

  it('gives nothing back that a later decision has taken', async () => {
    const { memberId, absenceId } = await lost('卫停止')
    const stop = await proposed(memberId, { kind: 'stop', absenceId })
    await meet(stop)
    await approve(stop)
    const self = await f.signIn('member', 'teachers', { reach: 'self', memberId })
    await f.admin.updateTable('membership_decision').set({ person_id: self.personId }).where('id', '=', stop).execute()
    expect(
      (await self.send('POST', `/my/membership-decisions/${stop}/appeal`, { text: '我一直在外地治病。' })).status,
    ).toBe(200)
    const death = await proposed(memberId, { kind: 'death', facts: { happenedOn: '2026-11-02' } })
    await approve(death)
    const decide = { outcome: 'changed', opinion: '情况属实' }
    expect(
      (await otherCommittee.send('POST', `/membership-decisions/${stop}/appeal-decision`, decide)).body,
    ).toMatchObject({
      state: 'changed',
    })
    expect(await statusOf(memberId)).toBe('deceased')
    await f.deliver()
    const absence = await f.admin
      .selectFrom('membership_absence')
      .select(['state', 'end_kind as end'])
      .where('id', '=', absenceId)
      .executeTakeFirst()
    expect(absence).toEqual({ state: 'ended', end: 'decided' })
    const clocks = await f.admin
      .selectFrom('deadlines_item')
      .select('state')
      .where('key', 'in', [`membership.contact/${absenceId}`, `membership.stop/${absenceId}`])
      .execute()
    expect(clocks.map(({ state }) => state)).toEqual(['void', 'void'])
  })
})
