import { beforeAll, describe, expect, it } from 'vitest'
import { type Fixture, openFixture } from '../../test/fixture.ts'
import { Roads } from './development.fixture.ts'

let f: Fixture
let t: Roads

type Detail = {
  card: Record<string, unknown>
  steps: Record<string, unknown>[]
  can: Record<string, string | null>
  version: number
}
const read = async (id: string) => (await (await t.secretary()).send<Detail>('GET', `/development-cases/${id}`)).body
const categoryOf = async (memberId: string) =>
  (await f.admin.selectFrom('members_member').select('category').where('id', '=', memberId).executeTakeFirstOrThrow())
    .category

beforeAll(async () => {
  f = await openFixture()
  t = await Roads.open(f)
})

describe('the hands of a step', () => {
  it('refuses a maker as checker, somebody who is not above, and the branch in place of the committee', async () => {
    const { id } = await t.opened(await t.applicant('赵经办'), '2026-06-01')
    await t.driveTo(id, 3)
    t.at('2026-07-05')
    const admin = await t.above()
    const sent = await t.post<{ stepId: string; state: string }>(admin, id, '/steps', {
      step: 4,
      heldOn: '2026-07-05',
      facts: {},
    })
    expect(sent.body.state).toBe('recorded')
    const decision = { decision: 'confirm', decidedOn: '2026-07-05', facts: { opinion: '同意备案' } }
    const path = `/steps/${sent.body.stepId}/decision`
    expect(await t.post(admin, id, path, decision)).toMatchObject({
      status: 403,
      body: { code: 'development.own_record' },
    })
    const beside = await f.signIn('committee_admin', 'teachers')
    expect(await t.post(beside, id, path, decision)).toMatchObject({
      status: 403,
      body: { code: 'development.not_above' },
    })
    expect(await t.post(await t.secretary(), id, path, decision)).toMatchObject({ status: 403 })
    const general = await f.signIn('committee_admin', 'faculty')
    expect(await t.post(general, id, path, { decision: 'return', decidedOn: '2026-07-05' })).toMatchObject({
      status: 422,
      body: { code: 'development.reason_missing' },
    })
    expect(
      await t.post(general, id, path, { decision: 'return', decidedOn: '2026-07-05', reason: '缺会议记录' }),
    ).toMatchObject({
      status: 200,
      body: { state: 'returned' },
    })
    expect(await t.post(general, id, path, decision)).toMatchObject({ body: { code: 'development.decided_already' } })
    expect((await read(id)).card).toMatchObject({ state: 'returned', stateReason: '缺会议记录', step: 4 })
    await t.take(id, 4, '2026-07-06')
    expect((await read(id)).card).toMatchObject({ state: 'running', step: 5 })
    expect((await read(id)).steps.filter(({ step }) => step === 4)).toMatchObject([
      { state: 'returned', attempt: 1, returnedReason: '缺会议记录' },
      { state: 'confirmed', attempt: 2 },
    ])
    expect(
      await t.post(await t.secretary(), id, '/steps', { step: 16, heldOn: '2026-07-06', facts: {} }),
    ).toMatchObject({ status: 403, body: { code: 'development.above_acts' } })
  })

  it('leaves approval to a committee with the power: a general branch and one under a township only deliberate', async () => {
    const { id } = await t.opened(await t.applicant('钱审批'), '2026-06-01')
    await t.driveTo(id, 12)
    t.at('2027-08-20')
    const { stepId } = (await t.send(id, 13)).body
    const body = {
      decision: 'confirm',
      decidedOn: '2027-08-20',
      facts: { consulted: true, opinion: '合格', bookletNumber: 'A1' },
    }
    const general = await f.signIn('committee_admin', 'faculty')
    expect(await t.post(general, id, `/steps/${stepId}/decision`, body)).toMatchObject({
      status: 403,
      body: { code: 'development.may_not_approve', detail: { ruleId: 'DEV-20' } },
    })
    await f.admin.insertInto('settings_value').values(deliberatesOnly(f)).execute()
    expect(await t.decide(id, stepId, 13)).toMatchObject({ body: { code: 'development.may_not_approve' } })
    await f.admin.deleteFrom('settings_value').where('code', '=', 'development.deliberates_only').execute()
    expect(await t.decide(id, stepId, 13)).toMatchObject({ status: 200 })
    expect(
      await t.post(await t.secretary(), id, '/steps', { step: 14, heldOn: '2027-08-21', facts: {} }),
    ).toMatchObject({
      status: 422,
      body: { code: 'development.date_in_future' },
    })
  }, 30_000)
})

