import type { DeadlineRow } from '@tongxin/contract'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, it } from 'vitest'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { type Client, type Fixture, NOW, type OrgKey, openFixture } from '../../test/fixture.ts'
import { type Deadline, endDeadlines, setDeadlines } from './index.ts'

let f: Fixture
let admin: Client
let secretary: Client
let member: Client

const term = (org: OrgKey, more: Partial<Deadline> = {}): Deadline => ({
  key: `org.term/${uuidv7()}`,
  kind: 'org.term',
  params: { org: f.orgs[org].name, until: more.dueOn ?? '2026-12-01' },
  unit: f.orgs[org],
  permission: 'org.write',
  personId: null,
  startsOn: '2026-01-01',
  yellowOn: '2026-11-01',
  dueOn: '2026-12-01',
  remind: [30, 7, 0],
  deskPath: `/orgs/${f.orgs[org].id}`,
  phonePath: null,
  ...more,
})
const asTenant = (work: (ctx: Parameters<typeof setDeadlines>[0]) => Promise<void>) =>
  inSystemTransaction(f.platform, { tenantId: f.tenantId, scope: 'r00' }, (tx) =>
    work({ db: tx, now: NOW, actor: { tenantId: f.tenantId } }),
  )
const plant = (...deadlines: Deadline[]) => asTenant((ctx) => setDeadlines(ctx, deadlines))
const listed = async (client: Client, query = '') =>
  (await client.send<{ rows: DeadlineRow[]; next: string | null }>('GET', `/deadlines${query}`)).body
const day = (date: string) => new Date(`${date}T01:00:00Z`)

beforeAll(async () => {
  f = await openFixture()
  admin = await f.signIn('committee_admin', 'committee')
  secretary = await f.signIn('branch_secretary', 'teachers', { name: '教工书记' })
  member = await f.signIn('member', 'teachers')
  await plant(
    term('teachers', { permission: 'meetings.convene', dueOn: '2026-11-01', yellowOn: '2026-10-20' }),
    term('students', { permission: 'meetings.convene', dueOn: '2026-11-02' }),
    term('students', { dueOn: '2027-03-01', yellowOn: '2027-02-01' }),
    term('nurses', { permission: 'meetings.convene', personId: member.personId, dueOn: '2026-12-20' }),
  )
})

