import { holdCeremony } from '@tongxin/ballot'
import type { VotePlan } from '@tongxin/domain'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'
import {
  announced,
  CAST_ORIGIN,
  cast,
  deviceOf,
  keyOf,
  makePoll,
  random,
  step,
  stepped,
  voteOf,
  votersOf,
} from '../../test/vote-cases.ts'
import { planted } from '../../test/vote-plans.ts'

let f: Fixture
let officer: Client
let second: Client
let voters: { id: string; client: Client }[]

beforeAll(async () => {
  f = await openFixture({ CAST_ORIGIN })
  officer = await f.signIn('branch_secretary', 'teachers')
  second = await f.signIn('branch_officer', 'teachers')
  voters = await votersOf(f, 4)
}, 60_000)

const voter = (at: number) => voters[at] as { id: string; client: Client }
const roll = () => voters.map(({ id }) => ({ memberId: id, personId: null }))
const approval: VotePlan['questions'] = [
  {
    id: 'q1',
    kind: 'approval',
    title: '同意接收',
    seats: 1,
    writeIn: false,
    options: [{ id: 'c1', label: '申请人', memberId: null }],
  },
]
const counted = (inFavour: number, against: number) => ({
  questionId: 'q1',
  issued: inFavour + against,
  returned: inFavour + against,
  valid: inFavour + against,
  invalid: 0,
  options: [{ optionId: 'c1', for: inFavour, against, abstain: 0 }],
  writtenIn: [],
})

/** A secret vote in which two have cast. */
async function castByTwo() {
  const id = await makePoll(f, officer)
  const ceremony = await announced(officer, id)
  await stepped(officer, id, 'drawing')
  const devices = [deviceOf(), deviceOf()]
  for (const [at, device] of devices.entries())
    expect(await device.draw(voter(at).client, id)).toMatchObject({ status: 200 })
  await stepped(officer, id, 'drawing_closed')
  await stepped(officer, id, 'casting')
  const ballots = []
  for (const [at, device] of devices.entries())
    ballots.push(await device.ballot(voter(at).client, id, 'q1', { picks: ['a'], write_ins: [] }))
  for (const ballot of ballots) expect(await cast(f, ballot)).toMatchObject({ status: 200 })
  return { id, ceremony, ballots }
}

describe('a secret vote', () => {
  it('cannot be cancelled by whoever has seen the result', async () => {
    const { id, ceremony } = await castByTwo()
    await stepped(officer, id, 'closed')
    const opened = await officer.send('POST', `/votes/${id}/election-key`, { privateKey: await keyOf(ceremony) })
    expect(opened).toMatchObject({ status: 200 })
    const answer = await officer.send('POST', `/votes/${id}/cancel`, { reason: '结果不如意' })
    expect(answer).toMatchObject({ status: 409, body: { code: 'voting.wrong_state' } })
    expect(await voteOf(officer, id)).toMatchObject({ state: 'counted', can: { cancel: false } })
  })

  it('is known to nobody of the roll before it is announced, and never to a neighbour', async () => {
    const id = await makePoll(f, officer)
    const ceremony = await holdCeremony(
      ['甲', '乙', '丙'].map((name) => ({ name, role: '监票人' })),
      2,
      random,
    )
    const keyed = await officer.send('POST', `/votes/${id}/keys`, {
      encryptionKey: ceremony.electionKey,
      trustees: ceremony.trustees.map(({ name, role, key }) => ({ name, duty: role, publicKey: key })),
      threshold: 2,
    })
    expect(keyed).toMatchObject({ status: 200 })
    const neighbour = await f.signIn('branch_secretary', 'nurses')
    const unknown = { status: 404, body: { code: 'voting.not_found' } }
    for (const who of [voter(0).client, neighbour])
      expect(await who.send('GET', `/votes/${id}/board/config.json`)).toMatchObject(unknown)
    expect(await officer.send('GET', `/votes/${id}/board/config.json`)).toMatchObject({ status: 200 })
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['GET', '/roll', undefined],
      ['POST', '/steps', { to: 'announced' }],
      ['POST', '/cancel', { reason: '邻支部' }],
      ['POST', '/recount', {}],
      ['POST', '/election-key', { privateKey: 'A'.repeat(43) }],
    ] as const)
      expect(await neighbour.send(method, `/votes/${id}${path}`, body)).toMatchObject(unknown)
  })

  it('leaves no ballots in the box when it is cancelled, and takes none', async () => {
    const { id, ballots } = await castByTwo()
    expect(await officer.send('POST', `/votes/${id}/cancel`, { reason: '题目有误' })).toMatchObject({ status: 200 })
    const { rows } = await sql`select 1 from voting_hopper where vote_id = ${id}`.execute(f.admin)
    expect(rows).toEqual([])
    expect((await cast(f, ballots[0])).body).toMatchObject({ code: 'voting.casting_over' })
    expect((await voteOf(officer, id)).outcome).toBeNull()
  })
})

