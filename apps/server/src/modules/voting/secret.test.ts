import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Choice, verifyAcceptance } from '@tongxin/ballot'
import { verifyBundle } from '@tongxin/ballot-verifier'
import { BOARD_FILES } from '@tongxin/contract'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { openDevice } from '../../demo/ballot-voter.ts'
import { authenticatorOf } from '../../test/authenticator.ts'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'
import { plantMember } from '../../test/meeting-cases.ts'
import {
  announced,
  CAST_ORIGIN,
  cast,
  deviceOf,
  keyOf,
  makePoll,
  POLL,
  step,
  stepped,
  voteOf,
  votersOf,
} from '../../test/vote-cases.ts'
import { planted } from '../../test/vote-plans.ts'

let f: Fixture
let officer: Client
let voters: { id: string; client: Client }[]

beforeAll(async () => {
  // Passkeys belong to a domain, which an address is not.
  f = await openFixture({ CAST_ORIGIN, PUBLIC_ORIGIN: 'http://localhost:8080' })
  officer = await f.signIn('branch_secretary', 'teachers')
  voters = await votersOf(f, 6)
}, 60_000)

const A: Choice = { picks: ['a'], write_ins: [] }
const B: Choice = { picks: ['b'], write_ins: [] }
const client = (at: number): Client => voters[at]?.client as Client

