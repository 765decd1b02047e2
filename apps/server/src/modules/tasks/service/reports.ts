import {
  type decideInfoReport,
  INFO_LEVELS,
  type InfoRecord,
  type InfoRow,
  type Input,
  type listInfoReports,
  type Reply,
  type readInfoReport,
  tasksRefusals as refusals,
  type reportInfo,
  type TaskFile,
  type withdrawInfoReport,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Actor, Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish, type Subject } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { reaches } from '../../../platform/scope.ts'
import { attachFile } from '../../files/index.ts'
import { findUnit, unitNameOf } from '../../org/index.ts'
import * as q from '../queries/reports.queries.ts'
import { PHOTOS } from '../tasks.policy.ts'
import { placeOf } from './reading.ts'

type Changed = { id: string; state: string }

const subjectOf = ({ id, orgPath }: Pick<q.Report, 'id' | 'orgPath'>): Subject => ({
  kind: 'tasks_report',
  id,
  orgPath,
})
const rowOf = (report: q.Report): InfoRow => ({
  id: report.id,
  category: report.category,
  title: report.title,
  orgId: report.unitId,
  orgName: report.unitName,
  receiverName: report.receiverName,
  state: report.state,
  level: report.level,
  writtenBy: report.writtenBy,
  reportedOn: report.reportedOn,
  reportedAt: report.reportedAt.toISOString(),
})

/** Who decides: posts that reach the unit above; never of the own report; an adopted one may be raised later, while there is a level above. */
const mayDecide = (actor: Actor, report: q.Report): boolean =>
  reaches(actor, report.receiverPath) &&
  report.writtenById !== actor.personId &&
  (report.state === 'submitted' || (report.state === 'adopted' && report.level !== INFO_LEVELS.at(-1)))
const mayWithdraw = (actor: Actor, report: q.Report): boolean =>
  report.state === 'submitted' && reaches(actor, report.orgPath) && !reaches(actor, report.receiverPath)

export async function list(ctx: Ctx, { query }: Input<typeof listInfoReports>): Promise<Reply<typeof listInfoReports>> {
  const keyset = keysetOf(query, { reportedAt: 'r.reported_at' }, '-reportedAt')
  const place = await placeOf(ctx, query, '/query')
  const { side = null, state = null, category = null, text = null } = query
  const dates = { from: query.reportedFrom ?? null, to: query.reportedTo ?? null }
  const found = await q.listReports(ctx.db, ctx.actor, { ...place, side, state, category, text, ...dates }, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: row.reportedAt.toISOString(), id: row.id }))
  return { rows: rows.map(rowOf), next, total: null }
}

export async function read(ctx: Ctx, { params }: Input<typeof readInfoReport>): Promise<InfoRecord> {
  const report = await q.findReport(ctx.db, ctx.actor, params.id)
  if (!report) throw refusals.not_found()
  const { body, files, comment, decidedBy, decidedAt } = report
  return {
    ...rowOf(report),
    body,
    files,
    comment,
    decidedBy,
    decidedAt: decidedAt?.toISOString() ?? null,
    mayDecide: mayDecide(ctx.actor, report),
    mayWithdraw: mayWithdraw(ctx.actor, report),
  }
}

export async function make(ctx: Ctx<Tx>, { body }: Input<typeof reportInfo>): Promise<Changed> {
  const unit = await findUnit(ctx.db, ctx.actor, body.orgId)
  if (!unit || unit.dissolvedOn !== null || !reaches(ctx.actor, unit.path)) throw refusals.no_such_org.at('/body/orgId')
  if (unit.parentId === null) throw refusals.no_superior.at('/body/orgId')
  const { tenantId, personId, personName } = ctx.actor
  const id = newId(ctx)
  const files: TaskFile[] = []
  for (const fileId of body.fileIds) {
    const subject = { kind: 'tasks_report', id, orgId: unit.id, orgPath: unit.path, readPermission: 'tasks.read' }
    const file = await attachFile(ctx, fileId, subject)
    files.push({ id: file.id, name: file.name, isPhoto: PHOTOS.includes(file.kind) })
  }
  const report = {
    id,
    unitId: unit.id,
    orgPath: unit.path,
    unitName: unit.name,
    receiverId: unit.parentId,
    receiverPath: unit.path.slice(0, unit.path.lastIndexOf('.')),
    receiverName: await unitNameOf(ctx.db, tenantId, unit.parentId),
    category: body.category,
    title: body.title.trim(),
    body: body.body.trim(),
    files,
    writtenBy: personName,
    writtenById: personId,
    reportedOn: todayOf(ctx.now),
  }
  await q.insertReport(ctx.db, tenantId, report, ctx.now)
  const payload = { title: report.title, category: report.category, files: files.length }
  await publish(ctx, 'tasks.reported', subjectOf(report), payload)
  return { id, state: 'submitted' }
}

async function locked(ctx: Ctx<Tx>, id: string): Promise<q.Report> {
  const report = await q.lockReport(ctx.db, ctx.actor, id)
  if (!report) throw refusals.not_found()
  return report
}

export async function decide(ctx: Ctx<Tx>, { params, body }: Input<typeof decideInfoReport>): Promise<Changed> {
  const report = await locked(ctx, params.id)
  const { isAdopted, level = 'own' } = body
  if (!reaches(ctx.actor, report.receiverPath)) throw refusals.not_yours()
  if (report.writtenById === ctx.actor.personId) throw refusals.own_work()
  const isRaised = isAdopted && report.level !== null && INFO_LEVELS.indexOf(level) > INFO_LEVELS.indexOf(report.level)
  if (report.state !== 'submitted' && !isRaised) throw refusals.not_possible({ state: report.state })
  const state = isAdopted ? ('adopted' as const) : ('declined' as const)
  const comment = body.comment.trim()
  await q.setDecision(ctx.db, ctx.actor, report.id, { state, level: isAdopted ? level : null, comment }, ctx.now)
  const payload = { title: report.title, isAdopted, level: isAdopted ? level : null }
  await publish(ctx, 'tasks.report_decided', subjectOf(report), payload, { reason: comment })
  return { id: report.id, state }
}

export async function withdraw(ctx: Ctx<Tx>, { params, body }: Input<typeof withdrawInfoReport>): Promise<Changed> {
  const report = await locked(ctx, params.id)
  if (reaches(ctx.actor, report.receiverPath)) throw refusals.not_yours()
  if (report.state !== 'submitted') throw refusals.not_possible({ state: report.state })
  const comment = body.reason.trim()
  await q.setDecision(ctx.db, ctx.actor, report.id, { state: 'withdrawn', level: null, comment }, ctx.now)
  await publish(ctx, 'tasks.report_withdrawn', subjectOf(report), { title: report.title }, { reason: comment })
  return { id: report.id, state: 'withdrawn' }
}
