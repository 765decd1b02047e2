import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../platform/ctx.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { type Fixture, NOW, type OrgKey, openFixture } from '../../test/fixture.ts'
import { nameKeysOf } from './members.names.ts'
import { type ListFilter, listMembers, SORT_COLUMNS } from './queries/list.queries.ts'

type Planted = {
  id: string
  name: string
  given: string
  pinyin: string
  initials: string
  number: string
  path: string
  joinedOn: string | null
  updatedAt: Date
  completeness: number
  category: string
  ethnic: string
  bornOn: string | null
}

let f: Fixture
let everybody: Planted[]
const BRANCHES: readonly OrgKey[] = ['teachers', 'students', 'nurses', 'retired']
const NAMES = ['王伟', '王小伟', '汪伟', '万伟', '李雪', '李雪梅', '张伟', '章雪', '欧阳雪', '雪莲', 'John', '王王']
const CATEGORIES = ['formal', 'formal', 'formal', 'activist', 'applicant']

beforeAll(async () => {
  f = await openFixture()
  everybody = Array.from({ length: 130 }, (_, at): Planted => {
    const name = NAMES[(at * 7) % NAMES.length] as string
    const keys = nameKeysOf(name)
    return {
      id: uuidv7({ msecs: NOW.getTime() + ((at * 37) % 130) }),
      name,
      ...keys,
      number: `19${60 + (at % 9)}${String(at).padStart(6, '0')}`,
      path: f.orgs[BRANCHES[at % 4] as OrgKey].path,
      // Many on one day, and many without a date.
      joinedOn: at % 5 === 0 ? null : `20${10 + (at % 3)}-0${7 - (at % 2)}-01`,
      updatedAt: new Date(NOW.getTime() - (at % 6) * 86_400_000),
      completeness: (at * 11) % 40,
      category: CATEGORIES[at % 5] as string,
      ethnic: at % 13 === 0 ? '33' : '01',
      bornOn: at % 17 === 0 ? null : `19${80 + (at % 12)}-${at % 2 === 0 ? '03' : '11'}-${10 + (at % 3)}`,
    }
  })
  await f.admin
    .insertInto('members_member')
    .values(
      everybody.map((person, at) => ({
        tenant_id: f.tenantId,
        id: person.id,
        person_id: uuidv7(),
        org_id: f.orgs[BRANCHES[at % 4] as OrgKey].id,
        org_path: person.path,
        member_no: person.number,
        name: person.name,
        given_name: person.given,
        pinyin: person.pinyin,
        initials: person.initials,
        category: person.category,
        ethnic: person.ethnic,
        born_on: person.bornOn,
        joined_on: person.joinedOn,
        completeness: person.completeness,
        record_state: 'approved',
        created_at: NOW,
        updated_at: person.updatedAt,
      })),
    )
    .execute()
})

const NO_FILTER = {
  below: true,
  search: null,
  category: null,
  status: null,
  recordState: null,
  sex: null,
  education: null,
  ethnic: null,
  bornAfter: null,
  bornUntil: null,
  completenessBelow: null,
  joinedFrom: null,
  joinedTo: null,
  joinedMonth: null,
  missedAtLeast: null,
  more: null,
  counted: false,
} as const
type Sort = keyof typeof SORT_COLUMNS

/** All pages one after the other, of a size that is prepared and of one that is not. */
async function pagesOf(
  filter: ListFilter & { scope: string },
  sort: Sort,
  descending: boolean,
  limit: number,
): Promise<string[]> {
  const { scope } = filter
  const actor = { tenantId: f.tenantId, scope, reach: 'subtree' } as Actor
  return inSystemTransaction(f.platform, { tenantId: f.tenantId, scope }, async (tx) => {
    const ids: string[] = []
    let after: { value: string | number | null; id: string } | null = null
    for (;;) {
      const rows = await listMembers(tx, actor, filter, { column: SORT_COLUMNS[sort], descending, after, limit })
      const page = rows.slice(0, limit)
      ids.push(...page.map(({ id }) => id))
      const last = page.at(-1)
      if (rows.length <= limit || !last) return ids
      const value = {
        name: last.pinyin,
        joined: last.joinedOn,
        completeness: last.completeness,
        updated: last.updatedAt,
      }
      after = {
        value: sort === 'updated' ? last.updatedAt.toISOString() : (value[sort] as string | number | null),
        id: last.id,
      }
    }
  })
}

