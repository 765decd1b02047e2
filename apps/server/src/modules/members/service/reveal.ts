import { type Input, memberRefusals, type Reply, type revealMemberField as revealContract } from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { lockPerson } from '../../access/index.ts'
import { REVEALS_PER_DAY, REVEALS_PER_HOUR } from '../members.policy.ts'
import { factsOf } from '../members.record.ts'
import * as history from '../queries/history.queries.ts'
import * as q from '../queries/records.queries.ts'

const HOUR = 3600_000

/** Shows one sensitive field: limited, written down, and told to the person concerned. */
export async function reveal(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof revealContract>,
): Promise<Reply<typeof revealContract>> {
  const record = await q.findRecord(ctx.db, ctx.actor, params.id)
  if (!record || record.deleted_at !== null) throw memberRefusals.not_found()
  const left = await allowLooks(ctx, 1)
  const value = factsOf(ctx.vault, record)[body.field] ?? null
  if (value === null) throw memberRefusals.nothing_there.at('/body/field')
  const look = {
    memberId: record.id,
    personId: record.person_id,
    orgPath: record.org_path,
    by: ctx.actor.personId,
    at: ctx.now,
    field: body.field,
    purpose: body.purpose,
  }
  await history.insertLook(ctx.db, ctx.actor.tenantId, { id: newId(ctx), ...look })
  await publish(
    ctx,
    'members.revealed',
    { kind: 'member', id: record.id, orgPath: record.org_path, personId: record.person_id },
    { memberId: record.id, field: body.field },
    { reason: body.purpose },
  )
  return { value, leftThisHour: left }
}

/** How many more may be revealed in this hour. @throws Refusal `members.reveal_limit` */
async function allowLooks(ctx: Ctx<Tx>, wanted: number): Promise<number> {
  // Requests of one person at the same time wait for each other here, so none slips past the limit.
  await lockPerson(ctx.db, ctx.actor.personId)
  const hour = await history.looksSince(ctx.db, ctx.actor, new Date(ctx.now.getTime() - HOUR))
  const day = await history.looksSince(ctx.db, ctx.actor, new Date(ctx.now.getTime() - 24 * HOUR))
  if (hour + wanted > REVEALS_PER_HOUR || day + wanted > REVEALS_PER_DAY) {
    const perDay = day + wanted > REVEALS_PER_DAY
    throw memberRefusals.reveal_limit({
      limit: perDay ? REVEALS_PER_DAY : REVEALS_PER_HOUR,
      hours: perDay ? 24 : 1,
      retryAfter: 3600,
    })
  }
  return REVEALS_PER_HOUR - hour - wanted
}
