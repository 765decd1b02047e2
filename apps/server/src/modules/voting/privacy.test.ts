import { type BallotConfig, bytesOf, electionWords, nameId } from '@tongxin/ballot'
import type { MyVote, VoteRecord } from '@tongxin/contract'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import {
  announced,
  CAST_ORIGIN,
  cast,
  deviceOf,
  keyOf,
  makePoll,
  POLL,
  stepped,
  voteOf,
  votersOf,
} from '../../test/vote-cases.ts'
import { planted } from '../../test/vote-plans.ts'
import { hashPassword } from '../access/index.ts'
import { votingModule } from './index.ts'

let f: Fixture
let officer: Client
let second: Client
let voters: { id: string; personId: string; name: string; client: Client }[]

beforeAll(async () => {
  f = await openFixture({ CAST_ORIGIN })
  officer = await f.signIn('branch_secretary', 'teachers')
  second = await f.signIn('branch_officer', 'teachers')
  voters = await votersOf(f, 4)
}, 60_000)

const voter = (at: number) => voters[at] as (typeof voters)[number]
const keep = async () => {
  const [job] = votingModule({ checkedInAmong: async () => [] }).jobs ?? []
  await job?.run({ platform: f.platform, now: NOW, signal: new AbortController().signal })
}
/** A file of the board as somebody reads it whom nobody knows. */
const open = (electionId: string, file: string) =>
  f.app.http.inject({
    url: `/api/v1/cast/boards/${electionId}/${file}`,
    headers: { host: new URL(CAST_ORIGIN).host, origin: f.platform.publicOrigin, 'sec-fetch-site': 'cross-site' },
  })
const linesOf = async ({ electionId }: VoteRecord) =>
  (await open(electionId as string, 'leaves.jsonl')).payload.trimEnd().split('\n').length
const withCookie = (client: Client, cookie: string): Client => ({
  ...client,
  cookie,
  send: async (method, path, body) => {
    const payload = body === undefined ? {} : { payload: body }
    const answer = await f.app.http.inject({ method, url: `/api/v1${path}`, headers: { cookie }, ...payload })
    return { status: answer.statusCode, body: answer.json(), headers: answer.headers as never }
  },
})
const PICK_A = { picks: ['a'], write_ins: [] }

/** Papers drawn by the first of the voters; casting is open. */
async function drawnBy(count: number, more: object = {}) {
  const id = await makePoll(f, officer, more)
  const ceremony = await announced(officer, id)
  await stepped(officer, id, 'drawing')
  const devices = voters.slice(0, count).map(() => deviceOf())
  for (const [at, device] of devices.entries())
    expect(await device.draw(voter(at).client, id)).toMatchObject({ status: 200 })
  return { id, ceremony, devices }
}
const castingOf = async (id: string) => {
  await stepped(officer, id, 'drawing_closed')
  await stepped(officer, id, 'casting')
}