/** The same without a database: keys compared as text of code points, who has no date of joining last both ways. */
function expectedOf(filter: ListFilter, sort: Sort, descending: boolean): string[] {
  const typed = filter.search?.prefix ?? ''
  const begins = (person: Planted) =>
    [person.name, person.given, person.number].some((key) => key.startsWith(typed)) ||
    [person.pinyin, person.initials].some((key) => key.startsWith(typed.toLowerCase()))
  const key = (person: Planted): string =>
    ({
      name: person.pinyin,
      joined: person.joinedOn ?? (descending ? '0000' : '9999'),
      updated: person.updatedAt.toISOString(),
      completeness: String(person.completeness).padStart(3, '0'),
    })[sort]
  const compare = (a: Planted, b: Planted) => {
    const [one, other] = [`${key(a)} ${a.id}`, `${key(b)} ${b.id}`]
    return one < other ? -1 : 1
  }
  const found = everybody
    .filter((person) => `${person.path}.`.startsWith(`${filter.path}.`))
    .filter((person) => filter.category === null || filter.category.includes(person.category))
    .filter((person) => filter.ethnic === null || filter.ethnic.includes(person.ethnic))
    .filter(({ joinedOn }) => filter.joinedMonth === null || Number(joinedOn?.slice(5, 7)) === filter.joinedMonth)
    .filter(({ bornOn }) => filter.bornAfter === null || (bornOn !== null && bornOn > filter.bornAfter))
    .filter(({ bornOn }) => filter.bornUntil === null || (bornOn !== null && bornOn <= filter.bornUntil))
    .filter((person) => filter.search === null || begins(person))
    .toSorted(compare)
  return (descending ? found.toReversed() : found).map(({ id }) => id)
}

const SEARCHES = [null, '王', '王伟', '伟', '雪', 'w', 'wang', 'ww', 'WXW', 'j', '1960', '没有']
const FILTERS = [{}, { category: ['activist'], joinedMonth: 7 }, { ethnic: ['33'], category: ['formal', 'applicant'] }]

const AGES = [
  { bornAfter: '1983-03-10', bornUntil: '1987-11-11' },
  { bornAfter: '1989-11-11' },
  { bornUntil: '1981-03-11' },
  { bornAfter: '2001-01-01' },
  { bornAfter: '1983-03-10', category: ['formal'] },
]

describe('a page of the list', () => {
  for (const descending of [false, true])
    it(`of an age goes on where the last one ended, sorted by ${descending ? 'descending ' : ''}joined`, async () => {
      const { committee, faculty } = f.orgs
      const places = [
        { scope: committee.path, path: committee.path, extent: { people: null } },
        { scope: committee.path, path: faculty.path, extent: { people: 65 } },
        { scope: faculty.path, path: faculty.path, extent: { people: 65 } },
      ]
      for (const place of places)
        for (const ages of AGES) {
          const filter = { ...NO_FILTER, ...place, ...ages }
          const about = JSON.stringify({ ...place, ...ages })
          const expected = expectedOf(filter, 'joined', descending)
          expect(await pagesOf(filter, 'joined', descending, 7), about).toEqual(expected)
        }
    })

  for (const sort of Object.keys(SORT_COLUMNS) as Sort[])
    for (const descending of [false, true])
      it(`goes on where the last one ended, sorted by ${descending ? 'descending ' : ''}${sort}`, async () => {
        const { committee, faculty } = f.orgs
        const places = [
          { scope: committee.path, path: committee.path, extent: { people: null } },
          { scope: committee.path, path: faculty.path, extent: { people: 65 } },
          { scope: faculty.path, path: faculty.path, extent: { people: 65 } },
          { scope: faculty.path, path: faculty.path, extent: 'few' as const },
        ]
        for (const place of places)
          for (const typed of SEARCHES)
            for (const narrowed of FILTERS) {
              const search = typed === null ? null : { prefix: typed, tails: null }
              const filter = { ...NO_FILTER, ...place, ...narrowed, search }
              const expected = expectedOf(filter, sort, descending)
              const about = JSON.stringify({ ...place, ...narrowed, typed })
              expect(await pagesOf(filter, sort, descending, 20), about).toEqual(expected)
              if (typed === null) expect(await pagesOf(filter, sort, descending, 7), about).toEqual(expected)
            }
      }, 60_000)
})

describe('GET /members', () => {
  it('answers a search that nothing begins with, with and without filters, with an empty page', async () => {
    const admin = await f.signIn('committee_admin', 'committee')
    for (const query of ['search=zzzz', 'search=zzzz&category=formal', 'search=9999&sort=-updated', 'search=zz%25_']) {
      const { status, body } = await admin.send<{ rows: object[] }>('GET', `/members?${query}`)
      expect([query, status, body.rows]).toEqual([query, 200, []])
    }
  })
})
