import { type CheckInReply, type checkIn, meetingsRefusals as refusals, requestRefusals } from '@tongxin/contract'
import { cacheOf } from '../../../platform/cache.ts'
import type { GroupedAsk } from '../../../platform/http.ts'
import type { Platform } from '../../../platform/platform.ts'
import { type CodeKey, type Reading, readCode } from '../../../platform/rotating-codes.ts'
import { tenantOf } from '../../../platform/tenants.ts'
import { inBatchedTransaction } from '../../../platform/transaction.ts'
import { triesOf } from '../../../platform/tries.ts'
import { hintsOfSessions, provedPersons, provingSessions, type SessionHint } from '../../access/index.ts'
import { windowOf } from '../meetings.policy.ts'
import * as q from '../queries/check-ins.queries.ts'
import { notTakenLater } from './later.ts'

type Ask = GroupedAsk<typeof checkIn>
type Answer = CheckInReply | Error
type Read = {
  readonly ask: Ask
  readonly at: number
  readonly hash: string
  readonly reading: Extract<Reading, { ok: true }>
}

/** Six figures can be guessed; ten wrong ones in five minutes end it. Kept per session and meeting, in this process. */
const wrong = triesOf(10, 5)

export type CheckInServer = { readonly vault: Pick<Platform['vault'], 'derive'> }
export const checkInKey = ({ vault }: CheckInServer): CodeKey => vault.derive('meetings.check-in')

/**
 * A group of people says "I am here": codes are read, sessions proved, rows written and counted in one transaction per
 * tenant. Nobody is answered before the commit, nobody is written twice: who is there already gets the same answer.
 */
export async function checkInGroup(platform: Platform, asks: readonly Ask[]): Promise<Answer[]> {
  const answers: (Answer | undefined)[] = new Array(asks.length)
  const key = checkInKey(platform)
  const read = asks.flatMap((ask, at): Read[] => {
    const outcome = readOne(key, ask)
    if (outcome instanceof Error) {
      answers[at] = outcome
      return []
    }
    return [{ ask, at, hash: ask.sessionHash.toString('hex'), reading: outcome }]
  })
  if (read.length > 0) {
    const hints = await hintsOfSessions(
      platform.pool,
      read.map(({ ask }) => ask.sessionHash),
    )
    const byTenant = Map.groupBy(read, ({ hash }) => hints.get(hash)?.tenantId)
    for (const [tenantId, group] of byTenant) {
      if (tenantId === undefined) for (const { at } of group) answers[at] = requestRefusals.signed_out()
      else for (const [at, answer] of await checkInTenant(platform, tenantId, group, hints)) answers[at] = answer
    }
    platform.wake()
  }
  return answers.map((answer) => answer ?? requestRefusals.signed_out())
}

function readOne(key: CodeKey, { input, now, sessionHash }: Ask): Extract<Reading, { ok: true }> | Error {
  const id = `${sessionHash.toString('latin1')}${input.params.id}`
  if (wrong.isOver(id)) return refusals.too_many_tries({ minutes: wrong.minutes })
  const reading = readCode(
    key,
    input.params.id,
    input.body.code,
    now,
    input.body.capturedAt ? new Date(input.body.capturedAt) : null,
  )
  if (reading.ok) return reading
  if (reading.reason === 'code_wrong') wrong.count(id)
  return refusals[reading.reason]({}, [{ field: '/body/code', code: `meetings.${reading.reason}` }])
}

type Settled = { readonly answers: ReadonlyMap<number, Answer>; readonly overtaken: readonly Read[] }

/** How often somebody may be overtaken: by himself on another telephone, or by the end of the meeting. */
const MOST_OVERTAKEN = 3

async function checkInTenant(
  platform: Platform,
  tenantId: string,
  group: readonly Read[],
  hints: ReadonlyMap<string, SessionHint>,
): Promise<Map<number, Answer>> {
  const answers = new Map<number, Answer>()
  const late = group.flatMap(({ ask, reading }) =>
    reading.submittedLater ? [{ meetingId: ask.input.params.id, at: reading.at }] : [],
  )
  const atOnceOnly = await notTakenLater(platform, { tenantId, scope: await scopeOf(platform, tenantId) }, late)
  let left = group
  for (let turn = 0; left.length > 0 && turn <= MOST_OVERTAKEN; turn += 1) {
    const settled = await settle(platform, tenantId, left, { hints, atOnceOnly })
    for (const [at, answer] of settled.answers) answers.set(at, answer)
    left = settled.overtaken
  }
  for (const { at } of left) answers.set(at, refusals.not_found())
  return answers
}

/**
 * Two round trips: sessions and people are read in one, what is decided is written with the commit. The counts are
 * locked only with the writing, so several groups are decided at once and queue for the writing alone, in the
 * database. Whoever was overtaken between the two is not written and is to be settled again.
 */
