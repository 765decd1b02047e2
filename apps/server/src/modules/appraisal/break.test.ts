import { beforeAll, describe, expect, it } from 'vitest'
import { type Branch, branchOf, type Steps, stepsOf } from '../../test/appraisal-cases.ts'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'
import { insertCodes } from './queries/sheets.queries.ts'
import { hashOfCode, newCode } from './service/steps.ts'

/** What somebody tries who wants an appraisal to come out wrong, or to know who said what. */

let f: Fixture
let branch: Branch
let steps: Steps
let desk: Client
let officer: Client

beforeAll(async () => {
  f = await openFixture()
  branch = await branchOf(f, { members: 5 })
  steps = stepsOf(f, branch)
  desk = branch.secretary.client
  officer = branch.officer.client
})

let nextYear = 2011
async function assessing(): Promise<string> {
  nextYear += 1
  const id = await steps.opened(nextYear)
  await steps.studied(id)
  await steps.assessed(id)
  return id
}
async function grading(): Promise<string> {
  const id = await assessing()
  await steps.returned(id, () => 'qualified')
  await steps.counted(id)
  return id
}

describe('a round that is given up', () => {
  it('keeps no sheet and no code: what was said in it is never opened', async () => {
    const id = await assessing()
    await steps.returned(id, () => 'unqualified', branch.all.slice(0, 3))
    await f.platform.db.transaction().execute((tx) => insertCodes(tx, f.tenantId, id, [hashOfCode(newCode())]))
    const left = async () =>
      Promise.all([
        f.admin.selectFrom('appraisal_hopper').select('id').where('round_id', '=', id).execute(),
        f.admin.selectFrom('appraisal_code').select('round_id').where('round_id', '=', id).execute(),
      ])
    expect((await left()).map((rows) => rows.length)).toEqual([3, 1])
    expect((await desk.send('POST', `/appraisals/${id}/cancel`, { reason: '改期举行' })).status).toBe(200)
    expect(await left()).toEqual([[], []])
  })
})

describe('a grade', () => {
  it('other than unqualified leaves nothing of the disposal that was noted before', async () => {
    const id = await grading()
    const noted = async (grade: string, more: object = {}) => {
      const { rows, version } = await steps.table(id)
      const row = { id: rows[0]?.id, grade, daily: '工作踏实', reason: '履职情况', measures: '谈话提醒', ...more }
      const path = `/appraisals/${id}/grades`
      expect((await officer.send('PUT', path, { rows: [row] }, { 'if-match': `"${version}"` })).status).toBe(200)
      return (await steps.table(id)).rows[0]
    }
    expect(await noted('unqualified', { disposal: 'removal' })).toMatchObject({ disposal: 'removal' })
    expect(await noted('qualified')).toMatchObject({ grade: 'qualified', disposal: null })
    expect(await noted('excellent', { disposal: 'talk' })).toMatchObject({ disposal: null })
  })

  it('is not confirmed by whoever noted it, whoever submits it', async () => {
    const id = await grading()
    await steps.graded(id, () => ({ grade: 'qualified' }), desk)
    await steps.submitted(id, officer)
    expect(await desk.send('POST', `/appraisals/${id}/confirm-grades`, {})).toMatchObject({
      status: 403,
      body: { code: 'appraisal.not_by_the_same' },
    })
    await steps.confirmed(id, branch.above)
  })

  it('is not decided before the sheets were counted, nor told or reported before it was decided', async () => {
    const id = await grading()
    await steps.graded(id, () => ({ grade: 'qualified' }))
    const submit = (on: string) => officer.send('POST', `/appraisals/${id}/submit-grades`, { by: 'committee', on })
    expect((await submit('2026-11-01')).body).toMatchObject({
      code: 'appraisal.too_early',
      detail: { since: '2026-11-02' },
      fields: [{ field: '/body/on' }],
    })
    expect((await submit('2026-11-02')).status).toBe(200)
    await steps.confirmed(id)
    const person = (await steps.table(id)).rows[0]?.id
    const told = await desk.send('POST', `/appraisals/${id}/persons/${person}/told`, { on: '2026-11-01' })
    expect(told.body).toMatchObject({ code: 'appraisal.too_early' })
    for (const { id: personId } of (await steps.table(id)).rows)
      await desk.send('POST', `/appraisals/${id}/persons/${personId}/told`, { on: '2026-11-02' })
    const report = (on: string) => desk.send('POST', `/appraisals/${id}/report`, { on, documentNumber: '教工支1号' })
    expect((await report('2026-11-01')).body).toMatchObject({ code: 'appraisal.too_early' })
    expect((await report('2026-11-02')).status).toBe(200)
  })
})

describe('two at the same moment', () => {
  it('close the box once, and confirm and return grades once', async () => {
    const id = await assessing()
    await steps.returned(id, () => 'qualified')
    const closed = await Promise.all(
      [desk, officer].map((by) => by.send('POST', `/appraisals/${id}/close-sheets`, { reason: '收齐' })),
    )
    expect(closed.map(({ status }) => status).sort()).toEqual([200, 409])
    await steps.graded(id, () => ({ grade: 'qualified' }))
    await steps.submitted(id)
    const decided = await Promise.all([
      desk.send('POST', `/appraisals/${id}/confirm-grades`, {}),
      branch.above.send('POST', `/appraisals/${id}/return-grades`, { reason: '请复核' }),
    ])
    expect(decided.map(({ status }) => status).sort()).toEqual([200, 409])
  })
})

describe('a file', () => {
  it('runs no formula that somebody wrote about a member', async () => {
    const id = await grading()
    await steps.graded(id, () => ({ grade: 'qualified', daily: '=HYPERLINK("http://a","b")' }))
    const file = await desk.send<string>('POST', `/appraisals/${id}/grades/export`, { format: 'csv' })
    if (file.status !== 200) throw new Error(JSON.stringify(file.body))
    expect(file.body).not.toMatch(/(^|,|")=HYPERLINK/m)
  })
})