const deliberatesOnly = (of: Fixture) => ({
  tenant_id: of.tenantId,
  id: crypto.randomUUID(),
  org_id: of.orgs.committee.id,
  org_path: of.orgs.committee.path,
  code: 'development.deliberates_only',
  value: JSON.stringify(true),
  effective_from: '2020-01-01',
  state: 'in_force',
  reason: '乡镇党委所辖基层党委',
  proposed_by: crypto.randomUUID(),
  proposed_at: new Date('2026-01-01T00:00:00Z'),
})

describe('a step entered late', () => {
  it('needs its reason and the confirmation of the level above, and stands on what was entered late before', async () => {
    const member = await t.applicant('孙补录')
    t.at('2026-11-20')
    const client = await t.secretary()
    const body = { memberId: member.id, heldOn: '2025-01-10', facts: { appliedAt: 'unit' } }
    expect(await client.send('POST', '/development-cases', body)).toMatchObject({
      status: 422,
      body: { code: 'development.late_reason_missing', detail: { days: 679 } },
    })
    const lateReason = '系统启用前已办理，按纸质档案补录'
    const made = await client.send<{ id: string }>('POST', '/development-cases', { ...body, lateReason })
    expect(made.status).toBe(200)
    const { id } = made.body
    expect((await read(id)).card).toMatchObject({ waitsAbove: true, step: 1 })
    expect(await t.send(id, 2, { on: '2026-11-10' })).toMatchObject({ body: { code: 'development.waits_above' } })
    const two = await t.send(id, 2, { on: '2025-02-01', lateReason })
    expect(two).toMatchObject({ status: 200, body: { state: 'recorded' } })
    expect(await t.send(id, 3, { on: '2025-01-20', lateReason })).toMatchObject({
      status: 422,
      body: { code: 'development.before_last_step', detail: { last: '2025-02-01' } },
    })
    expect(await t.decide(id, two.body.stepId, 2)).toMatchObject({
      status: 409,
      body: { code: 'development.waits_above' },
    })
    const first = (await read(id)).steps[0] as { id: string }
    expect(await t.decide(id, first.id, 1)).toMatchObject({ status: 200 })
    expect(await t.decide(id, two.body.stepId, 2)).toMatchObject({ status: 200 })
    expect((await read(id)).steps[1]).toMatchObject({ lateReason, edition: '2014', state: 'confirmed' })
  })

  it('leaves the category of somebody on the way alone until the steps have caught up', async () => {
    const member = await t.applicant('尤在途', { category: 'activist' })
    t.at('2026-11-20')
    const client = await t.secretary()
    const lateReason = '按纸质档案补录'
    const body = { memberId: member.id, heldOn: '2026-02-10', facts: { appliedAt: 'unit' }, lateReason }
    const { id } = (await client.send<{ id: string }>('POST', '/development-cases', body)).body
    const first = (await read(id)).steps[0] as { id: string }
    expect(await t.decide(id, first.id, 1)).toMatchObject({ status: 200 })
    expect(await categoryOf(member.id)).toBe('activist')
    for (const [step, on] of [
      [2, '2026-03-01'],
      [3, '2026-03-05'],
    ] as const) {
      const sent = await t.send(id, step, { on, lateReason })
      expect(await t.decide(id, sent.body.stepId, step)).toMatchObject({ status: 200 })
    }
    const record = await f.admin
      .selectFrom('members_member')
      .select(['category', 'activist_on'])
      .where('id', '=', member.id)
      .executeTakeFirstOrThrow()
    expect(record).toEqual({ category: 'activist', activist_on: '2026-03-05' })
  })

  it('is acknowledged when a talk came too late, since nobody can hold it earlier', async () => {
    const { id } = await t.opened(await t.applicant('李迟谈'), '2026-06-01')
    t.at('2026-07-02')
    expect(await t.send(id, 2)).toMatchObject({
      status: 422,
      body: {
        code: 'development.warning_open',
        fields: [{ code: 'development.talk_late', detail: { latestOn: '2026-07-01' } }],
      },
    })
    const acknowledged = [{ ruleId: 'DEV-3', reason: '谈话人出差' }]
    expect(await t.send(id, 2, { acknowledged })).toMatchObject({ status: 200 })
    expect((await read(id)).steps[1]).toMatchObject({
      verdicts: [{ ruleId: 'DEV-3', severity: 'warn', reason: '谈话人出差' }],
    })
  })
})

