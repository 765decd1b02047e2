import { randomInt } from 'node:crypto'
import {
  type BallotConfig,
  base64url,
  bytesOf,
  type Choice,
  holdCeremony,
  joinShares,
  type QuestionConfig,
  signConfig,
  signerOf,
} from '@tongxin/ballot'
import type { MyVote, VoteRecord } from '@tongxin/contract'
import { type Drawn, openDevice, random } from './ballot-voter.ts'
import type { Branch } from './branch-life.ts'
import type { Desk } from './desk.ts'
import type { Plan, Stage } from './staffing.ts'
import { at } from './virtual-time.ts'

/** How many draw in the vote that is over; one of them keeps the paper in the pocket. */
const VOTERS = 8
const THREE_DAYS = 3 * 24 * 60

/** `people`: full members who are in the branch by now and hold no post, in its order. */
type Place = {
  readonly stage: Stage
  readonly branch: Branch
  readonly people: Branch['people']
  readonly secretary: Desk
}
type Poll = { readonly title: string; readonly question: object }

/** A secret vote that was counted, with its public bundle, and one in which papers are being drawn. */
export async function holdSecretVotes(stage: Stage, plan: Plan): Promise<void> {
  const [branch] = plan.branches
  if (!branch) return
  const secretary = stage.desks.ofPost('branch_secretary', branch.id)
  // Phases go by the clock of the database, so nothing of these can be some days ago.
  await at(stage.now, async () => {
    const query = `orgId=${branch.id}&category=formal&status=normal&limit=100`
    const { rows } = await secretary<{ rows: { id: string }[] }>('GET', `/members?${query}`)
    const here = new Set(rows.map(({ id }) => id))
    const people = branch.people.filter(({ memberId }, n) => n > 4 && here.has(memberId))
    const place = { stage, branch, people, secretary }
    await heldVote(place)
    await openVote(place)
  })
}

async function heldVote(place: Place): Promise<void> {
  const { secretary } = place
  const { id, ceremony, config } = await announced(place, {
    title: '支部活动品牌名称表决',
    question: {
      kind: 'single',
      title: '用哪个名称作为支部活动品牌',
      seats: 1,
      writeIn: false,
      options: ['机械先锋', '匠心同行', '齿轮计划'].map((label, n) => ({ id: `n${n + 1}`, label, memberId: null })),
    },
  })
  const step = (to: string) => secretary('POST', `/votes/${id}/steps`, { to })
  await step('drawing')
  const boxes: (() => Promise<void>)[] = []
  for (const phone of phonesOf(place).slice(0, VOTERS)) boxes.push(await drawnOn(place, phone, id))
  await step('drawing_closed')
  await step('casting')
  // In another order than they were drawn.
  const mixed = boxes.slice(1).map((box) => ({ box, key: randomInt(2 ** 40) }))
  for (const { box } of mixed.sort((a, b) => a.key - b.key)) await box()
  await step('closed')
  const shares = [0, 2].map((n) => bytesOf(ceremony.secrets[n]?.share ?? ''))
  const privateKey = base64url(await joinShares(shares, config.election_key))
  await secretary('POST', `/votes/${id}/election-key`, { privateKey })
  await step('published')
}

async function openVote(place: Place): Promise<void> {
  const { people, secretary } = place
  const { id } = await announced(place, {
    title: '校级优秀共产党员人选推荐',
    question: {
      kind: 'approval',
      title: '推荐一名优秀共产党员',
      seats: 1,
      writeIn: true,
      options: people.slice(0, 2).map(({ name, memberId }, n) => ({ id: `c${n + 1}`, label: name, memberId })),
    },
  })
  await secretary('POST', `/votes/${id}/steps`, { to: 'drawing', minutes: THREE_DAYS })
  for (const phone of phonesOf(place).slice(-2)) await drawnOn(place, phone, id)
}

const phonesOf = ({ stage, people }: Place): Desk[] =>
  people.flatMap(({ memberId }) => stage.desks.ofMember(memberId) ?? [])

/** From the poll to the announcement; the ceremony of the trustees is held here, without a page of its own. */
async function announced({ branch, people, secretary }: Place, { title, question }: Poll) {
  const made = await secretary<{ id: string }>(
    'POST',
    '/votes',
    {
      orgId: branch.id,
      title,
      secrecy: 'secret',
      channel: 'electronic',
      quorumPercent: null,
      sharePercent: null,
      changeable: false,
      electorate: 'unit',
      probationary: false,
      questions: [{ id: 'q1', ...question }],
    },
    undefined,
    base64url(random(12)),
  )
  const duties = ['监票人', '计票人', '上级组织代表']
  const ceremony = await holdCeremony(
    people.slice(2, 5).map(({ name }, n) => ({ name, role: duties[n] ?? '' })),
    2,
    random,
  )
  const { config, electionId } = await secretary<{ config: string; electionId: string }>(
    'POST',
    `/votes/${made.id}/keys`,
    {
      encryptionKey: ceremony.electionKey,
      trustees: ceremony.trustees.map(({ name, role, key }) => ({ name, duty: role, publicKey: key })),
      threshold: ceremony.threshold,
    },
  )
  const signatures = ceremony.secrets.map(({ signingKey }, n) => ({
    publicKey: ceremony.trustees[n]?.key,
    signature: signConfig(electionId, signerOf(bytesOf(signingKey))),
  }))
  await secretary('POST', `/votes/${made.id}/signatures`, { signatures })
  await secretary('POST', `/votes/${made.id}/steps`, { to: 'announced' })
  return { id: made.id, ceremony, config: JSON.parse(config) as BallotConfig }
}

/** Draws on one phone. @returns what puts the ballot into the box */
async function drawnOn({ stage, secretary }: Place, phone: Desk, voteId: string): Promise<() => Promise<void>> {
  const mine = await phone<MyVote>('GET', `/my/votes/${voteId}`)
  const device = openDevice(JSON.parse(mine.config as string) as BallotConfig)
  const { papers } = await phone<{ papers: Drawn[] }>('POST', `/my/votes/${voteId}/draw`, { papers: device.papers })
  return async () => {
    const { castOrigin } = await secretary<VoteRecord>('GET', `/votes/${voteId}`)
    for (const ballot of device.ballots(papers, anyOne)) await putIn(stage, castOrigin as string, ballot)
  }
}

/** Most for the second one, now and then an abstention. */
function anyOne({ options }: QuestionConfig): Choice {
  const drawn = randomInt(10)
  if (drawn === 0) return { abstain: true }
  const chosen = options[drawn < 6 ? 1 : drawn % options.length] ?? options[0]
  return { picks: [chosen?.id ?? ''], write_ins: [] }
}

/** On the origin for casting, without anything that says who sends it. */
async function putIn({ app }: Stage, castOrigin: string, ballot: object): Promise<void> {
  const { publicOrigin } = app.http.platform
  const headers = { host: new URL(castOrigin).host, origin: publicOrigin, 'sec-fetch-site': 'cross-site' }
  const answer = await app.http.inject({ method: 'POST', url: '/api/v1/cast/ballots', headers, payload: ballot })
  if (answer.statusCode >= 300) throw new Error(`cast: ${answer.statusCode} ${answer.body}`)
}
