import type { MemberFilter, Structure } from '@tongxin/contract'
import {
  AGE_BANDS,
  type EducationGroup,
  educationCodesOf,
  lastDayBefore,
  PARTY_AGE_BANDS,
  STRUCTURE_DIMENSIONS,
  type StructureDimension,
  type YearsBand,
} from '@tongxin/domain/members/structure'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, type OrgKey, openFixture } from '../../test/fixture.ts'
import { pdfText } from '../../test/pdf-text.ts'
import { MOST_COUNTED } from './members.policy.ts'
import { keepStructures } from './members.structure.jobs.ts'

const BRANCHES: readonly OrgKey[] = ['teachers', 'students', 'nurses', 'retired', 'faculty']
const TODAY = '2026-11-02'
const MEMBERS = { category: ['formal', 'probationary'], status: ['normal', 'retained', 'restored'] }
let f: Fixture
let admin: Client
let secretary: Client

const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T

beforeAll(async () => {
  f = await openFixture()
  admin = await f.signIn('committee_admin', 'committee')
  secretary = await f.signIn('branch_secretary', 'teachers')
  const person = (at: number) => ({
    tenant_id: f.tenantId,
    id: uuidv7(),
    person_id: uuidv7(),
    org_id: f.orgs[pick(BRANCHES, at)].id,
    org_path: f.orgs[pick(BRANCHES, at)].path,
    member_no: `2026${String(at).padStart(6, '0')}`,
    name: `人${at}`,
    given_name: `${at}`,
    pinyin: `ren${at}`,
    initials: 'r',
    sex: pick(['1', '2', null], at),
    ethnic: pick(['01', '01', '33', null], at),
    education: pick(['11', '21', '31', '61', '71', null], at),
    // At the edges of the bands, a day younger and older, and a leap day.
    born_on: pick(['1990-11-02', '1990-11-03', '1991-11-02', '1980-02-29', '1967-01-01', '1950-05-05', null], at),
    category: pick(['formal', 'formal', 'probationary', 'formal', 'activist'], Math.floor(at / 5)),
    status: pick(['normal', 'normal', 'normal', 'expelled', 'restored'], Math.floor(at / 7)),
    joined_on: pick(['2010-07-01', '1975-11-02', '2026-06-30', null], at),
    converted_on: pick(['2011-07-01', '1976-11-02', '1976-11-03', null, '2020-11-02', '2020-11-03'], at),
    top_post: pick([null, null, 'secretary', 'publicity'], at),
    record_state: 'approved',
    deleted_at: at % 19 === 0 ? NOW : null,
    deleted_reason: at % 19 === 0 ? '重复' : null,
    created_at: NOW,
    updated_at: NOW,
  })
  await f.admin
    .insertInto('members_member')
    .values(Array.from({ length: 140 }, (_, at) => person(at)))
    .execute()
})

const tableOf = async (query: string, by = admin) =>
  (await by.send<Structure>('GET', `/member-structure?${query}`)).body

function years(name: 'age' | 'partyAge', bands: Readonly<Record<string, YearsBand>>, value: string): MemberFilter {
  const { from, to } = bands[value] ?? {}
  return {
    ...(from === undefined ? {} : { [`${name}From`]: from }),
    ...(to === undefined ? {} : { [`${name}To`]: to }),
  }
}

function filterOf(by: StructureDimension, value: string): MemberFilter {
  if (by === 'post') return { post: [value as 'none'] }
  if (value === 'none') return { lacking: [by === 'age' ? 'bornOn' : by] }
  if (by === 'education') return { education: educationCodesOf(value as EducationGroup) }
  if (by === 'ethnic') return { ethnic: [value] }
  if (by === 'sex') return { sex: value as '1' }
  return by === 'age' ? years('age', AGE_BANDS, value) : years('partyAge', PARTY_AGE_BANDS, value)
}

async function listed(filter: MemberFilter): Promise<number> {
  const query = new URLSearchParams({ limit: '100' })
  for (const [name, value] of Object.entries(filter)) for (const one of [value].flat()) query.append(name, String(one))
  let people = 0
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const { body } = await admin.send<{ rows: object[]; next: string | null }>('GET', `/members?${query}${page}`)
    people += body.rows.length
    cursor = body.next
  }
  return people
}

