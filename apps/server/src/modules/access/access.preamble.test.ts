import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { preamble } from './preamble.ts'

let f: Fixture
let hash: Buffer

beforeAll(async () => {
  f = await openFixture()
  const { personId } = await f.signIn('committee_admin', 'committee')
  const row = await f.admin
    .selectFrom('access_session')
    .select('token_hash')
    .where('person_id', '=', personId)
    .executeTakeFirstOrThrow()
  hash = row.token_hash
  const { id, path } = f.orgs.teachers
  await sql`insert into access_grant (tenant_id, id, person_id, role, org_id, org_path, reach, from_on, created_at)
    select ${f.tenantId}::uuid, gen_random_uuid(), gen_random_uuid(), 'member', ${id}::uuid, ${path}, 'self', ${NOW}::timestamptz,
      ${NOW}::timestamptz from generate_series(1, 5000)`.execute(f.admin)
})

/** How many pages the proof of a session reads, planned as the application plans it: before anything is set. */
const pagesRead = (planCache: 'force_custom_plan' | 'force_generic_plan') =>
  f.admin.transaction().execute(async (tx) => {
    const [{ text } = { text: '' }] = preamble(hash, NOW)
    await sql`set local role tongxin_app`.execute(tx)
    await sql`set local plan_cache_mode = ${sql.lit(planCache)}`.execute(tx)
    await sql`prepare proof (bytea, timestamptz) as ${sql.raw(text)}`.execute(tx)
    const given = `'\\x${hash.toString('hex')}', '${NOW.toISOString()}'`
    type Plan = { 'Actual Rows': number; 'Shared Hit Blocks': number; 'Shared Read Blocks': number }
    const { rows } = await sql<{ 'QUERY PLAN': { Plan: Plan }[] }>`explain (analyze, buffers, format json)
      execute proof(${sql.raw(given)})`.execute(tx)
    await sql`deallocate proof`.execute(tx)
    const plan = rows[0]?.['QUERY PLAN'][0]?.Plan
    expect(plan?.['Actual Rows']).toBe(1)
    return (plan?.['Shared Hit Blocks'] ?? Number.NaN) + (plan?.['Shared Read Blocks'] ?? Number.NaN)
  })

describe('the proof of a session', () => {
  it('reads a few pages however many grants there are, with statistics and without', async () => {
    for (const planCache of ['force_custom_plan', 'force_generic_plan'] as const)
      expect(await pagesRead(planCache)).toBeLessThan(25)
    await sql`analyze access_grant, access_session, access_account, access_person`.execute(f.admin)
    for (const planCache of ['force_custom_plan', 'force_generic_plan'] as const)
      expect(await pagesRead(planCache)).toBeLessThan(25)
  })
})
