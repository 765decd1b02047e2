import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { at, convened, type Member, planBody, plantMember } from '../../test/meeting-cases.ts'
import { rebuildYear, remindOfMissing } from './meetings.jobs.ts'

let f: Fixture
let desk: Client
let secretary: Member
type Cell = {
  demanded: number
  period: string
  state: string | null
  held: number
  plannedOn: string | null
  meetings: { id: string }[]
}
type Year = { isBranch: boolean; branches: number; kinds: { kind: string; frequency: string; cells: Cell[] }[] }

beforeAll(async () => {
  f = await openFixture()
  secretary = await plantMember(f, 'teachers', '王书记', { role: 'branch_secretary' })
  desk = secretary.client
  for (const name of ['甲', '乙', '丙']) await plantMember(f, 'teachers', name)
})

const year = async (client: Client, more = '') =>
  (await client.send<Year>('GET', `/meetings/year?year=2026${more}`)).body
const cellOf = (all: Year, kind: string, period: string): Cell | undefined =>
  all.kinds.find((one) => one.kind === kind)?.cells.find((one) => one.period === period)
const adjust = (client: Client, more: Record<string, unknown> = {}) =>
  client.send<{ code?: string; detail?: object }>('PUT', '/meetings/year', {
    orgId: f.orgs.teachers.id,
    year: 2026,
    kind: 'generalMeeting',
    period: 'Q4',
    plannedOn: null,
    note: null,
    waivedReason: null,
    ...more,
  })

describe('the year plan', () => {
  it('refuses periods that the kind does not have, days outside them, units that are no branch', async () => {
    expect(await adjust(desk, { period: '05', plannedOn: '2026-05-05' })).toMatchObject({
      status: 422,
      body: { code: 'meetings.no_such_period' },
    })
    expect(await adjust(desk, { plannedOn: '2026-09-30' })).toMatchObject({
      status: 422,
      body: { code: 'meetings.outside_period', detail: { from: '2026-10-01', until: '2026-12-31' } },
    })
    const officer = await f.signIn('committee_admin', 'committee')
    expect(await adjust(officer, { orgId: f.orgs.committee.id, note: '提醒' })).toMatchObject({
      status: 422,
      body: { code: 'meetings.not_a_branch' },
    })
    expect(await adjust(await f.signIn('branch_secretary', 'students'), { note: '别人的' })).toMatchObject({
      body: { code: 'meetings.no_such_org' },
    })
  })

  it('is generated from the frequencies and shows what is missing, due and ahead', async () => {
    f.setNow(NOW)
    const all = await year(desk)
    expect(all).toMatchObject({ isBranch: true, branches: 1 })
    expect(all.kinds.map(({ kind, cells }) => [kind, cells.length])).toEqual([
      ['generalMeeting', 4],
      ['committeeMeeting', 12],
      ['groupMeeting', 12],
      ['partyLesson', 4],
      ['themeDay', 12],
      ['lifeMeeting', 1],
      ['democraticReview', 1],
      ['talk', 1],
    ])
    expect(cellOf(all, 'themeDay', '10')?.state).toBe('missing')
    expect(cellOf(all, 'themeDay', '11')?.state).toBe('due')
    expect(cellOf(all, 'themeDay', '12')?.state).toBe('ahead')
    // Without groups no group meets (BR-9).
    expect(cellOf(all, 'groupMeeting', '10')).toMatchObject({ state: null, demanded: 0 })
  })

  it('takes a day, a note or a reason from people, and gives them back', async () => {
    expect((await adjust(desk, { plannedOn: '2026-12-20', note: '与述职合并' })).status).toBe(200)
    expect(cellOf(await year(desk), 'generalMeeting', 'Q4')).toMatchObject({
      state: 'planned',
      plannedOn: '2026-12-20',
    })
    expect((await adjust(desk, { kind: 'groupMeeting', period: '10', waivedReason: '支部不设党小组' })).status).toBe(
      200,
    )
    expect(cellOf(await year(desk), 'groupMeeting', '10')?.state).toBe('waived')
    await adjust(desk)
    expect(cellOf(await year(desk), 'generalMeeting', 'Q4')).toMatchObject({ state: 'due', plannedOn: null })
  })

  it('counts a meeting once it is held, for the branch and in the rollup of every unit above', async () => {
    f.setNow(NOW)
    const id = await convened(desk, planBody(f, secretary.id, { kinds: ['generalMeeting', 'themeDay'] }))
    expect(cellOf(await year(desk), 'themeDay', '11')).toMatchObject({ state: 'planned', meetings: [{ id }] })
    f.setNow(at(5))
    await desk.send('POST', `/meetings/${id}/open`, {})
    await f.deliver()
    await desk.send('POST', `/meetings/${id}/close`, {})
    await f.deliver()
    expect(cellOf(await year(desk), 'themeDay', '11')).toMatchObject({ state: 'held', held: 1 })
    const above = await year(await f.signIn('committee_admin', 'committee'))
    expect(above.isBranch).toBe(false)
    expect(cellOf(above, 'themeDay', '11')).toMatchObject({ state: null, held: 1, demanded: above.branches })
    expect(cellOf(above, 'groupMeeting', '10')?.demanded).toBeLessThan(above.branches)
    expect(cellOf(above, 'generalMeeting', 'Q4')?.held).toBe(1)
    expect(cellOf(above, 'themeDay', '10')?.held).toBe(0)
    expect(cellOf(await year(await f.signIn('committee_admin', 'medicine')), 'themeDay', '11')?.held).toBe(0)
  })

  it('keeps the same figures when the night counts them again', async () => {
    const officer = await f.signIn('committee_admin', 'committee')
    const before = await year(officer)
    await rebuildYear({ platform: f.platform, now: at(60), signal: new AbortController().signal })
    expect(await year(officer)).toEqual(before)
  })

  it('does not remind of what people waived', async () => {
    await adjust(desk, { kind: 'committeeMeeting', period: '11', waivedReason: '支部不设委员会' })
    const above = await year(await f.signIn('committee_admin', 'committee'))
    expect(cellOf(above, 'committeeMeeting', '11')?.demanded).toBe(above.branches - 1)
    const now = new Date('2026-11-20T01:00:00Z')
    await remindOfMissing({ platform: f.platform, now, signal: new AbortController().signal })
    const told = await f.admin
      .selectFrom('platform_event')
      .select(['subject_id as id', 'payload'])
      .where('type', '=', 'meetings.kinds_missing')
      .execute()
    const own = told.find(({ id }) => id === f.orgs.teachers.id)
    expect(own).toBeUndefined()
    expect(told.length).toBeGreaterThan(0)
  })
})