describe('what is due', () => {
  it('refuses who has no desk, an organisation outside the scope, and days the wrong way round', async () => {
    expect((await member.send('GET', '/deadlines')).status).toBe(403)
    expect((await f.stranger.send('GET', '/my/deadlines')).status).toBe(401)
    expect(await secretary.send('GET', `/deadlines?orgId=${f.orgs.nurses.id}`)).toMatchObject({
      status: 404,
      body: { code: 'deadlines.no_such_org' },
    })
    expect(await admin.send('GET', '/deadlines?dueFrom=2026-12-01&dueTo=2026-11-01')).toMatchObject({
      status: 422,
      body: { code: 'deadlines.ends_before_start' },
    })
  })

  it('is shown to those who hold the right and reach the unit, with its lamp and the days left', async () => {
    expect((await listed(secretary)).rows).toMatchObject([
      { lamp: 'red', daysLeft: -1, unitName: f.orgs.teachers.name, deskPath: `/orgs/${f.orgs.teachers.id}` },
    ])
    expect((await listed(admin)).rows.map(({ dueOn, lamp }) => `${dueOn} ${lamp}`)).toEqual([
      '2026-11-01 red',
      '2026-11-02 yellow',
      '2026-12-20 yellow',
      '2027-03-01 green',
    ])
    const worker = await f.signIn('party_worker', 'committee')
    expect((await listed(worker)).rows).toEqual([])
  })

  it('changes its lamp on the very day: yellow on the first day and the last, red the day after', async () => {
    const lampsOn = async (date: string) => {
      f.setNow(day(date))
      const client = await f.signIn('committee_admin', 'committee')
      return (await listed(client, `?orgId=${f.orgs.students.id}`)).rows.map(({ lamp }) => lamp)
    }
    expect(await lampsOn('2026-10-31')).toEqual(['green', 'green'])
    expect(await lampsOn('2026-11-01')).toEqual(['yellow', 'green'])
    expect(await lampsOn('2026-11-02')).toEqual(['yellow', 'green'])
    expect(await lampsOn('2026-11-03')).toEqual(['red', 'green'])
    expect(await lampsOn('2027-02-01')).toEqual(['red', 'yellow'])
    f.setNow(NOW)
  })

  it('is narrowed by lamp, module, kind, organisation, days and state, and paged', async () => {
    const count = async (query: string) => (await listed(admin, query)).rows.length
    expect(await count('?lamp=yellow')).toBe(2)
    expect(await count('?lamp=green')).toBe(1)
    expect(await count('?module=org')).toBe(4)
    expect(await count('?module=o')).toBe(0)
    expect(await count('?kind=org.vacancy')).toBe(0)
    expect(await count(`?orgId=${f.orgs.faculty.id}&below=true`)).toBe(3)
    expect(await count(`?orgId=${f.orgs.faculty.id}`)).toBe(0)
    expect(await count('?dueFrom=2026-11-02&dueTo=2026-12-20')).toBe(2)
    expect(await count('?state=done')).toBe(0)
    const first = await listed(admin, '?limit=3')
    expect(first.rows).toHaveLength(3)
    expect((await listed(admin, `?limit=3&cursor=${first.next}`)).rows.map(({ dueOn }) => dueOn)).toEqual([
      '2027-03-01',
    ])
    expect((await listed(admin, '?sort=-dueOn')).rows[0]?.dueOn).toBe('2027-03-01')
  })

  it('is counted by lamp, for the list and for the workbench', async () => {
    expect((await admin.send('GET', '/deadlines/counts')).body).toEqual({ green: 1, yellow: 2, red: 1 })
    expect((await admin.send('GET', `/deadlines/counts?below=true&orgId=${f.orgs.medicine.id}`)).body).toEqual({
      green: 0,
      yellow: 1,
      red: 0,
    })
    const { rows } = (await admin.send<{ rows: object[] }>('GET', '/workbench/waiting')).body
    expect(rows).toEqual([
      { module: 'deadlines', key: 'overdue', count: 1, path: '/deadlines?lamp=red' },
      { module: 'deadlines', key: 'near', count: 2, path: '/deadlines?lamp=yellow' },
    ])
    expect((await member.send<{ rows: object[] }>('GET', '/workbench/waiting')).body.rows).toEqual([])
  })

  it('shows a person what concerns him, wherever it is due, and a post what is due at its organisation', async () => {
    const own = async (client: Client) =>
      (await client.send<{ rows: DeadlineRow[] }>('GET', '/my/deadlines')).body.rows.map(
        ({ dueOn, unitName }) => `${dueOn} ${unitName}`,
      )
    expect(await own(member)).toEqual(['2026-12-20 null'])
    expect(await own(secretary)).toEqual([`2026-11-01 ${f.orgs.teachers.name}`])
    expect(await own(admin)).toEqual([])
  })

  it('leaves as a workbook with its purpose in the audit', async () => {
    const body = { language: 'zh-CN', purpose: '换届工作部署' }
    expect(await secretary.send('POST', '/deadlines/export', { ...body, orgId: f.orgs.nurses.id })).toMatchObject({
      status: 404,
      body: { code: 'deadlines.no_such_org' },
    })
    const file = await admin.send('POST', '/deadlines/export', body)
    expect(file.status).toBe(200)
    expect(String(file.headers['content-type'])).toContain('spreadsheetml')
    const event = await f.admin
      .selectFrom('platform_event')
      .select(['payload', 'reason'])
      .where('type', '=', 'deadlines.exported')
      .executeTakeFirstOrThrow()
    expect(event).toMatchObject({ reason: '换届工作部署', payload: { rows: 4 } })
  })

  it('refuses a workbook of more rows than a file should have', async () => {
    const { id, path } = f.orgs.retired
    const rows = Array.from({ length: 10_001 }, (_, at) => ({
      tenant_id: f.tenantId,
      id: uuidv7(),
      key: `org.many/${at}`,
      kind: 'org.term',
      unit_id: id,
      org_path: path,
      permission: 'meetings.sign',
      starts_on: '2026-01-01',
      yellow_on: '2026-01-01',
      due_on: '2030-01-01',
      created_at: NOW,
      updated_at: NOW,
    }))
    for (let from = 0; from < rows.length; from += 2000)
      await f.admin
        .insertInto('deadlines_item')
        .values(rows.slice(from, from + 2000))
        .execute()
    const answer = await admin.send('POST', '/deadlines/export', { language: 'en', purpose: 'too many' })
    expect(answer).toMatchObject({ status: 422, body: { code: 'deadlines.too_many_rows' } })
    await f.admin.deleteFrom('deadlines_item').where('key', 'like', 'org.many/%').execute()
  })
})

