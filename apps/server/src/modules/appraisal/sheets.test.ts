import { randomInt } from 'node:crypto'
import type { AppraisalMark, OpenSheet } from '@tongxin/contract'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { shuffled } from '../../platform/shuffled.ts'
import { type Branch, branchOf, type Steps, stepsOf } from '../../test/appraisal-cases.ts'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { insertCodes } from './queries/sheets.queries.ts'
import { tallied } from './service/sheets.ts'
import { hashOfCode, newCode } from './service/steps.ts'

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

let nextYear = 2011
async function assessing(): Promise<string> {
  nextYear += 1
  const id = await steps.opened(nextYear)
  await steps.studied(id)
  await steps.assessed(id)
  return id
}

const marksOf = (sheet: OpenSheet | null, mark: AppraisalMark = 'qualified') =>
  (sheet?.persons ?? []).map(({ personId }) => ({ personId, mark }))

/** A code known to the test: printed ones stand on the paper only. */
async function plantedCode(roundId: string): Promise<string> {
  const code = newCode()
  await f.platform.db.transaction().execute((tx) => insertCodes(tx, f.tenantId, roundId, [hashOfCode(code)]))
  return code
}

describe('a sheet', () => {
  it('is refused before the opening, incomplete, twice, after the last day, and of strangers', async () => {
    const early = await steps.opened(2026)
    const me = branch.members[0]?.client as Client
    const send = async (id: string, marks: object[], client = me) =>
      (await client.send('POST', `/my/appraisals/${id}/sheet`, { marks })).body
    const one = [{ personId: early, mark: 'qualified' }]
    expect(await send(early, one)).toMatchObject({ code: 'appraisal.sheet_not_open' })
    const id = await assessing()
    const { sheet } = await steps.own(id, me)
    const marks = marksOf(sheet)
    expect(marks).toHaveLength(12)
    expect(await send(id, marks.slice(1))).toMatchObject({
      code: 'appraisal.sheet_incomplete',
      detail: { missing: [sheet?.persons[0]?.name] },
    })
    expect(await send(id, [...marks, ...one])).toMatchObject({ code: 'appraisal.sheet_incomplete' })
    expect(await send(id, [...marks.slice(1), ...marks.slice(-1)])).toMatchObject({
      code: 'appraisal.sheet_incomplete',
    })
    expect(await send(id, marks, await f.signIn('member', 'teachers'))).toMatchObject({ code: 'appraisal.not_yours' })
    expect(await send(id, marks)).toEqual({ returned: true })
    expect(await send(id, marks)).toMatchObject({ code: 'appraisal.sheet_returned' })
    expect(await steps.own(id, me)).toMatchObject({ sheetReturned: true, sheet: null, waits: null })
    f.setNow(new Date('2026-11-16T01:00:00Z'))
    const late = branch.members[1]?.client as Client
    expect(await send(id, marks, late)).toMatchObject({ code: 'appraisal.sheet_not_open' })
    f.setNow(NOW)
  })

  it('counts once when it is sent many times at the same moment', async () => {
    const id = await assessing()
    const me = branch.members[2]?.client as Client
    const marks = marksOf((await steps.own(id, me)).sheet)
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => me.send('POST', `/my/appraisals/${id}/sheet`, { marks })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    await steps.counted(id)
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from appraisal_mark where round_id = ${id}`.execute(f.admin)
    expect(rows[0]?.n).toBe(marks.length)
  })

  it('shows nothing before the closing, which asks for a reason while sheets are missing', async () => {
    const id = await assessing()
    await steps.returned(id, () => 'excellent', branch.all.slice(0, 6))
    expect(
      (await steps.table(id)).rows.every(({ groups, indicated }) => groups.length === 0 && indicated === null),
    ).toBe(true)
    const close = (body: object) => desk.send('POST', `/appraisals/${id}/close-sheets`, body)
    expect((await close({})).body).toMatchObject({ code: 'appraisal.reason_needed', detail: { missing: 6 } })
    expect((await close({ reason: '其余党员外出，已请假' })).status).toBe(200)
    expect((await steps.table(id)).rows[0]?.groups).toEqual([
      { group: 'members', kind: 'band', counts: null, band: 'excellent' },
    ])
  })

  it('of fewer than five raters stays hidden and is not heard', async () => {
    const id = await assessing()
    await steps.returned(id, () => 'unqualified', branch.all.slice(0, 4))
    await steps.counted(id)
    const { rows } = await steps.table(id)
    expect(rows[0]).toMatchObject({ indicated: null, groups: [{ kind: 'few', counts: null, band: null }] })
    expect(rows[0]?.within).toHaveLength(4)
  })
})

describe('a code on paper', () => {
  it('opens and returns one sheet without a session, and nothing once it is used or the box is closed', async () => {
    const id = await assessing()
    const ask = (path: string, body: object) => f.stranger.send<OpenSheet>('POST', `/appraisal-codes/${path}`, body)
    expect((await ask('read', { code: newCode() })).body).toMatchObject({ code: 'appraisal.code_unknown' })
    const codes = await Promise.all(Array.from({ length: 6 }, () => plantedCode(id)))
    const first = codes[0] as string
    const { body: sheet } = await ask('read', { code: first.toLowerCase().replaceAll('-', ' ') })
    expect(sheet.persons).toHaveLength(12)
    expect((await ask('return', { code: first, marks: marksOf(sheet).slice(1) })).body).toMatchObject({
      code: 'appraisal.sheet_incomplete',
    })
    for (const code of codes.slice(0, 5))
      expect((await ask('return', { code, marks: marksOf(sheet) })).status).toBe(200)
    expect((await ask('return', { code: first, marks: marksOf(sheet) })).body).toMatchObject({
      code: 'appraisal.code_unknown',
    })
    expect((await steps.read(id)).codes).toEqual({ printed: 0, returned: 5 })
    const last = codes[5] as string
    f.setNow(new Date('2026-11-16T01:00:00Z'))
    expect((await ask('read', { code: last })).body).toMatchObject({ code: 'appraisal.sheet_not_open' })
    f.setNow(NOW)
    await steps.counted(id)
    expect((await ask('read', { code: last })).body).toMatchObject({ code: 'appraisal.code_unknown' })
  })

  it('is printed at most five hundred times and kept as a hash', async () => {
    const id = await assessing()
    const print = (codes: number) => desk.send('POST', `/appraisals/${id}/codes`, { codes })
    expect((await print(201)).status).toBe(400)
    expect((await print(200)).status).toBe(200)
    expect((await print(200)).status).toBe(200)
    expect((await print(200)).body).toMatchObject({ code: 'appraisal.too_many_codes' })
    expect((await steps.read(id)).codes).toEqual({ printed: 400, returned: 0 })
  }, 60_000)
})

/** Places of a list against places of another: 1 for the same order, near 0 for none. */
function correlation(ranks: readonly number[]): number {
  const n = ranks.length
  const sum = ranks.reduce((total, rank, at) => total + (rank - at) ** 2, 0)
  return 1 - (6 * sum) / (n * (n * n - 1))
}

describe('whoever reads the whole store after the closing', () => {
  it('finds no column that leads from a person to a sheet, by any name, time, order or transaction', async () => {
    const id = await assessing()
    // Rater number `at` gives a pattern of its own, known to this test alone.
    const grades = ['excellent', 'qualified', 'basic', 'unqualified'] as const
    await steps.returned(
      id,
      (at, name) => grades[(at + name.length * 7 + name.charCodeAt(name.length - 1)) % 4] ?? 'basic',
    )
    await steps.counted(id)
    const left = await sql<{
      n: number
    }>`select count(*)::int as n from appraisal_hopper where round_id = ${id}`.execute(f.admin)
    expect(left.rows[0]?.n).toBe(0)

    // Every value of every row about the returns, and every value of every mark: nothing is in both but the round.
    const values = async (table: string) => {
      const { rows } = await sql<{ row: Record<string, unknown> }>`
        select to_jsonb(t) as row from ${sql.table(table)} t where t.tenant_id = ${f.tenantId}`.execute(f.admin)
      return new Set(
        rows.flatMap(({ row }) => Object.values(row)).filter((value) => typeof value === 'string' && value.length > 20),
      )
    }
    const marks = await values('appraisal_mark')
    const { rows: people } = await sql<{ id: string }>`
      select id::text as id from appraisal_person where round_id = ${id}`.execute(f.admin)
    const allowed = new Set([f.tenantId, ...people.map((one) => one.id)])
    const { rows: rounds } = await sql<{ id: string }>`select id::text as id from appraisal_round`.execute(f.admin)
    for (const one of rounds) allowed.add(one.id)
    const { rows: all } = await sql<{ id: string }>`select id::text as id from appraisal_person`.execute(f.admin)
    for (const one of all) allowed.add(one.id)
    for (const table of ['appraisal_return', 'platform_event', 'deadlines_item']) {
      const both = [...(await values(table))].filter((value) => marks.has(value) && !allowed.has(String(value)))
      expect({ table, both }).toEqual({ table, both: [] })
    }

    // One transaction wrote all marks, and it is not one in which a sheet was returned.
    const { rows: xmins } = await sql<{ xmin: string }>`
      select distinct xmin::text as xmin from appraisal_mark where round_id = ${id}`.execute(f.admin)
    expect(xmins).toHaveLength(1)
    const { rows: returns } = await sql<{ xmin: string }>`
      select xmin::text as xmin from appraisal_return where round_id = ${id}`.execute(f.admin)
    expect(returns.some(({ xmin }) => xmin === xmins[0]?.xmin)).toBe(false)
    const { rows: columns } = await sql<{ name: string; type: string }>`
      select column_name as name, data_type as type from information_schema.columns where table_name = 'appraisal_mark'`.execute(
      f.admin,
    )
    expect(columns.map(({ name }) => name).sort()).toEqual(
      ['criterion', 'id', 'mark', 'org_path', 'rater_group', 'round_id', 'subject_id', 'tenant_id'].sort(),
    )
    expect(columns.some(({ type }) => /time|date|serial/.test(type))).toBe(false)
  })

  it('guesses the rater of a mark by place or id no better than chance', async () => {
    // Twelve raters in a known order; the attacker sorts the marks of one subject by ctid or by id and matches them.
    const tries = { ctid: 0, id: 0 }
    const rounds = 6
    for (let round = 0; round < rounds; round += 1) {
      const id = await assessing()
      const { sheet } = await steps.own(id, branch.all[0]?.client as Client)
      const subject = sheet?.persons[0]?.personId
      // Only rater `lone` says unqualified of the subject: where does that mark lie?
      const lone = randomInt(branch.all.length)
      for (const [at, { client }] of branch.all.entries()) {
        const marks = marksOf(sheet).map((one) => ({
          ...one,
          mark: one.personId === subject && at === lone ? 'unqualified' : 'qualified',
        }))
        expect((await client.send('POST', `/my/appraisals/${id}/sheet`, { marks })).status).toBe(200)
      }
      await steps.counted(id)
      for (const by of ['ctid', 'id'] as const) {
        const { rows } = await sql<{ mark: string }>`
          select mark from appraisal_mark where round_id = ${id} and subject_id = ${subject} order by ${sql.ref(by)}`.execute(
          f.admin,
        )
        const place = rows.findIndex(({ mark }) => mark === 'unqualified')
        if (place === lone) tries[by] += 1
      }
    }
    // Six rounds of twelve: five or more hits by chance happen less than once in thirty thousand runs.
    expect(tries.ctid).toBeLessThan(5)
    expect(tries.id).toBeLessThan(5)
  }, 120_000)

  it('meets a shuffle that keeps no order, and sums that do not depend on it', () => {
    const thousand = Array.from({ length: 1000 }, (_, at) => at)
    expect(Math.abs(correlation(shuffled(thousand, randomInt)))).toBeLessThan(0.2)
    expect([...shuffled(thousand, randomInt)].sort((a, b) => a - b)).toEqual(thousand)
    const sheets = [
      {
        group: 'members',
        marks: [
          ['a', '', 'excellent'],
          ['b', '', 'basic'],
        ],
      },
      {
        group: 'members',
        marks: [
          ['a', '', 'abstained'],
          ['b', '', 'basic'],
        ],
      },
      {
        group: 'masses',
        marks: [
          ['a', '', 'qualified'],
          ['b', '', 'unqualified'],
        ],
      },
    ] as const
    expect(tallied(sheets)).toHaveLength(4)
    expect(tallied(sheets).find(({ subjectId, group }) => subjectId === 'b' && group === 'members')?.counts).toEqual([
      0, 0, 2, 0, 0,
    ])
  })
})

describe('the box', () => {
  it('keeps sheets sealed, all of one length, until it is emptied', async () => {
    const id = await assessing()
    await steps.returned(id, (at) => (at % 2 === 0 ? 'excellent' : 'abstained'))
    const { rows } = await sql<{ length: number; text: string }>`
      select length(sheet) as length, encode(sheet, 'escape') as text from appraisal_hopper where round_id = ${id}`.execute(
      f.admin,
    )
    expect(new Set(rows.map(({ length }) => length)).size).toBe(1)
    expect(rows.some(({ text }) => text.includes('members'))).toBe(false)
  })

  it('cannot be read by the application once it is mixed', async () => {
    await expect(
      f.platform.db
        .transaction()
        .execute((tx) => sql`select mark from appraisal_mark where tenant_id = ${f.tenantId}`.execute(tx)),
    ).rejects.toMatchObject({ code: '42501' })
  })
})