describe('workbooks and the record book', () => {
  it('refuse without a purpose and outside the scope', async () => {
    const body = { orgId: f.orgs.students.id, year: 2026, purpose: '存档' }
    expect(await desk.send('POST', '/meetings/book', body)).toMatchObject({ body: { code: 'meetings.no_such_org' } })
    expect((await desk.send('POST', '/meetings/book', { orgId: f.orgs.teachers.id, year: 2026 })).status).toBe(400)
    const officer = await f.signIn('committee_admin', 'committee')
    expect(await officer.send('POST', '/meetings/book', { ...body, orgId: f.orgs.committee.id })).toMatchObject({
      body: { code: 'meetings.not_a_branch' },
    })
  })
  it('come as files, and what was taken out is in the audit', async () => {
    const book = await desk.send('POST', '/meetings/book', {
      orgId: f.orgs.teachers.id,
      year: 2026,
      purpose: '年度存档',
    })
    expect(book).toMatchObject({ status: 200, headers: { 'content-type': 'application/pdf' } })
    const ledger = await desk.send('POST', '/meetings/ledger/export', { year: 2026, purpose: '上报' })
    expect(ledger.status).toBe(200)
    const span = { heldFrom: '2026-01-01', heldTo: '2026-12-31', purpose: '考核' }
    expect((await desk.send('POST', '/meetings/attendance/export', span)).status).toBe(200)
    const told = await f.admin
      .selectFrom('platform_event')
      .select('type')
      .where('type', 'in', ['meetings.book_printed', 'meetings.ledger_exported', 'meetings.attendance_exported'])
      .execute()
    expect(told).toHaveLength(3)
  })
})
