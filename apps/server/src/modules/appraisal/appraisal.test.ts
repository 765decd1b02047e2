import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Branch, branchOf, DATES, type Steps, stepsOf } from '../../test/appraisal-cases.ts'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'

let f: Fixture
let branch: Branch
let steps: Steps
let desk: Client

beforeAll(async () => {
  f = await openFixture()
  branch = await branchOf(f, { members: 5, probationary: 1 })
  steps = stepsOf(f, branch)
  desk = branch.secretary.client
})

const code = (name: string) => ({ code: `appraisal.${name}` })
let nextYear = 2011
/** A year of its own for each case. */
const year = () => {
  nextYear += 1
  return nextYear
}

describe('opening a round', () => {
  it('refuses without permission, outside the scope, disordered or past days, coming years, and a second round', async () => {
    const body = { orgId: f.orgs.teachers.id, year: 2026, dates: DATES }
    const leader = await f.signIn('group_leader', 'teachers')
    expect(await leader.send('POST', '/appraisals', body)).toMatchObject({ status: 403 })
    expect((await f.stranger.send('POST', '/appraisals', body)).status).toBe(401)
    const send = async (more: object) => (await desk.send('POST', '/appraisals', { ...body, ...more })).body
    expect(await send({ orgId: f.orgs.nurses.id })).toMatchObject({ code: 'appraisal.no_such_org' })
    expect(await send({ year: 2027 })).toMatchObject({
      code: 'appraisal.year_in_future',
      fields: [{ field: '/body/year' }],
    })
    expect(await send({ dates: { ...DATES, sheetDueOn: '2026-11-09' } })).toMatchObject({
      code: 'appraisal.dates_out_of_order',
    })
    expect(await send({ dates: { ...DATES, selfDueOn: '2026-11-01' } })).toMatchObject({ code: 'appraisal.date_past' })
    const id = await steps.opened(2025)
    expect(await send({ year: 2025 })).toMatchObject({ code: 'appraisal.opened_already', detail: { year: 2025 } })
    expect(await steps.read(id)).toMatchObject({
      state: 'study',
      people: 8,
      weights: { self: 10, mutual: 40, masses: 20, organisation: 30 },
    })
  })

  it('opens a round in each branch below, and passes over those with one or without members', async () => {
    const committee = await f.signIn('committee_admin', 'committee')
    const body = { year: 2026, dates: DATES }
    const one = await committee.send<{ ids: string[]; skipped: string[] }>('POST', '/appraisals', {
      ...body,
      orgId: f.orgs.faculty.id,
    })
    expect(one.body.ids).toHaveLength(1)
    expect(one.body.skipped).toEqual([f.orgs.students.name])
    expect((await committee.send('POST', '/appraisals', { ...body, orgId: f.orgs.students.id })).body).toMatchObject({
      code: 'appraisal.nobody_to_appraise',
    })
    const group = await f.admin
      .insertInto('org_unit')
      .values({
        tenant_id: f.tenantId,
        id: crypto.randomUUID(),
        parent_id: f.orgs.committee.id,
        path: 'r00.009',
        kind: 'leading_group',
        name: '党组',
        created_at: new Date(),
        updated_at: new Date(),
      } as never)
      .returning('id')
      .executeTakeFirstOrThrow()
    expect((await committee.send('POST', '/appraisals', { ...body, orgId: group.id })).body).toMatchObject({
      code: 'appraisal.no_branch',
    })
  })

  it('refuses more branches at once than one request may open', async () => {
    const crowd = await f.admin
      .insertInto('org_unit')
      .values({
        tenant_id: f.tenantId,
        id: crypto.randomUUID(),
        parent_id: f.orgs.committee.id,
        path: 'r00.00a',
        kind: 'committee',
        name: '大党委',
        created_at: new Date(),
        updated_at: new Date(),
      } as never)
      .returning('id')
      .executeTakeFirstOrThrow()
    await sql`insert into org_unit (tenant_id, id, parent_id, path, kind, name, created_at, updated_at)
      select ${f.tenantId}::uuid, gen_random_uuid(), ${crowd.id}::uuid, 'r00.00a.' || n, 'branch', '第' || n || '支部', now(), now()
        from generate_series(1000, 3000) n`.execute(f.admin)
    const committee = await f.signIn('committee_admin', 'committee')
    const many = await committee.send('POST', '/appraisals', { orgId: crowd.id, year: 2026, dates: DATES })
    expect(many.body).toMatchObject({ code: 'appraisal.too_many_rows', detail: { most: 2000 } })
  })

  it('lists rounds by filter and page, and nothing to branches elsewhere', async () => {
    await steps.opened(year())
    const rows = async (client: Client, query = '') =>
      (await client.send<{ rows: { year: number }[]; next: string | null }>('GET', `/appraisals${query}`)).body
    expect((await rows(desk, '?year=2025')).rows).toHaveLength(1)
    expect((await rows(desk, '?text=教工&state=study')).rows.length).toBeGreaterThan(1)
    expect((await rows(desk, '?overdue=true')).rows).toEqual([])
    const within = async (below: boolean) =>
      (await rows(branch.above, `?orgId=${f.orgs.faculty.id}&below=${below}`)).rows.length
    expect(await within(true)).toBeGreaterThan(1)
    expect(await within(false)).toBe(0)
    expect((await rows(desk, `?orgId=${f.orgs.nurses.id}`)) as object).toMatchObject(code('no_such_org'))
    const first = await rows(desk, '?limit=1&sort=-year')
    const second = await rows(desk, `?limit=1&sort=-year&cursor=${first.next}`)
    expect(second.rows[0]?.year).toBeLessThan(first.rows[0]?.year ?? 0)
    expect((await rows(await f.signIn('branch_secretary', 'nurses'))).rows).toEqual([])
    expect((await rows(await f.signIn('member', 'teachers'))) as object).toMatchObject({
      code: 'request.not_permitted',
    })
  })

  it('moves days of steps to come, follows them with reminders, and refuses a stale page', async () => {
    const id = await steps.opened(year())
    const path = `/appraisals/${id}/dates`
    const stale = await desk.send('PUT', path, DATES, { 'if-match': '"7"' })
    expect(stale.body).toMatchObject({ code: 'request.version_stale' })
    const moved = await desk.send('PUT', path, { ...DATES, selfDueOn: '2026-11-12' }, { 'if-match': '"1"' })
    expect(moved).toMatchObject({ status: 200, body: { version: 2 } })
    const due = await f.admin
      .selectFrom('deadlines_item')
      .select(['kind', 'due_on'])
      .where('desk_path', '=', `/appraisals/${id}`)
      .execute()
    expect(due).toEqual([{ kind: 'appraisal.study', due_on: '2026-11-12' }])
  })
})

