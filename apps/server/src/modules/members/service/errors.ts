import {
  type answerMemberError as answerContract,
  type closeMemberError as closeContract,
  type decideErrorAppeal as decideContract,
  errorRefusals,
  type handleMemberError as handleContract,
  type Input,
  memberRefusals,
  type Reply,
  type reportMemberError as reportContract,
} from '@tongxin/contract'
import type { MemberField } from '@tongxin/domain/members/fields'
import { normaliseFacts } from '@tongxin/domain/members/normalise'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { factsOf } from '../members.record.ts'
import * as q from '../queries/errors.queries.ts'
import { findRecord, lockRecord, type StoredMember } from '../queries/records.queries.ts'

type Done = Reply<typeof handleContract>
const place = (id: string) => ({ table: 'members_error', column: 'values', rowId: id })

/** Both values of an error: what the record said and what is right. */
export function errorValues(ctx: Pick<Ctx, 'vault'>, error: { id: string; values: Buffer }) {
  return JSON.parse(ctx.vault.open(place(error.id), error.values)) as { wrong: string | null; right: string }
}

export type Report = {
  readonly memberId: string
  readonly field: MemberField
  readonly rightValue: string
  readonly foundHow: 'reading' | 'sample' | 'person' | 'statement'
  readonly effect: 'none' | 'statistics' | 'standing' | 'rights'
  readonly note: string
}

/** Writes down an error with the hands it went through; nothing in the record changes by it. */
export async function addError(ctx: Ctx<Tx>, report: Report): Promise<{ id: string; isNew: boolean }> {
  const record = await lockRecord(ctx.db, ctx.actor, report.memberId)
  if (!record || record.deleted_at !== null) throw memberRefusals.not_found.at('/body/memberId')
  const right = rightOf(ctx, record, report)
  const open = await q.openErrorOf(ctx.db, ctx.actor.tenantId, record.id, report.field)
  if (open !== undefined) return { id: open, isNew: false }
  const id = newId(ctx)
  const { hands, changeId } = await handsOf(ctx, record.id, report.field)
  const at = ctx.now.toISOString()
  await q.insertError(ctx.db, ctx.actor.tenantId, {
    id,
    memberId: record.id,
    personId: record.person_id,
    orgId: record.org_id,
    orgPath: record.org_path,
    field: report.field,
    foundHow: report.foundHow,
    note: report.note,
    effect: report.effect,
    values: ctx.vault.seal(
      place(id),
      JSON.stringify({ wrong: factsOf(ctx.vault, record)[report.field] ?? null, right }),
      ctx.now,
    ),
    changeId,
    hands,
    steps: [{ step: 'found', by: ctx.actor.personId, at, text: report.note }],
    by: ctx.actor.personId,
    at: ctx.now,
  })
  await publish(
    ctx,
    'members.error_found',
    { kind: 'member', id: record.id, orgPath: record.org_path },
    { errorId: id, memberId: record.id, orgId: record.org_id, field: report.field, foundHow: report.foundHow },
  )
  return { id, isNew: true }
}

function rightOf(ctx: Ctx, record: StoredMember, report: Report): string {
  const { facts, faults } = normaliseFacts({ [report.field]: report.rightValue }, todayOf(ctx.now))
  const fault = faults[0]
  if (fault) throw memberRefusals.field_wrong({}, [{ field: '/body/rightValue', code: `members.${fault.reason}` }])
  const right = facts[report.field] ?? ''
  if (right === '' || right === (factsOf(ctx.vault, record)[report.field] ?? ''))
    throw errorRefusals.value_right.at('/body/rightValue')
  return right
}

async function handsOf(
  ctx: Ctx<Tx>,
  memberId: string,
  field: string,
): Promise<{ hands: q.Hand[]; changeId: string | null }> {
  const last = await q.lastHands(ctx.db, ctx.actor.tenantId, memberId, field)
  if (!last) return { hands: [], changeId: null }
  if (last.changeId === null)
    return { hands: [{ link: 'entry', personId: last.madeBy, at: last.at.toISOString() }], changeId: null }
  const steps = [
    { link: 'entry' as const, personId: last.entryBy, at: last.entryAt },
    { link: 'first' as const, personId: last.firstBy, at: last.firstAt },
    { link: 'second' as const, personId: last.secondBy, at: last.secondAt },
  ]
  return {
    hands: steps.flatMap(({ at, ...hand }) => (at === null ? [] : [{ ...hand, at: at.toISOString() }])),
    changeId: last.changeId,
  }
}

/** Reports an error that was found on reading, told by the person, or stated by a higher level. */
export async function reportError(
  ctx: Ctx<Tx>,
  { body }: Input<typeof reportContract>,
): Promise<Reply<typeof reportContract>> {
  const { id, isNew } = await addError(ctx, body)
  if (!isNew) throw errorRefusals.already_open.at('/body/field')
  return { id, state: 'open', version: 1 }
}

async function locked(ctx: Ctx<Tx>, id: string, states: readonly string[]): Promise<q.StoredError> {
  const error = await q.lockError(ctx.db, ctx.actor, id)
  if (!error) throw errorRefusals.not_found()
  if (!states.includes(error.state)) throw errorRefusals.wrong_state({ state: error.state })
  return error
}

