import { beforeAll, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { idOf } from '../../test/invented-id.ts'
import { type Change, type People, peopleOf } from '../../test/member-records.ts'
import { idCardKey, remindOfAllCards } from './members.id-cards.ts'

let f: Fixture
let people: People
let secretary: Client

beforeAll(async () => {
  f = await openFixture()
  people = await peopleOf(f)
  secretary = people.secretary
})

const deadlineOf = (memberId: string) =>
  f.admin
    .selectFrom('deadlines_item')
    .select(['state', 'due_on as dueOn', 'starts_on as startsOn', 'person_id as personId'])
    .where('key', '=', idCardKey(memberId))
    .executeTakeFirst()

async function corrected(memberId: string, facts: object): Promise<void> {
  const { body } = await secretary.send<Change>('POST', '/member-changes', { kind: 'correction', memberId, facts })
  await people.approved(body.id)
  await f.deliver()
}

const running = async (within: number) =>
  (await secretary.send<{ rows: { name: string }[] }>('GET', `/members?idExpiresWithin=${within}`)).body.rows.map(
    ({ name }) => name,
  )

it('an ID card that runs out is told of in time, filtered for, and done with once the new one is entered', async () => {
  const ofCard = (number: string, name: string, idValidUntil: string) =>
    people.registered({ idNumber: idOf(number), name, phone: null, idValidUntil })
  const soon = await ofCard('11010119930303333', '钱近', '2026-12-01')
  const later = await ofCard('11010119930303334', '钱远', '2027-02-01')
  await f.deliver()
  expect(await deadlineOf(soon)).toMatchObject({ state: 'open', dueOn: '2026-12-01', startsOn: '2026-09-02' })
  expect(await deadlineOf(later)).toBeUndefined()
  expect([await running(0), await running(30), await running(180)]).toEqual([[], ['钱近'], ['钱近', '钱远']])

  const near = new Date(NOW.getTime() + 5 * 24 * 3600_000)
  expect(await remindOfAllCards(f.platform, near)).toBe(2)
  expect(await deadlineOf(later)).toMatchObject({ state: 'open', dueOn: '2027-02-01' })

  await corrected(soon, { idValidUntil: '2046-12-01' })
  expect(await deadlineOf(soon)).toMatchObject({ state: 'done' })
  expect(await remindOfAllCards(f.platform, near)).toBe(1)
  expect(await deadlineOf(soon)).toMatchObject({ state: 'done' })
  const { body } = await secretary.send<{ fields: Record<string, string> }>('GET', `/members/${soon}`)
  expect(body.fields).toMatchObject({ idValidUntil: '2046-12-01' })
  expect(body.fields.idNumber).toMatch(/\*{11}/)
})

it('a reminder goes when the record goes, and comes back with it', async () => {
  const id = await people.registered({ idNumber: idOf('11010119930303335'), name: '钱去', idValidUntil: '2026-11-20' })
  await f.deliver()
  const { approver } = people
  await approver.send('POST', `/members/${id}/delete`, { reason: '重复登记' }, { 'if-match': '1' })
  await f.deliver()
  expect((await deadlineOf(id))?.state).toBe('done')
  await approver.send('POST', `/members/${id}/restore`, { reason: '不是重复' })
  await f.deliver()
  expect((await deadlineOf(id))?.state).toBe('open')
})

it('the highest post that somebody holds is known to the list', async () => {
  const admin = people.approver
  const id = await people.registered({ idNumber: idOf('11010119930303336'), name: '钱任', phone: null })
  const take = async (post: string) =>
    (
      await admin.send<{ id: string }>('POST', `/orgs/${f.orgs.teachers.id}/posts`, {
        post,
        memberId: id,
        fromOn: '2026-01-05',
      })
    ).body.id
  const holding = async (post: string) => {
    await f.deliver()
    const { body } = await secretary.send<{ rows: { name: string }[] }>('GET', `/members?post=${post}`)
    return body.rows.map(({ name }) => name)
  }
  await take('publicity')
  expect(await holding('publicity')).toEqual(['钱任'])
  const secretaryPost = await take('secretary')
  expect([await holding('publicity'), await holding('secretary')]).toEqual([[], ['钱任']])
  await admin.send('POST', `/orgs/${f.orgs.teachers.id}/posts/${secretaryPost}/end`, {
    untilOn: '2026-10-30',
    reason: '工作调动',
  })
  expect(await holding('publicity')).toEqual(['钱任'])
  expect(await holding('none')).not.toContain('钱任')
})
