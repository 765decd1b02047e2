import { INFO_LEVELS, type InfoCategory, type InfoLevel, type InfoState, type TaskFile } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { Keyset } from '../../../platform/page.ts'
import { inReach, inScope } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'
import { inPlace, type PlaceFilter, paged } from './paged.ts'

export type Report = {
  id: string
  unitId: string
  orgPath: string
  unitName: string
  receiverPath: string
  receiverName: string
  category: InfoCategory
  title: string
  body: string
  files: TaskFile[]
  state: InfoState
  level: InfoLevel | null
  comment: string | null
  decidedBy: string | null
  decidedAt: Date | null
  writtenBy: string
  writtenById: string
  reportedOn: string
  reportedAt: Date
}

const reports = (db: Db, tenantId: string) =>
  db
    .selectFrom('tasks_report as r')
    .select([
      'r.id',
      'r.unit_id as unitId',
      'r.org_path as orgPath',
      'r.unit_name as unitName',
      'r.receiver_path as receiverPath',
      'r.receiver_name as receiverName',
      'r.category',
      'r.title',
      'r.body',
      'r.files',
      'r.state',
      'r.level',
      'r.comment',
      'r.decided_by as decidedBy',
      'r.decided_at as decidedAt',
      'r.written_by as writtenBy',
      'r.written_by_id as writtenById',
      'r.reported_on as reportedOn',
      'r.reported_at as reportedAt',
    ])
    .where('r.tenant_id', '=', tenantId)

export type ReportFilter = PlaceFilter & {
  readonly side: 'own' | 'review' | null
  readonly state: InfoState | null
  readonly category: InfoCategory | null
  readonly from: string | null
  readonly to: string | null
  readonly text: string | null
}
export async function listReports(db: Db, actor: Actor, filter: ReportFilter, keyset: Keyset): Promise<Report[]> {
  let select = reports(db, actor.tenantId).where(inReach('r.org_path', actor))
  if (filter.side === 'own') select = select.where('r.org_path', '=', actor.scope)
  if (filter.side === 'review')
    select = select.where('r.receiver_path', '=', actor.scope).where(sql<boolean>`r.state = 'submitted'`)
  if (filter.path !== null) select = select.where(inPlace('r.org_path', filter.path, filter.isBelow))
  if (filter.state) select = select.where('r.state', '=', filter.state)
  if (filter.category) select = select.where('r.category', '=', filter.category)
  if (filter.from) select = select.where('r.reported_on', '>=', filter.from)
  if (filter.to) select = select.where('r.reported_on', '<=', filter.to)
  if (filter.text) select = select.where('r.title', 'like', containing(filter.text))
  return paged<Report>(select, keyset, 'r.id')
}
export async function findReport(db: Db, actor: Actor, id: string): Promise<Report | undefined> {
  const select = reports(db, actor.tenantId).where('r.id', '=', id).where(inReach('r.org_path', actor))
  return (await select.executeTakeFirst()) as Report | undefined
}
export async function lockReport(tx: Tx, actor: Actor, id: string): Promise<Report | undefined> {
  const select = reports(tx, actor.tenantId).where('r.id', '=', id).where(inReach('r.org_path', actor))
  return (await select.forUpdate('r').executeTakeFirst()) as Report | undefined
}

type Written =
  | 'id'
  | 'unitId'
  | 'orgPath'
  | 'unitName'
  | 'receiverPath'
  | 'receiverName'
  | 'category'
  | 'title'
  | 'body'
export type NewReport = Pick<Report, Written | 'files' | 'writtenBy' | 'writtenById' | 'reportedOn'> & {
  readonly receiverId: string
}
export async function insertReport(tx: Tx, tenantId: string, report: NewReport, at: Date): Promise<void> {
  await tx
    .insertInto('tasks_report')
    .values({
      tenant_id: tenantId,
      id: report.id,
      unit_id: report.unitId,
      org_path: report.orgPath,
      unit_name: report.unitName,
      receiver_id: report.receiverId,
      receiver_path: report.receiverPath,
      receiver_name: report.receiverName,
      category: report.category,
      title: report.title,
      body: report.body,
      files: JSON.stringify(report.files),
      written_by: report.writtenBy,
      written_by_id: report.writtenById,
      reported_on: report.reportedOn,
      reported_at: at,
      updated_at: at,
    })
    .execute()
}

export async function setDecision(
  tx: Tx,
  { tenantId, personName }: Actor,
  id: string,
  decision: { readonly state: InfoState; readonly level: InfoLevel | null; readonly comment: string },
  at: Date,
): Promise<void> {
  await tx
    .updateTable('tasks_report')
    .set({ ...decision, decided_by: personName, decided_at: at, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export type UnitMonth = { id: string; orgName: string; reported: number; adopted: number; levels: number[] }
const adoptedAt = (level: InfoLevel) => sql`(count(*) filter (where r.level = ${sql.lit(level)}))::int`
/** What units reported in a month and what was adopted, in the order of the tree. */
export async function monthOf(
  db: Db,
  actor: Actor,
  period: { readonly from: string; readonly until: string; readonly path: string | null },
  most: number,
): Promise<UnitMonth[]> {
  const { rows } =
    await sql<UnitMonth>`select r.unit_id as id, max(r.unit_name) as "orgName", count(*)::int as reported,
      (count(*) filter (where r.state = 'adopted'))::int as adopted,
      array[${sql.join(INFO_LEVELS.map(adoptedAt))}] as levels
    from tasks_report r
    where r.tenant_id = ${actor.tenantId}::uuid and ${inReach('r.org_path', actor)}
      ${period.path === null ? sql`` : sql`and ${inScope('r.org_path', period.path)}`}
      and r.reported_on between ${period.from}::date and ${period.until}::date and r.state <> 'withdrawn'
    group by r.unit_id order by max(r.org_path), r.unit_id limit ${most}`.execute(db)
  return rows
}
