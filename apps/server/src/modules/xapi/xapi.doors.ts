import { COUNTING_VERBS, type LearningFact } from '@tongxin/domain/learning/fact'
import type { Actor, Db, Tx } from '../../platform/ctx.ts'
import { newId, publishAll } from '../../platform/events.ts'
import { homesOf } from '../members/index.ts'
import * as q from './queries/facts.queries.ts'
import { factIn, statementOf } from './xapi.facts.ts'

/** A request (`Ctx<Tx>`) or a reaction: the transaction that makes the fact true. */
export type StatingCtx = {
  readonly db: Tx
  readonly now: Date
} & ({ readonly actor: Pick<Actor, 'tenantId' | 'personId' | 'scope'> } | { readonly tenantId: string })

/**
 * States what members learned, in the caller's transaction. A fact is stated once per member, verb, activity and
 * registration: a repetition does nothing. Completed, passed and attended publish `xapi.stated`. Rights are the
 * caller's business.
 */
export async function stateFacts(ctx: StatingCtx, facts: readonly LearningFact[]): Promise<void> {
  if (facts.length === 0) return
  const by = 'actor' in ctx ? ctx.actor : { tenantId: ctx.tenantId, personId: null }
  const { tenantId } = by
  const homes = await homesOf(ctx, [...new Set(facts.map(({ memberId }) => memberId))])
  const rows = facts.map((fact) => {
    const home = homes.get(fact.memberId)
    if (!home) throw new Error(`no member record ${fact.memberId} to state a fact about`)
    const id = newId(ctx)
    return { id, home, fact, ...statementOf(fact, id, ctx.now) }
  })
  const stated = await q.insertFacts(ctx.db, { tenantId, now: ctx.now }, rows)
  const fresh = rows.filter(({ id }) => stated.has(id))
  await q.knowActivities(ctx.db, tenantId, fresh)
  const counting = fresh.filter(({ fact }) => (COUNTING_VERBS as readonly string[]).includes(fact.verb))
  await publishAll(
    ctx.db,
    { tenantId, now: ctx.now, actorId: by.personId },
    'xapi.stated',
    counting.map(({ id, home, fact: { memberId, verb, activity } }) => ({
      subject: { kind: 'statement', id, orgPath: home.orgPath, personId: home.personId },
      payload: { statementId: id, memberId, verb, kind: activity.kind, activityId: activity.id },
    })),
  )
}

/** The fact of a statement; null when it is not of our own authority, or was voided. */
export async function factOf(
  ctx: { readonly db: Db } & ({ readonly actor: Pick<Actor, 'tenantId'> } | { readonly tenantId: string }),
  statementId: string,
): Promise<LearningFact | null> {
  const tenantId = 'actor' in ctx ? ctx.actor.tenantId : ctx.tenantId
  const raw = await q.findOwnStatement(ctx.db, tenantId, statementId)
  return raw === undefined ? null : factIn(raw)
}
