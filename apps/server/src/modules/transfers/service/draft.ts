import {
  type BatchRow,
  type draftBatch as batchContract,
  type draftTransfer as draftContract,
  type editTransfer as editContract,
  type findDestinations as findContract,
  type Input,
  type previewBatch as previewContract,
  Refusal,
  type Reply,
  transferRefusals as refusals,
  type TransferBatch,
  type TransferContact,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { reaches } from '../../../platform/scope.ts'
import { tenantOf } from '../../../platform/tenants.ts'
import { demandVersion } from '../../../platform/transaction.ts'
import { widened } from '../../../platform/widened.ts'
import { branchesLike } from '../queries/places.queries.ts'
import * as q from '../queries/transfers.queries.ts'
import * as w from '../queries/writing.queries.ts'
import { subjectOf } from '../transfers.rows.ts'
import { note } from '../transfers.steps.ts'
import { type Judged, judgePeople } from './people.ts'

const FIELD_OF: Readonly<Record<string, string>> = {
  'transfers.no_such_member': '/body/memberId',
  'transfers.no_such_org': '/body/toOrgId',
  'transfers.not_a_branch': '/body/toOrgId',
  'transfers.same_branch': '/body/toOrgId',
  'transfers.no_destination': '/body/toName',
  'transfers.ambiguous_name': '/body/toName',
  'transfers.no_kind': '/body/kind',
}
const KIND_OF = {
  'transfers.no_such_member': 'missing',
  'transfers.no_such_org': 'missing',
  'transfers.not_transferable': 'conflict',
  'transfers.open_already': 'conflict',
  'transfers.unsettled': 'conflict',
} as const

/** The first problem of one person as a refusal; single transfers name the field. */
function refuse({ problems: [code] }: Judged, field?: string): void {
  if (code === undefined) return
  const at = field ?? FIELD_OF[code]
  throw new Refusal(code, KIND_OF[code as keyof typeof KIND_OF] ?? 'invalid', {}, at ? [{ field: at, code }] : [])
}

export async function draft(ctx: Ctx<Tx>, { body }: Input<typeof draftContract>): Promise<Reply<typeof draftContract>> {
  const [judged] = await judgePeople(ctx, [body])
  refuse(judged as Judged)
  const [id] = await write(ctx, [judged as Judged], body, null)
  return { id: id as string, state: 'draft', version: 1 }
}

const monthOf = (date: string | null | undefined): string | null => date?.slice(0, 7) ?? null

type Common = { readonly reason: string; readonly contact?: TransferContact; readonly duesPaidUntil?: string }

async function write(
  ctx: Ctx<Tx>,
  people: readonly Judged[],
  common: Common,
  batchId: string | null,
): Promise<string[]> {
  const rows = people.map((one) => {
    const { card, route, committee, wish } = one
    if (!card || !route || !committee) throw new Error('a person with problems reached the writing')
    return {
      id: newId(ctx),
      ...ends(route, committee),
      direction: route.direction,
      kind: route.kind,
      memberId: card.id,
      personId: card.personId,
      name: card.name,
      memberNo: card.memberNo,
      category: card.category,
      orgId: card.orgId,
      orgPath: card.orgPath,
      fromName: card.orgName,
      reason: common.reason.trim(),
      contact: wish.contact ?? common.contact ?? {},
      duesPaidUntil: wish.duesPaidUntil ?? common.duesPaidUntil ?? monthOf(one.facts?.duesPaidUntil),
      batchId,
      letter: null,
      sealed: null,
    }
  })
  const written = await w.insertTransfers(ctx.db, ctx.actor.tenantId, rows, ctx.actor.personId, ctx.now)
  // Somebody else prepared one of them in the same moment.
  if (written.size < rows.length) throw refusals.open_already()
  for (const row of rows) {
    await note(ctx, { ...row, issuedOn: null }, 'draft', { note: row.reason })
    await publish(ctx, 'transfers.drafted', subjectOf(row), { direction: row.direction, kind: row.kind, batchId })
  }
  return rows.map(({ id }) => id)
}

function ends(route: NonNullable<Judged['route']>, committee: NonNullable<Judged['committee']>) {
  return {
    toOrgId: route.to?.id ?? null,
    toPath: route.to?.path ?? null,
    toName: route.toName,
    needsDepartment: route.needsDepartment,
    committeeId: committee.id,
    committeePath: committee.path,
    committeeName: committee.name,
  }
}

/** Changes a prepared transfer before anybody agreed to it. */
export async function edit(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof editContract>,
): Promise<Reply<typeof editContract>> {
  const [before] = await q.lockTransfers(ctx.db, ctx.actor, [params.id])
  if (!before) throw refusals.not_found()
  demandVersion(ctx, before.version)
  if (!reaches(ctx.actor, before.orgPath)) throw refusals.not_your_side()
  if (before.state !== 'draft' || before.direction === 'in' || !before.memberId)
    throw refusals.wrong_state({ state: before.state })
  const [judged] = await judgePeople(ctx, [{ ...body, memberId: before.memberId }])
  const own = judged as Judged
  // The open transfer that stands in the way is this one.
  refuse({ ...own, problems: own.problems.filter((code) => code !== 'transfers.open_already') })
  if (!own.route || !own.committee) throw refusals.no_destination()
  await w.setTransfer(
    ctx.db,
    ctx.actor.tenantId,
    before.id,
    {
      direction: own.route.direction,
      kind: own.route.kind,
      reason: body.reason.trim(),
      // Whoever wrote what is decided is its maker, so that nobody approves the own change.
      made_by: ctx.actor.personId,
      dues_paid_until: body.duesPaidUntil ?? before.duesPaidUntil,
      contact: body.contact ?? before.contact,
      ends: ends(own.route, own.committee),
    },
    ctx.now,
  )
  const after = { toName: own.route.toName, kind: own.route.kind, reason: body.reason.trim() }
  const fields = (['toName', 'kind', 'reason'] as const).filter((field) => before[field] !== after[field])
  await publish(ctx, 'transfers.edited', subjectOf(before), { fields })
  return { id: before.id, state: 'draft', version: before.version + 1 }
}

/** Own values of a person over the common ones; a destination of either kind replaces the common one as a whole. */
function peopleOf(body: TransferBatch) {
  const { people, reason: _, ...common } = body
  const { toOrgId, toName, kind, destinationApproves, ...rest } = common
  const shared = { ...(toOrgId ? { toOrgId } : {}), ...(toName ? { toName } : {}), ...(kind ? { kind } : {}) }
  return people.map((person) => ({
    ...rest,
    ...(person.toOrgId || person.toName ? (kind && person.toName ? { kind } : {}) : shared),
    ...(destinationApproves === undefined ? {} : { destinationApproves }),
    ...person,
  }))
}

export async function preview(
  ctx: Ctx<Tx>,
  { body }: Input<typeof previewContract>,
): Promise<Reply<typeof previewContract>> {
  const rows = (await judgePeople(ctx, peopleOf(body))).map(
    (one): BatchRow => ({
      at: one.at,
      memberId: one.card?.id ?? null,
      name: one.name,
      memberNo: one.card?.memberNo ?? null,
      fromName: one.card?.orgName ?? null,
      toName: one.route?.toName ?? null,
      direction: one.route?.direction ?? null,
      kind: one.route?.kind ?? null,
      needsDepartment: one.route?.needsDepartment ?? false,
      problems: [...one.problems],
      hints: [...one.hints],
    }),
  )
  return { rows, problems: rows.filter(({ problems }) => problems.length > 0).length }
}

export async function batch(ctx: Ctx<Tx>, { body }: Input<typeof batchContract>): Promise<Reply<typeof batchContract>> {
  const judged = await judgePeople(ctx, peopleOf(body))
  const wrong = judged.filter(({ problems }) => problems.length > 0)
  if (wrong.length > 0)
    throw refusals.batch_has_problems(
      { people: wrong.length },
      wrong.slice(0, 50).map((one) => ({ field: `/body/people/${one.at}`, code: one.problems[0] as string })),
    )
  const batchId = newId(ctx)
  await write(ctx, judged, body, batchId)
  return { batchId, count: judged.length }
}

const SHOWN = 20

/** Names of branches anywhere in the organisation: the destination lies outside the caller's scope by nature. */
export async function destinations(
  ctx: Ctx<Tx>,
  { body }: Input<typeof findContract>,
): Promise<Reply<typeof findContract>> {
  const { path: whole } = await tenantOf(ctx.db, ctx.actor.tenantId)
  const rows = await widened(ctx, whole, () => branchesLike(ctx.db, ctx.actor.tenantId, body.text.trim(), SHOWN))
  return { rows }
}
