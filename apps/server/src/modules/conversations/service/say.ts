import {
  type ConversationTurn,
  type Input,
  type Message,
  type NewMessage,
  conversationsRefusals as refusals,
  type sayMessage,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId } from '../../../platform/events.ts'
import { attachFile } from '../../files/index.ts'
import { type Content, sealContent } from '../cipher.ts'
import type { ConversationPorts } from '../conversations.ports.ts'
import { type Conversation, setConversation } from '../queries/conversations.queries.ts'
import { silencesIn } from '../queries/keeping.queries.ts'
import * as q from '../queries/messages.queries.ts'
import { setReadTo } from '../queries/seats.queries.ts'
import { belongingOf, demandLocked, type Me } from './belonging.ts'
import { demandMessage, shownAll } from './messages.ts'
import { peopleIn } from './people.ts'

type Written = {
  readonly id: string
  readonly content: Content
  readonly fileId?: string | null
  readonly mentions?: string[]
}
/** Appends to a locked conversation: the row lock gives the order, which is everybody's. */
async function append(ctx: Ctx<Tx>, one: Conversation, written: Written): Promise<q.MessageRow> {
  const { tenantId, personId } = ctx.actor
  const row = {
    id: written.id,
    conversationId: one.id,
    seq: one.lastSeq + 1,
    personId,
    sealed: sealContent(ctx.vault, one, written.id, written.content),
    fileId: written.fileId ?? null,
    mentions: written.mentions ?? [],
    at: ctx.now,
  }
  one.lastSeq = row.seq
  await setConversation(ctx.db, tenantId, one.id, { last_seq: row.seq, last_at: ctx.now }, ctx.now)
  await q.insertMessage(ctx.db, tenantId, row)
  await setReadTo(ctx.db, { tenantId, id: one.id, personId }, row.seq, ctx.now)
  return row
}

/** The conversation tells what was done with it, so that nothing happens to a group behind its back. */
export async function tellTurn(
  ctx: Ctx<Tx>,
  me: Me,
  one: Conversation,
  turn: ConversationTurn,
  names: readonly string[],
): Promise<void> {
  await append(ctx, one, { id: newId(ctx), content: { kind: 'turn', name: me.name, turn, names } })
}

const wanting = (field: string) => refusals.incomplete.at(`/body/${field}`)

/** Gives the own upload to the conversation. @throws Refusal `conversations.incomplete`, `.not_a_picture`, `.not_a_voice` */
async function withFile(ctx: Ctx<Tx>, one: Conversation, body: NewMessage): Promise<Partial<Content>> {
  if (body.fileId === undefined) throw wanting('fileId')
  if (body.kind === 'voice' && body.seconds === undefined) throw wanting('seconds')
  const { id, unitId: orgId, orgPath } = one
  const file = await attachFile(ctx, body.fileId, { kind: 'conversation', id, orgId, orgPath, readPermission: null })
  if (body.kind === 'picture' && file.purpose !== 'photo') throw refusals.not_a_picture.at('/body/fileId')
  if (body.kind === 'voice' && file.purpose !== 'voice') throw refusals.not_a_voice.at('/body/fileId')
  return { fileName: file.name, ...(body.kind === 'voice' && body.seconds ? { seconds: body.seconds } : {}) }
}

async function withCard(
  ctx: Ctx<Tx>,
  kind: 'vote' | 'notice',
  id: string | undefined,
  ports: ConversationPorts,
): Promise<Partial<Content>> {
  if (id === undefined) throw wanting('cardId')
  const card = await ports.cards[kind](ctx, id)
  if (!card) throw refusals.no_card.at('/body/cardId')
  return { card }
}

async function contentOf(
  ctx: Ctx<Tx>,
  me: Me,
  one: Conversation,
  body: NewMessage,
  ports: ConversationPorts,
): Promise<Content> {
  const text = body.text?.trim()
  const { kind } = body
  if (kind === 'text' && text === undefined) throw wanting('text')
  if (body.replyTo) await demandMessage(ctx, one, body.replyTo)
  const more =
    kind === 'text'
      ? {}
      : kind === 'vote' || kind === 'notice'
        ? await withCard(ctx, kind, body.cardId, ports)
        : await withFile(ctx, one, body)
  return { kind, name: me.name, ...(text ? { text } : {}), ...(body.replyTo ? { replyTo: body.replyTo } : {}), ...more }
}

/** @throws Refusal `conversations.person_not_found` for somebody who is called and does not belong */
async function checkMentions(ctx: Ctx<Tx>, one: Conversation, ids: readonly string[], ports: ConversationPorts) {
  if (ids.length === 0) return
  const people = new Set((await peopleIn(ctx, ports, one)).map(({ personId }) => personId))
  if (!ids.every((id) => people.has(id))) throw refusals.person_not_found.at('/body/mentions')
}

/** Says it once: the same id again is answered with what stands there. */
export const say =
  (ports: ConversationPorts) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof sayMessage>): Promise<Message> => {
    const me = await belongingOf(ctx, ports)
    const one = await demandLocked(ctx, me, params.id)
    const { tenantId, personId } = me
    const [known] = await q.messagesByIds(ctx.db, { tenantId, id: one.id }, [body.id])
    if (known && known.personId !== personId) throw refusals.id_taken.at('/body/id')
    if (known) return onlyOf(await shownAll(ctx, me, one, [known]))
    if (one.state === 'ended') throw refusals.ended()
    const silence = (await silencesIn(ctx.db, tenantId, one.id, ctx.now)).find((row) => row.personId === personId)
    if (silence) throw refusals.silenced({ until: silence.until.toISOString(), reason: silence.reason })
    const mentions = body.mentions ?? []
    await checkMentions(ctx, one, mentions, ports)
    const content = await contentOf(ctx, me, one, body, ports)
    const fileId = content.fileName === undefined ? null : (body.fileId ?? null)
    const row = await append(ctx, one, { id: body.id, content, fileId, mentions })
    return onlyOf(await shownAll(ctx, me, one, [row]))
  }
function onlyOf(shown: readonly Message[]): Message {
  const [first] = shown
  if (!first) throw new Error('a message that was said is there')
  return first
}
