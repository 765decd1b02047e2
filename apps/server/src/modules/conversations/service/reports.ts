import {
  type decideReport,
  type Input,
  type listMyReports,
  type listReports,
  type openReport,
  type Reply,
  conversationsRefusals as refusals,
  type reportMessages,
  type ShownMessage,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { unitNameOf } from '../../org/index.ts'
import { MOST_REPORTS } from '../conversations.policy.ts'
import type { ConversationPorts } from '../conversations.ports.ts'
import { messagesByIds } from '../queries/messages.queries.ts'
import * as q from '../queries/reports.queries.ts'
import { belongingOf, demandOwn } from './belonging.ts'
import { contentOf, shownReport } from './shown.ts'

type Changed = { id: string }
const place = (rowId: string) => ({ table: 'conversations_report', column: 'sealed', rowId })
const subjectOf = ({ id, orgPath }: Pick<q.Report, 'id' | 'orgPath'>) => ({ kind: 'conversation_report', id, orgPath })

/** Only what was chosen is copied, sealed for the report: the officer gets nothing else of the conversation. */
export const report =
  (ports: ConversationPorts) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof reportMessages>): Promise<Changed> => {
    const me = await belongingOf(ctx, ports)
    const one = await demandOwn(ctx, me, params.id)
    const { tenantId, personId } = me
    const rows = await messagesByIds(ctx.db, { tenantId, id: one.id }, body.messageIds)
    const chosen = rows.flatMap((row) => {
      const content = contentOf(ctx.vault, one, row)
      return content && content.kind !== 'turn' && row.personId !== personId ? [{ row, content }] : []
    })
    if (chosen.length !== body.messageIds.length) throw refusals.message_not_found.at('/body/messageIds')
    const shown: ShownMessage[] = chosen.map(({ row, content }) => ({
      name: content.name,
      at: row.at.toISOString(),
      text: [content.text, content.fileName, content.card?.title].filter(Boolean).join(' · '),
    }))
    // A group is answered for where it stands; of a talk between people whoever reports is at home somewhere.
    const isUnits = one.kind === 'branch' || one.kind === 'officers' || one.kind === 'study'
    const at = isUnits || !me.home ? { unitId: one.unitId, orgPath: one.orgPath } : me.home
    const id = newId(ctx)
    await q.insertReport(
      ctx.db,
      tenantId,
      {
        id,
        ...at,
        conversationKind: one.kind,
        unitName: (await unitNameOf(ctx.db, tenantId, at.unitId)) || one.unitName,
        personId,
        reporter: me.name,
        accused: [...new Set(chosen.map(({ row }) => row.personId))],
        reason: body.reason.trim(),
        messages: shown.length,
        sealed: ctx.vault.seal(place(id), JSON.stringify(shown), ctx.now),
      },
      ctx.now,
    )
    const subject = { ...subjectOf({ id, orgPath: at.orgPath }), personId }
    await publish(ctx, 'conversations.reported', subject, { messages: shown.length })
    return { id }
  }

export async function listOwn(ctx: Ctx): Promise<Reply<typeof listMyReports>> {
  const { tenantId, personId } = ctx.actor
  return { rows: (await q.ownReports(ctx.db, tenantId, personId, MOST_REPORTS)).map(shownReport) }
}

export async function list(ctx: Ctx, { query }: Input<typeof listReports>): Promise<Reply<typeof listReports>> {
  const keyset = keysetOf(query, { createdAt: 'r.created_at' }, '-createdAt')
  const rows = await q.listReports(ctx.db, ctx.actor, query.state ?? null, keyset)
  const page = pageOfRows(rows, keyset, ({ createdAt, id }) => ({ value: createdAt.toISOString(), id }))
  return { rows: page.rows.map(shownReport), next: page.next, total: null }
}

async function demandReport(ctx: Ctx<Tx>, id: string): Promise<q.Report> {
  const found = await q.lockReport(ctx.db, ctx.actor, id)
  if (!found) throw refusals.not_found()
  if (found.personId === ctx.actor.personId) throw refusals.own_report()
  return found
}

export async function open(ctx: Ctx<Tx>, { params }: Input<typeof openReport>): Promise<Reply<typeof openReport>> {
  const found = await demandReport(ctx, params.id)
  const shown = JSON.parse(ctx.vault.open(place(found.id), found.sealed)) as ShownMessage[]
  await publish(ctx, 'conversations.report_opened', subjectOf(found), { messages: shown.length })
  return { report: shownReport(found), shown }
}

export async function decide(ctx: Ctx<Tx>, { params, body }: Input<typeof decideReport>): Promise<Changed> {
  const found = await demandReport(ctx, params.id)
  if (found.state !== 'open') throw refusals.report_decided()
  const { isUpheld } = body
  const decision = { state: isUpheld ? 'upheld' : 'dismissed', words: body.words.trim() } as const
  await q.setDecided(ctx.db, ctx.actor, found.id, decision, ctx.now)
  const subject = { ...subjectOf(found), personId: found.personId }
  await publish(ctx, 'conversations.report_decided', subject, { isUpheld })
  return { id: found.id }
}
