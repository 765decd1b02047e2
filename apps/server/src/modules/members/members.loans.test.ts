import type { Dossier, LoanRow } from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { idOf } from '../../test/invented-id.ts'
import { type People, peopleOf } from '../../test/member-records.ts'

let f: Fixture
let people: People
let secretary: Client
let memberId: string

const UNKNOWN = '00000000-0000-7000-8000-000000000009'
const DAY = 24 * 3600_000

beforeAll(async () => {
  f = await openFixture()
  people = await peopleOf(f)
  secretary = people.secretary
  memberId = await people.registered({ name: '纸档案', idNumber: idOf('11010119850505211'), phone: null })
})

const read = async (by = secretary) => (await by.send<Dossier>('GET', `/members/${memberId}/dossier`)).body
const post = <T = { id: string; code: string }>(what: string, body: object, by = secretary) =>
  by.send<T>('POST', `/members/${memberId}/dossier/${what}`, body)
const loan = { borrower: '组织部李科长', purpose: '核对入党时间', dueOn: '2026-11-09' }
const stateOf = async (id: string) => (await read()).loans.find((one) => one.id === id)
const asked = async (by = secretary) => (await post('loans', loan, by)).body.id
const lent = async () => {
  const id = await asked()
  expect((await post(`loans/${id}/decide`, { verdict: 'agree' }, people.worker)).status).toBe(200)
  return id
}
const returned = (id: string) => post(`loans/${id}/return`, { on: '2026-11-02' })
const deadline = (id: string) =>
  f.admin
    .selectFrom('deadlines_item')
    .select(['due_on', 'state'])
    .where('key', '=', `members.loan/${id}`)
    .executeTakeFirst()

describe('a loan of the folder', () => {
  it('refuses a day in the past and an unknown loan', async () => {
    expect(await post('loans', { ...loan, dueOn: '2026-10-01' })).toMatchObject({
      status: 422,
      body: { code: 'dossier.due_in_past', fields: [{ field: '/body/dueOn' }] },
    })
    expect(await post(`loans/${UNKNOWN}/return`, { on: '2026-11-02' })).toMatchObject({
      status: 404,
      body: { code: 'dossier.loan_not_found' },
    })
  })

  it('is agreed to by somebody else, stands as a deadline, and ends with the return', async () => {
    const asker = people.worker
    const { body } = await post('loans', loan, asker)
    expect(await post('loans', loan)).toMatchObject({ status: 409, body: { code: 'dossier.already_out' } })
    const leader = await f.signIn('group_leader', 'teachers')
    expect((await post(`loans/${body.id}/decide`, { verdict: 'agree' }, leader)).status).toBe(403)
    expect(await post(`loans/${body.id}/decide`, { verdict: 'agree' }, asker)).toMatchObject({
      status: 403,
      body: { code: 'dossier.own_request' },
    })
    expect(await post(`loans/${body.id}/return`, { on: '2026-11-02' })).toMatchObject({
      body: { code: 'dossier.wrong_state' },
    })
    expect((await post(`loans/${body.id}/decide`, { verdict: 'agree' }, people.approver)).status).toBe(200)
    expect(await deadline(body.id)).toMatchObject({ due_on: '2026-11-09', state: 'open' })
    expect(await stateOf(body.id)).toMatchObject({ state: 'out', isLate: false, decidedBy: '组织部' })
    expect(await post(`loans/${body.id}/return`, { on: '2026-11-03' })).toMatchObject({
      body: { code: 'dossier.date_in_future' },
    })
    expect(await post(`loans/${body.id}/return`, { on: '2026-11-01' })).toMatchObject({
      body: { code: 'dossier.returned_before' },
    })
    expect((await post(`loans/${body.id}/return`, { on: '2026-11-02' })).status).toBe(200)
    expect(await deadline(body.id)).toMatchObject({ state: 'done' })
  })

  it('is refused only with a reason', async () => {
    const { body } = await post('loans', loan)
    const decide = (more: object) => post(`loans/${body.id}/decide`, { verdict: 'refuse', ...more }, people.worker)
    expect(await decide({})).toMatchObject({ status: 422, body: { code: 'dossier.reason_needed' } })
    expect((await decide({ reason: '   ' })).status).toBe(400)
    f.setNow(new Date(NOW.getTime() + 8 * DAY))
    const later = await f.signIn('party_worker', 'faculty')
    expect(await post(`loans/${body.id}/decide`, { verdict: 'agree' }, later)).toMatchObject({
      status: 422,
      body: { code: 'dossier.due_in_past' },
    })
    f.setNow(NOW)
    expect((await decide({ reason: '用途不明' })).status).toBe(200)
    expect(await stateOf(body.id)).toMatchObject({ state: 'refused', refusedReason: '用途不明' })
  })
})

