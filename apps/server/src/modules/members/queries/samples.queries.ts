import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inScope } from '../../../platform/scope.ts'
import { inReach } from '../../org/index.ts'

/** Kinds of proposals that write fields of a record: what is drawn can be compared with its papers field by field. */
const KINDS = ['new_record', 'correction']

/** The unit at a path. */
export async function unitAt(db: Db, tenantId: string, path: string): Promise<{ id: string } | undefined> {
  return db
    .selectFrom('org_path as o')
    .select('o.id')
    .where('o.tenant_id', '=', tenantId)
    .where('o.path', '=', path)
    .executeTakeFirst() as Promise<{ id: string } | undefined>
}

/** Rows approved below a unit between two instants, of records that stand: what is gone has no papers to compare with. */
export async function approvedBetween(
  db: Db,
  tenantId: string,
  path: string,
  from: Date,
  until: Date,
): Promise<{ id: string; orgPath: string }[]> {
  return db
    .selectFrom('members_change as c')
    .innerJoin('members_member as m', (j) => j.on('m.tenant_id', '=', tenantId).onRef('m.id', '=', 'c.member_id'))
    .select(['c.id', 'c.org_path as orgPath'])
    .where('c.tenant_id', '=', tenantId)
    .where('m.tenant_id', '=', tenantId)
    .where('m.deleted_at', 'is', null)
    .where('c.state', '=', 'approved')
    .where('c.kind', 'in', KINDS)
    .where('c.second_at', '>=', from)
    .where('c.second_at', '<', until)
    .where(inScope('c.org_path', path))
    .execute()
}

export type NewSample = {
  readonly id: string
  readonly orgId: string
  readonly orgPath: string
  readonly quarter: string
  readonly percent: number
  readonly seed: string
  readonly approved: number
  readonly drawn: number
  readonly at: Date
  readonly by: string | null
}

/** False when the unit has a draw of the quarter already. */
export async function insertSample(tx: Tx, tenantId: string, row: NewSample): Promise<boolean> {
  const done = await tx
    .insertInto('members_sample')
    .values({
      tenant_id: tenantId,
      id: row.id,
      org_id: row.orgId,
      org_path: row.orgPath,
      quarter: row.quarter,
      percent: row.percent,
      seed: row.seed,
      approved: row.approved,
      drawn: row.drawn,
      drawn_at: row.at,
      drawn_by: row.by,
    })
    .onConflict((c) => c.columns(['tenant_id', 'org_id', 'quarter']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return done !== undefined
}

export async function insertRows(
  tx: Tx,
  tenantId: string,
  sampleId: string,
  rows: readonly { id: string; changeId: string; orgPath: string; place: number }[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += 500) {
    await tx
      .insertInto('members_sample_row')
      .values(
        rows.slice(from, from + 500).map((row) => ({
          tenant_id: tenantId,
          id: row.id,
          sample_id: sampleId,
          change_id: row.changeId,
          org_path: row.orgPath,
          place: row.place,
        })),
      )
      .execute()
  }
}

/** Draws of units in reach, with what still waits in them. */
export async function listSamples(db: Db, actor: Actor, keyset: Keyset) {
  const select = db
    .selectFrom('members_sample as s')
    .innerJoin('org_path as o', (j) => j.onRef('o.tenant_id', '=', 's.tenant_id').onRef('o.id', '=', 's.org_id'))
    .select([
      's.id',
      's.org_id as orgId',
      'o.name as orgName',
      's.quarter',
      's.percent',
      's.seed',
      's.approved',
      's.drawn',
      's.drawn_at as drawnAt',
      's.drawn_by as drawnBy',
      sql<number>`(select count(*) from members_sample_row r where r.tenant_id = ${actor.tenantId}::uuid
        and r.sample_id = s.id and r.state = 'open')::int`.as('open'),
      sql<number>`(select count(*) from members_sample_row r where r.tenant_id = ${actor.tenantId}::uuid
        and r.sample_id = s.id and r.state = 'wrong')::int`.as('wrong'),
    ])
    .where('s.tenant_id', '=', actor.tenantId)
    .where('o.tenant_id', '=', actor.tenantId)
    .where(inReach('s.org_path', actor))
  return byKeyset(select, keyset, 's.id').execute()
}

export async function findSample(db: Db, actor: Actor, id: string): Promise<{ id: string } | undefined> {
  return db
    .selectFrom('members_sample as s')
    .select('s.id')
    .where('s.tenant_id', '=', actor.tenantId)
    .where('s.id', '=', id)
    .where(inReach('s.org_path', actor))
    .executeTakeFirst()
}

function rowsWith(db: Db, actor: Actor) {
  return db
    .selectFrom('members_sample_row as r')
    .innerJoin('members_change as c', (j) =>
      j.onRef('c.tenant_id', '=', 'r.tenant_id').onRef('c.id', '=', 'r.change_id'),
    )
    .innerJoin('org_path as o', (j) => j.onRef('o.tenant_id', '=', 'c.tenant_id').onRef('o.id', '=', 'c.org_id'))
    .select([
      'r.id',
      'r.sample_id as sampleId',
      'r.place',
      'r.change_id as changeId',
      'r.org_path as orgPath',
      'r.state',
      'r.checked_by as checkedBy',
      'r.checked_at as checkedAt',
      'r.note',
      'r.error_id as errorId',
      'c.member_id as memberId',
      'c.name',
      'c.kind',
      'c.fields',
      'c.made_by as madeBy',
      'c.first_by as firstBy',
      'c.second_by as secondBy',
      'c.second_at as secondAt',
      'o.name as orgName',
    ])
    .where('r.tenant_id', '=', actor.tenantId)
    .where('c.tenant_id', '=', actor.tenantId)
    .where('o.tenant_id', '=', actor.tenantId)
    .where(inReach('r.org_path', actor))
}

export async function rowsOf(db: Db, actor: Actor, sampleId: string, state: string | null, keyset: Keyset) {
  let select = rowsWith(db, actor).where('r.sample_id', '=', sampleId)
  if (state !== null) select = select.where('r.state', '=', state)
  return byKeyset(select, keyset, 'r.id').execute()
}

export async function lockRow(tx: Tx, actor: Actor, id: string) {
  return rowsWith(tx, actor).where('r.id', '=', id).forUpdate('r').executeTakeFirst()
}

export async function setChecked(
  tx: Tx,
  tenantId: string,
  id: string,
  checked: { state: 'right' | 'wrong'; by: string; at: Date; note: string; errorId: string | null },
): Promise<void> {
  await tx
    .updateTable('members_sample_row')
    .set({
      state: checked.state,
      checked_by: checked.by,
      checked_at: checked.at,
      note: checked.note,
      error_id: checked.errorId,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}
