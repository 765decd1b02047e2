import {
  type listAssignable as assignableContract,
  type assignReviewers as assignContract,
  type DataSet,
  type endAssignment as endContract,
  type Input,
  type listAssignments as listContract,
  memberRefusals,
  type Permission,
  type Reply,
  reviewRefusals,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { dutiesOfPerson, personNamesOf, postsReaching } from '../../access/index.ts'
import { findUnit } from '../../org/index.ts'
import * as q from '../queries/assignments.queries.ts'
import { pathOf, placeOf } from './findings.ts'

/** Who enters and who reviews, what still waits for each of the three, and who is late. */
export async function listAssignments(
  ctx: Ctx,
  { query }: Input<typeof listContract>,
): Promise<Reply<typeof listContract>> {
  const keyset = keysetOf(query, { org: 'a.org_path', due: 'a.due_on' }, 'org')
  const today = todayOf(ctx.now)
  const filter = {
    place: await placeOf(ctx, query),
    dataSet: query.dataSet ?? null,
    lateOn: query.late ? today : null,
  }
  const listed = await q.listAssignments(ctx.db, ctx.actor, filter, keyset)
  const { rows, next } = pageOfRows(listed, keyset, (row) => ({
    value: keyset.column === 'a.due_on' ? row.dueOn : row.orgPath,
    id: row.id,
  }))
  const names = await personNamesOf(
    ctx.db,
    rows.flatMap((row) => [row.makerId, row.firstId, row.secondId]),
  )
  const name = (id: string) => names.get(id) ?? ''
  return {
    rows: rows.map(({ orgPath: _, entry, atFirst, atSecond, ...row }) => ({
      ...row,
      orgName: row.orgName ?? '',
      dataSet: row.dataSet as DataSet,
      maker: name(row.makerId),
      first: name(row.firstId),
      second: name(row.secondId),
      waiting: { entry, first: atFirst, second: atSecond },
      isLate: row.dueOn !== null && row.dueOn < today && entry + atFirst + atSecond + row.incomplete > 0,
    })),
    next,
    total: null,
  }
}

const MAY = { enter: 'members.write', first: 'members.review', second: 'members.approve' } as const satisfies Record<
  string,
  Permission
>

/** People with a post at the organisation or above it, once each, by what their posts allow together. */
export async function listAssignable(
  ctx: Ctx,
  { query }: Input<typeof assignableContract>,
): Promise<Reply<typeof assignableContract>> {
  const path = await pathOf(ctx, query.orgId)
  const posts = await postsReaching(ctx.db, ctx.actor.tenantId, path, ctx.now)
  const names = await personNamesOf(
    ctx.db,
    posts.map((post) => post.personId),
  )
  const units = await q.namesAt(
    ctx.db,
    ctx.actor.tenantId,
    posts.map((post) => post.orgPath),
  )
  const people = new Map<string, Reply<typeof assignableContract>['rows'][number]>()
  for (const post of posts) {
    const may = (['enter', 'first', 'second'] as const).filter((step) => post.permissions.includes(MAY[step]))
    const known = people.get(post.personId)
    if (may.length === 0) continue
    people.set(post.personId, {
      personId: post.personId,
      name: names.get(post.personId) ?? '',
      role: known?.role ?? post.role,
      orgName: known?.orgName ?? units.get(post.orgPath) ?? '',
      may: [...new Set([...(known?.may ?? []), ...may])],
    })
  }
  return { rows: [...people.values()] }
}

/** Names the three people for each organisation and set; all hold a post of the tenant, nobody two of the three. */
export async function assign(
  ctx: Ctx<Tx>,
  { body }: Input<typeof assignContract>,
): Promise<Reply<typeof assignContract>> {
  const units = []
  for (const [at, orgId] of body.orgIds.entries()) {
    const unit = await findUnit(ctx.db, ctx.actor, orgId)
    if (!unit) throw memberRefusals.org_not_found.at(`/body/orgIds/${at}`)
    units.push(unit)
  }
  const people = [body.makerId, body.firstId, body.secondId]
  if (new Set(people).size < 3) throw reviewRefusals.three_people()
  const fields = await unfitOf(ctx, units, body)
  if (fields.length > 0)
    throw reviewRefusals.person_unknown(
      {},
      fields.map((field) => ({ field: `/body/${field}`, code: 'review.person_unknown' })),
    )
  for (const unit of units) for (const dataSet of body.dataSets) await assignOne(ctx, unit, dataSet, body)
  return { assigned: body.orgIds.length * body.dataSets.length }
}

const STEPS = { makerId: 'enter', firstId: 'first', secondId: 'second' } as const

/**
 * Who cannot do what he is named for. Reviewers need a post that reaches every organisation and allows the step, or what
 * is entered there would wait for ever; whoever enters may also send rows from elsewhere.
 */
async function unfitOf(
  ctx: Ctx<Tx>,
  units: readonly { path: string }[],
  body: Input<typeof assignContract>['body'],
): Promise<(keyof typeof STEPS)[]> {
  const { tenantId } = ctx.actor
  const unfit = new Set<keyof typeof STEPS>()
  const duties = await dutiesOfPerson(ctx.db, tenantId, body.makerId, ctx.now)
  if (!duties.some(({ permissions }) => permissions.includes(MAY.enter))) unfit.add('makerId')
  for (const { path } of units) {
    const posts = await postsReaching(ctx.db, tenantId, path, ctx.now)
    for (const field of ['firstId', 'secondId'] as const)
      if (!posts.some((one) => one.personId === body[field] && one.permissions.includes(MAY[STEPS[field]])))
        unfit.add(field)
  }
  return [...unfit]
}

async function assignOne(
  ctx: Ctx<Tx>,
  unit: { id: string; path: string },
  dataSet: DataSet,
  { makerId, firstId, secondId, dueOn }: Input<typeof assignContract>['body'],
): Promise<void> {
  await q.upsertAssignment(ctx.db, ctx.actor.tenantId, {
    id: newId(ctx),
    orgId: unit.id,
    orgPath: unit.path,
    dataSet,
    makerId,
    firstId,
    secondId,
    dueOn,
    by: ctx.actor.personId,
    at: ctx.now,
  })
  await publish(ctx, 'members.assigned', { kind: 'org', id: unit.id, orgPath: unit.path }, { orgId: unit.id, dataSet })
}

/** Ends an assignment: the nearest one above holds again, or none. */
export async function end(ctx: Ctx<Tx>, { params }: Input<typeof endContract>): Promise<Reply<typeof endContract>> {
  const ended = await q.removeAssignment(ctx.db, ctx.actor, params.id)
  if (!ended) throw reviewRefusals.assignment_unknown()
  await publish(
    ctx,
    'members.unassigned',
    { kind: 'org', id: ended.orgId, orgPath: ended.orgPath },
    { orgId: ended.orgId, dataSet: ended.dataSet },
  )
  return { id: params.id }
}