async function step(
  ctx: Ctx<Tx>,
  error: q.StoredError,
  patch: q.ErrorPatch,
  said: { step: string; text: string },
): Promise<Done> {
  const done = { ...said, by: ctx.actor.personId, at: ctx.now.toISOString() }
  await q.setError(ctx.db, ctx.actor.tenantId, error, patch, done, ctx.now)
  return { id: error.id, state: patch.state as Done['state'], version: error.version + 1 }
}

const subject = (error: q.StoredError, personId?: string | null) => ({
  kind: 'member',
  id: error.memberId,
  orgPath: error.orgPath,
  ...(personId ? { personId } : {}),
})

/** Names the step that should have seen it and says what is done. Nobody names or spares himself. */
export async function handleError(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof handleContract>,
): Promise<Reply<typeof handleContract>> {
  const error = await locked(ctx, params.id, ['open'])
  const hand = error.hands.find(({ link }) => link === body.link)
  if (body.link !== 'source' && !hand?.personId) throw errorRefusals.no_such_hand.at('/body/link')
  if (error.hands.some(({ personId }) => personId === ctx.actor.personId)) throw errorRefusals.own_step()
  const responsible = hand?.personId ?? null
  const done = await step(
    ctx,
    error,
    {
      state: 'handled',
      link: body.link,
      responsible_id: responsible,
      handling: responsible === null ? 'none' : body.handling,
      handled_by: ctx.actor.personId,
      handled_at: ctx.now,
    },
    { step: 'handled', text: body.note },
  )
  const { id: errorId, memberId, orgId, field } = error
  await publish(
    ctx,
    'members.error_handled',
    subject(error, responsible),
    { errorId, memberId, orgId, field, link: body.link, handling: responsible === null ? 'none' : body.handling },
    { reason: body.note },
  )
  return done
}

/** The one named answers, or appeals once. */
export async function answerError(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof answerContract>,
): Promise<Reply<typeof answerContract>> {
  const error = await q.lockError(ctx.db, ctx.actor, params.id)
  if (!error) throw errorRefusals.not_found()
  if (error.responsibleId !== ctx.actor.personId) throw errorRefusals.not_concerned()
  if (error.state !== 'handled' || (body.appeal && error.appealedAt !== null))
    throw errorRefusals.wrong_state({ state: error.state })
  const done = await step(
    ctx,
    error,
    body.appeal ? { state: 'appealed', appealed_at: ctx.now } : { state: error.state },
    { step: body.appeal ? 'appealed' : 'answered', text: body.text },
  )
  const { id: errorId, memberId, field } = error
  await publish(ctx, 'members.error_answered', subject(error), { errorId, memberId, field, appeal: body.appeal })
  return done
}

/** An appeal is decided by somebody who neither named nor is named, and had no hand in the entry. Upheld, nobody is named any more. */
export async function decideAppeal(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof decideContract>,
): Promise<Reply<typeof decideContract>> {
  const error = await locked(ctx, params.id, ['appealed'])
  if (error.handledBy === ctx.actor.personId) throw errorRefusals.own_handling()
  if (error.hands.some(({ personId }) => personId === ctx.actor.personId)) throw errorRefusals.own_step()
  const patch: q.ErrorPatch = body.upheld
    ? { state: 'handled', link: 'source', responsible_id: null, handling: 'none' }
    : { state: 'handled' }
  const done = await step(ctx, error, patch, { step: body.upheld ? 'upheld' : 'rejected', text: body.reason })
  const { id: errorId, memberId, orgId, field } = error
  await publish(
    ctx,
    'members.error_decided',
    subject(error, error.responsibleId),
    { errorId, memberId, orgId, field, upheld: body.upheld },
    { reason: body.reason },
  )
  return done
}

/** Closed by another person than the finder and the one named; mended means that the record says the right value. */
export async function closeError(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof closeContract>,
): Promise<Reply<typeof closeContract>> {
  const error = await locked(ctx, params.id, body.outcome === 'mended' ? ['handled'] : ['open', 'handled'])
  if (error.foundBy === ctx.actor.personId) throw errorRefusals.finder_closes()
  if (error.hands.some(({ personId }) => personId === ctx.actor.personId)) throw errorRefusals.own_step()
  if (body.outcome === 'mended' && !(await isMended(ctx, error))) throw errorRefusals.not_mended()
  const done = await step(
    ctx,
    error,
    { state: 'closed', closed_by: ctx.actor.personId, closed_at: ctx.now, outcome: body.outcome },
    { step: 'closed', text: body.reason },
  )
  const { id: errorId, memberId, orgId, field } = error
  await publish(
    ctx,
    'members.error_closed',
    subject(error, error.responsibleId),
    { errorId, memberId, orgId, field, outcome: body.outcome },
    { reason: body.reason },
  )
  return done
}

/** The ordinary way changed the record, and it says the right value now. */
async function isMended(ctx: Ctx<Tx>, error: q.StoredError): Promise<boolean> {
  const record = await findRecord(ctx.db, ctx.actor, error.memberId)
  if (!record) return false
  return (factsOf(ctx.vault, record)[error.field as MemberField] ?? null) === errorValues(ctx, error).right
}