describe('the state of a case', () => {
  it('is paused without clocks, resumed with them, and stopped for good', async () => {
    const member = await t.applicant('周暂停')
    const { id } = await t.opened(member, '2026-06-01')
    const client = await t.secretary()
    const clocks = async () =>
      (
        await f.admin.selectFrom('deadlines_item').select('state').where('key', '=', `development.talk/${id}`).execute()
      )[0]?.state
    expect(await t.post(client, id, '/state', { to: 'running', reason: '恢复办理' })).toMatchObject({ status: 409 })
    expect(await t.post(client, id, '/state', { to: 'paused', reason: '本人长期出国' })).toMatchObject({ status: 200 })
    expect(await clocks()).toBe('void')
    expect(await t.send(id, 2)).toMatchObject({ status: 409, body: { code: 'development.not_running' } })
    expect(await t.post(client, id, '/state', { to: 'running', reason: '回国' })).toMatchObject({ status: 200 })
    expect(await clocks()).toBe('open')
    const stale = await client.send(
      'POST',
      `/development-cases/${id}/state`,
      { to: 'paused', reason: '再次' },
      { 'if-match': '"1"' },
    )
    expect(stale.status).toBe(412)
    expect(await t.post(client, id, '/state', { to: 'stopped', reason: '本人撤回申请' })).toMatchObject({ status: 200 })
    expect(await categoryOf(member.id)).toBe('public')
    expect((await read(id)).card).toMatchObject({ state: 'stopped', stateReason: '本人撤回申请' })
  })

  it('goes back to an earlier step: later ones are void, their history stays, and the record follows', async () => {
    const member = await t.applicant('吴退回')
    const { id } = await t.opened(member, '2026-06-01')
    await t.driveTo(id, 5)
    expect(await categoryOf(member.id)).toBe('activist')
    const back = { toStep: 3, reason: '推荐程序不合规' }
    expect(await t.post(await t.secretary(), id, '/return', back)).toMatchObject({
      status: 403,
      body: { code: 'development.not_above' },
    })
    expect(await t.post(await t.above(), id, '/return', back)).toMatchObject({ status: 200 })
    expect(await categoryOf(member.id)).toBe('applicant')
    const after = await read(id)
    expect(after.card).toMatchObject({ state: 'returned', step: 3, stateReason: '推荐程序不合规' })
    expect(after.steps.map(({ step, state }) => `${step} ${state}`)).toEqual([
      '1 confirmed',
      '2 confirmed',
      '3 void',
      '4 void',
      '5 void',
    ])
    await t.take(id, 3, '2026-07-20')
    expect((await read(id)).card).toMatchObject({ state: 'running', step: 4 })
    expect(await categoryOf(member.id)).toBe('activist')
  })

  it('keeps contacts and introducers to full members without a penalty in force', async () => {
    const { id } = await t.opened(await t.applicant('郑选人'), '2026-06-01')
    await t.driveTo(id, 4)
    t.at('2026-07-06')
    const green = await t.applicant('新预备', { category: 'probationary' })
    expect(await t.send(id, 5, { facts: { contacts: [green.id] } })).toMatchObject({
      status: 422,
      body: { code: 'development.contacts_unfit', detail: { ruleId: 'DEV-5' } },
    })
    expect(await t.send(id, 5, { facts: { contacts: [crypto.randomUUID()] } })).toMatchObject({
      body: { code: 'development.no_such_member' },
    })
    expect(await t.send(id, 5, { facts: { contacts: [] } })).toMatchObject({
      body: { code: 'development.facts_wrong' },
    })
    await t.take(id, 5, '2026-07-06')
    await t.review(id, 'half_year', '2026-12-28')
    await t.review(id, 'half_year', '2027-06-28')
    for (const [step, date] of [
      [6, '2027-07-01'],
      [7, '2027-07-02'],
      [8, '2027-07-08'],
    ] as const)
      await t.take(id, step, date)
    await t.publicity(id, '2027-07-09', '2027-07-16', '2027-07-19')
    t.at('2027-07-20')
    const warned = await t.applicant('受警告', { category: 'formal' })
    const watched = await t.applicant('受察看', { category: 'formal' })
    for (const [memberId, type] of [
      [warned.id, '严重警告'],
      [watched.id, '留党察看'],
    ] as const)
      await f.admin
        .insertInto('members_entry')
        .values({
          tenant_id: f.tenantId,
          id: crypto.randomUUID(),
          member_id: memberId,
          person_id: crypto.randomUUID(),
          org_path: f.orgs.teachers.path,
          kind: 'penalty',
          from_on: '2026-07-01',
          facts: JSON.stringify({ type }),
          created_at: new Date('2026-07-01T00:00:00Z'),
          updated_at: new Date('2026-07-01T00:00:00Z'),
        })
        .execute()
    const first = t.people.introducers[0] as string
    expect(await t.send(id, 9, { facts: { introducers: [first, watched.id] } })).toMatchObject({
      status: 422,
      body: { code: 'development.introducers_unfit', detail: { ruleId: 'DEV-9' } },
    })
    expect(await t.send(id, 9, { facts: { introducers: [first, warned.id] } })).toMatchObject({
      body: {
        code: 'development.warning_open',
        detail: { rules: ['DEV-9'] },
        fields: [{ code: 'development.introducers_penalised' }],
      },
    })
    await t.take(id, 9, '2027-07-20')
    const swap = { part: 'contact', memberIds: [first], fromOn: '2027-07-20', reason: '一名联系人调离' }
    expect(await t.post(await t.secretary(), id, '/people', { ...swap, memberIds: [green.id] })).toMatchObject({
      body: { code: 'development.contacts_unfit' },
    })
    expect(await t.post(await t.secretary(), id, '/people', swap)).toMatchObject({ status: 200 })
    expect((await read(id)).card.contacts).toEqual(['培养甲'])
  }, 30_000)
})

