import {
  type Input,
  type listMessages,
  type listReaders,
  type MessagePage,
  type muteConversation,
  NAMED_READERS,
  type noteConversationRead,
  RECALL_MINUTES,
  type Reply,
  type recallMessage,
  conversationsRefusals as refusals,
  type searchMessages,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { MOST_FOUND, SCANNED, USUAL_PAGE } from '../conversations.policy.ts'
import type { ConversationPorts } from '../conversations.ports.ts'
import type { Conversation } from '../queries/conversations.queries.ts'
import * as q from '../queries/messages.queries.ts'
import * as seats from '../queries/seats.queries.ts'
import { belongingOf, demandLocked, demandOwn, type Me } from './belonging.ts'
import { peopleIn } from './people.ts'
import { type Answered, contentOf, shownMessage } from './shown.ts'

type Changed = { id: string }
const NEWEST = Number.MAX_SAFE_INTEGER

/** Messages with what they answer, and of the own ones how many have read them. */
export async function shownAll(ctx: Ctx, me: Me, one: Conversation, rows: readonly q.MessageRow[]) {
  const { tenantId, personId } = me
  const contents = rows.map((row) => contentOf(ctx.vault, one, row))
  const replied = [...new Set(contents.flatMap((content) => content?.replyTo ?? []))]
  const originals = await q.messagesByIds(ctx.db, { tenantId, id: one.id }, replied)
  const answered: Answered = new Map(originals.map((row) => [row.id, contentOf(ctx.vault, one, row)]))
  const own = rows.filter((row) => row.personId === personId).map(({ seq }) => seq)
  const read = own.length > 0 ? await seats.readSeqs(ctx.db, tenantId, one.id, personId, Math.min(...own)) : []
  return rows.map((row, at) => {
    const isMine = row.personId === personId
    const readers = isMine ? read.filter(({ readSeq }) => readSeq >= row.seq).length : null
    return shownMessage(row, contents[at] ?? null, personId, { answered, readers })
  })
}

export const list =
  (ports: ConversationPorts) =>
  async (ctx: Ctx, { params, query }: Input<typeof listMessages>): Promise<MessagePage> => {
    const me = await belongingOf(ctx, ports)
    const one = await demandOwn(ctx, me, params.id)
    const of = { tenantId: me.tenantId, id: one.id }
    const most = query.limit ?? USUAL_PAGE
    const rows =
      query.after === undefined
        ? (await q.messagesBefore(ctx.db, of, query.before ?? NEWEST, most)).toReversed()
        : await q.messagesAfter(ctx.db, of, query.after, most)
    const first = rows[0]?.seq
    const hasOlder = first !== undefined && (await q.messagesBefore(ctx.db, of, first, 1)).length > 0
    return { rows: await shownAll(ctx, me, one, rows), lastSeq: one.lastSeq, hasOlder }
  }

/** A message of the conversation. @throws Refusal `conversations.message_not_found` */
export async function demandMessage(ctx: Ctx, one: Conversation, messageId: string): Promise<q.MessageRow> {
  const [row] = await q.messagesByIds(ctx.db, { tenantId: ctx.actor.tenantId, id: one.id }, [messageId])
  if (!row) throw refusals.message_not_found()
  return row
}

export const recall =
  (ports: ConversationPorts) =>
  async (ctx: Ctx<Tx>, { params }: Input<typeof recallMessage>): Promise<Changed> => {
    const me = await belongingOf(ctx, ports)
    const one = await demandLocked(ctx, me, params.id)
    const row = await demandMessage(ctx, one, params.messageId)
    if (row.personId !== me.personId) throw refusals.not_yours()
    // Taken back already: said twice, done once.
    if (row.sealed === null) return { id: row.id }
    if (contentOf(ctx.vault, one, row)?.kind === 'turn') throw refusals.not_yours()
    if (ctx.now.getTime() - row.at.getTime() > RECALL_MINUTES * 60_000)
      throw refusals.too_late({ most: RECALL_MINUTES })
    await q.setRecalled(ctx.db, { tenantId: me.tenantId, id: one.id }, row.id, ctx.now)
    return { id: row.id }
  }

export const readers =
  (ports: ConversationPorts) =>
  async (ctx: Ctx<Tx>, { params }: Input<typeof listReaders>): Promise<Reply<typeof listReaders>> => {
    const me = await belongingOf(ctx, ports)
    const one = await demandOwn(ctx, me, params.id)
    const row = await demandMessage(ctx, one, params.messageId)
    if (row.personId !== me.personId) throw refusals.not_yours()
    const read = await seats.readSeqs(ctx.db, me.tenantId, one.id, me.personId, row.seq)
    const people = (await peopleIn(ctx, ports, one)).filter(({ personId }) => personId !== me.personId)
    // Whoever read it and has left since is not counted among those who are there.
    const have = people.filter(({ personId }) => read.some((seat) => seat.personId === personId))
    const isSmall = people.length + 1 <= NAMED_READERS
    return { readers: have.length, people: people.length, names: isSmall ? have.map(({ name }) => name) : [] }
  }

export const noteRead =
  (ports: ConversationPorts) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof noteConversationRead>): Promise<Changed> => {
    const me = await belongingOf(ctx, ports)
    const one = await demandOwn(ctx, me, params.id)
    const place = { tenantId: me.tenantId, id: one.id, personId: me.personId }
    await seats.setReadTo(ctx.db, place, Math.min(body.seq, one.lastSeq), ctx.now)
    return { id: one.id }
  }

export const mute =
  (ports: ConversationPorts) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof muteConversation>): Promise<Changed> => {
    const me = await belongingOf(ctx, ports)
    const one = await demandOwn(ctx, me, params.id)
    const place = { tenantId: me.tenantId, id: one.id, personId: me.personId }
    await seats.setMuted(ctx.db, place, body.isMuted, ctx.now)
    return { id: one.id }
  }

/**
 * Nothing of what was said is kept in an index: a search opens the newest messages one after another, so many of them
 * each time, and says where it stopped. Width and case of letters do not matter.
 */
export const search =
  (ports: ConversationPorts) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof searchMessages>): Promise<Reply<typeof searchMessages>> => {
    const me = await belongingOf(ctx, ports)
    const one = await demandOwn(ctx, me, params.id)
    const words = folded(body.text).split(/\s+/).filter(Boolean)
    const of = { tenantId: me.tenantId, id: one.id }
    const rows = await q.messagesBefore(ctx.db, of, body.before ?? NEWEST, SCANNED)
    const found: q.MessageRow[] = []
    let next = rows.length === SCANNED ? (rows.at(-1)?.seq ?? null) : null
    for (const row of rows) {
      const content = contentOf(ctx.vault, one, row)
      if (!content || content.kind === 'turn') continue
      const said = folded([content.text, content.fileName, content.card?.title, content.name].join(' '))
      if (!words.every((word) => said.includes(word))) continue
      found.push(row)
      if (found.length === MOST_FOUND) {
        next = row.seq
        break
      }
    }
    return { rows: await shownAll(ctx, me, one, found), next }
  }
const folded = (text: string): string => text.normalize('NFKC').toLowerCase()
