import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import {
  type BallotConfig,
  base64url,
  bytesOf,
  type Ceremony,
  type Choice,
  holdCeremony,
  joinShares,
  type QuestionConfig,
  signConfig,
  signerOf,
} from '@tongxin/ballot'
import { BOARD_FILES, type MyVote, type VoteRecord } from '@tongxin/contract'
import { type Drawn, openDevice, random } from './ballot-voter.ts'

/** A whole election through the HTTP interface, as officers, trustees and voters hold it together. */

export type Place = {
  readonly origin: string
  readonly orgId: string
  readonly officer: string
  readonly voters: readonly string[]
}

const TRIES = 20
const BUSY = 503

/** One request, sent again while the server says that it is busy; anything else but 200 is told with what it said. */
export async function ask<T>(url: string, cookie: string | null, body?: unknown): Promise<T> {
  const method = body === undefined ? 'GET' : 'POST'
  const headers = {
    ...(cookie === null ? {} : { cookie }),
    ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': base64url(random(16)) }),
  }
  const asked = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
  for (let attempt = 1; ; attempt += 1) {
    const answer = await fetch(url, asked)
    if (answer.status === 200) return (await answer.json()) as T
    const said = (await answer.text()).slice(0, 300)
    if (answer.status !== BUSY || attempt >= TRIES) throw new Error(`${method} ${url}: ${answer.status} ${said}`)
    await wait(1000)
  }
}

const POLL = {
  title: '支部委员会选举演示',
  secrecy: 'secret',
  channel: 'electronic',
  quorumPercent: 50,
  sharePercent: null,
  changeable: false,
  electorate: 'unit',
  probationary: false,
  questions: [
    {
      id: 'q1',
      kind: 'approval',
      title: '支部委员会委员（五选三）',
      seats: 3,
      writeIn: false,
      options: ['王一', '李二', '张三', '赵四', '陈五'].map((label, at) => ({
        id: `c${at + 1}`,
        label,
        memberId: null,
      })),
    },
  ],
}

export type Prepared = {
  readonly voteId: string
  readonly config: BallotConfig
  readonly ceremony: Ceremony
  readonly castOrigin: string
}
export const api = (place: Pick<Place, 'origin'>, path: string): string => `${place.origin}/api/v1${path}`

/** From the poll to the opened drawing. */
export async function prepareElection(place: Place): Promise<Prepared> {
  const { officer } = place
  const { id: voteId } = await ask<{ id: string }>(api(place, '/votes'), officer, { ...POLL, orgId: place.orgId })
  const people = ['监票人', '计票人', '上级代表'].map((role, at) => ({ role, name: `${role}${at + 1}` }))
  const ceremony = await holdCeremony(people, 2, random)
  const keyed = await ask<{ electionId: string; config: string }>(api(place, `/votes/${voteId}/keys`), officer, {
    encryptionKey: ceremony.electionKey,
    trustees: ceremony.trustees.map(({ name, role, key }) => ({ name, duty: role, publicKey: key })),
    threshold: ceremony.threshold,
  })
  const signatures = ceremony.secrets.map(({ signingKey }, at) => ({
    publicKey: ceremony.trustees[at]?.key,
    signature: signConfig(keyed.electionId, signerOf(bytesOf(signingKey))),
  }))
  await ask(api(place, `/votes/${voteId}/signatures`), officer, { signatures })
  await advance(place, voteId, 'announced')
  await advance(place, voteId, 'drawing')
  const { castOrigin } = await ask<VoteRecord>(api(place, `/votes/${voteId}`), officer)
  return { voteId, config: JSON.parse(keyed.config) as BallotConfig, ceremony, castOrigin: castOrigin as string }
}

export const advance = (place: Place, voteId: string, to: string): Promise<unknown> =>
  ask(api(place, `/votes/${voteId}/steps`), place.officer, { to })