describe('probation', () => {
  it('is extended once by six to twelve months, and party standing counts from the end of the extension', async () => {
    const member = await t.applicant('冯延长')
    const { id } = await t.opened(member, '2026-06-01')
    await t.driveTo(id, 22)
    t.at('2028-09-10')
    const extend = { outcome: 'extend', extensionMonths: 5 }
    expect(await t.send(id, 23, { facts: extend })).toMatchObject({
      status: 422,
      body: { code: 'development.extension_wrong', detail: { ruleId: 'DEV-27' } },
    })
    await t.take(id, 23, '2028-09-10', { facts: { ...extend, extensionMonths: 6 } })
    await t.take(id, 24, '2028-10-01')
    expect((await read(id)).card).toMatchObject({ step: 21, probationEnd: '2029-03-10', state: 'running' })
    await t.take(id, 21, '2029-02-01')
    await t.take(id, 22, '2029-02-02')
    t.at('2029-03-09')
    expect(await t.send(id, 23)).toMatchObject({
      body: { code: 'development.probation_runs', detail: { earliestOn: '2029-03-10' } },
    })
    t.at('2029-03-10')
    expect(await t.send(id, 23, { facts: { ...extend, extensionMonths: 6 } })).toMatchObject({
      body: { code: 'development.extension_wrong' },
    })
    await t.take(id, 23, '2029-03-20')
    const sent = await t.send(id, 24)
    t.at('2029-06-21')
    expect(await t.decide(id, sent.body.stepId, 24)).toMatchObject({
      body: {
        code: 'development.warning_open',
        detail: { rules: ['DEV-29'] },
        fields: [{ code: 'development.conversion_slow' }],
      },
    })
    const late = { acknowledged: [{ ruleId: 'DEV-29', reason: '党委换届' }] }
    expect(await t.decide(id, sent.body.stepId, 24, late)).toMatchObject({ status: 200 })
    const record = await f.admin
      .selectFrom('members_member')
      .select(['category', 'converted_on'])
      .where('id', '=', member.id)
      .executeTakeFirstOrThrow()
    expect(record).toEqual({ category: 'formal', converted_on: '2029-03-10' })
  }, 40_000)

  it('is cancelled by the meeting and the level above, before its end too', async () => {
    const member = await t.applicant('陈取消')
    const { id } = await t.opened(member, '2026-06-01')
    await t.driveTo(id, 20)
    t.at('2028-01-10')
    expect(await t.post(await t.secretary(), id, '/state', { to: 'stopped', reason: '不合格' })).toMatchObject({
      body: { code: 'development.wrong_state' },
    })
    await t.take(id, 23, '2028-01-10', { facts: { outcome: 'cancel', resolution: '取消预备党员资格。' } })
    await t.take(id, 24, '2028-01-20')
    expect(await categoryOf(member.id)).toBe('public')
    expect((await read(id)).card).toMatchObject({ state: 'stopped', stateReason: '取消预备党员资格。' })
  }, 30_000)

  it('returns to the examination when the meeting does not carry, and when the committee refuses', async () => {
    const { id } = await t.opened(await t.applicant('褚未过'), '2026-06-01')
    await t.driveTo(id, 14)
    const lost = { outcome: 'rejected', inFavour: 3, writtenInFavour: 0, against: 6 }
    await t.take(id, 15, '2027-09-10', { facts: lost })
    expect((await read(id)).card).toMatchObject({ state: 'returned', step: 12 })
    await t.take(id, 12, '2027-09-15')
    await t.take(id, 13, '2027-09-16')
    await t.take(id, 14, '2027-09-17')
    await t.take(id, 15, '2027-09-20')
    await t.take(id, 16, '2027-09-20')
    const stepId = await t.take(id, 17, '2027-09-21')
    const refused = {
      facts: { outcome: 'refused', shouldAttend: 9, present: 9, inFavour: 2, opinion: '再考察一段时间' },
    }
    expect(await t.decide(id, stepId, 17, refused)).toMatchObject({ status: 200 })
    expect((await read(id)).card).toMatchObject({ state: 'returned', step: 12, stateReason: '再考察一段时间' })
  }, 40_000)
})
