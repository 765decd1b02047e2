import type { PairRow } from '@tongxin/contract'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { idOf } from '../../test/invented-id.ts'
import { type MergeCases, mergeCasesOf, UNKNOWN_ID } from '../../test/merge-cases.ts'
import { searchAllPairs } from './members.jobs.ts'
import { NOT_OF_THE_RECORD, REFERENCES } from './members.references.ts'

let f: Fixture
let cases: MergeCases

beforeAll(async () => {
  f = await openFixture()
  cases = await mergeCasesOf(f)
})

describe('the list of references to a record', () => {
  it('names every table that holds one', async () => {
    const { rows } = await sql<{ table: string }>`
      select distinct c.table_name as table from information_schema.columns c
      join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name and t.table_type = 'BASE TABLE'
      where c.table_schema = 'public' and c.column_name in ('member_id', 'person_id') and c.table_name !~ '^platform_event_'`.execute(
      f.admin,
    )
    const known = new Set([...REFERENCES.map((one) => one.table), ...Object.keys(NOT_OF_THE_RECORD), 'members_member'])
    expect(rows.map((row) => row.table).filter((table) => !known.has(table))).toEqual([])
  })

  it('moves only what the application may write', async () => {
    for (const { table, member, person } of REFERENCES.filter((one) => one.fate === 'moves'))
      for (const column of [member, person].filter((one) => one !== undefined)) {
        const { rows } = await sql<{
          may: boolean
        }>`select has_column_privilege('tongxin_app', ${table}, ${column}, 'update') as may`.execute(f.admin)
        expect({ table, column, may: rows[0]?.may }).toEqual({ table, column, may: true })
      }
  })
})

describe('pairs that look alike', () => {
  it('are refused to who may not approve, and shown to who reaches both', async () => {
    const two = await cases.twins('疑重复')
    await f.deliver()
    expect((await f.stranger.send('GET', '/member-pairs')).status).toBe(401)
    expect(await cases.people.secretary.send('GET', '/member-pairs')).toMatchObject({
      status: 403,
      body: { code: 'request.not_permitted' },
    })
    const seen = (client: Client) => client.send<{ rows: PairRow[] }>('GET', '/member-pairs')
    const { rows } = (await seen(cases.approver)).body
    const pair = rows.find((row) => [row.a.id, row.b.id].includes(two.keptId))
    expect(pair).toMatchObject({ signs: ['name', 'birth'] })
    const other = await f.signIn('committee_admin', 'medicine')
    expect((await seen(other)).body.rows).toEqual([])
    const dismiss = `/member-pairs/${pair?.id}/dismiss`
    expect(await other.send('POST', dismiss, { reason: '不是同一人' })).toMatchObject({
      status: 404,
      body: { code: 'merge.pair_not_found' },
    })
    expect((await cases.approver.send('POST', dismiss, { reason: '同名同日，核实为两人' })).status).toBe(200)
    expect(await cases.approver.send('POST', dismiss, { reason: '再来一次' })).toMatchObject({
      body: { code: 'merge.pair_not_found' },
    })
    expect((await seen(cases.approver)).body.rows.some((row) => row.id === pair?.id)).toBe(false)
    expect(await searchAllPairs(f.platform, NOW)).toBe(1)
    expect((await seen(cases.approver)).body.rows.some((row) => row.id === pair?.id)).toBe(false)
  })

  it('are not made of a telephone or a name alone', async () => {
    await cases.people.registered({ name: '沈独一', idNumber: idOf('11010119770505211'), phone: '13900007788' })
    await cases.people.registered({ name: '沈另一', idNumber: idOf('11010119790606213'), phone: '13900007788' })
    await cases.people.registered({ name: '沈独一', idNumber: idOf('11010119810707215'), phone: null })
    await f.deliver()
    const { rows } = (await cases.approver.send<{ rows: PairRow[] }>('GET', '/member-pairs')).body
    expect(rows.filter((row) => row.a.name.startsWith('沈'))).toEqual([])
  })
})

