import {
  type ColumnFacts,
  type changeColumn,
  type closeColumn,
  type Input,
  type listColumns,
  type makeColumn,
  type Reply,
  publishingRefusals as refusals,
} from '@tongxin/contract'
import { isUsableText } from '@tongxin/domain/publishing/document'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish, type Subject } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { reaches } from '../../../platform/scope.ts'
import { violated } from '../../../platform/sql.ts'
import { demandVersion } from '../../../platform/transaction.ts'
import { findUnit } from '../../org/index.ts'
import { MOST_COLUMNS } from '../publishing.policy.ts'
import * as q from '../queries/columns.queries.ts'

const subjectOf = ({ id, orgPath }: Pick<q.Column, 'id' | 'orgPath'>): Subject => ({
  kind: 'publishing_column',
  id,
  orgPath,
})

export async function list(ctx: Ctx, { query }: Input<typeof listColumns>): Promise<Reply<typeof listColumns>> {
  const keyset = keysetOf(query, { position: 'k.position' }, 'position')
  const filter = { kind: query.kind ?? null, isOpen: query.open ?? null }
  const found = await q.listColumns(ctx.db, ctx.actor, filter, keyset)
  const { rows, next } = pageOfRows(found, keyset, ({ position, id }) => ({ value: position, id }))
  return {
    rows: rows.map(({ unitId, unitName, orgPath: _, ...row }) => ({ ...row, orgId: unitId, orgName: unitName })),
    next,
    total: null,
  }
}

function demandUsable({ name, note }: ColumnFacts): void {
  if (!isUsableText(name)) throw refusals.text_unusable.at('/body/name')
  if (!isUsableText(note)) throw refusals.text_unusable.at('/body/note')
}
/** A second column of one name in a unit is refused by the table itself. */
async function once<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (violated(error) === 'publishing_column_name_key') throw refusals.name_taken.at('/body/name')
    throw error
  }
}

export async function make(ctx: Ctx<Tx>, { body }: Input<typeof makeColumn>): Promise<Reply<typeof makeColumn>> {
  const { orgId, name, note, ...rest } = body
  demandUsable(body)
  const unit = await findUnit(ctx.db, ctx.actor, orgId)
  if (!unit || unit.dissolvedOn !== null || !reaches(ctx.actor, unit.path)) throw refusals.no_such_org.at('/body/orgId')
  const { tenantId } = ctx.actor
  if ((await q.countColumns(ctx.db, tenantId, unit.id)) >= MOST_COLUMNS)
    throw refusals.too_many_columns({ most: MOST_COLUMNS })
  const column = { id: newId(ctx), unitId: unit.id, orgPath: unit.path, unitName: unit.name, ...rest }
  const facts = { ...column, name: name.trim(), note: note.trim() }
  await once(() => q.insertColumn(ctx.db, tenantId, facts, ctx.now))
  await q.countUpStamp(ctx.db, tenantId)
  const { audience, comments } = facts
  await publish(ctx, 'publishing.column_made', subjectOf(column), { name: facts.name, audience, comments })
  return { id: column.id, version: 1 }
}

async function locked(ctx: Ctx<Tx>, id: string): Promise<q.Column> {
  const column = await q.lockColumn(ctx.db, ctx.actor, id)
  if (!column) throw refusals.not_found()
  return column
}

export async function change(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof changeColumn>,
): Promise<Reply<typeof changeColumn>> {
  demandUsable(body)
  const column = await locked(ctx, params.id)
  demandVersion(ctx, column.version)
  const { tenantId } = ctx.actor
  const facts = { ...body, name: body.name.trim(), note: body.note.trim() }
  const version = column.version + 1
  await once(() => q.setColumn(ctx.db, tenantId, column.id, { ...facts, version }, ctx.now))
  await q.setReaders(ctx.db, tenantId, { ...column, audience: facts.audience })
  await q.countUpStamp(ctx.db, tenantId)
  const { name, audience, comments } = facts
  await publish(ctx, 'publishing.column_changed', subjectOf(column), { name, audience, comments })
  return { id: column.id, version }
}

export async function close(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof closeColumn>,
): Promise<Reply<typeof closeColumn>> {
  const column = await locked(ctx, params.id)
  const { isOpen } = body
  if (column.isOpen === isOpen) throw refusals.not_possible()
  const { tenantId } = ctx.actor
  const version = column.version + 1
  await q.setColumn(ctx.db, tenantId, column.id, { isOpen, version }, ctx.now)
  await q.setReaders(ctx.db, tenantId, { ...column, isOpen })
  await q.countUpStamp(ctx.db, tenantId)
  const why = { reason: body.reason.trim() }
  await publish(ctx, 'publishing.column_closed', subjectOf(column), { name: column.name, isOpen }, why)
  return { id: column.id, version }
}
