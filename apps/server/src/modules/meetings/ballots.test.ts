import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { at, convened, type Member, planBody, plantMember } from '../../test/meeting-cases.ts'
import { stepped } from '../../test/vote-cases.ts'

let f: Fixture
let desk: Client
let second: Client
let secretary: Member
const members: Member[] = []
type Code = { code?: string }

beforeAll(async () => {
  f = await openFixture()
  f.setNow(NOW)
  secretary = await plantMember(f, 'teachers', '王书记', { role: 'branch_secretary' })
  desk = secretary.client
  second = (await plantMember(f, 'teachers', '组织委员', { role: 'branch_officer' })).client
  for (const name of ['甲', '乙', '丙', '丁']) members.push(await plantMember(f, 'teachers', name))
})

/** A meeting in progress with one item; `come` of the six are there. */
async function running(votes: string, come: number): Promise<{ id: string; item: string }> {
  f.setNow(NOW)
  const id = await convened(desk, planBody(f, secretary.id, { agenda: [{ title: '接收张三为预备党员', votes }] }))
  f.setNow(at(5))
  await desk.send('POST', `/meetings/${id}/open`, {})
  const { rows } = (await desk.send<{ rows: { memberId: string }[] }>('GET', `/meetings/${id}/attendees?limit=100`))
    .body
  const memberIds = rows.slice(0, come).map((row) => row.memberId)
  await desk.send('POST', `/meetings/${id}/check-ins`, { memberIds, reason: '会场点名' })
  const meeting = (await desk.send<{ agenda: { id: string }[] }>('GET', `/meetings/${id}`)).body
  return { id, item: meeting.agenda[0]?.id ?? '' }
}
const prepare = (id: string, item: string, body: object) =>
  desk.send<{ ballotId: string } & Code>('POST', `/meetings/${id}/agenda/${item}/ballot`, body)
const take = (id: string, item: string) => desk.send<Code>('POST', `/meetings/${id}/agenda/${item}/ballot/result`, {})

describe('an electronic vote on an item', () => {
  it('is refused for what is not voted on, by name where the statute demands secrecy, and twice', async () => {
    const talk = await running('none', 6)
    expect(await prepare(talk.id, talk.item, { secrecy: 'named', channel: 'electronic' })).toMatchObject({
      body: { code: 'meetings.not_a_vote' },
    })
    const { id, item } = await running('admission', 6)
    expect(await prepare(id, item, { secrecy: 'named', channel: 'electronic' })).toMatchObject({
      status: 422,
      body: { code: 'meetings.ballot_needed' },
    })
    expect(await take(id, item)).toMatchObject({ status: 404, body: { code: 'meetings.no_ballot' } })
    expect((await prepare(id, item, { secrecy: 'secret', channel: 'paper' })).status).toBe(200)
    expect(await prepare(id, item, { secrecy: 'secret', channel: 'paper' })).toMatchObject({
      status: 409,
      body: { code: 'meetings.ballot_there' },
    })
    expect(await take(id, item)).toMatchObject({ status: 409, body: { code: 'meetings.ballot_not_counted' } })
  })

  it('by name on the phone flows into the record with the article (BR-7)', async () => {
    const { id, item } = await running('ordinary', 6)
    const { ballotId } = (await prepare(id, item, { secrecy: 'named', channel: 'electronic' })).body
    await stepped(desk, ballotId, 'announced')
    await stepped(desk, ballotId, 'casting')
    const choose = (who: Client, choice: object) =>
      who.send('POST', `/my/votes/${ballotId}/choices`, { choices: [{ questionId: 'item', choice }] })
    for (const { client } of members)
      expect(await choose(client, { marks: { item: 'for' } })).toMatchObject({ status: 200 })
    expect(await choose(second, { marks: { item: 'against' } })).toMatchObject({ status: 200 })
    await stepped(desk, ballotId, 'closed')
    expect(await take(id, item)).toMatchObject({
      status: 200,
      body: { inFavour: 4, against: 1, eligible: 6, carried: true, ruleId: 'BR-7' },
    })
    expect((await desk.send('GET', `/meetings/${id}`)).body).toMatchObject({
      agenda: [{ ballotId, vote: { carried: true } }],
    })
  })

  it('on admission counts the written opinion of the absent apart and carries with it (DEV-16)', async () => {
    const { id, item } = await running('admission', 4)
    const { ballotId } = (await prepare(id, item, { secrecy: 'secret', channel: 'paper' })).body
    const absent = (await desk.send<{ rows: { memberId: string }[] }>('GET', `/meetings/${id}/attendees?mark=expected`))
      .body.rows[0]?.memberId
    const opinion = { questionId: 'item', optionId: 'item', opinion: 'for' }
    const entered = await desk.send('POST', `/votes/${ballotId}/opinions`, { memberId: absent, ...opinion })
    expect(entered).toMatchObject({ status: 200 })
    const seen = await second.send('POST', `/votes/${ballotId}/opinions/${absent}/confirm`, opinion)
    expect(seen).toMatchObject({ status: 200 })
    await stepped(desk, ballotId, 'announced')
    await stepped(desk, ballotId, 'casting')
    await stepped(desk, ballotId, 'closed', { present: 4 })
    const counts = {
      questionId: 'item',
      issued: 4,
      returned: 4,
      valid: 4,
      invalid: 0,
      writtenIn: [],
      options: [{ optionId: 'item', for: 3, against: 1, abstain: 0 }],
    }
    for (const who of [desk, second])
      expect(await who.send('POST', `/votes/${ballotId}/hand-counts`, counts)).toMatchObject({ status: 200 })
    expect(await take(id, item)).toMatchObject({
      status: 200,
      body: { inFavour: 3, against: 1, written: 1, writtenInFavour: 1, carried: true, ruleId: 'DEV-16' },
    })
  })
})