describe('reminders', () => {
  const remindOn = async (date: string) => {
    f.setNow(day(date))
    const { deadlinesModule } = await import('./index.ts')
    const { holdersOfDuties } = await import('../access/index.ts')
    const [job] = deadlinesModule({ holdersOfDuties }).jobs ?? []
    await job?.run({ platform: f.platform, now: day(date), signal: new AbortController().signal })
    await f.deliver()
    f.setNow(NOW)
  }
  const digests = async (personId: string) =>
    (
      await f.admin
        .selectFrom('platform_event')
        .select('payload')
        .where('type', '=', 'deadlines.digest')
        .where('person_id', '=', personId)
        .orderBy('id')
        .execute()
    ).map(({ payload }) => {
      const { due, overdue } = payload as { due: number; overdue: number }
      return `${due} due, ${overdue} overdue`
    })

  it('come once a day in one notice, daily once overdue, to the nearest who hold the right', async () => {
    await remindOn('2026-11-02')
    await remindOn('2026-11-02')
    expect(await digests(secretary.personId)).toEqual(['0 due, 1 overdue'])
    // The students have no secretary: the committee above answers. The teachers' own secretary is nearer than it.
    expect(await digests(admin.personId)).toEqual(['1 due, 0 overdue'])
    expect(await digests(member.personId)).toEqual([])
    const inbox = await secretary.send<{ rows: object[] }>('GET', '/my/notices')
    expect(inbox.body.rows).toMatchObject([
      { kind: 'deadlines_digest', level: 'important', facts: { due: 0, overdue: 1 }, path: '/deadlines' },
    ])
  })

  it('go on after a day without the job, and stop when it is done', async () => {
    // 30 days before 2026-12-20 is 2026-11-20, when nothing ran.
    await remindOn('2026-11-22')
    expect(await digests(member.personId)).toEqual(['1 due, 0 overdue'])
    await remindOn('2026-11-23')
    expect(await digests(member.personId)).toHaveLength(1)
    expect(await digests(secretary.personId)).toHaveLength(3)
    const { key } = await f.admin
      .selectFrom('deadlines_item')
      .select('key')
      .where('org_path', '=', f.orgs.teachers.path)
      .executeTakeFirstOrThrow()
    await asTenant((ctx) => endDeadlines(ctx, [key], 'done'))
    await remindOn('2026-11-24')
    expect(await digests(secretary.personId)).toHaveLength(3)
    expect((await listed(secretary)).rows).toEqual([])
    expect((await listed(secretary, '?state=done')).rows).toMatchObject([{ state: 'done', endedAt: NOW.toISOString() }])
  })
})

describe('the calendar of a person', () => {
  it('holds what is due as whole days, the overdue ones today', async () => {
    const feedOf = async (client: Client) => {
      const { url } = (await client.send<{ url: string }>('POST', '/my/calendar', {})).body
      const path = new URL(url).pathname.replace('/api/v1', '')
      return (await f.stranger.send<string>('GET', path)).body.replaceAll('\r\n ', '')
    }
    expect(await feedOf(member)).toContain('DTSTART;VALUE=DATE:20261220')
    await plant(term('retired', { dueOn: '2026-10-01', yellowOn: '2026-09-01', permission: 'meetings.sign' }))
    const retired = await f.signIn('branch_secretary', 'retired')
    const text = await feedOf(retired)
    expect(text).toContain('DTSTART;VALUE=DATE:20261102')
    expect(text).toContain('SUMMARY:【超期】离退休党支部：本届任期于 2026-10-01 届满')
    expect(text).not.toContain('护理')
  })
})

describe('an organisation that moves', () => {
  it('takes its deadlines along', async () => {
    const medicine = await f.signIn('committee_admin', 'medicine')
    expect((await listed(medicine)).rows).toHaveLength(1)
    const to = { parentId: f.orgs.medicine.id }
    const plan = await admin.send<{ hash: string }>('POST', `/orgs/${f.orgs.retired.id}/move/plan`, to)
    const body = { ...to, effectiveOn: '2026-11-01', planHash: plan.body.hash, documentNumber: '江大党〔2026〕1号' }
    const moved = await admin.send('POST', `/orgs/${f.orgs.retired.id}/move`, body)
    expect(moved).toMatchObject({ status: 200 })
    expect((await listed(medicine)).rows).toHaveLength(2)
  })
})
