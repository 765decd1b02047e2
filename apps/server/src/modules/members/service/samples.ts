import { createHash, randomBytes } from 'node:crypto'
import {
  type checkDrawnRow as checkContract,
  type DrawnRow,
  type drawSample as drawContract,
  type Input,
  type listSamples as listContract,
  qualityRefusals,
  type Reply,
  type readSample as readContract,
} from '@tongxin/contract'
import type { MemberField } from '@tongxin/domain/members/fields'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { personNamesOf } from '../../access/index.ts'
import { settingOf } from '../../settings/index.ts'
import { isMemberField } from '../members.record.ts'
import * as q from '../queries/samples.queries.ts'
import { addError } from './errors.ts'

/** The instants between which a quarter lies, midnights in Shanghai. */
export function instantsOf(quarter: string): { from: Date; until: Date } {
  const [year, part] = [Number(quarter.slice(0, 4)), Number(quarter.slice(5))]
  const midnight = (y: number, month: number) => new Date(`${y}-${String(month).padStart(2, '0')}-01T00:00:00+08:00`)
  return {
    from: midnight(year, part * 3 - 2),
    until: part === 4 ? midnight(year + 1, 1) : midnight(year, part * 3 + 1),
  }
}

/** The quarter that ended last before an instant: what is drawn from on the first days of the next one. */
export function quarterBefore(now: Date): string {
  const [year = 0, month = 1] = todayOf(now).split('-').map(Number)
  const part = Math.ceil(month / 3)
  return part === 1 ? `${year - 1}Q4` : `${year}Q${part - 1}`
}

/**
 * The rows that a seed draws: all are ordered by SHA-256 of `seed/id`, and the first `percent` of them (rounded up)
 * are taken. Who has the seed and the ids finds the same.
 */
export function drawnBy<R extends { readonly id: string }>(seed: string, rows: readonly R[], percent: number): R[] {
  const keyed = rows.map((row) => ({ row, key: createHash('sha256').update(`${seed}/${row.id}`).digest('hex') }))
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1))
  return keyed.slice(0, Math.ceil((rows.length * percent) / 100)).map(({ row }) => row)
}

export type Drawing = { readonly db: Tx; readonly now: Date; readonly tenantId: string }
export type Draw = q.NewSample

/** Draws for a unit; null when nothing was approved in the quarter, false when it has its draw already. */
export async function draw(
  ctx: Drawing,
  unit: { id: string; path: string },
  quarter: string,
  given: { seed: string; by: string | null },
): Promise<Draw | null | false> {
  const { from, until } = instantsOf(quarter)
  const approved = await q.approvedBetween(ctx.db, ctx.tenantId, unit.path, from, until)
  if (approved.length === 0) return null
  const percent = await settingOf(ctx.db, ctx.tenantId, unit.path, 'quality.sample_percent', todayOf(ctx.now))
  const drawn = drawnBy(given.seed, approved, percent)
  const sample = {
    id: newId(ctx),
    orgId: unit.id,
    orgPath: unit.path,
    quarter,
    percent,
    approved: approved.length,
    drawn: drawn.length,
    at: ctx.now,
    ...given,
  }
  if (!(await q.insertSample(ctx.db, ctx.tenantId, sample))) return false
  const rows = drawn.map((row, at) => ({ id: newId(ctx), changeId: row.id, orgPath: row.orgPath, place: at + 1 }))
  await q.insertRows(ctx.db, ctx.tenantId, sample.id, rows)
  return sample
}

export const newSeed = (): string => randomBytes(16).toString('hex')

export const drawnEvent = (sample: Draw) => ({
  sampleId: sample.id,
  quarter: sample.quarter,
  percent: sample.percent,
  approved: sample.approved,
  drawn: sample.drawn,
  seed: sample.seed,
})

/** A draw by hand for the organisation of the caller's post, of a quarter that is over. */
export async function drawSample(
  ctx: Ctx<Tx>,
  { body }: Input<typeof drawContract>,
): Promise<Reply<typeof drawContract>> {
  if (instantsOf(body.quarter).until > ctx.now) throw qualityRefusals.quarter_running.at('/body/quarter')
  const { tenantId, orgId, scope, personId } = ctx.actor
  const of = { db: ctx.db, now: ctx.now, tenantId }
  const sample = await draw(of, { id: orgId, path: scope }, body.quarter, { seed: newSeed(), by: personId })
  if (sample === null) throw qualityRefusals.nothing_approved({ quarter: body.quarter })
  if (sample === false) throw qualityRefusals.drawn_already({ quarter: body.quarter })
  await publish(
    ctx,
    'members.sample_drawn',
    { kind: 'members_sample', id: sample.id, orgPath: scope },
    drawnEvent(sample),
  )
  return { id: sample.id, drawn: sample.drawn }
}