describe('tables of members', () => {
  it('refuse a day to come, another’s organisation, and an export without the right', async () => {
    expect(await admin.send('GET', '/member-structure?by=age&on=2026-11-03')).toMatchObject({
      status: 422,
      body: { code: 'members.day_to_come', fields: [{ field: '/query/on' }] },
    })
    expect(await secretary.send('GET', `/member-structure?by=age&orgId=${f.orgs.students.id}`)).toMatchObject({
      status: 404,
      body: { code: 'members.org_not_found' },
    })
    const member = await f.signIn('member', 'teachers')
    const file = { by: 'age', format: 'csv', language: 'zh-CN' }
    expect((await member.send('POST', '/member-structure/export', file)).status).toBe(403)
  })

  for (const on of [TODAY, '2025-02-28'])
    it(`agree with the list behind each cell as of ${on}`, async () => {
      for (const by of STRUCTURE_DIMENSIONS) {
        const table = await tableOf(`by=${by}&on=${on}`)
        expect(table.people).toBeGreaterThan(30)
        expect(table.rows.reduce((sum, row) => sum + row.people, 0)).toBe(table.people)
        const places = [
          { orgId: table.orgId, below: true, counts: table.counts },
          ...table.rows.slice(0, 1).map((row) => ({ ...row, below: !row.isItself })),
        ]
        for (const { orgId, below, counts } of places)
          for (const value of table.values) {
            const filter = { ...MEMBERS, orgId, below, asOf: on, ...filterOf(by, value) } as MemberFilter
            expect([by, value, orgId, await listed(filter)]).toEqual([by, value, orgId, counts[value] ?? 0])
          }
      }
    })

  it('name the own members of a unit before the units below, and end at the scope', async () => {
    const faculty = await tableOf(`by=sex&orgId=${f.orgs.faculty.id}`)
    expect(faculty.rows.map((row) => [row.orgName, row.isItself])).toEqual([
      [f.orgs.faculty.name, true],
      [f.orgs.students.name, false],
      [f.orgs.teachers.name, false],
    ])
    const own = await tableOf('by=sex', secretary)
    expect([own.orgName, own.rows.length]).toEqual([f.orgs.teachers.name, 1])
    const alone = await tableOf('by=sex', await f.signIn('party_worker', 'faculty', { reach: 'node' }))
    expect(alone.people).toBe(faculty.rows[0]?.people)
  })

  it('leave as sheets, as text and in print behind a cover', async () => {
    const file = (format: string) =>
      admin.send<string>('POST', '/member-structure/export', { by: 'age', format, language: 'zh-CN' })
    const csv = (await file('csv')).body
    expect(csv).toContain('组织,人数,35 岁及以下,36—45 岁')
    expect(csv.split('\r\n').filter(Boolean)).toHaveLength(1 + 1 + 3)
    expect((await file('xlsx')).headers['content-disposition']).toContain('.xlsx')
    const pdf = await f.app.http.inject({
      method: 'POST',
      url: '/api/v1/member-structure/export',
      headers: { cookie: admin.cookie },
      payload: { by: 'age', format: 'pdf', language: 'zh-CN' },
    })
    const text = await pdfText(pdf.rawPayload)
    for (const words of ['党员结构表', '编制人', '50 年及以上']) expect(text).toContain(words)
  })
})

describe('where too many people are to be counted at once', () => {
  it('figures are kept by the hour for today and the end of the last month, and no other day is answered', async () => {
    const { path } = f.orgs.committee
    const live = await tableOf('by=education')
    await f.admin
      .insertInto('org_total')
      .values(
        [path, f.orgs.faculty.path].map((org_path, at) => ({
          tenant_id: f.tenantId,
          org_path,
          category: 'formal',
          people: MOST_COUNTED + 2 - at,
        })),
      )
      .execute()
    expect(await tableOf('by=education')).toMatchObject({ isKept: false, people: live.people })
    expect(await keepStructures(f.platform, NOW)).toBe(2)
    expect(await keepStructures(f.platform, NOW)).toBe(0)
    const kept = await tableOf('by=education')
    expect(kept).toMatchObject({ ...live, isKept: true, keptDays: [TODAY, '2026-10-31'], countedAt: NOW.toISOString() })
    expect(await tableOf('by=age&on=2026-10-31')).toMatchObject({ on: '2026-10-31', isKept: true })
    expect(await admin.send('GET', '/member-structure?by=age&on=2026-09-30')).toMatchObject({
      status: 422,
      body: { code: 'members.structure_not_kept', fields: [{ field: '/query/on' }] },
    })
    const next = new Date(NOW.getTime() + 24 * 3600_000)
    f.setNow(next)
    admin = await f.signIn('committee_admin', 'committee')
    expect(await tableOf('by=age')).toMatchObject({ on: TODAY })
    expect(await keepStructures(f.platform, next)).toBe(2)
    expect((await tableOf('by=age')).keptDays).toEqual(['2026-11-03', '2026-10-31'])
    f.setNow(NOW)
  })
})

it('a day on which so many years are completed is found back, also of a leap day', () => {
  expect(lastDayBefore('2026-11-02', 36)).toBe('1990-11-02')
  expect(lastDayBefore('2025-02-28', 45)).toBe('1980-02-29')
  expect(lastDayBefore('2024-02-29', 1)).toBe('2023-02-28')
})