describe('study, comments and self-review', () => {
  it('refuses a study of tomorrow, and steps before their turn', async () => {
    const id = await steps.opened(year())
    const send = async (path: string, body: object) => (await desk.send('POST', `/appraisals/${id}/${path}`, body)).body
    expect(await send('study', { heldOn: '2026-11-03', note: '学习' })).toMatchObject({ code: 'appraisal.in_future' })
    expect(await send('open-sheets', {})).toMatchObject({ code: 'appraisal.wrong_state' })
    await steps.studied(id)
    expect(await send('study', { heldOn: '2026-11-01', note: '再学习' })).toMatchObject({
      code: 'appraisal.wrong_state',
    })
    expect(await steps.read(id)).toMatchObject({ state: 'reviewing', study: { heldOn: '2026-11-01' } })
  })

  it('keeps comments by name for the officers and the person, and takes one back with a reason', async () => {
    const id = await steps.opened(year())
    await steps.studied(id)
    const { persons } = await steps.read(id)
    const [one, two] = [
      persons.find(({ name }) => name === '党员1')?.id,
      persons.find(({ name }) => name === '党员2')?.id,
    ]
    const path = `/appraisals/${id}/comments`
    const say = async (byId: unknown, aboutId: unknown) =>
      (await desk.send<{ id: string }>('POST', path, { byId, aboutId, text: '学习可以再系统一些' })).body
    expect(await say(one, one)).toMatchObject({ code: 'appraisal.about_oneself' })
    expect(await say(one, id)).toMatchObject({ code: 'appraisal.no_such_person', fields: [{ field: '/body/aboutId' }] })
    const said = await say(one, two)
    expect((await steps.own(id, branch.members[1]?.client as Client)).comments).toEqual([
      { byName: '党员1', text: '学习可以再系统一些' },
    ])
    expect((await steps.own(id, branch.members[2]?.client as Client)).comments).toEqual([])
    const remove = () => desk.send('POST', `${path}/${said.id}/remove`, { reason: '记错了人' })
    expect((await remove()).status).toBe(200)
    expect((await remove()).body).toMatchObject({ code: 'appraisal.no_such_comment' })
    expect((await steps.read(id)).comments).toEqual([])
  })

  it('keeps a draft, refuses to hand in half of it, and changes nothing afterwards', async () => {
    const id = await steps.opened(year())
    const me = branch.members[0]?.client as Client
    const path = `/my/appraisals/${id}/self-review`
    const text = '一年来坚持学习，按时参加组织生活，认真完成本职工作，服务群众还不够主动。'
    const nurse = await f.signIn('member', 'nurses')
    expect((await nurse.send('PUT', path, { text, checks: {}, grade: null })).body).toMatchObject({
      code: 'appraisal.not_yours',
    })
    expect((await me.send('PUT', path, { text, checks: { politics: '理论学习不深' }, grade: null })).status).toBe(200)
    expect((await me.send('POST', `${path}/hand-in`, {})).body).toMatchObject({
      code: 'appraisal.self_review_incomplete',
    })
    expect((await steps.own(id, me)).self).toMatchObject({ text, grade: null, handedIn: false, canChange: true })
    await me.send('PUT', path, { text, checks: {}, grade: 'qualified' })
    expect((await me.send('POST', `${path}/hand-in`, {})).status).toBe(200)
    expect((await me.send('PUT', path, { text: '改', checks: {}, grade: null })).body).toMatchObject({
      code: 'appraisal.self_review_handed_in',
    })
    const stored = await f.admin
      .selectFrom('appraisal_person')
      .select('self_review')
      .where('round_id', '=', id)
      .execute()
    expect(JSON.stringify(stored)).not.toContain('服务群众')
    await steps.studied(id)
    await steps.assessed(id)
    const late = branch.members[1]?.client as Client
    expect((await late.send('PUT', path, { text, checks: {}, grade: null })).body).toMatchObject({
      code: 'appraisal.self_review_closed',
    })
  })
})

describe('cancelling', () => {
  it('frees the year, with a reason, and not once grades are confirmed', async () => {
    const when = year()
    const id = await steps.opened(when)
    expect((await desk.send('POST', `/appraisals/${id}/cancel`, { reason: '' })).status).toBe(400)
    expect((await desk.send('POST', `/appraisals/${id}/cancel`, { reason: '期限填错' })).body).toMatchObject({
      state: 'cancelled',
    })
    expect((await desk.send('POST', `/appraisals/${id}/cancel`, { reason: '期限填错' })).body).toMatchObject(
      code('wrong_state'),
    )
    expect((await branch.members[0]?.client.send('GET', `/my/appraisals/${id}`))?.status).toBe(404)
    expect(await steps.opened(when)).not.toBe(id)
    expect((await desk.send('GET', `/appraisals/${crypto.randomUUID()}`)).body).toMatchObject({
      code: 'appraisal.not_found',
    })
  })
})