async function settle(
  platform: Platform,
  tenantId: string,
  group: readonly Read[],
  { hints, atOnceOnly }: { hints: ReadonlyMap<string, SessionHint>; atOnceOnly: ReadonlySet<string> },
): Promise<Settled> {
  const now = platform.clock()
  const meetingIds = group.map(({ ask }) => ask.input.params.id)
  const personIds = group.map(({ hash }) => hints.get(hash)?.personId ?? null)
  const hashes = group.map(({ ask }) => ask.sessionHash)
  const reads = [
    q.PLAN_ANEW,
    provingSessions(tenantId, hashes, now),
    q.findingArrivals(tenantId, meetingIds, 'person_id', personIds),
  ]
  return inBatchedTransaction(platform, { tenantId, scope: await scopeOf(platform, tenantId) }, reads, (rows) => {
    const persons = provedPersons(rows[1])
    const found = (rows[2]?.rows ?? []) as q.Arrival[]
    const called = new Map(found.map((row) => [`${row.meetingId}/${row.personId}`, row]))
    const answers = new Map<number, Answer>()
    const fresh: Fresh[] = []
    for (const one of group) {
      const person = persons.get(one.hash)
      const arrival = called.get(`${one.ask.input.params.id}/${person}`)
      if (person === undefined) answers.set(one.at, requestRefusals.signed_out())
      else if (!arrival) answers.set(one.at, refusals.not_called())
      else {
        const answer = answerNow(arrival, one.reading, atOnceOnly)
        if (answer) answers.set(one.at, answer)
        else fresh.push({ one, arrival, row: freshRow(arrival, one.reading) })
      }
    }
    if (fresh.length === 0) return { statements: [], result: { answers, overtaken: [] } }
    // Somebody who asks twice in one group comes once.
    const rowsToWrite = [...new Map(fresh.map(({ row }) => [keyOf(row), row])).values()]
    const statements = [
      q.lockingCounts(tenantId, meetingIds),
      q.writingCheckIns(tenantId, rowsToWrite, now, { states: STATES, by: null }),
    ]
    return { statements, result: (written) => concluded(answers, fresh, (written[1]?.rows ?? []) as q.Written[]) }
  })
}

type Fresh = { readonly one: Read; readonly arrival: q.Arrival; readonly row: q.NewCheckIn }
const keyOf = (row: { meetingId: string; memberId: string }): string => `${row.meetingId}/${row.memberId}`

function concluded(answers: Map<number, Answer>, fresh: readonly Fresh[], written: readonly q.Written[]): Settled {
  const ordinals = new Map(written.map((row) => [keyOf(row), row.ordinal]))
  const overtaken: Read[] = []
  for (const { one, row } of fresh) {
    const ordinal = ordinals.get(keyOf(row))
    if (ordinal === undefined) overtaken.push(one)
    else answers.set(one.at, replyOf(ordinal, row))
  }
  return { answers, overtaken }
}

/** The path of a tenant changes with a reorganisation of the whole; a burst need not ask for it each time. */
const scopes = cacheOf<string>(1000, { ttl: 10_000 })
async function scopeOf(platform: Platform, tenantId: string): Promise<string> {
  const known = scopes.get(tenantId)
  if (known !== undefined) return known
  const { path } = await tenantOf(platform.db, tenantId)
  scopes.set(tenantId, path)
  return path
}

/** What can be said without writing: a refusal, or the answer that was given before. */
function answerNow(arrival: q.Arrival, reading: Read['reading'], atOnceOnly: ReadonlySet<string>): Answer | null {
  if (arrival.struckReason !== null) return refusals.struck_out({ why: arrival.struckReason })
  if (arrival.ordinal === null) {
    const isTooOld = reading.submittedLater && atOnceOnly.has(arrival.meetingId)
    return refusalOf(arrival, reading.at) ?? (isTooOld ? refusals.at_once_only() : null)
  }
  return replyOf(arrival.ordinal, {
    capturedAt: arrival.capturedAt ?? reading.at,
    late: arrival.late ?? false,
    submittedLater: arrival.submittedLater ?? false,
  })
}

function freshRow(arrival: q.Arrival, reading: Read['reading']): q.NewCheckIn {
  return {
    meetingId: arrival.meetingId,
    memberId: arrival.memberId,
    personId: arrival.personId,
    part: arrival.part,
    way: reading.way,
    capturedAt: reading.at,
    late: reading.at > arrival.startsAt,
    submittedLater: reading.submittedLater,
  }
}

const replyOf = (ordinal: number, row: Pick<q.NewCheckIn, 'capturedAt' | 'late' | 'submittedLater'>): CheckInReply => ({
  ordinal,
  at: row.capturedAt.toISOString(),
  late: row.late,
  submittedLater: row.submittedLater,
})

/** In which states somebody may still say that he is there. */
const STATES: readonly string[] = ['noticed', 'in_progress', 'record_pending']

function refusalOf(arrival: q.Arrival, at: Date): Error | null {
  if (arrival.part === 'left_out') return refusals.left_out()
  const { opensAt, closesAt } = windowOf(arrival)
  if (!STATES.includes(arrival.state)) return refusals.wrong_state({ state: arrival.state })
  if (at < opensAt) return refusals.too_early({ opensAt: opensAt.toISOString() })
  if (at > closesAt) return refusals.too_late({ closesAt: closesAt.toISOString() })
  return null
}
