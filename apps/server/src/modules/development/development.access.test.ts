import { beforeAll, describe, expect, it } from 'vitest'
import { inTransaction } from '../../platform/transaction.ts'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'
import { convened, type Member, planBody, plantMember } from '../../test/meeting-cases.ts'
import { day, Roads, vettingFacts } from './development.fixture.ts'
import { moveCase } from './index.ts'

let f: Fixture
let t: Roads
let member: Member
let id: string

type Detail = {
  card: Record<string, unknown>
  vetted: boolean
  steps: { step: number; facts: object }[]
  version: number
}
type Own = {
  road: { steps: { step: number; state: string }[]; next: Record<string, unknown> } & Record<string, unknown>
  canApply: string | null
}
const own = async (who: Member) => (await who.client.send<Own>('GET', '/my/development')).body
/** A person whose session outlives the years of a road. */
const lasting = async (name: string, more: { category?: string } = {}): Promise<Member> => {
  const planted = await plantMember(f, 'teachers', name, { category: more.category ?? 'applicant' })
  await f.admin
    .updateTable('access_session')
    .set({ last_seen_at: new Date('2034-01-01T00:00:00Z'), expires_at: new Date('2035-01-01T00:00:00Z') })
    .where('person_id', '=', planted.personId)
    .execute()
  return planted
}

beforeAll(async () => {
  f = await openFixture()
  t = await Roads.open(f)
  member = await lasting('韩本人')
  id = (await t.opened(member, '2026-06-01')).id
  await t.driveTo(id, 12)
}, 60_000)

