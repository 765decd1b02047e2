import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'
import { idOf } from '../../test/invented-id.ts'
import { type People, peopleOf } from '../../test/member-records.ts'

/** What somebody tries who wants to be named for what is not his, or spared for what is. */

let f: Fixture
let people: People
let approver: Client

beforeAll(async () => {
  f = await openFixture()
  people = await peopleOf(f)
  ;({ approver } = people)
})

describe('an assignment', () => {
  it('names only people whose post reaches the organisation and allows the step', async () => {
    const { secretary, worker } = people
    const elsewhere = await f.signIn('party_worker', 'medicine', { name: '外总支干事' })
    const plain = await f.signIn('member', 'teachers', { name: '普通党员' })
    const assign = (more: object) =>
      approver.send<{ code?: string }>('PUT', '/member-assignments', {
        orgIds: [f.orgs.teachers.id],
        dataSets: ['record'],
        makerId: secretary.personId,
        firstId: worker.personId,
        secondId: approver.personId,
        dueOn: '2026-11-30',
        ...more,
      })
    for (const [field, who] of [
      ['firstId', elsewhere],
      ['makerId', plain],
    ] as const)
      expect(await assign({ [field]: who.personId })).toMatchObject({
        status: 422,
        body: { code: 'review.person_unknown', fields: [{ field: `/body/${field}` }] },
      })
    expect(await assign({ firstId: approver.personId, secondId: worker.personId })).toMatchObject({
      body: { code: 'review.person_unknown', fields: [{ field: '/body/secondId' }] },
    })
    expect((await assign({})).status).toBe(200)
  })
})

describe('at the same moment', () => {
  it('one error of a field is reported once, handled once', async () => {
    const memberId = await people.registered({
      name: '罗并发',
      idNumber: idOf('11010119770404188'),
      phone: null,
      workplace: '江弯大学',
    })
    const report = () =>
      people.secretary.send<{ id: string }>('POST', '/member-errors', {
        memberId,
        field: 'workplace',
        rightValue: '江湾大学',
        foundHow: 'reading',
        effect: 'statistics',
        note: '与劳动合同不符',
      })
    const made = await Promise.all([report(), report(), report()])
    expect(made.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    const id = made.find(({ status }) => status === 200)?.body.id
    const handler = await f.signIn('party_worker', 'faculty')
    const handle = (link: string) =>
      handler.send('POST', `/member-errors/${id}/handle`, { link, handling: 'reminder', note: '未对照合同' })
    const handled = await Promise.all(['entry', 'first', 'source'].map(handle))
    expect(handled.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  })
})
