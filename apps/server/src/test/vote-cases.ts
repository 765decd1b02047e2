import { randomBytes } from 'node:crypto'
import {
  type BallotConfig,
  base64url,
  blindToken,
  bytesOf,
  type CastBody,
  type Ceremony,
  type Choice,
  castBody,
  electionIdOf,
  finalizeToken,
  holdCeremony,
  joinShares,
  newRecoveryCode,
  questionOf,
  signConfig,
  signerOf,
  tokenOf,
} from '@tongxin/ballot'
import type { MyVote, VoteRecord } from '@tongxin/contract'
import { expect } from 'vitest'
import type { Answer, Client, Fixture } from './fixture.ts'
import { type Member, plantMember } from './meeting-cases.ts'

export const CAST_ORIGIN = 'http://cast.example.cn'
export const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length))

export const POLL = {
  title: '支部活动室命名',
  secrecy: 'secret',
  channel: 'electronic',
  quorumPercent: null,
  sharePercent: null,
  changeable: false,
  electorate: 'unit',
  probationary: false,
  questions: [
    {
      id: 'q1',
      kind: 'single',
      title: '选一个名字',
      seats: 1,
      writeIn: false,
      options: [
        { id: 'a', label: '初心室', memberId: null },
        { id: 'b', label: '同心室', memberId: null },
      ],
    },
  ],
} as const

/** So many members of the branch `teachers`, each signed in. */
export async function votersOf(f: Fixture, count: number): Promise<Member[]> {
  const voters: Member[] = []
  for (let at = 0; at < count; at += 1) voters.push(await plantMember(f, 'teachers', `投票人${at}`))
  return voters
}

/** A request to the origin for casting, as a browser sends it from a page of the application. */
export async function cast<T = { leaf: string; signature: string }>(f: Fixture, body: unknown): Promise<Answer<T>> {
  const answer = await f.app.http.inject({
    method: 'POST',
    url: '/api/v1/cast/ballots',
    headers: { host: new URL(CAST_ORIGIN).host, origin: f.platform.publicOrigin, 'sec-fetch-site': 'cross-site' },
    payload: body as object,
  })
  return { status: answer.statusCode, body: answer.json(), headers: answer.headers as Answer['headers'] }
}

export async function makePoll(f: Fixture, officer: Client, more: object = {}): Promise<string> {
  const made = await officer.send<{ id: string }>(
    'POST',
    '/votes',
    { ...POLL, orgId: f.orgs.teachers.id, ...more },
    { 'idempotency-key': base64url(random(12)) },
  )
  expect(made).toMatchObject({ status: 200 })
  return made.body.id
}

export const step = (officer: Client, voteId: string, to: string, more: object = {}) =>
  officer.send<{ state: string }>('POST', `/votes/${voteId}/steps`, { to, ...more })

export async function stepped(officer: Client, voteId: string, to: string, more: object = {}): Promise<void> {
  expect(await step(officer, voteId, to, more)).toMatchObject({ status: 200 })
}

/** Trustees hold their ceremony, everybody signs, the vote is announced. */
export async function announced(officer: Client, voteId: string): Promise<Ceremony> {
  const people = ['监票人', '计票人', '上级代表'].map((role, at) => ({ role, name: `人员${at}` }))
  const ceremony = await holdCeremony(people, 2, random)
  const keyed = await officer.send<{ electionId: string }>('POST', `/votes/${voteId}/keys`, {
    encryptionKey: ceremony.electionKey,
    trustees: ceremony.trustees.map(({ name, role, key }) => ({ name, duty: role, publicKey: key })),
    threshold: 2,
  })
  expect(keyed).toMatchObject({ status: 200 })
  const signatures = ceremony.secrets.map(({ signingKey }, at) => ({
    publicKey: ceremony.trustees[at]?.key,
    signature: signConfig(keyed.body.electionId, signerOf(bytesOf(signingKey))),
  }))
  const signed = await officer.send('POST', `/votes/${voteId}/signatures`, { signatures })
  expect(signed).toMatchObject({ status: 200 })
  await stepped(officer, voteId, 'announced')
  return ceremony
}

/** A voter's device: it remembers nothing but the recovery code. */
export function deviceOf(code = newRecoveryCode(random)) {
  const configOf = async (client: Client, voteId: string) => {
    const { body } = await client.send<MyVote>('GET', `/my/votes/${voteId}`)
    return JSON.parse(body.config as string) as BallotConfig
  }
  const draw = async (client: Client, voteId: string) => {
    const config = await configOf(client, voteId)
    const id = electionIdOf(config)
    const papers = config.questions.map((question) => ({
      questionId: question.id,
      blinded: base64url(blindToken(tokenOf(code, id, question.id), question.issuer_key)),
    }))
    return client.send<{ papers: { questionId: string; blindSignature: string }[] }>(
      'POST',
      `/my/votes/${voteId}/draw`,
      {
        papers,
      },
    )
  }
  const ballot = async (client: Client, voteId: string, questionId: string, choice: Choice): Promise<CastBody> => {
    const config = await configOf(client, voteId)
    const drawn = await client.send<MyVote>('GET', `/my/votes/${voteId}`)
    const paper = drawn.body.papers.find((one) => one.questionId === questionId)
    const token = tokenOf(code, electionIdOf(config), questionId)
    const { issuer_key } = questionOf(config, questionId)
    const tokenSignature = finalizeToken(token, issuer_key, bytesOf(paper?.blindSignature ?? ''))
    return castBody(config, { token, tokenSignature, choice }, random)
  }
  return { code, draw, ballot }
}

export const keyOf = async (ceremony: Ceremony, which: readonly number[] = [0, 2]): Promise<string> =>
  base64url(
    await joinShares(
      which.map((at) => bytesOf(ceremony.secrets[at]?.share ?? '')),
      ceremony.electionKey,
    ),
  )

export const voteOf = async (officer: Client, voteId: string): Promise<VoteRecord> =>
  (await officer.send<VoteRecord>('GET', `/votes/${voteId}`)).body
