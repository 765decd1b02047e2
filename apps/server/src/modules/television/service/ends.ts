import type { Tx } from '../../../platform/ctx.ts'
import { publishAll } from '../../../platform/events.ts'
import { type Airing, setAiring } from '../queries/airings.queries.ts'
import { peopleAt, strikeLate } from '../queries/presence.queries.ts'
import type { TelevisionPorts } from '../television.ports.ts'

/** Kept with the presence, as the reasons that people write are. */
const LATE_REASON = '停播后签到'

export type At = { readonly tenantId: string; readonly now: Date }
export const airingSubject = ({ id, orgPath }: Pick<Airing, 'id' | 'orgPath'>) => ({
  kind: 'television_airing',
  id,
  orgPath,
})

/** What somebody attended by sitting in the room: once for a programme, with the minutes of the programme. */
export const factOf = (airing: Pick<Airing, 'programmeId' | 'title' | 'seconds'>, memberId: string, at: Date) => ({
  memberId,
  verb: 'attended' as const,
  activity: { kind: 'programme' as const, id: airing.programmeId, name: airing.title },
  at,
  result: { completion: true, minutes: Math.max(1, Math.round(airing.seconds / 60)) },
})

/**
 * Ends an airing; when it was played to its end, it counts for everybody who was there. A set without a network tells
 * the end late: whoever came with a code after it is struck out, and comes back by the hand of the organiser alone.
 */
export async function endAiring(
  tx: Tx,
  { tenantId, now }: At,
  { stateFacts }: Pick<TelevisionPorts, 'stateFacts'>,
  airing: Airing,
  end: { readonly at: Date; readonly isWhole: boolean },
): Promise<void> {
  await setAiring(tx, tenantId, airing.id, { state: 'ended', ended_at: end.at, is_whole: end.isWhole })
  const late = { reason: LATE_REASON, at: now, since: end.at }
  const struck = await strikeLate(tx, { tenantId, airingId: airing.id }, late)
  await publishAll(
    tx,
    { tenantId, now },
    'television.presence_struck',
    struck.map(({ memberId, personId }) => ({
      subject: { ...airingSubject(airing), personId },
      payload: { memberId, title: airing.title },
    })),
  )
  const people = (await peopleAt(tx, tenantId, airing.id)).filter(({ struckReason }) => struckReason === null)
  if (end.isWhole)
    await stateFacts(
      { db: tx, now, tenantId },
      people.map(({ memberId }) => factOf(airing, memberId, end.at)),
    )
  const { setName, title, programmeId } = airing
  const payload = { setName, title, programmeId, isWhole: end.isWhole, present: people.length }
  await publishAll(tx, { tenantId, now }, 'television.ended', [{ subject: airingSubject(airing), payload }])
}

/** Nothing was heard of it any more. The set may still tell the end, when it is back. */
export const loseAiring = (tx: Tx, tenantId: string, airing: Airing): Promise<void> =>
  setAiring(tx, tenantId, airing.id, { state: 'lost', ended_at: airing.lastSeenAt })
