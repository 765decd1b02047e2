import type { TransferTab } from '@tongxin/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach } from '../../../platform/scope.ts'
import { COLUMNS, type Transfer, visible } from './transfers.queries.ts'

export type ListFilter = {
  tab: TransferTab
  orgPath: string | null
  below: boolean
  direction: string | null
  kind: string | null
  state: string | null
  issuedFrom: string | null
  issuedTo: string | null
  text: string | null
  memberId: string | null
  batchId: string | null
  /** The day that counts as near the end of a letter. */
  dueUntil: string
}

const OPEN = sql<boolean>`t.state in ('draft', 'branch_agreed', 'committee_approved', 'department_approved', 'awaiting')`
const UNSETTLED = sql<boolean>`(t.state = 'expired' and t.settled_on is null and t.renewed_by_id is null)`

/** A committee column whose organisation the post stands at or above. */
const stands = (actor: Actor) => inReach('t.committee_path', actor)
const no = sql<boolean>`false`

/** What this post has to do next: the same table of moves as the policy, as one condition. */
function todo(actor: Actor) {
  const writes = actor.permissions.has('transfers.write')
  const decides = actor.permissions.has('transfers.approve')
  const me = actor.personId
  const decided = sql<boolean>`t.state = case when t.needs_department then 'department_approved' else 'committee_approved' end`
  const strictlyAbove = sql<boolean>`(t.committee_path <> ${actor.scope} or strpos(t.committee_path, '.') = 0)`
  const written = sql<boolean>`(
    (t.state = 'draft' and ${inReach('t.org_path', actor)})
    or (${decided} and t.direction <> 'in' and ${stands(actor)})
    or (${decided} and t.direction = 'in' and ${inReach('t.org_path', actor)})
    or (t.state = 'awaiting' and t.direction = 'inside' and ${inReach('t.to_path', actor)}
      and t.person_id is distinct from ${me}::uuid
      and ${me} not in (t.made_by, coalesce(t.agreed_by, t.made_by), coalesce(t.approved_by, t.made_by))))`
  const approved = sql<boolean>`(${stands(actor)} and t.person_id is distinct from ${me}::uuid and (
    (t.state = 'branch_agreed' and ${me} not in (t.made_by, coalesce(t.agreed_by, t.made_by)))
    or (t.state = 'committee_approved' and t.needs_department and ${strictlyAbove}
      and ${me} not in (t.made_by, coalesce(t.agreed_by, t.made_by), coalesce(t.approved_by, t.made_by)))
    or ${UNSETTLED}))`
  return sql<boolean>`(${writes ? written : no} or ${decides ? approved : no})`
}

function inTab(actor: Actor, tab: TransferTab, dueUntil: string) {
  switch (tab) {
    case 'todo':
      return todo(actor)
    // Letters on their way to the own branches, whoever sent them.
    case 'inbox':
      return sql<boolean>`(t.state = 'awaiting' and t.to_path is not null and ${inReach('t.to_path', actor)})`
    case 'open':
      return OPEN
    case 'due':
      return sql<boolean>`(t.state = 'awaiting' and t.valid_until <= ${dueUntil}::date)`
    case 'expired':
      return sql<boolean>`t.state = 'expired'`
    case 'stubs':
      return sql<boolean>`(t.number is not null and ${inReach('t.org_path', actor)})`
    case 'all':
      return sql<boolean>`true`
  }
}

function narrowed<O>(
  start: SelectQueryBuilder<DB & { t: DB['transfers_transfer'] }, 't', O>,
  actor: Actor,
  filter: ListFilter,
) {
  let select = start
    .where('t.tenant_id', '=', actor.tenantId)
    .where(visible(actor))
    .where(inTab(actor, filter.tab, filter.dueUntil))
  if (filter.orgPath !== null) {
    const unit = { scope: filter.orgPath, reach: filter.below ? ('subtree' as const) : ('node' as const) }
    select = select.where(sql<boolean>`(${inReach('t.org_path', unit)} or ${inReach('t.to_path', unit)})`)
  }
  if (filter.direction !== null) select = select.where('t.direction', '=', filter.direction)
  if (filter.kind !== null) select = select.where('t.kind', '=', filter.kind)
  if (filter.state !== null) select = select.where('t.state', '=', filter.state)
  if (filter.issuedFrom !== null) select = select.where('t.issued_on', '>=', filter.issuedFrom)
  if (filter.issuedTo !== null) select = select.where('t.issued_on', '<=', filter.issuedTo)
  if (filter.memberId !== null) select = select.where('t.member_id', '=', filter.memberId)
  if (filter.batchId !== null) select = select.where('t.batch_id', '=', filter.batchId)
  if (filter.text !== null) {
    const text = filter.text
    select = select.where(
      sql<boolean>`(starts_with(t.name, ${text}) or t.number = ${text} or t.member_no = ${text.toUpperCase()}
        or strpos(t.to_name, ${text}) > 0 or strpos(t.from_name, ${text}) > 0)`,
    )
  }
  return select
}

export async function listTransfers(
  db: Db,
  actor: Actor,
  filter: ListFilter,
  keyset: Keyset,
): Promise<(Transfer & { numberKey: string | null })[]> {
  const select = narrowed(
    db
      .selectFrom('transfers_transfer as t')
      .select(COLUMNS)
      .select(sql<string | null>`t.number`.as('numberKey')) as never,
    actor,
    filter,
  )
  return (await byKeyset(select, keyset, 't.id').execute()) as never
}

/** How many stand under each heading. One pass over what is not finished. */
export async function countTabs(
  db: Db,
  actor: Actor,
  dueUntil: string,
): Promise<{ todo: number; inbox: number; open: number; due: number; expired: number }> {
  const count = (tab: TransferTab, name: string) =>
    sql<number>`(count(*) filter (where ${inTab(actor, tab, dueUntil)}))::int`.as(name)
  const row = await db
    .selectFrom('transfers_transfer as t')
    .select([count('todo', 'todo'), count('inbox', 'inbox'), count('open', 'open'), count('due', 'due')])
    .select(sql<number>`(count(*) filter (where ${UNSETTLED}))::int`.as('expired'))
    .where('t.tenant_id', '=', actor.tenantId)
    .where(visible(actor))
    .where(sql<boolean>`(${OPEN} or t.state = 'expired')`)
    .executeTakeFirst()
  return (row ?? { todo: 0, inbox: 0, open: 0, due: 0, expired: 0 }) as never
}

export async function countTodo(db: Db, actor: Actor): Promise<number> {
  const row = await db
    .selectFrom('transfers_transfer as t')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('t.tenant_id', '=', actor.tenantId)
    .where(visible(actor))
    .where(todo(actor))
    .executeTakeFirst()
  return row?.n ?? 0
}