describe('a longer loan', () => {
  it('is refused to the one who asked, without a later day, and for what is not out', async () => {
    const id = await asked()
    const longer = { dueOn: '2026-11-20', reason: '核对未完' }
    const extend = (body: object, by = people.worker) => post(`loans/${id}/extend`, body, by)
    expect(await extend(longer)).toMatchObject({ status: 409, body: { code: 'dossier.wrong_state' } })
    await post(`loans/${id}/decide`, { verdict: 'agree' }, people.worker)
    expect(await extend(longer, secretary)).toMatchObject({ status: 403, body: { code: 'dossier.own_request' } })
    expect(await extend({ ...longer, dueOn: '2026-11-09' })).toMatchObject({
      status: 422,
      body: { code: 'dossier.due_not_later', fields: [{ field: '/body/dueOn' }] },
    })
    expect((await extend({ dueOn: '2026-11-20' })).status).toBe(400)
    expect(await post(`loans/${UNKNOWN}/extend`, longer, people.worker)).toMatchObject({
      status: 404,
      body: { code: 'dossier.loan_not_found' },
    })
    await returned(id)
  })

  it('moves the day of return and its deadline, and says in the audit from when to when and why', async () => {
    const id = await lent()
    expect((await post(`loans/${id}/extend`, { dueOn: '2026-11-20', reason: '核对未完' }, people.worker)).status).toBe(
      200,
    )
    expect(await stateOf(id)).toMatchObject({ state: 'out', dueOn: '2026-11-20', isLate: false })
    expect(await deadline(id)).toEqual({ due_on: '2026-11-20', state: 'open' })
    const event = await f.admin
      .selectFrom('platform_event')
      .select(['payload', 'reason'])
      .where('type', '=', 'members.loan_extended')
      .executeTakeFirstOrThrow()
    expect(event).toMatchObject({ payload: { from: '2026-11-09', dueOn: '2026-11-20' }, reason: '核对未完' })
    await returned(id)
  })
})

describe('a request for the folder', () => {
  it('is taken back by the one who asked alone, and then the folder is free for another', async () => {
    const id = await asked()
    const withdraw = (by = secretary) => post(`loans/${id}/withdraw`, {}, by)
    expect(await withdraw(people.worker)).toMatchObject({ status: 403, body: { code: 'dossier.not_my_request' } })
    expect((await withdraw()).status).toBe(200)
    expect(await stateOf(id)).toMatchObject({ state: 'withdrawn' })
    expect(await withdraw()).toMatchObject({ status: 409, body: { code: 'dossier.wrong_state' } })
    await returned(await lent())
  })

  it('waits on the workbench of who may decide, not of the one who asked', async () => {
    const waiting = async (by: Client) => {
      const { body } = await by.send<{ rows: { module: string; key: string; count: number; path: string }[] }>(
        'GET',
        '/workbench/waiting',
      )
      return body.rows.find(({ module, key }) => module === 'members' && key === 'loans')
    }
    const id = await asked()
    expect(await waiting(people.worker)).toMatchObject({ count: 1, path: '/dossier-loans?view=asked' })
    expect(await waiting(secretary)).toBeUndefined()
    expect(await waiting(await f.signIn('party_worker', 'medicine'))).toBeUndefined()
    await post(`loans/${id}/withdraw`, {})
    expect(await waiting(people.worker)).toBeUndefined()
  })
})

