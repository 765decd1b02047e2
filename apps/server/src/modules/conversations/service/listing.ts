import type { ConversationRow, Input, listMyConversations, Reply, readMyConversation } from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { personNamesOf } from '../../access/index.ts'
import { settingOf } from '../../settings/index.ts'
import { CALLED_WITHIN, MOST_LISTED } from '../conversations.policy.ts'
import type { ConversationPorts } from '../conversations.ports.ts'
import * as q from '../queries/conversations.queries.ts'
import { silencesIn } from '../queries/keeping.queries.ts'
import { calledIn, lastMessages } from '../queries/messages.queries.ts'
import { seatsOfPerson } from '../queries/seats.queries.ts'
import { belongingOf, demandOwn, keeps, type Me } from './belonging.ts'
import { contentOf, shownMessage, shownSilence } from './shown.ts'

/** Rows with what is unread, the last message opened, and of a talk between two the other's name. */
async function rowsOf(ctx: Ctx, me: Me, found: readonly q.Conversation[]): Promise<ConversationRow[]> {
  const { tenantId, personId } = me
  const seats = await seatsOfPerson(
    ctx.db,
    tenantId,
    personId,
    found.map(({ id }) => id),
  )
  const readTo = (id: string): number => seats.get(id)?.readSeq ?? 0
  const others = found.flatMap(({ kind, people }) => (kind === 'pair' ? people : []))
  const names = await personNamesOf(ctx.db, others)
  const last = await lastMessages(
    ctx.db,
    tenantId,
    found.filter(({ lastSeq }) => lastSeq > 0),
  )
  const unread = found.filter(({ id, lastSeq }) => lastSeq > readTo(id))
  const called = await calledIn(
    ctx.db,
    tenantId,
    personId,
    unread.map(({ id, lastSeq }) => ({ id, after: Math.max(readTo(id), lastSeq - CALLED_WITHIN) })),
  )
  return found.map((one) => {
    const message = last.find(({ conversationId }) => conversationId === one.id)
    const other = one.people.find((id) => id !== personId)
    return {
      id: one.id,
      kind: one.kind,
      name: one.kind === 'pair' ? (names.get(other ?? '') ?? one.name) : one.name,
      unitName: one.unitName,
      state: one.state,
      lastSeq: one.lastSeq,
      lastAt: one.lastAt.toISOString(),
      last: message ? shownMessage(message, contentOf(ctx.vault, one, message), personId) : null,
      unread: Math.max(0, one.lastSeq - readTo(one.id)),
      isCalled: called.has(one.id),
      isMuted: seats.get(one.id)?.isMuted ?? false,
      isGuest: me.visits.includes(one.id),
    }
  })
}

export const list =
  (ports: ConversationPorts) =>
  async (ctx: Ctx): Promise<Reply<typeof listMyConversations>> => {
    const me = await belongingOf(ctx, ports)
    const seated = await q.seatedIn(ctx.db, me.tenantId, me.personId, MOST_LISTED)
    return { rows: await rowsOf(ctx, me, await q.listOwn(ctx.db, me, seated, MOST_LISTED)) }
  }

export const read =
  (ports: ConversationPorts) =>
  async (ctx: Ctx, { params }: Input<typeof readMyConversation>): Promise<Reply<typeof readMyConversation>> => {
    const me = await belongingOf(ctx, ports)
    const one = await demandOwn(ctx, me, params.id)
    const [row] = await rowsOf(ctx, me, [one])
    const silences = await silencesIn(ctx.db, me.tenantId, one.id, ctx.now)
    const mine = silences.find(({ personId }) => personId === me.personId)
    const keptDays = await settingOf(ctx.db, me.tenantId, one.orgPath, 'conversations.keep_days', todayOf(ctx.now))
    return {
      ...(row as ConversationRow),
      readSeq: one.lastSeq - (row?.unread ?? 0),
      isKeeper: keeps(ctx, one),
      silence: mine ? shownSilence(mine) : null,
      keptDays,
    }
  }
