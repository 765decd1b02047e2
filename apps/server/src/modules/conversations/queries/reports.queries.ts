import type { ConversationKind, ReportState } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach } from '../../../platform/scope.ts'

export type Report = {
  id: string
  conversationKind: ConversationKind
  unitId: string
  orgPath: string
  unitName: string
  personId: string
  reporter: string
  accused: string[]
  reason: string
  messages: number
  sealed: Buffer
  state: ReportState
  words: string | null
  decidedBy: string | null
  decidedAt: Date | null
  createdAt: Date
}
const reports = (db: Db, tenantId: string) =>
  db
    .selectFrom('conversations_report as r')
    .select([
      'r.id',
      'r.conversation_kind as conversationKind',
      'r.unit_id as unitId',
      'r.org_path as orgPath',
      'r.unit_name as unitName',
      'r.person_id as personId',
      'r.reporter',
      'r.accused',
      'r.reason',
      'r.messages',
      'r.sealed',
      'r.state',
      'r.words',
      'r.decided_by as decidedBy',
      'r.decided_at as decidedAt',
      'r.created_at as createdAt',
    ])
    .where('r.tenant_id', '=', tenantId)

/** Nobody is shown reports of others about himself: whoever is meant does not hear who asked for help. */
const reviewable = (db: Db, actor: Actor) =>
  reports(db, actor.tenantId)
    .where(inReach('r.org_path', actor))
    .where(sql<boolean>`not ${actor.personId}::uuid = any(r.accused)`)
export async function listReports(db: Db, actor: Actor, state: ReportState | null, keyset: Keyset): Promise<Report[]> {
  let select = reviewable(db, actor)
  if (state) select = select.where('r.state', '=', state)
  return (await byKeyset(select, keyset, 'r.id').execute()) as Report[]
}
export async function lockReport(tx: Tx, actor: Actor, id: string): Promise<Report | undefined> {
  return (await reviewable(tx, actor).where('r.id', '=', id).forUpdate('r').executeTakeFirst()) as Report | undefined
}
export async function ownReports(db: Db, tenantId: string, personId: string, most: number): Promise<Report[]> {
  const select = reports(db, tenantId).where('r.person_id', '=', personId)
  return (await select.orderBy('r.created_at', 'desc').limit(most).execute()) as Report[]
}

export type NewReport = Omit<Report, 'state' | 'words' | 'decidedBy' | 'decidedAt' | 'createdAt'>
export async function insertReport(tx: Tx, tenantId: string, report: NewReport, at: Date): Promise<void> {
  await tx
    .insertInto('conversations_report')
    .values({
      tenant_id: tenantId,
      id: report.id,
      conversation_kind: report.conversationKind,
      unit_id: report.unitId,
      org_path: report.orgPath,
      unit_name: report.unitName,
      person_id: report.personId,
      reporter: report.reporter,
      accused: report.accused,
      reason: report.reason,
      messages: report.messages,
      sealed: report.sealed,
      created_at: at,
      updated_at: at,
    })
    .execute()
}
export async function setDecided(
  tx: Tx,
  actor: Pick<Actor, 'tenantId' | 'personId' | 'personName'>,
  id: string,
  decision: { readonly state: ReportState; readonly words: string },
  at: Date,
): Promise<void> {
  await tx
    .updateTable('conversations_report')
    .set({
      ...decision,
      decided_by: actor.personName,
      decided_by_id: actor.personId,
      decided_at: at,
      updated_at: at,
    })
    .where('tenant_id', '=', actor.tenantId)
    .where('id', '=', id)
    .execute()
}
