import type { AppraisalMark, OpenSheet } from '@tongxin/contract'
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
  branch = await branchOf(f, { members: 10 })
  steps = stepsOf(f, branch)
  desk = branch.secretary.client
})

let nextYear = 2019
const marksOf = (sheet: OpenSheet | null, mark: AppraisalMark = 'qualified') =>
  (sheet?.persons ?? []).map(({ personId }) => ({ personId, mark }))

describe('a sheet by criteria', () => {
  const ratings = { politics: 'excellent', service: 'basic' } as const
  async function rated(): Promise<string> {
    nextYear += 1
    const body = { orgId: f.orgs.teachers.id, year: nextYear, dates: DATES, criteria: ['service', 'politics'] }
    const { body: opened } = await desk.send<{ ids: string[] }>('POST', '/appraisals', body)
    const id = opened.ids[0] ?? ''
    await steps.studied(id)
    await steps.assessed(id)
    return id
  }

  it('refuses unknown criteria, a criterion left out, and one the round does not ask for', async () => {
    const unknown = { orgId: f.orgs.teachers.id, year: 2025, dates: DATES, criteria: ['looks'] }
    expect((await desk.send('POST', '/appraisals', unknown)).status).toBe(400)
    const id = await rated()
    const me = branch.members[0]?.client as Client
    const { sheet } = await steps.own(id, me)
    expect(sheet?.criteria).toEqual(['politics', 'service'])
    const send = async (given: object) =>
      (
        await me.send('POST', `/my/appraisals/${id}/sheet`, {
          marks: marksOf(sheet).map((one) => ({ ...one, ratings: given })),
        })
      ).body
    expect(await send({ politics: 'excellent' })).toMatchObject({
      code: 'appraisal.sheet_incomplete',
      detail: { missing: expect.arrayContaining([sheet?.persons[0]?.name]) },
    })
    expect(await send({ ...ratings, duty: 'basic' })).toMatchObject({ code: 'appraisal.sheet_incomplete' })
    const plain = await steps.opened(2026)
    await steps.studied(plain)
    await steps.assessed(plain)
    const bare = marksOf((await steps.own(plain, me)).sheet).map((one) => ({ ...one, ratings }))
    expect((await me.send('POST', `/my/appraisals/${plain}/sheet`, { marks: bare })).body).toMatchObject({
      code: 'appraisal.sheet_incomplete',
    })
  })

  it('is counted criterion by criterion, mixed with all others, and leaves the grade to the grades', async () => {
    const id = await rated()
    for (const [at, { client }] of branch.all.entries()) {
      const { sheet } = await steps.own(id, client)
      const marks = marksOf(sheet, at < 4 ? 'basic' : 'qualified').map((one) => ({ ...one, ratings }))
      expect((await client.send('POST', `/my/appraisals/${id}/sheet`, { marks })).status).toBe(200)
    }
    expect((await steps.table(id)).rows[0]?.criteria).toEqual([])
    await steps.counted(id)
    const { rows } = await steps.table(id)
    expect(rows[0]).toMatchObject({
      indicated: 'qualified',
      groups: [{ kind: 'counts', counts: [0, 8, 4, 0, 0] }],
      criteria: [
        { criterion: 'politics', groups: [{ group: 'members', kind: 'band', band: 'excellent' }] },
        { criterion: 'service', groups: [{ group: 'members', kind: 'band', band: 'basic' }] },
      ],
    })
    const { rows: kept } = await sql<{ criterion: string; n: number }>`
      select criterion, count(*)::int as n from appraisal_mark where round_id = ${id} group by 1 order by 1`.execute(
      f.admin,
    )
    const each = branch.all.length * rows.length
    expect(kept).toEqual(['', 'politics', 'service'].map((criterion) => ({ criterion, n: each })))
    for (const form of ['sheet', 'summary'])
      expect((await desk.send('POST', `/appraisals/${id}/print`, { form, format: 'pdf' })).status).toBe(200)
    expect((await desk.send('POST', `/appraisals/${id}/grades/export`, { format: 'xlsx' })).status).toBe(200)
  })
})