describe('names of those who may be written in', () => {
  const writeIn = { channel: 'mixed', questions: [{ ...POLL.questions[0], kind: 'several', seats: 2, writeIn: true }] }

  it('stand in no public file, are told to the roll alone, and are joined to the members by the count', async () => {
    const { id, ceremony, devices } = await drawnBy(2, writeIn)
    const vote = await voteOf(officer, id)
    const config = JSON.parse((await open(vote.electionId as string, 'config.json')).payload) as BallotConfig
    for (const { id, name } of voters) for (const told of [id, name]) expect(vote.config).not.toContain(told)
    for (const who of [officer, await f.signIn('member', 'students')])
      expect((await who.send('GET', `/my/votes/${id}/names`)).body).toMatchObject({ code: 'voting.not_found' })
    const byName = await makePoll(f, officer, { secrecy: 'named' })
    await stepped(officer, byName, 'announced')
    expect((await voter(0).client.send('GET', `/my/votes/${byName}/names`)).body).toMatchObject({
      code: 'voting.not_secret',
    })
    const { body } = await voter(0).client.send<{ rows: { id: string; name: string; salt: string }[] }>(
      'GET',
      `/my/votes/${id}/names`,
    )
    expect(body.rows.map((one) => nameId({ name: one.name, salt: bytesOf(one.salt) })).sort()).toEqual(
      config.questions[0]?.write_ins,
    )
    expect(body.rows.map(({ name }) => name).sort()).toEqual(voters.map(({ name }) => name))
    const chosen = body.rows.find(({ name }) => name === voter(3).name)?.id as string

    expect(await officer.send('POST', `/votes/${id}/papers`, { memberIds: [voter(2).id] })).toMatchObject({
      status: 200,
    })
    await castingOf(id)
    for (const [at, device] of devices.entries()) {
      const ballot = await device.ballot(voter(at).client, id, 'q1', { picks: [], write_ins: [chosen] })
      expect(await cast(f, ballot)).toMatchObject({ status: 200 })
    }
    await stepped(officer, id, 'closed')
    const paper = (memberId: string) => ({
      questionId: 'q1',
      issued: 1,
      returned: 1,
      valid: 1,
      invalid: 0,
      options: ['a', 'b'].map((optionId) => ({ optionId, for: 0, against: 0, abstain: 0 })),
      writtenIn: [{ memberId, votes: 1 }],
    })
    const stranger = await officer.send('POST', `/votes/${id}/hand-counts`, paper(id))
    expect(stranger.body).toMatchObject({
      code: 'voting.no_such_voter',
      fields: [{ field: '/body/writtenIn/0/memberId' }],
    })
    for (const who of [officer, second])
      expect((await who.send('POST', `/votes/${id}/hand-counts`, paper(voter(3).id))).status).toBe(200)
    const privateKey = await keyOf(ceremony)
    expect((await officer.send('POST', `/votes/${id}/election-key`, { privateKey })).status).toBe(200)
    expect((await voteOf(officer, id)).outcome?.questions[0]?.writtenIn).toEqual([
      { memberId: voter(3).id, name: voter(3).name, votes: 3 },
    ])
    expect((await officer.send('POST', `/votes/${id}/recount`, {})).body).toEqual({ same: true })
    const result = (await open(vote.electionId as string, 'result.json')).payload
    const protocol = (await open(vote.electionId as string, 'protocol.json')).payload
    for (const file of [result, protocol]) {
      expect(file).toContain(chosen)
      expect(file).not.toContain(voter(3).id)
    }
  })
})

describe('the board', () => {
  it('tells nobody how many have cast, and holds all ballots once casting is closed', async () => {
    const { id, devices } = await drawnBy(4)
    await castingOf(id)
    for (const [at, device] of devices.entries())
      expect(await cast(f, await device.ballot(voter(at).client, id, 'q1', PICK_A))).toMatchObject({ status: 200 })
    await keep()
    const vote = await voteOf(officer, id)
    expect(await linesOf(vote)).toBe(1)
    expect((await open(vote.electionId as string, 'checkpoint')).payload.split('\n')[1]).toBe('1')
    await stepped(officer, id, 'closed')
    expect(await linesOf(vote)).toBe(1 + 4)
    const { rows } = await sql`select 1 from voting_hopper where vote_id = ${id}`.execute(f.admin)
    expect(rows).toEqual([])
  })

  it('of a cancelled vote is gone, with every sealed ballot', async () => {
    const { id, devices } = await drawnBy(1)
    await castingOf(id)
    const ballot = await (devices[0] as (typeof devices)[number]).ballot(voter(0).client, id, 'q1', PICK_A)
    expect(await cast(f, ballot)).toMatchObject({ status: 200 })
    await stepped(officer, id, 'closed')
    const { electionId } = await voteOf(officer, id)
    expect((await officer.send('POST', `/votes/${id}/cancel`, { reason: '题目有误' })).status).toBe(200)
    const { rows } = await sql`select 1 from voting_leaf where vote_id = ${id}
      union all select 1 from voting_hopper where vote_id = ${id}`.execute(f.admin)
    expect(rows).toEqual([])
    expect((await open(electionId as string, 'checkpoint')).json()).toMatchObject({ code: 'voting.no_such_file' })
  })

  it('shows whoever draws the signatures of all trustees, and the desk the same words as the telephone', async () => {
    const id = await makePoll(f, officer)
    await announced(officer, id)
    const vote = await voteOf(officer, id)
    const mine = (await voter(0).client.send<MyVote>('GET', `/my/votes/${id}`)).body
    expect(vote.electionWords).toEqual(electionWords(mine.electionId as string))
    const [first = ''] = (await open(mine.electionId as string, 'leaves.jsonl')).payload.split('\n')
    expect(JSON.parse(first).signatures).toHaveLength(1 + vote.trustees.length)
  })
})

