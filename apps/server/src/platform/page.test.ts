import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Fixture, openFixture } from '../test/fixture.ts'
import { byKeyset, keysetOf, pageOfRows } from './page.ts'

type Row = { id: string; v: string | null }
const COLUMNS = { value: 'v', id: 'id' }
let f: Fixture
beforeAll(async () => {
  f = await openFixture()
})

const refusal = (field: string) =>
  expect.objectContaining({ code: 'request.malformed', fields: [{ field, code: 'field.wrong_format' }] })
const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

describe('keysetOf', () => {
  it.each([
    ['not base64 of anything', '%%%'],
    ['no JSON', Buffer.from('{').toString('base64url')],
    ['another shape', cursor({ value: 1 })],
    ['too long a list', cursor(['value', 'a', 'b', 'c'])],
    ['an object as the value', cursor(['value', { $ne: null }, 'b'])],
    ['a number as the id', cursor(['value', 'a', 7])],
    ['of another sort', cursor(['-value', 'a', 'b'])],
    ['of a sort that does not exist', cursor(['v; drop table x', 'a', 'b'])],
  ])('refuses a cursor that is %s', (_, text) => {
    expect(() => keysetOf({ sort: 'value', cursor: text }, COLUMNS, 'value')).toThrow(refusal('/query/cursor') as never)
  })
  it.each(['v', 'constructor', 'toString', '__proto__', '--value', ''])(
    'refuses the sort %j, which no list has',
    (sort) => {
      expect(() => keysetOf({ sort }, COLUMNS, 'value')).toThrow(refusal('/query/sort') as never)
    },
  )
})

describe('pages', () => {
  /** All pages one after the other, over the rows given, as a list endpoint walks them. */
  async function walked(rows: readonly Row[], sort: 'value' | '-value', limit: number): Promise<Row[]> {
    const seen: Row[] = []
    let next: string | null = null
    for (let page = 0; page <= rows.length; page += 1) {
      const keyset = keysetOf({ sort, limit, ...(next ? { cursor: next } : {}) }, COLUMNS, 'value')
      const given = f.platform.db
        .selectFrom(
          sql<Row>`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)`.as(
            sql`r (id uuid, v text collate "C")` as never,
          ) as never,
        )
        .select(['id', 'v'] as never) as never
      const found = (await byKeyset(given, keyset, 'id').execute()) as Row[]
      const cut = pageOfRows(found, keyset, (row) => ({ value: row.v, id: row.id }))
      expect(cut.rows.length).toBeLessThanOrEqual(limit)
      seen.push(...cut.rows)
      next = cut.next
      if (next === null) break
    }
    return seen
  }
  const value = fc.option(fc.constantFrom('', 'a', 'b', '中', 'zz', '%'), { nil: null })
  const rowsOf = fc.uniqueArray(fc.record({ id: fc.uuid(), v: value }), { selector: (row) => row.id, maxLength: 25 })

  it('hold every row exactly once and in order, with equal keys and with none', async () => {
    await fc.assert(
      fc.asyncProperty(
        rowsOf,
        fc.constantFrom('value' as const, '-value' as const),
        fc.integer({ min: 1, max: 7 }),
        async (rows, sort, limit) => {
          const way = sort === 'value' ? 1 : -1
          const expected = [...rows].sort((a, b) => {
            if (a.v !== b.v)
              return a.v === null ? 1 : b.v === null ? -1 : way * Buffer.compare(Buffer.from(a.v), Buffer.from(b.v))
            return a.id < b.id ? -1 : 1
          })
          expect(await walked(rows, sort, limit)).toEqual(expected)
        },
      ),
      { numRuns: 40 },
    )
  })
  it('end where the rows end exactly at the limit', async () => {
    const rows = ['a', 'b'].map((v, at) => ({ id: `01890000-0000-7000-8000-00000000000${at}`, v }))
    expect(await walked(rows, 'value', 2)).toEqual(rows)
    expect(await walked([], 'value', 2)).toEqual([])
  })
})
