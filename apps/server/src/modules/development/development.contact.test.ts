import { beforeAll, describe, expect, it } from 'vitest'
import { type Fixture, openFixture } from '../../test/fixture.ts'
import { type Member, plantMember } from '../../test/meeting-cases.ts'
import { factsOf, Roads } from './development.fixture.ts'

let f: Fixture
let t: Roads
let contact: Member
let other: Member
let id = ''

type Row = {
  caseId: string
  name: string
  kinds: string[]
  reviewDueOn: string | null
  lamp: string
  reviews: { opinion: string }[]
}
const mine = async (who: Member) => (await who.client.send<{ rows: Row[] }>('GET', '/my/activists')).body.rows
const body = { kind: 'half_year', heldOn: '2026-08-03', verdict: 'good', opinion: '按期汇报思想，学习认真，工作踏实。' }

beforeAll(async () => {
  f = await openFixture()
  t = await Roads.open(f)
  contact = await plantMember(f, 'teachers', '冯联系')
  other = await plantMember(f, 'teachers', '褚旁人')
  // Sessions that outlive the months of a road.
  await f.admin
    .updateTable('access_session')
    .set({ last_seen_at: new Date('2034-01-01T00:00:00Z'), expires_at: new Date('2035-01-01T00:00:00Z') })
    .where('person_id', 'in', [contact.personId, other.personId])
    .execute()
  id = (await t.opened(await t.applicant('沈积极'), '2026-06-01')).id
  await t.driveTo(id, 4)
  const contacts = [contact.id]
  t.at('2026-08-03')
  expect(await t.send(id, 5, { facts: { ...factsOf(5, t.people), contacts } })).toMatchObject({ status: 200 })
}, 60_000)

describe('a contact', () => {
  it('is the only one without a post who sees the person and may write of them', async () => {
    expect(await mine(other)).toEqual([])
    expect(await other.client.send('POST', `/my/activists/${id}/reviews`, body)).toMatchObject({
      status: 404,
      body: { code: 'development.not_found' },
    })
    const [row] = await mine(contact)
    expect(row).toMatchObject({
      caseId: id,
      name: '沈积极',
      kinds: ['half_year'],
      reviewDueOn: '2027-01-01',
      lamp: 'green',
    })
    expect(JSON.stringify(row)).not.toMatch(/inFavour|shouldAttend|facts/)
  })

  it('cannot write of a day to come, nor of probation before there is one', async () => {
    const refused = async (more: object) =>
      (await contact.client.send<{ code: string }>('POST', `/my/activists/${id}/reviews`, { ...body, ...more })).body
        .code
    expect(await refused({ heldOn: '2026-09-01' })).toBe('development.date_in_future')
    expect(await refused({ heldOn: '2026-06-15' })).toBe('development.before_last_step')
    expect(await refused({ kind: 'probation_quarter' })).toBe('development.wrong_state')
  })

  it('enters the review that the branch then finds in the case, and the next one is due half a year later', async () => {
    expect(await contact.client.send('POST', `/my/activists/${id}/reviews`, body)).toMatchObject({ status: 200 })
    expect((await mine(contact))[0]).toMatchObject({ reviewDueOn: '2027-07-01', reviews: [{ opinion: body.opinion }] })
    const { body: one } = await (await t.secretary()).send<{ reviews: object[] }>('GET', `/development-cases/${id}`)
    expect(one.reviews).toMatchObject([{ kind: 'half_year', verdict: 'good', by: '冯联系' }])
  })

  it('sees the person no more once replaced or the case is paused', async () => {
    const client = await t.secretary()
    expect(await t.post(client, id, '/state', { to: 'paused', reason: '长期病假' })).toMatchObject({ status: 200 })
    expect((await mine(contact))[0]).toMatchObject({ kinds: [] })
    expect(await contact.client.send('POST', `/my/activists/${id}/reviews`, body)).toMatchObject({
      body: { code: 'development.not_running' },
    })
    expect(await t.post(client, id, '/state', { to: 'running', reason: '已返岗' })).toMatchObject({ status: 200 })
    const people = { part: 'contact', memberIds: [t.people.contacts[0]], fromOn: '2026-08-03', reason: '工作调动' }
    expect(await t.post(client, id, '/people', people)).toMatchObject({ status: 200 })
    expect(await mine(contact)).toEqual([])
  })
})
