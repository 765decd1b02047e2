import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Tx } from '../../platform/ctx.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { type Client, type Fixture, NOW, type OrgKey, openFixture } from '../../test/fixture.ts'
import type { Plan } from '../../test/org-people.ts'
import { countPeople, foldCounts, rebuildTotals } from './index.ts'
import { peopleOf } from './org.total.queries.ts'

let f: Fixture
let admin: Client

beforeAll(async () => {
  f = await openFixture()
  admin = await f.signIn('committee_admin', 'committee')
})

const inTenant = <T>(work: (tx: Tx) => Promise<T>) =>
  inSystemTransaction(f.platform, { tenantId: f.tenantId, scope: f.orgs.committee.path }, work)
const count = (org: OrgKey, category: string, delta: number) =>
  inTenant((tx) => countPeople(tx, f.tenantId, [{ unitId: f.orgs[org].id, category, delta }], { now: NOW }))

/** What a subtree has, added up from the units without any total. */
async function plainCounts(): Promise<Map<string, Record<string, number>>> {
  const units = await f.admin.selectFrom('org_unit').select('path').execute()
  const counts = await f.admin.selectFrom('org_count').select(['org_path', 'category', 'people']).execute()
  return new Map(
    units.map(({ path }) => {
      const sums: Record<string, number> = {}
      for (const row of counts)
        if (`${row.org_path}.`.startsWith(`${path}.`)) sums[row.category] = (sums[row.category] ?? 0) + row.people
      return [path, Object.fromEntries(Object.entries(sums).filter(([, people]) => people !== 0))]
    }),
  )
}

async function expectExact(): Promise<void> {
  const plain = await plainCounts()
  const told = await inTenant(async (tx) => {
    const all = new Map<string, Record<string, number>>()
    for (const path of plain.keys()) all.set(path, await peopleOf(tx, f.tenantId, path))
    return all
  })
  expect(told).toEqual(plain)
}

/** Moves a unit where the rules allow it; a refused move changes nothing, which is a case too. */
async function move(org: OrgKey, below: OrgKey): Promise<void> {
  const plan = await admin.send<Plan>('POST', `/orgs/${f.orgs[org].id}/move/plan`, { parentId: f.orgs[below].id })
  if (plan.status !== 200 || plan.body.obstacles.length > 0) return
  const dated = { effectiveOn: '2026-10-20', documentNumber: '江大党发〔2026〕21号' }
  const body = { parentId: f.orgs[below].id, ...dated, planHash: plan.body.hash }
  expect((await admin.send('POST', `/orgs/${f.orgs[org].id}/move`, body)).status).toBe(200)
}

describe('totals of subtrees', () => {
  it('stay hidden from who stands beside the subtree', async () => {
    await count('students', 'formal', 3)
    const seen = await inSystemTransaction(f.platform, { tenantId: f.tenantId, scope: f.orgs.medicine.path }, (tx) =>
      peopleOf(tx, f.tenantId, f.orgs.faculty.path),
    )
    expect(seen).toEqual({})
  })

  it('are what the list of organisations is narrowed by, members only, folded or not', async () => {
    const ids = async (range: string) => {
      const { body } = await admin.send<{ rows: { id: string }[] }>('GET', `/orgs?below=true&${range}`)
      return new Set(body.rows.map(({ id }) => id))
    }
    expect(await admin.send('GET', '/orgs?membersFrom=4&membersTo=2')).toMatchObject({
      status: 422,
      body: { code: 'org.from_above_to' },
    })
    expect((await admin.send('GET', '/orgs?membersFrom=-1')).status).toBe(400)
    await count('students', 'activist', 40)
    const { students, faculty, committee, teachers } = f.orgs
    const withThree = new Set([students.id, faculty.id, committee.id])
    expect(await ids('membersFrom=3&membersTo=3')).toEqual(withThree)
    await foldCounts(f.platform)
    expect(await ids('membersFrom=3&membersTo=3')).toEqual(withThree)
    await count('teachers', 'probationary', 2)
    expect(await ids('membersFrom=2&membersTo=2')).toEqual(new Set([teachers.id]))
    expect(await ids('membersFrom=4')).toEqual(new Set([faculty.id, committee.id]))
    const beside = await f.signIn('committee_admin', 'medicine')
    const { body } = await beside.send<{ rows: object[] }>('GET', '/orgs?membersFrom=1')
    expect(body.rows).toEqual([])
  })

  it('equal a plain count after any series of arrivals, departures, moves and foldings', async () => {
    const branch = fc.constantFrom<OrgKey>('teachers', 'students', 'nurses', 'retired')
    const above = fc.constantFrom<OrgKey>('committee', 'faculty', 'medicine')
    const step = fc.oneof(
      fc.tuple(branch, fc.constantFrom('formal', 'probationary', 'activist'), fc.integer({ min: -3, max: 9 })),
      fc.record({ move: fc.oneof(branch, fc.constantFrom<OrgKey>('faculty', 'medicine')), below: above }),
      fc.constant('fold' as const),
    )
    const holds = fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 14 }), async (steps) => {
      for (const one of steps) {
        if (one === 'fold') await foldCounts(f.platform)
        else if ('move' in one) await move(one.move, one.below)
        else await count(...one)
      }
      await expectExact()
    })
    await fc.assert(holds, { numRuns: 8, endOnFailure: true })
    await foldCounts(f.platform)
    await expectExact()
    expect(await inTenant((tx) => rebuildTotals(tx, f.tenantId))).toBe(0)
  }, 60_000)

  it('go over with a merged unit', async () => {
    await move('students', 'faculty')
    await move('teachers', 'faculty')
    await count('students', 'formal', 5)
    await foldCounts(f.platform)
    await count('students', 'formal', 2)
    const body = { intoId: f.orgs.teachers.id }
    const path = `/orgs/${f.orgs.students.id}/merge`
    const plan = await admin.send<Plan>('POST', `${path}/plan`, body)
    const dated = { effectiveOn: '2026-10-31', documentNumber: '江大党发〔2026〕22号' }
    expect(await admin.send('POST', path, { ...body, ...dated, planHash: plan.body.hash })).toMatchObject({
      status: 200,
    })
    await expectExact()
    await foldCounts(f.platform)
    await expectExact()
  })

  it('are counted by two at once without one waiting for the other, and lose nobody', async () => {
    const people = async () => (await inTenant((tx) => peopleOf(tx, f.tenantId, f.orgs.committee.path))).formal ?? 0
    const before = await people()
    await inTenant(async (tx) => {
      await countPeople(tx, f.tenantId, [{ unitId: f.orgs.nurses.id, category: 'formal', delta: 1 }], { now: NOW })
      await count('retired', 'formal', 1)
      await foldCounts(f.platform)
    })
    expect(await people()).toBe(before + 2)
    await foldCounts(f.platform)
    expect(await people()).toBe(before + 2)
  })

  it('are mended from the units when somebody wrote past the application', async () => {
    await foldCounts(f.platform)
    await f.admin
      .updateTable('org_total')
      .set({ people: sql<number>`people + 1` })
      .where('category', '=', 'formal')
      .execute()
    expect(await inTenant((tx) => rebuildTotals(tx, f.tenantId))).toBeGreaterThan(0)
    await expectExact()
    expect(await inTenant((tx) => rebuildTotals(tx, f.tenantId))).toBe(0)
  })
})