export async function listSamples(
  ctx: Ctx,
  { query }: Input<typeof listContract>,
): Promise<Reply<typeof listContract>> {
  const keyset = keysetOf(query, { quarter: 's.quarter' }, '-quarter')
  const listed = await q.listSamples(ctx.db, ctx.actor, keyset)
  const { rows, next } = pageOfRows(listed, keyset, (row) => ({ value: row.quarter, id: row.id }))
  const names = await personNamesOf(
    ctx.db,
    rows.map((row) => row.drawnBy),
  )
  return {
    rows: rows.map((row) => ({
      ...row,
      orgName: row.orgName ?? '',
      drawnAt: row.drawnAt.toISOString(),
      drawnBy: row.drawnBy === null ? null : (names.get(row.drawnBy) ?? null),
    })),
    next,
    total: null,
  }
}

const isHand = (row: { madeBy: string; firstBy: string | null; secondBy: string | null }, personId: string) =>
  [row.madeBy, row.firstBy, row.secondBy].includes(personId)

/** The rows of a draw. */
export async function readSample(
  ctx: Ctx,
  { params, query }: Input<typeof readContract>,
): Promise<Reply<typeof readContract>> {
  if (!(await q.findSample(ctx.db, ctx.actor, params.id))) throw qualityRefusals.sample_not_found()
  const keyset = keysetOf(query, { place: 'r.place' }, 'place')
  const listed = await q.rowsOf(ctx.db, ctx.actor, params.id, query.state ?? null, keyset)
  const { rows, next } = pageOfRows(listed, keyset, (row) => ({ value: row.place, id: row.id }))
  const names = await personNamesOf(
    ctx.db,
    rows.map((row) => row.checkedBy),
  )
  return {
    rows: rows.map((row) => ({
      id: row.id,
      place: row.place,
      changeId: row.changeId,
      memberId: row.memberId,
      name: row.name,
      orgName: row.orgName ?? '',
      kind: row.kind,
      fields: row.fields,
      approvedAt: row.secondAt?.toISOString() ?? '',
      state: row.state as DrawnRow['state'],
      checkedBy: row.checkedBy === null ? null : (names.get(row.checkedBy) ?? null),
      checkedAt: row.checkedAt?.toISOString() ?? null,
      note: row.note,
      errorId: row.errorId,
      canCheck: row.state === 'open' && !isHand(row, ctx.actor.personId),
    })),
    next,
    total: null,
  }
}

/** Checked against the papers by somebody who was none of the three; what is wrong becomes an error. */
export async function checkRow(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof checkContract>,
): Promise<Reply<typeof checkContract>> {
  const row = await q.lockRow(ctx.db, ctx.actor, params.id)
  if (!row) throw qualityRefusals.row_not_found()
  if (row.state !== 'open') throw qualityRefusals.row_checked()
  if (isHand(row, ctx.actor.personId)) throw qualityRefusals.own_hands()
  const errorId = body.verdict === 'wrong' ? await errorOf(ctx, row, body) : null
  await q.setChecked(ctx.db, ctx.actor.tenantId, row.id, {
    state: body.verdict,
    by: ctx.actor.personId,
    at: ctx.now,
    note: body.note,
    errorId,
  })
  await publish(
    ctx,
    'members.sample_checked',
    { kind: 'members_sample', id: row.sampleId, orgPath: row.orgPath },
    { sampleId: row.sampleId, rowId: row.id, verdict: body.verdict },
  )
  return { id: row.id, errorId }
}

async function errorOf(
  ctx: Ctx<Tx>,
  row: { memberId: string | null; fields: string[] },
  body: Input<typeof checkContract>['body'],
): Promise<string> {
  const { field, rightValue } = body
  if (field === undefined) throw qualityRefusals.field_needed.at('/body/field')
  if (rightValue === undefined) throw qualityRefusals.field_needed.at('/body/rightValue')
  if (!row.fields.filter(isMemberField).includes(field as MemberField))
    throw qualityRefusals.not_drawn_field.at('/body/field')
  const { id } = await addError(ctx, {
    memberId: row.memberId ?? '',
    field,
    rightValue,
    foundHow: 'sample',
    effect: 'none',
    note: body.note,
  })
  return id
}
