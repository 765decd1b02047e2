import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'
import { counted, type Plan, pathOf, plantMember } from '../../test/org-people.ts'
import { SCOPED_TABLES, WRITTEN_ONCE } from './org.scoped.ts'

let f: Fixture
let admin: Client
const document = { effectiveOn: '2026-10-20', documentNumber: '江大党发〔2026〕21号' }
const planned = async (id: string, parentId: string) =>
  (await admin.send<Plan>('POST', `/orgs/${id}/move/plan`, { parentId })).body
const plannedMerge = async (id: string, intoId: string) =>
  (await admin.send<Plan>('POST', `/orgs/${id}/merge/plan`, { intoId })).body

beforeAll(async () => {
  f = await openFixture()
  admin = await f.signIn('committee_admin', 'committee')
})

describe('the list of columns that hold a path', () => {
  it('equals what the database has', async () => {
    const { rows } = await sql<{ table: string; column: string }>`
      select c.table_name as table, c.column_name as column from information_schema.columns c
      join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name and t.table_type = 'BASE TABLE'
      where c.table_schema = 'public' and (c.column_name ~ '_path$' and c.collation_name = 'C' or (c.table_name = 'org_unit' and c.column_name = 'path'))
        and exists (select 1 from information_schema.columns k where k.table_name = c.table_name and k.column_name = 'tenant_id')`.execute(
      f.admin,
    )
    const known = [
      ...SCOPED_TABLES.map(({ table, column }) => `${table}.${column}`),
      ...WRITTEN_ONCE.map((table) => `${table}.org_path`),
    ]
    const found = rows.map(({ table, column }) => `${table}.${column}`)
    // Partitions of a log carry the column of their parent.
    const own = found.filter((name) => !WRITTEN_ONCE.some((table) => name.startsWith(`${table}_`)))
    expect(own.sort()).toEqual(known.sort())
  })

  it('names only columns that the application may write', async () => {
    const { rows } = await sql<{
      table: string
    }>`select t as table from unnest(${sql.val(SCOPED_TABLES.map(({ table }) => table))}::text[], ${sql.val(SCOPED_TABLES.map(({ column }) => column))}::text[]) as s(t, c)
      where not has_column_privilege('tongxin_app', t, c, 'update')
        or not exists (select 1 from pg_policies p where p.tablename = t and p.cmd in ('ALL', 'UPDATE'))`.execute(
      f.admin,
    )
    expect(rows).toEqual([])
  })
})