describe('a merge', () => {
  it('refuses who may not, the same record twice, and one out of reach', async () => {
    const two = await cases.twins('拒绝合')
    expect((await f.stranger.send('POST', '/member-merges/plan', two)).status).toBe(401)
    expect((await cases.people.secretary.send('POST', '/member-merges/plan', two)).status).toBe(403)
    const plan = (of: object) => cases.approver.send('POST', '/member-merges/plan', of)
    expect(await plan({ keptId: two.keptId, goneId: two.keptId })).toMatchObject({
      status: 422,
      body: { code: 'merge.same_record', fields: [{ field: '/body/goneId' }] },
    })
    expect(await plan({ keptId: two.keptId, goneId: UNKNOWN_ID })).toMatchObject({
      status: 404,
      body: { code: 'members.not_found', fields: [{ field: '/body/goneId' }] },
    })
    const medicine = await f.signIn('committee_admin', 'medicine')
    expect((await medicine.send('POST', '/member-merges/plan', two)).status).toBe(404)
    expect(await plan({ ...two, take: ['category'] })).toMatchObject({ status: 400 })
  })

  it('demands a second factor', async () => {
    const two = await cases.twins('二次验')
    const stale = await f.signIn('committee_admin', 'committee', { secondFactorAt: null })
    const { keptVersion, goneVersion } = await cases.planOf(two)
    const body = { ...two, keptVersion, goneVersion, reason: '同一人' }
    expect((await stale.send('POST', '/member-merges', body)).status).toBe(403)
  })

  it('refuses records that changed after the preview', async () => {
    const two = await cases.twins('变动后')
    expect(await cases.merged(two, { goneVersion: 7 })).toMatchObject({ status: 409, body: { code: 'merge.moved_on' } })
  })

  it('refuses two different ID numbers until the card was looked at', async () => {
    const two = await cases.twins('两号码')
    expect(await cases.planOf(two)).toMatchObject({ idDiffers: true })
    expect(await cases.merged(two, { idChecked: false })).toMatchObject({
      status: 409,
      body: { code: 'merge.id_differs', fields: [{ field: '/body/idChecked' }] },
    })
    expect((await cases.merged(two)).status).toBe(200)
  })

  it('refuses while something open names the record that goes', async () => {
    const two = await cases.twins('有待审')
    const change = { kind: 'correction', memberId: two.goneId, facts: { workplace: '新单位' }, reason: '调动' }
    expect((await cases.people.secretary.send('POST', '/member-changes', change)).status).toBe(200)
    expect((await cases.planOf(two)).references).toContainEqual({ kind: 'changes', fate: 'blocks', rows: 1 })
    expect(await cases.merged(two)).toMatchObject({
      status: 409,
      body: { code: 'merge.in_the_way', detail: { rows: 1, what: ['changes'] } },
    })
  })

  it('takes the chosen fields, hands the entries over, and closes the other record', async () => {
    const two = await cases.twins('合一人', { workplace: '旧单位' }, { workplace: '新单位', phone: '13700001111' })
    const entry = await cases.people.secretary.send<{ id: string }>('POST', '/member-changes', {
      kind: 'new_entry',
      memberId: two.goneId,
      entry: { kind: 'award', fromOn: '2020-07-01', untilOn: null, facts: { title: '优秀党员' } },
    })
    await cases.people.approved(entry.body.id)
    const plan = await cases.planOf(two)
    expect(plan.fields.find((row) => row.field === 'phone')).toMatchObject({
      kept: null,
      gone: '137****1111',
      suggested: true,
    })
    expect(plan.fields.find((row) => row.field === 'workplace')).toMatchObject({ differs: true, suggested: false })
    expect(plan.references).toContainEqual({ kind: 'entries', fate: 'moves', rows: 1 })
    expect(plan.references.map((row) => row.kind)).toContain('versions')
    const done = await cases.merged(two, { take: ['phone', 'workplace'] })
    expect(done.status).toBe(200)
    expect(await cases.recordOf(two.keptId)).toMatchObject({
      fields: { workplace: '新单位', phone: '137****1111' },
      entries: [{ kind: 'award' }],
    })
    expect((await cases.people.secretary.send('GET', `/members/${two.goneId}`)).status).toBe(404)
    const names = await f.admin
      .selectFrom('access_sign_in_name')
      .innerJoin('members_member as m', 'm.person_id', 'access_sign_in_name.person_id')
      .select(['m.id'])
      .where('access_sign_in_name.kind', '=', 'phone')
      .where('m.id', 'in', [two.keptId, two.goneId])
      .execute()
    expect(names).toEqual([{ id: two.keptId }])
    expect(await cases.approver.send('POST', `/members/${two.goneId}/restore`, { reason: '恢复' })).toMatchObject({
      status: 409,
      body: { code: 'merge.undo_instead' },
    })
  })

  it('counts one person less in the branch', async () => {
    const two = await cases.twins('数少一')
    const count = async () => {
      await f.deliver()
      const row = await f.admin
        .selectFrom('org_count')
        .select('people')
        .where('unit_id', '=', f.orgs.teachers.id)
        .where('category', '=', 'formal')
        .executeTakeFirstOrThrow()
      return row.people
    }
    const before = await count()
    const { body } = await cases.merged(two)
    expect(await count()).toBe(before - 1)
    await cases.undo(body.id)
    expect(await count()).toBe(before)
  })
})