describe('who sees what of a case', () => {
  it('is nothing for a sibling branch, another subtree, an auditor, a group leader and a member', async () => {
    const strangers = [await f.signIn('branch_secretary', 'students'), await f.signIn('committee_admin', 'medicine')]
    for (const client of strangers) {
      expect(await client.send('GET', `/development-cases/${id}`)).toMatchObject({
        status: 404,
        body: { code: 'development.not_found' },
      })
      expect((await client.send<{ rows: object[] }>('GET', '/development-cases')).body.rows).toEqual([])
      expect(await client.send('POST', `/development-cases/${id}/vetting/read`, { purpose: '了解情况' })).toMatchObject(
        { status: 404 },
      )
      expect(await client.send('GET', `/development-cases?orgId=${f.orgs.teachers.id}`)).toMatchObject({
        status: 404,
        body: { code: 'development.no_such_org' },
      })
    }
    for (const role of ['audit_admin', 'security_admin', 'system_admin', 'group_leader', 'member'] as const) {
      const client = await f.signIn(role, 'committee')
      expect((await client.send('GET', `/development-cases/${id}`)).status, role).toBe(403)
    }
  })

  it('is the case without the political review for the branch and those above, and the review for its holders only', async () => {
    const worker = await f.signIn('party_worker', 'faculty')
    const seen = await worker.send<Detail>('GET', `/development-cases/${id}`)
    expect(seen).toMatchObject({ status: 200, body: { vetted: true } })
    expect(JSON.stringify(seen.body)).not.toContain('清白')
    expect(seen.body.steps.find(({ step }) => step === 10)?.facts).toEqual({})
    expect((await worker.send('POST', `/development-cases/${id}/vetting/read`, { purpose: '了解情况' })).status).toBe(
      403,
    )
    expect(
      (await worker.send('POST', `/development-cases/${id}/vetting`, { facts: vettingFacts('2027-07-25', 'passed') }))
        .status,
    ).toBe(403)
    const bare = await f.signIn('branch_secretary', 'teachers', { secondFactorAt: null })
    expect(await bare.send('POST', `/development-cases/${id}/vetting/read`, { purpose: '预审需要' })).toMatchObject({
      body: { code: 'request.step_up_needed' },
    })
    const secretary = await t.secretary()
    expect(
      await secretary.send('POST', `/development-cases/${id}/vetting/read`, { purpose: '预审需要' }),
    ).toMatchObject({
      status: 200,
      body: { rows: [{ facts: { result: 'passed', persons: [{ finding: '清白' }] } }] },
    })
    const read = await f.admin
      .selectFrom('platform_event')
      .select(['payload', 'reason'])
      .where('type', '=', 'development.vetting_read')
      .executeTakeFirstOrThrow()
    expect(read).toEqual({ payload: { caseId: id }, reason: '预审需要' })
    const stored = await f.admin.selectFrom('development_vetting').select('sealed').executeTakeFirstOrThrow()
    expect(stored.sealed.toString('utf8')).not.toContain('清白')
  })

  it('is the own road for the person: done, next, who acts, why; no opinion, ballot or finding', async () => {
    const { road, canApply } = await own(member)
    expect(canApply).toBe('case_exists')
    expect(road.next).toMatchObject({ step: 13, actor: 'branch', rules: [{ ruleId: 'DEV-12' }, { ruleId: 'DEV-13' }] })
    expect(road.steps.filter(({ state }) => state === 'done')).toHaveLength(12)
    expect(road.contacts).toEqual(['培养甲', '培养乙'])
    expect(JSON.stringify(road)).not.toMatch(/清白|表现好|可以列为|inFavour|opinion"/)
    expect(await own(await lasting('旁人', { category: 'formal' }))).toEqual({ road: null, canApply: 'wrong_category' })
  })

  it('is kept out of events: payloads name steps and days', async () => {
    const events = await f.admin
      .selectFrom('platform_event')
      .select('payload')
      .where('type', 'like', 'development.%')
      .execute()
    expect(events.length).toBeGreaterThan(20)
    expect(JSON.stringify(events)).not.toMatch(/清白|passed|failed|表现/)
  })
})

describe('notices', () => {
  it('tell the person of a new stage, and the branch of a step that was sent back', async () => {
    t.at('2026-06-01')
    const person = await lasting('孔通知')
    const officer = await plantMember(f, 'teachers', '严书记', { role: 'branch_secretary' })
    const one = (await t.opened(person, '2026-06-01')).id
    await t.driveTo(one, 3)
    t.at('2026-07-05')
    const { stepId } = (await t.send(one, 4)).body
    const back = { decision: 'return', facts: {}, reason: '缺推荐材料' }
    expect(await t.decide(one, stepId, 4, back)).toMatchObject({ status: 200 })
    await f.deliver()
    const told = (personId: string) =>
      f.admin
        .selectFrom('notices_delivery as d')
        .innerJoin('notices_notice as n', 'n.id', 'd.notice_id')
        .select(['n.kind', 'n.path', 'n.facts'])
        .where('d.person_id', '=', personId)
        .where('n.path', 'in', ['/development', `/development/${one}`])
        .execute()
    expect(await told(person.personId)).toEqual([
      { kind: 'development_stage', path: '/development', facts: { on: '2026-06-20' } },
    ])
    expect(await told(officer.personId)).toEqual([
      { kind: 'development_returned', path: `/development/${one}`, facts: { step: '4' } },
    ])
  })
})

describe('the own acts of a person', () => {
  it('hand in an application where the branch takes it, reports, and the application for conversion when it is time', async () => {
    t.at('2026-06-05')
    const stranger = await f.signIn('member', 'teachers')
    expect(await stranger.send('POST', '/my/development/reports', { words: '本季度思想汇报内容。' })).toMatchObject({
      status: 404,
      body: { code: 'development.no_case' },
    })
    const person = await lasting('杨手机')
    const words = '我志愿加入中国共产党，现郑重提出申请。'
    expect(await person.client.send('POST', '/my/development/conversion-application', { words })).toMatchObject({
      status: 404,
    })
    const made = await person.client.send<{ caseId: string }>('POST', '/my/development/application', { words })
    expect(made).toMatchObject({ status: 200 })
    expect((await person.client.send('POST', '/my/development/application', { words })).body).toMatchObject({
      code: 'development.case_exists',
    })
    expect((await own(person)).road.next).toMatchObject({ step: 2, dueOn: '2026-07-05', lamp: 'green' })
    expect(await person.client.send('POST', '/my/development/conversion-application', { words })).toMatchObject({
      status: 409,
      body: { code: 'development.not_now' },
    })
    expect(
      await person.client.send('POST', '/my/development/reports', { words: '本季度思想汇报内容。' }),
    ).toMatchObject({ status: 200 })
    expect((await own(person)).road.reports).toMatchObject([{ words: '本季度思想汇报内容。', heldOn: '2026-06-05' }])
    const desk = await t.secretary()
    const { rows } = (await desk.send<{ rows: { name: string }[] }>('GET', '/development-cases?list=applicants')).body
    expect(rows.map(({ name }) => name)).toEqual(['杨手机'])
    await f.admin
      .insertInto('settings_value')
      .values({
        tenant_id: f.tenantId,
        id: crypto.randomUUID(),
        org_id: f.orgs.teachers.id,
        org_path: f.orgs.teachers.path,
        code: 'development.applications_by_phone',
        value: JSON.stringify(false),
        effective_from: '2020-01-01',
        state: 'in_force',
        reason: '须当面递交',
        proposed_by: crypto.randomUUID(),
        proposed_at: day('2026-01-01'),
      })
      .execute()
    const other = await lasting('朱当面')
    expect(await other.client.send('POST', '/my/development/application', { words })).toMatchObject({
      status: 403,
      body: { code: 'development.not_handed_in_here' },
    })
  })
})

describe('a case that goes along with its person', () => {
  const moved = async (personId: string) => {
    const client = await f.signIn('committee_admin', 'committee')
    const session = await f.admin
      .selectFrom('access_session')
      .select('token_hash')
      .where('person_id', '=', client.personId)
      .executeTakeFirstOrThrow()
    const now = f.platform.clock()
    const admitted = await f.platform.sessions.admit(session.token_hash, now)
    const { vault, log } = f.platform
    const base = { actor: admitted.actor, now, requestId: 'move', vault, log, expectedVersion: null }
    await inTransaction(f.platform, admitted, base, (ctx) => moveCase(ctx, personId, f.orgs.students))
  }

  it('is seen and acted on there, with the time counted on, its clocks and its people', async () => {
    const person = await lasting('秦转移')
    const one = (await t.opened(person, '2026-06-01')).id
    await t.driveTo(one, 5)
    t.at('2026-08-01')
    await f.admin
      .updateTable('members_member')
      .set({ org_id: f.orgs.students.id, org_path: f.orgs.students.path })
      .where('id', '=', person.id)
      .execute()
    await moved(person.personId)
    const before = await t.secretary()
    expect((await before.send('GET', `/development-cases/${one}`)).status).toBe(404)
    const after = await f.signIn('branch_secretary', 'students')
    const { body } = await after.send<Detail>('GET', `/development-cases/${one}`)
    expect(body).toMatchObject({ card: { activistOn: '2026-07-01', orgName: f.orgs.students.name, step: 6 } })
    const clocks = await f.admin
      .selectFrom('deadlines_item')
      .select('org_path')
      .where('key', 'like', `%/${one}`)
      .where('state', '=', 'open')
      .execute()
    expect(new Set(clocks.map((clock) => clock.org_path))).toEqual(new Set([f.orgs.students.path]))
    await moved(crypto.randomUUID())
  })

  it('lets the new branch put off the conversion of a probationary member by at most six months', async () => {
    const person = await lasting('许推迟')
    const one = (await t.opened(person, '2026-06-01')).id
    await t.driveTo(one, 20)
    t.at('2028-05-01')
    const body = { until: '2029-03-10', reason: '情况需要进一步了解' }
    expect(await t.post(await t.secretary(), one, '/postponement', body)).toMatchObject({
      status: 409,
      body: { code: 'development.not_transferred' },
    })
    await f.admin
      .updateTable('members_member')
      .set({ org_id: f.orgs.students.id, org_path: f.orgs.students.path })
      .where('id', '=', person.id)
      .execute()
    await moved(person.personId)
    const there = await f.signIn('branch_secretary', 'students')
    expect(await t.post(there, one, '/postponement', { ...body, until: '2029-03-11' })).toMatchObject({
      status: 422,
      body: { code: 'development.postponement_wrong', detail: { ruleId: 'DEV-30', latestOn: '2029-03-10' } },
    })
    expect(await t.post(there, one, '/postponement', body)).toMatchObject({ status: 200 })
    expect((await there.send('GET', `/development-cases/${one}`)).body).toMatchObject({
      postponedUntil: '2029-03-10',
      clocks: expect.arrayContaining([expect.objectContaining({ kind: 'probation_end', dueOn: '2029-03-10' })]),
    })
  }, 30_000)
})

describe('a ballot of a meeting', () => {
  /** A general meeting with the recorded ballot of one candidate. */
  async function recordedBallot(
    early: Client,
    chair: Member,
    startsAt: string,
  ): Promise<{ meetingId: string; itemId: string }> {
    const start = new Date(startsAt)
    const plan = planBody(f, chair.id, {
      startsAt: start.toISOString(),
      endsAt: new Date(start.getTime() + 3600_000).toISOString(),
      agenda: [{ title: '讨论接收预备党员', votes: 'admission' }],
    })
    const meetingId = await convened(early, plan)
    f.setNow(start)
    const desk = await t.secretary()
    await desk.send('POST', `/meetings/${meetingId}/open`, {})
    const attendees = (
      await desk.send<{ rows: { memberId: string }[] }>('GET', `/meetings/${meetingId}/attendees?limit=100`)
    ).body.rows
    await desk.send('POST', `/meetings/${meetingId}/check-ins`, {
      memberIds: attendees.map(({ memberId }) => memberId),
      reason: '现场签到',
    })
    await desk.send('POST', `/meetings/${meetingId}/close`, {})
    const read = (await desk.send<{ agenda: { id: string }[] }>('GET', `/meetings/${meetingId}`)).body
    const itemId = read.agenda[0]?.id ?? ''
    const voters = await f.admin
      .selectFrom('meetings_count')
      .select('voters')
      .where('meeting_id', '=', meetingId)
      .executeTakeFirstOrThrow()
    const vote = {
      method: 'ballot',
      inFavour: voters.voters,
      against: 0,
      abstained: 0,
      invalid: 0,
      written: 0,
      writtenInFavour: 0,
    }
    const recorded = await desk.send('POST', `/meetings/${meetingId}/agenda/${itemId}/vote`, vote)
    expect(recorded, JSON.stringify(recorded.body)).toMatchObject({ status: 200 })
    return { meetingId, itemId }
  }

  it('gives its figures to step 15, and belongs to one person', async () => {
    const person = await lasting('何票决')
    const one = (await t.opened(person, '2026-06-01')).id
    const second = (await t.opened(await lasting('吕同会'), '2026-06-01')).id
    await t.driveTo(one, 14)
    await t.driveTo(second, 14)
    f.setNow(new Date('2027-09-10T01:00:00Z'))
    const desk = await t.secretary()
    const chair = { ...member, id: t.people.contacts[0] as string }
    const meeting = await recordedBallot(desk, chair, '2027-09-10T02:00:00Z')
    t.at('2027-09-11')
    const listed = await (await t.secretary()).send<{ rows: object[] }>('GET', `/development-cases/${one}/meetings`)
    expect(listed.body.rows).toMatchObject([{ ...meeting, heldOn: '2027-09-10', carried: true, isTaken: false }])
    const nobody = { meetingId: meeting.meetingId, itemId: crypto.randomUUID() }
    expect(await t.send(one, 15, { meeting: nobody })).toMatchObject({
      status: 404,
      body: { code: 'development.no_such_ballot' },
    })
    expect(await t.send(one, 15, { meeting })).toMatchObject({ status: 200 })
    const { steps } = (await (await t.secretary()).send<Detail>('GET', `/development-cases/${one}`)).body
    expect(steps.find(({ step }) => step === 15)).toMatchObject({
      heldOn: '2027-09-10',
      meetingItemId: meeting.itemId,
      facts: { secretBallot: true, resolution: '同意接收。', eligible: 4 },
    })
    expect(await t.send(second, 15, { meeting })).toMatchObject({
      status: 422,
      body: { code: 'development.vote_shared', detail: { ruleId: 'DEV-17' } },
    })
  }, 60_000)
})