describe('moving', () => {
  it('refuses who may not, and what is outside the scope', async () => {
    const body = { parentId: f.orgs.medicine.id }
    const secretary = await f.signIn('branch_secretary', 'teachers')
    const path = `/orgs/${f.orgs.teachers.id}/move/plan`
    expect((await f.stranger.send('POST', path, body)).status).toBe(401)
    expect(await secretary.send('POST', path, body)).toMatchObject({ body: { code: 'request.not_permitted' } })
    const medicine = await f.signIn('committee_admin', 'medicine')
    expect(await medicine.send('POST', path, body)).toMatchObject({ status: 404, body: { code: 'org.not_found' } })
  })

  it('tells in the plan what stands against it, and refuses it', async () => {
    const { committee, faculty, teachers, students } = f.orgs
    expect((await planned(committee.id, faculty.id)).obstacles).toEqual(['org.is_top'])
    expect((await planned(faculty.id, teachers.id)).obstacles).toEqual(['org.into_itself'])
    expect((await planned(teachers.id, faculty.id)).obstacles).toEqual(['org.same_parent'])
    expect((await planned(teachers.id, students.id)).obstacles).toEqual(['org.kind_not_below'])
    for (const [unit, parent] of [
      [committee, faculty],
      [faculty, teachers],
      [teachers, faculty],
    ] as const) {
      const { hash, obstacles } = await planned(unit.id, parent.id)
      const body = { parentId: parent.id, ...document, planHash: hash }
      expect(await admin.send('POST', `/orgs/${unit.id}/move`, body)).toMatchObject({
        body: { code: obstacles[0] },
      })
    }
  })

  it('refuses another plan than the one that was read', async () => {
    const { teachers, medicine } = f.orgs
    const { hash } = await planned(teachers.id, medicine.id)
    await plantMember(f, 'teachers', '钱新来')
    const body = { parentId: medicine.id, ...document, planHash: hash }
    expect(await admin.send('POST', `/orgs/${teachers.id}/move`, body)).toMatchObject({
      status: 409,
      body: { code: 'org.plan_stale' },
    })
    expect(await pathOf(f, teachers.id)).toBe(teachers.path)
  })

  it('carries everything below with it: records, posts, scopes and rollups', async () => {
    const { faculty, medicine, teachers } = f.orgs
    const secretary = await f.signIn('branch_secretary', 'teachers')
    const plan = await planned(faculty.id, medicine.id)
    expect(plan.obstacles).toEqual(['org.kind_not_below'])
    await admin.send('POST', `/orgs/${medicine.id}/upgrade`, { ...document, kind: 'committee' }, { 'if-match': '"1"' })
    const fresh = await planned(faculty.id, medicine.id)
    expect(fresh).toMatchObject({ obstacles: [], before: ['江湾大学委员会', faculty.name] })
    expect(fresh.after).toEqual(['江湾大学委员会', medicine.name, faculty.name])
    expect([counted(fresh, 'units'), counted(fresh, 'records')]).toEqual([3, 1])
    const body = { parentId: medicine.id, ...document, planHash: fresh.hash }
    expect(await admin.send('POST', `/orgs/${faculty.id}/move`, body)).toMatchObject({ status: 200 })
    expect(await pathOf(f, teachers.id)).toBe('r00.002.002.001')
    const member = await f.admin.selectFrom('members_member').select('org_path').executeTakeFirstOrThrow()
    expect(member.org_path).toBe('r00.002.002.001')
    // The secretary keeps the branch, and those above see it in the new place at once.
    const own = await secretary.send<{ rows: { name: string }[] }>('GET', '/orgs')
    expect(own.body.rows.map((row) => row.name)).toEqual([teachers.name])
    const above = await f.signIn('committee_admin', 'medicine')
    const seen = await above.send<{ rows: { id: string; members: number }[] }>('GET', '/orgs')
    expect(seen.body.rows).toMatchObject([{ id: medicine.id, members: 1 }])
    const events = await f.admin
      .selectFrom('platform_event')
      .select('payload')
      .where('type', '=', 'org.moved')
      .execute()
    expect(events).toHaveLength(1)
  })

  it('never gives the old label to another unit', async () => {
    const founded = await admin.send<{ id: string }>('POST', '/orgs', {
      parentId: f.orgs.committee.id,
      kind: 'general_branch',
      name: '信息学院党总支',
      effectiveOn: '2026-10-21',
    })
    expect(await pathOf(f, founded.body.id)).toBe('r00.004')
  })
})

describe('the tree as of a day', () => {
  const namesOn = async (asOf: string, parentId?: string) =>
    (
      await admin.send<{ rows: { name: string }[] }>(
        'GET',
        `/orgs?asOf=${asOf}${parentId ? `&parentId=${parentId}` : ''}`,
      )
    ).body.rows.map((row) => row.name)

  it('shows places, names and kinds of that day, and nothing founded later', async () => {
    const { committee, faculty, medicine, nurses, retired } = f.orgs
    await admin.send(
      'POST',
      `/orgs/${nurses.id}/rename`,
      { name: '医学院护理第一党支部', effectiveOn: '2026-10-25' },
      { 'if-match': '"1"' },
    )
    expect(await namesOn('2026-10-19', committee.id)).toEqual([medicine.name, faculty.name, retired.name])
    expect(await namesOn('2026-10-20', committee.id)).toEqual([medicine.name, retired.name])
    expect(await namesOn('2026-10-21', committee.id)).toEqual(['信息学院党总支', medicine.name, retired.name].sort())
    expect(await namesOn('2026-10-24', medicine.id)).toEqual([nurses.name, faculty.name])
    expect(await namesOn('2026-10-25', medicine.id)).toEqual(['医学院护理第一党支部', faculty.name])
    expect(await namesOn('2016-06-17')).toEqual([])
    const before = await admin.send<{ rows: { kind: string; children: number }[] }>(
      'GET',
      '/orgs?asOf=2026-10-19&search=医学院党总支',
    )
    expect(before.body.rows).toMatchObject([{ kind: 'general_branch', children: 1, members: null }])
  })

  it('refuses a change that is dated before the last one', async () => {
    const body = { name: '医学院护理第二党支部', effectiveOn: '2026-10-24' }
    expect(await admin.send('POST', `/orgs/${f.orgs.nurses.id}/rename`, body, { 'if-match': '"2"' })).toMatchObject({
      status: 422,
      body: { code: 'org.before_last_change', detail: { last: '2026-10-25' } },
    })
  })
})