describe('the register of loans', () => {
  type Listed = { rows: LoanRow[]; next: string | null; code: string }
  const list = async (query: string, by = people.approver) =>
    (await by.send<Listed>('GET', `/dossier-loans?${query}`)).body

  it('refuses who may not read, a unit outside the scope, and an export without post or purpose', async () => {
    expect((await f.stranger.send('GET', '/dossier-loans')).status).toBe(401)
    expect((await (await f.signIn('member', 'teachers')).send('GET', '/dossier-loans')).status).toBe(403)
    const nurses = await f.signIn('branch_secretary', 'nurses')
    expect((await list(`orgId=${f.orgs.teachers.id}`, nurses)).code).toBe('members.org_not_found')
    const body = { filter: {}, format: 'xlsx', language: 'zh-CN' }
    expect((await people.approver.send('POST', '/dossier-loans/export', body)).status).toBe(400)
    expect((await people.approver.send('POST', '/dossier-loans/export', { ...body, purpose: '  ' })).status).toBe(400)
    const leader = await f.signIn('group_leader', 'teachers')
    expect((await leader.send('POST', '/dossier-loans/export', { ...body, purpose: '清点' })).status).toBe(403)
  })

  it('shows what is open, late and over, within the scope alone, and finds by either name', async () => {
    const id = await lent()
    const ids = async (query: string, by?: Client) => (await list(query, by)).rows.map((row) => row.id)
    expect((await list('view=open')).rows).toMatchObject([
      { id, state: 'out', isLate: false, name: '纸档案', borrower: '组织部李科长', isMine: false },
    ])
    expect(await ids('view=asked')).toEqual([])
    expect(await ids('view=late')).toEqual([])
    expect(await ids('view=open&text=科长')).toEqual([id])
    expect(await ids('view=open&text=纸档')).toEqual([id])
    expect(await ids('view=open&text=%25')).toEqual([])
    expect(await ids('', await f.signIn('branch_secretary', 'nurses'))).toEqual([])
    f.setNow(new Date(NOW.getTime() + 8 * DAY))
    const later = await f.signIn('committee_admin', 'committee')
    expect((await list('view=late', later)).rows).toMatchObject([{ id, isLate: true }])
    f.setNow(NOW)
    const over = (await list('view=over&sort=-asked')).rows
    expect(new Set(over.map((row) => row.state))).toEqual(new Set(['back', 'refused', 'withdrawn']))
  })

  it('goes on where a page ended, in both orders', async () => {
    const whole = (await list('limit=100')).rows.map((row) => row.id)
    expect(whole.length).toBeGreaterThan(4)
    for (const sort of ['due', '-asked']) {
      const seen: string[] = []
      for (let cursor = ''; ; ) {
        const page = await list(`limit=2&sort=${sort}${cursor && `&cursor=${cursor}`}`)
        seen.push(...page.rows.map((row) => row.id))
        if (page.next === null) break
        cursor = page.next
      }
      expect([...seen].sort(), sort).toEqual([...whole].sort())
    }
  })

  it('goes out as a workbook and as a printed register, each with its purpose on record', async () => {
    for (const format of ['xlsx', 'pdf'] as const) {
      const body = { filter: { view: 'over' }, format, language: 'zh-CN', purpose: '年度清点' }
      const { status, body: file } = await people.approver.send<string>('POST', '/dossier-loans/export', body)
      expect(status).toBe(200)
      expect(file.slice(0, 2)).toBe(format === 'xlsx' ? 'PK' : '%P')
    }
    const events = await f.admin
      .selectFrom('platform_event')
      .select(['reason', 'payload'])
      .where('type', '=', 'members.loans_exported')
      .execute()
    expect(events.map(({ reason }) => reason)).toEqual(['年度清点', '年度清点'])
  })
})