describe('a secret vote', () => {
  it('cannot be announced before all trustees have signed', async () => {
    const id = await makePoll(f, officer)
    expect((await step(officer, id, 'announced')).body).toMatchObject({ code: 'voting.wrong_state' })
    const trustees = [0, 1].map((at) => ({
      name: `人${at}`,
      duty: '监票人',
      publicKey: `${'A'.repeat(41)}${'BC'[at]}A`,
    }))
    const few = await officer.send('POST', `/votes/${id}/keys`, {
      encryptionKey: 'A'.repeat(43),
      trustees,
      threshold: 3,
    })
    expect(few.body).toMatchObject({ code: 'voting.trustees_malformed' })
  })

  it('is drawn and cast in its phases only, and each paper once', async () => {
    const id = await makePoll(f, officer)
    const ceremony = await announced(officer, id)
    const device = deviceOf()
    expect((await device.draw(client(0), id)).body).toMatchObject({ code: 'voting.drawing_not_open' })
    await stepped(officer, id, 'drawing')
    const first = await device.draw(client(0), id)
    expect(first).toMatchObject({ status: 200 })
    expect((await device.draw(client(0), id)).body).toEqual(first.body)
    expect((await deviceOf().draw(client(0), id)).body).toMatchObject({ code: 'voting.already_drawn' })
    const ballot = await device.ballot(client(0), id, 'q1', A)
    expect((await cast(f, ballot)).body).toMatchObject({ code: 'voting.casting_not_open' })
    await stepped(officer, id, 'drawing_closed')
    expect((await deviceOf().draw(client(1), id)).body).toMatchObject({ code: 'voting.drawing_over' })
    // An answer that was lost can still be had.
    expect((await device.draw(client(0), id)).body).toEqual(first.body)
    await stepped(officer, id, 'casting')
    const other = await device.ballot(client(0), id, 'q1', B)
    const answers = await Promise.all(Array.from({ length: 100 }, () => cast(f, ballot)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(new Set(answers.map(({ body }) => body.signature)).size).toBe(1)
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from voting_hopper where vote_id = ${id}`.execute(f.admin)
    expect(rows[0]?.n).toBe(1)
    expect((await cast(f, other)).body).toMatchObject({
      code: 'voting.already_cast',
    })
    expect((await cast(f, { ...ballot, cast_sig: other.cast_sig })).body).toMatchObject({
      code: 'voting.token_wrong',
    })
    await f.admin
      .updateTable('voting_vote')
      .set({ until: sql`clock_timestamp() - interval '1 second'` })
      .where('id', '=', id)
      .execute()
    expect((await cast(f, ballot)).body).toMatchObject({ code: 'voting.casting_over' })
    await stepped(officer, id, 'closed')
    expect((await cast(f, ballot)).body).toMatchObject({ code: 'voting.casting_over' })
    const alone = await keyOf(ceremony, [0]).catch((error: Error) => error.message)
    expect(alone).toMatch(/share/i)
    const wrong = await officer.send('POST', `/votes/${id}/election-key`, { privateKey: 'A'.repeat(43) })
    expect(wrong.body).toMatchObject({ code: 'voting.election_key_wrong' })
  })

  it('shows no result by any way before the count, and one that a stranger can verify after it', async () => {
    const id = await makePoll(f, officer)
    const ceremony = await announced(officer, id)
    await stepped(officer, id, 'drawing')
    const devices = voters.map(() => deviceOf())
    for (const [at, device] of devices.entries())
      expect(await device.draw(client(at), id)).toMatchObject({ status: 200 })
    await stepped(officer, id, 'drawing_closed')
    const sealed = await sql<{
      n: number
    }>`select count(*)::int as n from voting_question where vote_id = ${id} and issuer_sealed is not null`.execute(
      f.admin,
    )
    expect(sealed.rows[0]?.n).toBe(0)
    await stepped(officer, id, 'casting')
    for (const [at, device] of devices.entries()) {
      const ballot = await device.ballot(client(at), id, 'q1', at < 4 ? A : at === 4 ? B : { abstain: true })
      const answer = await cast(f, ballot)
      expect(answer).toMatchObject({ status: 200 })
      const vote = await voteOf(officer, id)
      expect(verifyAcceptance(JSON.parse(vote.config as string), vote.electionId as string, answer.body as never)).toBe(
        true,
      )
      expect(vote).toMatchObject({ outcome: null, drawn: 6 })
    }
    for (const file of ['result.json', 'protocol.json', 'election_key.json'])
      expect((await officer.send('GET', `/votes/${id}/board/${file}`)).body).toMatchObject({
        code: 'voting.no_such_file',
      })
    await stepped(officer, id, 'closed')
    expect(
      (await officer.send('POST', `/votes/${id}/election-key`, { privateKey: await keyOf(ceremony) })).status,
    ).toBe(200)
    const vote = await voteOf(officer, id)
    expect(vote.outcome?.questions[0]).toMatchObject({ issued: 6, returned: 6, valid: 6, invalid: 0 })
    expect(vote.outcome?.questions[0]?.options.map((one) => one.for)).toEqual([4, 1])
    expect(vote.outcome?.verdicts[0]).toMatchObject({ passed: ['a'], tied: [] })
    expect(vote.outcome?.board?.words).toHaveLength(8)
    expect((await officer.send('POST', `/votes/${id}/recount`, {})).body).toEqual({ same: true })
    expect((await client(0).send<{ outcome: unknown }>('GET', `/my/votes/${id}`)).body.outcome).toBeNull()
    await stepped(officer, id, 'published')
    expect((await client(0).send<{ outcome: unknown }>('GET', `/my/votes/${id}`)).body.outcome).not.toBeNull()
    const dir = mkdtempSync(join(tmpdir(), 'bundle-'))
    for (const file of BOARD_FILES) {
      const got = await client(0).send<string>('GET', `/votes/${id}/board/${file}`)
      expect(got.status).toBe(200)
      writeFileSync(join(dir, file), got.body)
    }
    const verdict = await verifyBundle(dir)
    rmSync(dir, { recursive: true })
    expect(verdict).toEqual(expect.objectContaining({ valid: true }))
  })
})

describe('the keys of a secret vote', () => {
  const keys = {
    encryptionKey: 'A'.repeat(43),
    threshold: 2,
    trustees: [0, 1].map((at) => ({ name: `人${at}`, duty: '监票人', publicKey: `${'A'.repeat(41)}${at}A` })),
  }

  it('are not taken where ballots could not be cast apart from everything else', async () => {
    const alone = await openFixture()
    const secretary = await alone.signIn('branch_secretary', 'teachers')
    await plantMember(alone, 'teachers', '投票人')
    const id = await makePoll(alone, secretary)
    expect((await secretary.send('POST', `/votes/${id}/keys`, keys)).body).toMatchObject({
      code: 'voting.no_cast_origin',
    })
  })

  it('must be signed by each trustee over this very configuration', async () => {
    const id = await makePoll(f, officer)
    expect((await officer.send('POST', `/votes/${id}/keys`, keys)).status).toBe(200)
    expect((await step(officer, id, 'announced')).body).toMatchObject({ code: 'voting.signatures_missing' })
    const signatures = [{ publicKey: keys.trustees[0]?.publicKey, signature: 'A'.repeat(86) }]
    expect((await officer.send('POST', `/votes/${id}/signatures`, { signatures })).body).toMatchObject({
      code: 'voting.signature_wrong',
    })
  })
})

describe('drawing', () => {
  it('needs the passkey of whoever has one, over exactly these blinded values', async () => {
    const own = await plantMember(f, 'teachers', '有密钥的人')
    const id = await makePoll(f, officer)
    await announced(officer, id)
    await stepped(officer, id, 'drawing')
    const passkey = authenticatorOf(f.platform.publicOrigin)
    const options = await own.client.send<{ challenge: string }>('POST', '/me/passkeys/options', {})
    const added = await own.client.send('POST', '/me/passkeys', {
      label: '手机',
      answer: passkey.register(options.body),
    })
    expect(added).toMatchObject({ status: 200 })
    // A new factor renews the session.
    const cookie = String([added.headers['set-cookie']].flat()[0]).split(';')[0] as string
    const send = <T>(path: string, body: object) =>
      f.app.http
        .inject({ method: 'POST', url: `/api/v1/my/votes/${id}${path}`, headers: { cookie }, payload: body })
        .then((answer) => ({ status: answer.statusCode, body: answer.json() as T }))
    const config = JSON.parse((await voteOf(officer, id)).config as string)
    const { papers } = openDevice(config)
    expect((await send('/draw', { papers })).body).toMatchObject({ code: 'voting.passkey_needed' })
    const others = openDevice(config).papers
    const foreign = await send<{ options: { challenge: string } }>('/draw/options', { papers: others })
    const wrong = await send('/draw', { papers, assertion: passkey.show(foreign.body.options) })
    expect(wrong.body).toMatchObject({ code: 'access.passkey_refused' })
    const right = await send<{ options: { challenge: string } }>('/draw/options', { papers })
    expect((await send('/draw', { papers, assertion: passkey.show(right.body.options) })).status).toBe(200)
    const drawn = await client(0).send('GET', `/my/votes/${id}/drawn`)
    await f.deliver()
    const inbox = await f.app.http.inject({ method: 'GET', url: '/api/v1/my/notices', headers: { cookie } })
    const told = { kind: 'vote_drawn', facts: { title: '支部活动室命名' } }
    expect(inbox.json().rows).toContainEqual(expect.objectContaining(told))
    expect(drawn.body).toEqual({ rows: [{ name: '有密钥的人', way: 'electronic', byPasskey: true }] })
  })

  it('refuses values that are none, and ballots that are no ballots of this vote', async () => {
    const id = await makePoll(f, officer)
    await announced(officer, id)
    await stepped(officer, id, 'drawing')
    const short = { papers: [{ questionId: 'q1', blinded: 'AAAA' }] }
    expect((await client(0).send('POST', `/my/votes/${id}/draw`, short)).body).toMatchObject({
      code: 'voting.blinded_malformed',
    })
    const above = { papers: [{ questionId: 'q1', blinded: '_'.repeat(512) }] }
    expect((await client(0).send('POST', `/my/votes/${id}/draw`, above)).body).toMatchObject({
      code: 'voting.blinded_malformed',
    })
    const device = deviceOf()
    await device.draw(client(0), id)
    const ballot = await device.ballot(client(0), id, 'q1', A)
    expect((await cast(f, { ...ballot, ct: ballot.ct.slice(4) })).body).toMatchObject({ code: 'voting.cast_malformed' })
    const inHall = await planted(f, officer, {
      questions: POLL.questions as never,
      voters: voters.map(({ id, client }) => ({ memberId: id, personId: client.personId })),
      meetingId: id,
    })
    await stepped(officer, inHall, 'announced')
    await stepped(officer, inHall, 'casting')
    const choices = [{ questionId: 'q1', choice: { options: ['a'] } }]
    expect((await client(0).send('POST', `/my/votes/${inHall}/choices`, { choices })).body).toMatchObject({
      code: 'voting.not_checked_in',
    })
  })

  it('leaves no cookie, no session and no other page on the origin for casting', async () => {
    const host = new URL(CAST_ORIGIN).host
    const there = await f.app.http.inject({
      method: 'GET',
      url: '/api/v1/votes',
      headers: { host, cookie: client(0).cookie },
    })
    expect(there.statusCode).toBe(404)
    const here = await f.app.http.inject({ method: 'POST', url: '/api/v1/cast/ballots', payload: {} })
    expect(here.statusCode).toBe(404)
    const asked = await f.app.http.inject({
      method: 'OPTIONS',
      url: '/api/v1/cast/ballots',
      headers: { host, origin: f.platform.publicOrigin },
    })
    expect([
      asked.statusCode,
      asked.headers['access-control-allow-origin'],
      asked.headers['access-control-allow-credentials'],
    ]).toEqual([204, f.platform.publicOrigin, undefined])
    const other = await f.app.http.inject({
      method: 'POST',
      url: '/api/v1/cast/ballots',
      headers: { host, origin: 'http://evil.example' },
      payload: {},
    })
    expect(other.json()).toMatchObject({ code: 'request.cross_site' })
  })
})
