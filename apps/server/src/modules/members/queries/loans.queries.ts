import type { LoanView } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db } from '../../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { containing } from '../../../platform/sql.ts'
import { inReach } from '../../org/index.ts'
import { LOAN_COLUMNS } from './dossier.queries.ts'
import { atPlace, type Place } from './place.ts'

export type LoanFilter = {
  readonly place: Place | null
  readonly view: LoanView | null
  readonly text: string | null
  /** The day from which on a folder that was due before is late. */
  readonly today: string
}

const STATES = {
  open: ['asked', 'out'],
  asked: ['asked'],
  late: ['out'],
  over: ['back', 'refused', 'withdrawn'],
} as const satisfies Record<LoanView, readonly string[]>

/** Loans of the folders that the caller reaches, with whose they are and where they lie. */
export async function listLoans(db: Db, actor: Actor, filter: LoanFilter, keyset: Keyset) {
  const { tenantId } = actor
  const { view, text, place } = filter
  let select = db
    .selectFrom('members_loan as l')
    .innerJoin('members_member as m', (j) =>
      j.onRef('m.tenant_id', '=', 'l.tenant_id').onRef('m.id', '=', 'l.member_id'),
    )
    .innerJoin('org_path as o', (j) => j.onRef('o.tenant_id', '=', 'm.tenant_id').onRef('o.id', '=', 'm.org_id'))
    .leftJoin('members_dossier as d', (j) =>
      j
        .onRef('d.tenant_id', '=', 'l.tenant_id')
        .onRef('d.member_id', '=', 'l.member_id')
        .on('d.tenant_id', '=', tenantId),
    )
    .select(LOAN_COLUMNS)
    .select([
      'm.id as memberId',
      'm.member_no as memberNo',
      'm.name',
      'o.name as orgName',
      'd.place',
      'd.cabinet',
      'd.box',
      'd.volume',
    ])
    .where('l.tenant_id', '=', tenantId)
    .where('m.tenant_id', '=', tenantId)
    .where('o.tenant_id', '=', tenantId)
    .where(inReach('l.org_path', actor))
  if (place !== null) select = select.where(atPlace('l.org_path', place))
  if (view !== null) select = select.where('l.state', 'in', [...STATES[view]])
  if (view === 'late') select = select.where('l.due_on', '<', filter.today)
  if (text !== null) {
    const part = containing(text)
    select = select.where(sql<boolean>`(l.borrower like ${part} or m.name like ${part})`)
  }
  return byKeyset(select, keyset, 'l.id').execute()
}
