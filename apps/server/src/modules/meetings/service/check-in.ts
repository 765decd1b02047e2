import { type CheckInReply, type checkIn, meetingsRefusals as refusals, requestRefusals } from '@tongxin/contract'
import { LRUCache } from 'lru-cache'
import { publishing } from '../../../platform/events.ts'
import type { GroupedAsk } from '../../../platform/http.ts'
import type { Platform } from '../../../platform/platform.ts'
import { tenantOf } from '../../../platform/tenants.ts'
import { inBatchedTransaction } from '../../../platform/transaction.ts'
import { hintsOfSessions, provedPersons, provingSessions, type SessionHint } from '../../access/index.ts'
import { type CodeKey, type Reading, readCode } from '../meetings.codes.ts'
import { windowOf } from '../meetings.policy.ts'
import * as q from '../queries/check-ins.queries.ts'

type Ask = GroupedAsk<typeof checkIn>
type Answer = CheckInReply | Error
type Read = {
  readonly ask: Ask
  readonly at: number
  readonly hash: string
  readonly reading: Extract<Reading, { ok: true }>
}

/** Six figures can be guessed; ten wrong ones in five minutes end it. Kept per session and meeting, in this process. */
const MOST_WRONG = 10
const WRONG_MS = 5 * 60_000
const wrong = new LRUCache<string, number>({ max: 50_000, ttl: WRONG_MS, noUpdateTTL: true })

export const checkInKey = (platform: Pick<Platform, 'vault'>): CodeKey => platform.vault.derive('meetings.check-in')

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
      platform.db,
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
  const tries = wrong.get(id) ?? 0
  if (tries >= MOST_WRONG) return refusals.too_many_tries({ minutes: WRONG_MS / 60_000 })
  const reading = readCode(
    key,
    input.params.id,
    input.body.code,
    now,
    input.body.capturedAt ? new Date(input.body.capturedAt) : null,
  )
  if (reading.ok) return reading
  if (reading.reason === 'code_wrong') wrong.set(id, tries + 1)
  return refusals[reading.reason]({}, [{ field: '/body/code', code: `meetings.${reading.reason}` }])
}

/** Two round trips: sessions, counts and people are read and locked in one, what is decided is written with the commit. */
async function checkInTenant(
  platform: Platform,
  tenantId: string,
  group: readonly Read[],
  hints: ReadonlyMap<string, SessionHint>,
): Promise<Map<number, Answer>> {
  const now = platform.clock()
  const meetingIds = group.map(({ ask }) => ask.input.params.id)
  const personIds = group.map(({ hash }) => hints.get(hash)?.personId ?? null)
  const reads = [
    q.PLAN_ANEW,
    provingSessions(
      tenantId,
      group.map(({ ask }) => ask.sessionHash),
      now,
    ),
    q.lockingCounts(tenantId, meetingIds),
    q.findingArrivals(tenantId, meetingIds, 'person_id', personIds),
  ]
  return inBatchedTransaction(platform, { tenantId, scope: await scopeOf(platform, tenantId) }, reads, (rows) => {
    const persons = provedPersons(rows[1])
    const counts = new Map((rows[2]?.rows as q.Counted[] | undefined)?.map((row) => [row.meetingId, row]))
    const found = (rows[3]?.rows ?? []) as q.Arrival[]
    const called = new Map(found.map((row) => [`${row.meetingId}/${row.personId}`, row]))
    const answers = new Map<number, Answer>()
    const fresh: q.NewCheckIn[] = []
    for (const one of group) {
      const meetingId = one.ask.input.params.id
      const person = persons.get(one.hash)
      const arrival = called.get(`${meetingId}/${person}`)
      if (person === undefined) answers.set(one.at, requestRefusals.signed_out())
      else answers.set(one.at, arrival ? arrive(arrival, one, counts.get(meetingId), fresh) : refusals.not_called())
    }
    const statements =
      fresh.length === 0
        ? []
        : [
            ...q.insertingCheckIns(tenantId, fresh, now, null),
            publishing({ tenantId, now }, 'meetings.checked_in', arrivalFacts(fresh)),
          ]
    return { statements, result: answers }
  })
}

/** The path of a tenant changes with a reorganisation of the whole; a burst need not ask for it each time. */
const scopes = new LRUCache<string, string>({ max: 1000, ttl: 10_000 })
async function scopeOf(platform: Platform, tenantId: string): Promise<string> {
  const known = scopes.get(tenantId)
  if (known !== undefined) return known
  const { path } = await tenantOf(platform.db, tenantId)
  scopes.set(tenantId, path)
  return path
}

/** Decides one arrival; a new one goes to `fresh` and is remembered on the row, so that a repetition in the group finds it. */
function arrive(arrival: q.Arrival, { reading }: Read, count: q.Counted | undefined, fresh: q.NewCheckIn[]): Answer {
  if (arrival.struckReason !== null) return refusals.struck_out({ why: arrival.struckReason })
  if (arrival.ordinal === null) {
    const refused = refusalOf(arrival, reading.at)
    if (refused || !count) return refused ?? refusals.not_found()
    count.arrived += 1
    arrival.ordinal = count.arrived
    arrival.capturedAt = reading.at
    arrival.late = reading.at > arrival.startsAt
    arrival.submittedLater = reading.submittedLater
    fresh.push({
      meetingId: arrival.meetingId,
      memberId: arrival.memberId,
      personId: arrival.personId,
      orgPath: count.orgPath,
      ordinal: arrival.ordinal,
      part: arrival.part,
      way: reading.way,
      capturedAt: reading.at,
      late: arrival.late,
      submittedLater: reading.submittedLater,
    })
  }
  return {
    ordinal: arrival.ordinal,
    at: (arrival.capturedAt ?? reading.at).toISOString(),
    late: arrival.late ?? false,
    submittedLater: arrival.submittedLater ?? false,
  }
}

function refusalOf(arrival: q.Arrival, at: Date): Error | null {
  if (arrival.part === 'left_out') return refusals.left_out()
  const { opensAt, closesAt } = windowOf(arrival)
  const wasSubmitted =
    arrival.state === 'noticed' || arrival.state === 'in_progress' || arrival.state === 'record_pending'
  if (!wasSubmitted) return refusals.wrong_state({ state: arrival.state })
  if (at < opensAt) return refusals.too_early({ opensAt: opensAt.toISOString() })
  if (at > closesAt) return refusals.too_late({ closesAt: closesAt.toISOString() })
  return null
}

/** One event per meeting for the whole group: the screen reads again once, not a thousand times. */
export function arrivalFacts(fresh: readonly q.NewCheckIn[]) {
  return [...Map.groupBy(fresh, ({ meetingId }) => meetingId)].map(([meetingId, rows]) => ({
    subject: { kind: 'meeting', id: meetingId, orgPath: rows[0]?.orgPath ?? '' },
    payload: { memberIds: rows.map(({ memberId }) => memberId), way: rows[0]?.way ?? 'scanned' },
  }))
}