describe('drawing without a passkey', () => {
  it('is refused in a session of an hour ago until the password is shown again', async () => {
    const own = voter(1)
    const id = await makePoll(f, officer)
    await announced(officer, id)
    await stepped(officer, id, 'drawing')
    const password = '江湾晨跑绕湖三圈再吃早饭真好'
    await f.admin
      .updateTable('access_account')
      .set({ password_hash: await hashPassword(password) })
      .where('person_id', '=', own.personId)
      .execute()
    const hourAgo = new Date(NOW.getTime() - 3_600_000)
    await f.admin
      .updateTable('access_session')
      .set({ created_at: hourAgo, second_factor_at: null })
      .where('person_id', '=', own.personId)
      .execute()
    expect((await deviceOf().draw(own.client, id)).body).toMatchObject({ code: 'voting.proof_needed' })
    const wrong = await own.client.send('POST', '/session/password', { password: '不是这个密码不是这个密码' })
    expect(wrong.body).toMatchObject({ code: 'access.password_wrong', fields: [{ field: '/body/password' }] })
    const right = await own.client.send('POST', '/session/password', { password })
    expect(right).toMatchObject({ status: 200 })
    // The proof renews the session.
    const cookie = String([right.headers['set-cookie']].flat()[0]).split(';')[0] as string
    expect(await deviceOf().draw(withCookie(own.client, cookie), id)).toMatchObject({ status: 200 })
  })
})

describe('officers', () => {
  it('cannot find out by giving papers who has voted by name already', async () => {
    const id = await makePoll(f, officer, { secrecy: 'named', channel: 'mixed' })
    await stepped(officer, id, 'announced')
    const give = (at: number) => officer.send('POST', `/votes/${id}/papers`, { memberIds: [voter(at).id] })
    expect((await give(3)).status).toBe(200)
    await stepped(officer, id, 'casting')
    const choices = [{ questionId: 'q1', choice: { options: ['a'] } }]
    expect((await voter(0).client.send('POST', `/my/votes/${id}/choices`, { choices })).status).toBe(200)
    for (const at of [0, 2]) expect((await give(at)).body).toMatchObject({ code: 'voting.papers_over' })
    expect((await voteOf(officer, id)).can.givePaper).toBe(false)
  })

  it('leave a trace of every count that differs from the first', async () => {
    const id = await planted(f, officer, {
      questions: POLL.questions.map((question) => ({ ...question, options: [...question.options] })),
      channel: 'paper',
      voters: voters.map(({ id }) => ({ memberId: id, personId: null })),
    })
    await stepped(officer, id, 'announced')
    await stepped(officer, id, 'casting')
    await stepped(officer, id, 'closed', { present: 4 })
    const enter = (who: Client, forA: number) =>
      who.send('POST', `/votes/${id}/hand-counts`, {
        questionId: 'q1',
        issued: 4,
        returned: 4,
        valid: 4,
        invalid: 0,
        options: [
          { optionId: 'a', for: forA, against: 0, abstain: 0 },
          { optionId: 'b', for: 4 - forA, against: 0, abstain: 0 },
        ],
        writtenIn: [],
      })
    expect((await enter(officer, 3)).status).toBe(200)
    for (const guess of [1, 2])
      expect((await enter(second, guess)).body).toMatchObject({ code: 'voting.counts_differ' })
    const { rows } = await sql`select actor_id, payload from platform_event
      where type = 'voting.hand_count_differed' and subject_id = ${id}`.execute(f.admin)
    const seen = { actor_id: second.personId, payload: { voteId: id, questionId: 'q1' } }
    expect(rows).toEqual([seen, seen])
  })
})

describe('the electorate', () => {
  const kindsOf = async (at: number, id: string) => {
    await f.deliver()
    const { body } = await voter(at).client.send<{ rows: { kind: string; path: string }[] }>('GET', '/my/notices')
    return body.rows.filter(({ path }) => path === `/votes/${id}`).map(({ kind }) => kind)
  }

  it('hears when drawing opens, and a day before it ends if there is no paper yet; once each', async () => {
    const { id } = await drawnBy(1)
    expect((await kindsOf(0, id)).sort()).toEqual(['vote_drawing', 'vote_drawn'])
    expect(await kindsOf(2, id)).toEqual(['vote_drawing'])
    const ends = (hours: number) =>
      f.admin
        .updateTable('voting_vote')
        .set({
          until: sql`clock_timestamp() + make_interval(hours => ${hours})`,
          drawing_opened_at: sql`clock_timestamp() - interval '2 days'`,
        })
        .where('id', '=', id)
        .execute()
    await ends(30)
    await keep()
    expect(await kindsOf(2, id)).toEqual(['vote_drawing'])
    await ends(23)
    await keep()
    await keep()
    expect((await kindsOf(2, id)).sort()).toEqual(['vote_drawing', 'vote_drawing_ends'])
    expect((await kindsOf(0, id)).sort()).toEqual(['vote_drawing', 'vote_drawn'])
    await castingOf(id)
    expect(await kindsOf(0, id)).toContain('vote_casting')
    expect(await kindsOf(2, id)).not.toContain('vote_casting')
  })
})