describe('merging', () => {
  const endOfMonth = { effectiveOn: '2026-10-31', documentNumber: '江大党发〔2026〕30号' }

  // The branches have moved since they were planted: what is planted now stands at the new paths.
  beforeAll(async () => {
    for (const unit of Object.values(f.orgs)) unit.path = await pathOf(f, unit.id)
  })

  it('refuses unlike kinds, and units where somebody still has a post', async () => {
    const { students, teachers, retired, medicine } = f.orgs
    expect((await plannedMerge(retired.id, medicine.id)).obstacles).toEqual(['org.kinds_differ'])
    const officer = await f.signIn('branch_officer', 'students')
    expect((await plannedMerge(students.id, teachers.id)).obstacles).toEqual(['org.posts_remain'])
    const { hash } = await plannedMerge(students.id, teachers.id)
    const body = { intoId: teachers.id, ...endOfMonth, planHash: hash }
    expect(await admin.send('POST', `/orgs/${students.id}/merge`, body)).toMatchObject({
      status: 409,
      body: { code: 'org.posts_remain' },
    })
    await f.admin
      .updateTable('access_grant')
      .set({ until_on: new Date('2026-11-01T00:00:00Z') })
      .where('person_id', '=', officer.personId)
      .execute()
  })

  it('refuses while a meeting is unfinished', async () => {
    const { students, teachers } = f.orgs
    const id = uuidv7()
    const now = new Date('2026-10-01T00:00:00Z')
    await f.admin
      .insertInto('meetings_meeting')
      .values({
        tenant_id: f.tenantId,
        id,
        org_id: students.id,
        org_path: await pathOf(f, students.id),
        state: 'planned',
        title: '支部党员大会',
        kinds: ['generalMeeting'],
        starts_at: now,
        ends_at: new Date(now.getTime() + 3600_000),
        held_on: '2026-10-01',
        opens_before: 30,
        closes_after: 15,
        leave_before: 20,
        made_by: admin.personId,
        created_at: now,
        updated_at: now,
      })
      .execute()
    expect((await plannedMerge(students.id, teachers.id)).obstacles).toEqual(['org.meetings_remain'])
    expect(
      await admin.send('POST', `/orgs/${students.id}/merge`, {
        intoId: teachers.id,
        ...endOfMonth,
        planHash: (await plannedMerge(students.id, teachers.id)).hash,
      }),
    ).toMatchObject({ status: 409, body: { code: 'org.meetings_remain' } })
    await f.admin.deleteFrom('meetings_meeting').where('id', '=', id).execute()
  })

  it('hands over people, their rights, their counts and the groups below', async () => {
    const { students, teachers } = f.orgs
    await f.admin.updateTable('org_unit').set({ path: sql`path` }).where('id', '=', students.id).execute()
    const group = await admin.send<{ id: string }>('POST', '/orgs', {
      parentId: students.id,
      kind: 'group',
      name: '第一党小组',
      effectiveOn: '2026-10-21',
    })
    const member = await plantMember(f, 'students', '李晓雨', 'probationary')
    const plan = await plannedMerge(students.id, teachers.id)
    expect(plan).toMatchObject({ obstacles: [] })
    expect(plan.hints.map((hint) => `${hint.about} ${hint.value} ${hint.ruleId}`)).toContain('form joint-branch ORG-3')
    const body = { intoId: teachers.id, ...endOfMonth, planHash: plan.hash }
    expect(await admin.send('POST', `/orgs/${students.id}/merge`, body)).toMatchObject({ status: 200 })
    const teachersPath = await pathOf(f, teachers.id)
    const record = await f.admin
      .selectFrom('members_member')
      .select(['org_id', 'org_path'])
      .where('id', '=', member.id)
      .executeTakeFirstOrThrow()
    expect(record).toEqual({ org_id: teachers.id, org_path: teachersPath })
    expect(await pathOf(f, group.body.id)).toBe(`${teachersPath}.001`)
    const counts = await f.admin
      .selectFrom('org_count')
      .select(['unit_id', 'category', 'people'])
      .orderBy('category')
      .execute()
    expect(counts).toEqual([
      { unit_id: teachers.id, category: 'formal', people: 1 },
      { unit_id: teachers.id, category: 'probationary', people: 1 },
    ])
    const own = await member.client.send<{ name: string; members: number }>('GET', '/my-org')
    expect(own.body).toMatchObject({ name: teachers.name, members: 2 })
    expect(
      await admin.send(
        'POST',
        `/orgs/${students.id}/rename`,
        { name: '新的名称', effectiveOn: '2026-11-01' },
        { 'if-match': '"2"' },
      ),
    ).toMatchObject({ status: 409, body: { code: 'org.dissolved' } })
    expect((await admin.send('GET', `/orgs/${students.id}`)).body).toMatchObject({
      mergedInto: { id: teachers.id },
      dissolvedOn: '2026-10-31',
    })
  })
})