describe('a vote on paper', () => {
  const cast = async (more: Partial<VotePlan> = {}) => {
    const id = await planted(f, officer, { questions: approval, channel: 'paper', voters: roll(), ...more })
    await stepped(officer, id, 'announced')
    await stepped(officer, id, 'casting', { minutes: 1 })
    return id
  }

  it('is not closed, by nobody and no clock, before somebody says how many were present', async () => {
    const id = await cast()
    expect((await voteOf(officer, id)).until).toBeNull()
    expect((await step(officer, id, 'closed')).body).toMatchObject({ code: 'voting.present_impossible' })
    expect((await voteOf(officer, id)).state).toBe('casting')
    await stepped(officer, id, 'closed', { present: 4 })
  })

  it('is counted although the first officer has slipped: she counts again, and another one must agree', async () => {
    const id = await cast()
    await stepped(officer, id, 'closed', { present: 4 })
    const enter = (who: Client, body: object) => who.send('POST', `/votes/${id}/hand-counts`, body)
    expect((await enter(officer, counted(1, 3))).body).toMatchObject({ state: 'entered' })
    expect((await enter(second, counted(3, 1))).body).toMatchObject({ code: 'voting.counts_differ' })
    expect((await enter(officer, counted(1, 3))).body).toMatchObject({ code: 'voting.not_by_the_same' })
    expect((await enter(officer, counted(3, 1))).body).toMatchObject({ state: 'entered' })
    expect((await voteOf(officer, id)).state).toBe('closed')
    expect((await enter(second, counted(1, 3))).body).toMatchObject({ code: 'voting.counts_differ' })
    expect((await enter(second, counted(3, 1))).body).toMatchObject({ state: 'confirmed' })
    expect((await voteOf(officer, id)).outcome?.questions[0]?.options[0]).toMatchObject({ for: 3, against: 1 })
  })

  it('takes a corrected written opinion from whoever entered it, until it is confirmed', async () => {
    const id = await planted(f, officer, {
      questions: approval,
      channel: 'paper',
      voters: roll(),
      writtenOpinions: true,
    })
    const about = { questionId: 'q1', optionId: 'c1' }
    const enter = (who: Client, opinion: string) =>
      who.send('POST', `/votes/${id}/opinions`, { ...about, memberId: voter(3).id, opinion })
    const confirm = (who: Client, opinion: string) =>
      who.send('POST', `/votes/${id}/opinions/${voter(3).id}/confirm`, { ...about, opinion })
    expect((await enter(officer, 'for')).status).toBe(200)
    expect((await enter(second, 'against')).body).toMatchObject({ code: 'voting.opinion_exists' })
    expect((await enter(officer, 'against')).status).toBe(200)
    expect((await confirm(second, 'for')).body).toMatchObject({ code: 'voting.counts_differ' })
    expect((await confirm(second, 'against')).status).toBe(200)
    expect((await enter(officer, 'for')).body).toMatchObject({ code: 'voting.opinion_exists' })
    expect((await voteOf(officer, id)).opinions).toMatchObject([{ opinion: 'against', confirmed: true }])
  })
})