/** Ballots of every kind: in favour of up to the seats, against others, now and then an abstention. */
export function anyChoice(question: QuestionConfig): Choice {
  if (randomInt(20) === 0) return { abstain: true }
  const mixed = question.options.map(({ id }) => ({ id, key: randomInt(1_000_000) })).sort((a, b) => a.key - b.key)
  const favoured = new Set(mixed.slice(0, 1 + randomInt(question.seats)).map(({ id }) => id))
  const rest = question.options.filter(({ id }) => !favoured.has(id) && randomInt(2) === 0)
  return {
    for: question.options.filter(({ id }) => favoured.has(id)).map(({ id }) => id),
    against: rest.map(({ id }) => id),
    write_ins: [],
  }
}

/** Does `work` for all items, a few at a time. */
export async function abreast<T>(
  items: readonly T[],
  most: number,
  work: (item: T, at: number) => Promise<void>,
): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: most }, async () => {
      for (let at = next++; at < items.length; at = next++) await work(items[at] as T, at)
    }),
  )
}

const ABREAST = 8

export const drawFor = async (
  place: Place,
  voteId: string,
  cookie: string,
  papers: unknown,
): Promise<readonly Drawn[]> =>
  (await ask<{ papers: Drawn[] }>(api(place, `/my/votes/${voteId}/draw`), cookie, { papers })).papers

export type Told = { readonly step: 'drawing' | 'casting' | 'counting'; readonly done: number; readonly of: number }

/**
 * Holds the election and gives the files of its public bundle. One voter in twenty draws and does not cast, so that
 * 发出 and 收回 differ as they do in life. Ballots are cast in another order than they were drawn.
 */
export async function holdElection(
  place: Place,
  tell: (told: Told) => void,
): Promise<{ readonly record: VoteRecord; readonly files: Readonly<Record<string, string>> }> {
  const election = await prepareElection(place)
  const { voteId, config, ceremony, castOrigin } = election
  const all = place.voters.length
  const boxes: (() => Promise<void>)[] = []
  let done = 0
  await abreast(place.voters, ABREAST, async (cookie) => {
    const mine = await ask<MyVote>(api(place, `/my/votes/${voteId}`), cookie)
    const device = openDevice(JSON.parse(mine.config as string) as BallotConfig)
    const drawn = await drawFor(place, voteId, cookie, device.papers)
    if (all === 1 || randomInt(20) > 0)
      boxes.push(async () => {
        for (const ballot of device.ballots(drawn, anyChoice))
          await ask(`${castOrigin}/api/v1/cast/ballots`, null, ballot)
      })
    done += 1
    if (done % 50 === 0) tell({ step: 'drawing', done, of: all })
  })
  await advance(place, voteId, 'drawing_closed')
  await advance(place, voteId, 'casting')
  const mixed = boxes.map((box) => ({ box, key: randomInt(2 ** 40) })).sort((a, b) => a.key - b.key)
  done = 0
  await abreast(mixed, ABREAST, async ({ box }) => {
    await box()
    done += 1
    if (done % 50 === 0) tell({ step: 'casting', done, of: mixed.length })
  })
  await advance(place, voteId, 'closed')
  tell({ step: 'counting', done: mixed.length, of: all })
  const shares = [0, 2].map((at) => bytesOf(ceremony.secrets[at]?.share ?? ''))
  const privateKey = base64url(await joinShares(shares, config.election_key))
  await ask(api(place, `/votes/${voteId}/election-key`), place.officer, { privateKey })
  await advance(place, voteId, 'published')
  const record = await ask<VoteRecord>(api(place, `/votes/${voteId}`), place.officer)
  return { record, files: await bundleFiles(place, voteId) }
}

async function bundleFiles(place: Place, voteId: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {}
  for (const file of BOARD_FILES) {
    const answer = await fetch(api(place, `/votes/${voteId}/board/${file}`), { headers: { cookie: place.officer } })
    if (answer.status !== 200) throw new Error(`${file}: ${answer.status}`)
    files[file] = await answer.text()
  }
  return files
}
