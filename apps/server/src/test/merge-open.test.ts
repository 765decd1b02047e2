import type { MergePlan } from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { Roads } from '../modules/development/development.fixture.ts'
import { act, type Done } from '../modules/transfers/transfers.fixture.ts'
import { type Client, type Fixture, openFixture } from './fixture.ts'
import { idOf } from './invented-id.ts'
import { type People, peopleOf } from './member-records.ts'

let f: Fixture
let people: People
let approver: Client
let roads: Roads
let running = 0
const TODAY = '2026-11-02'

beforeAll(async () => {
  f = await openFixture()
  roads = await Roads.open(f)
  roads.at(TODAY)
  people = await peopleOf(f)
  approver = people.approver
})

type Two = { keptId: string; goneId: string }

async function twins(name: string, more: object = {}): Promise<Two> {
  running += 1
  const one = (order: number) =>
    people.registered({ name, phone: null, idNumber: idOf(`11010119880303${order + running}`), ...more })
  return { keptId: await one(100), goneId: await one(500) }
}
const planOf = async (of: Two) => (await approver.send<MergePlan>('POST', '/member-merges/plan', of)).body
const fateOf = async (of: Two, kind: string) =>
  (await planOf(of)).references.find((row) => row.kind === kind && row.fate !== 'stays')
async function merged(of: Two) {
  const { keptVersion, goneVersion } = await planOf(of)
  const told = { ...of, keptVersion, goneVersion, reason: '同一人重复建档', idChecked: true }
  return approver.send<{ id: string; code: string; detail: object }>('POST', '/member-merges', told)
}
const undone = async (id: string) =>
  (await approver.send('POST', `/member-merges/${id}/undo`, { reason: '核实为两人' })).status
const APPLICANT = { category: 'applicant', joinedOn: null, convertedOn: null }

describe('a merge with an open case of development', () => {
  const caseOf = (memberId: string) =>
    f.admin
      .selectFrom('development_case as c')
      .innerJoin('members_member as m', 'm.id', 'c.member_id')
      .select(['c.id', 'c.state', 'c.member_id as memberId', 'c.person_id as personId', 'm.person_id as ofMember'])
      .where('c.member_id', '=', memberId)
      .execute()

  it('carries the case, its steps and its clocks over, and an undo brings them back', async () => {
    const two = await twins('办理中', APPLICANT)
    const { id } = await roads.opened({ id: two.goneId } as never, TODAY)
    expect(await fateOf(two, 'cases')).toEqual({ kind: 'cases', fate: 'moves', rows: 1 })
    expect(await fateOf(two, 'caseSteps')).toEqual({ kind: 'caseSteps', fate: 'moves', rows: 1 })
    const { body } = await merged(two)
    const [moved] = await caseOf(two.keptId)
    expect(moved).toMatchObject({ id, state: 'running', memberId: two.keptId })
    expect(moved?.personId).toBe(moved?.ofMember)
    const secretary = await roads.secretary()
    const seen = await secretary.send<{ card: { memberId: string } }>('GET', `/development-cases/${id}`)
    expect(seen.body.card.memberId).toBe(two.keptId)
    expect((await roads.send(id, 2, { on: TODAY })).status).toBe(200)
    // Somebody went on with the case: an undo would tear the new step from it.
    expect(await undone(body.id)).toBe(409)
  })

  it('brings an untouched case back when the merge is undone', async () => {
    const two = await twins('撤得回', APPLICANT)
    const { id } = await roads.opened({ id: two.goneId } as never, TODAY)
    const { body } = await merged(two)
    expect(await undone(body.id)).toBe(200)
    expect(await caseOf(two.goneId)).toMatchObject([{ id, state: 'running' }])
    expect(await caseOf(two.keptId)).toEqual([])
  })

  it('is refused where both records have one', async () => {
    const two = await twins('两处办', APPLICANT)
    for (const id of [two.keptId, two.goneId]) await roads.opened({ id } as never, TODAY)
    expect(await fateOf(two, 'cases')).toEqual({ kind: 'cases', fate: 'blocks', rows: 1 })
    expect(await merged(two)).toMatchObject({
      status: 409,
      body: { code: 'merge.in_the_way', detail: { what: ['cases'] } },
    })
  })
})

describe('a merge with an open transfer', () => {
  it('is refused until the transfer has ended, whose history then goes over', async () => {
    const two = await twins('转接中')
    const body = { memberId: two.goneId, toOrgId: f.orgs.nurses.id, reason: '工作调动', duesPaidUntil: '2026-10' }
    const { id } = (await people.secretary.send<Done>('POST', '/transfers', body)).body
    expect(await fateOf(two, 'transfers')).toEqual({ kind: 'transfers', fate: 'blocks', rows: 1 })
    expect(await merged(two)).toMatchObject({
      status: 409,
      body: { code: 'merge.in_the_way', detail: { what: ['transfers'] } },
    })
    expect((await act(people.secretary, id, 'withdraw', { note: '重复建档' })).status).toBe(200)
    expect(await fateOf(two, 'transfers')).toEqual({ kind: 'transfers', fate: 'moves', rows: 1 })
    const { status, body: merge } = await merged(two)
    expect(status).toBe(200)
    const ofMember = () =>
      f.admin.selectFrom('transfers_transfer').select(['id', 'member_id as memberId']).where('id', '=', id).execute()
    expect(await ofMember()).toEqual([{ id, memberId: two.keptId }])
    expect(await undone(merge.id)).toBe(200)
    expect(await ofMember()).toEqual([{ id, memberId: two.goneId }])
  })
})

describe('a merge with an absence', () => {
  const absent = async (memberId: string) =>
    (
      await people.secretary.send<{ id: string }>('POST', '/absences', {
        memberId,
        kind: 'floating',
        startedOn: '2026-09-01',
        facts: { place: '滨海市' },
      })
    ).body.id
  const of = async (id: string) =>
    (
      await f.admin
        .selectFrom('membership_absence as a')
        .innerJoin('members_member as m', 'm.id', 'a.member_id')
        .select(['a.member_id as memberId', 'a.state', 'a.person_id as personId', 'm.person_id as ofMember'])
        .where('a.id', '=', id)
        .execute()
    )[0]

  it('carries it over with its contacts, and an undo brings it back', async () => {
    const two = await twins('外出中')
    const id = await absent(two.goneId)
    const contact = { on: '2026-10-15', way: 'telephone', reached: true }
    expect((await people.secretary.send('POST', `/absences/${id}/contacts`, contact)).status).toBe(200)
    expect(await fateOf(two, 'absences')).toEqual({ kind: 'absences', fate: 'moves', rows: 1 })
    expect(await fateOf(two, 'absenceContacts')).toEqual({ kind: 'absenceContacts', fate: 'moves', rows: 1 })
    const { body } = await merged(two)
    const moved = await of(id)
    expect(moved).toMatchObject({ memberId: two.keptId, state: 'open' })
    expect(moved?.personId).toBe(moved?.ofMember)
    const listed = await people.secretary.send<{ name: string }>('GET', `/absences/${id}`)
    expect(listed).toMatchObject({ status: 200, body: { name: '外出中' } })
    expect(await undone(body.id)).toBe(200)
    expect(await of(id)).toMatchObject({ memberId: two.goneId, state: 'open' })
  })

  it('is refused where both are away', async () => {
    const two = await twins('两处外')
    for (const id of [two.keptId, two.goneId]) await absent(id)
    expect(await merged(two)).toMatchObject({
      status: 409,
      body: { code: 'merge.in_the_way', detail: { what: ['absences'] } },
    })
  })
})
