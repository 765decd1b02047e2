import {
  type ErrorRow,
  errorRefusals,
  type Input,
  type listMemberErrors as listContract,
  type MemberError,
  type listMyErrors as mineContract,
  type Reply,
  type readMemberError as readContract,
} from '@tongxin/contract'
import { isSealed, type MemberField } from '@tongxin/domain/members/fields'
import { maskField } from '@tongxin/domain/members/masks'
import type { Actor, Ctx } from '../../../platform/ctx.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { personNamesOf } from '../../access/index.ts'
import { unitNameOf } from '../../org/index.ts'
import { factsOf } from '../members.record.ts'
import * as q from '../queries/errors.queries.ts'
import { recordsOf } from '../queries/records.queries.ts'
import { errorValues } from './errors.ts'
import { placeOf } from './findings.ts'

type Listed = q.StoredError & { name: string | null; orgName: string | null }

/** Errors of the scope, newest first. */
export async function listErrors(ctx: Ctx, { query }: Input<typeof listContract>): Promise<Reply<typeof listContract>> {
  const place = await placeOf(ctx, query)
  return page(ctx, query, { place, memberId: query.memberId ?? null, state: query.state ?? null, mine: false })
}

/** Errors in which the caller is named. */
export async function listMine(ctx: Ctx, { query }: Input<typeof mineContract>): Promise<Reply<typeof mineContract>> {
  return page(ctx, query, { place: null, memberId: null, state: null, mine: true })
}

async function page(
  ctx: Ctx,
  query: Input<typeof mineContract>['query'],
  filter: q.ErrorFilter,
): Promise<Reply<typeof listContract>> {
  const keyset = keysetOf(query, { found: 'e.found_at' }, '-found')
  const listed = (await q.listErrors(ctx.db, ctx.actor, filter, keyset)) as Listed[]
  const { rows, next } = pageOfRows(listed, keyset, (row) => ({ value: row.foundAt.toISOString(), id: row.id }))
  const present = await presentOf(
    ctx,
    rows.map((row) => row.memberId),
  )
  return { rows: rows.map((row) => rowOf(ctx, row, present)), next, total: null }
}

type Present = ReadonlyMap<string, { readonly name: string; readonly facts: ReturnType<typeof factsOf> }>

/** What these records say now; read past the reach, because the one named may have gone to another post. */
async function presentOf(ctx: Ctx, memberIds: readonly string[]): Promise<Present> {
  const records = await recordsOf(ctx.db, ctx.actor.tenantId, memberIds)
  return new Map(records.map((record) => [record.id, { name: record.name, facts: factsOf(ctx.vault, record) }]))
}

function rowOf(ctx: Ctx, error: Listed, present: Present): ErrorRow {
  const field = error.field as MemberField
  return {
    id: error.id,
    memberId: error.memberId,
    name: error.name ?? present.get(error.memberId)?.name ?? '',
    orgName: error.orgName ?? '',
    field,
    foundHow: error.foundHow as ErrorRow['foundHow'],
    foundAt: error.foundAt.toISOString(),
    effect: error.effect as ErrorRow['effect'],
    state: error.state as ErrorRow['state'],
    link: error.link as ErrorRow['link'],
    handling: error.handling as ErrorRow['handling'],
    outcome: error.outcome as ErrorRow['outcome'],
    isMended: (present.get(error.memberId)?.facts[field] ?? null) === errorValues(ctx, error).right,
  }
}

/** One error with its hands and everything said; sensitive values masked. */
export async function readError(ctx: Ctx, { params }: Input<typeof readContract>): Promise<MemberError> {
  const error = await q.findError(ctx.db, ctx.actor, params.id)
  if (!error) throw errorRefusals.not_found()
  const field = error.field as MemberField
  const present = await presentOf(ctx, [error.memberId])
  const orgName = await unitNameOf(ctx.db, ctx.actor.tenantId, error.orgId)
  const row = rowOf(ctx, { ...error, name: null, orgName }, present)
  const names = await personNamesOf(ctx.db, [
    error.responsibleId,
    ...error.hands.map(({ personId }) => personId),
    ...error.steps.map(({ by }) => by),
  ])
  const shown = (value: string | null) => (value === null || !isSealed(field) ? value : maskField(field, value))
  const { wrong, right } = errorValues(ctx, error)
  return {
    row,
    note: error.note,
    wrongValue: shown(wrong),
    rightValue: shown(right) ?? '',
    presentValue: shown(present.get(error.memberId)?.facts[field] ?? null),
    hands: error.hands.map((hand) => ({ ...hand, name: names.get(hand.personId ?? '') ?? '' })),
    changeId: error.changeId,
    responsible: error.responsibleId === null ? null : (names.get(error.responsibleId) ?? ''),
    steps: error.steps.map((step) => ({
      ...step,
      step: step.step as MemberError['steps'][number]['step'],
      by: names.get(step.by) ?? '',
    })),
    can: canOf(ctx.actor, error, row.isMended),
    version: error.version,
  }
}

/** The same conditions under which the acts are refused. */
function canOf(actor: Actor, error: q.StoredError, mended: boolean): MemberError['can'] {
  const isHand = error.hands.some(({ personId }) => personId === actor.personId)
  const isNamed = error.responsibleId === actor.personId
  const mayReview = actor.permissions.has('members.review') && !isHand
  const closes = mayReview && error.foundBy !== actor.personId
  return {
    handle: mayReview && error.state === 'open',
    answer: isNamed && error.state === 'handled',
    appeal: isNamed && error.state === 'handled' && error.appealedAt === null,
    decide:
      error.state === 'appealed' &&
      actor.permissions.has('members.approve') &&
      !isHand &&
      error.handledBy !== actor.personId,
    close: closes && error.state === 'handled' && mended,
    dismiss: closes && (error.state === 'open' || error.state === 'handled'),
  }
}
