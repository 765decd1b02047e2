import { createHash } from 'node:crypto'
import {
  type FileReply,
  type Input,
  conversationsRefusals as refusals,
  type summarizeConversation,
} from '@tongxin/contract'
import { addDays } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { type PaperBlock, printForm } from '../../forms/index.ts'
import type { Content } from '../cipher.ts'
import { MOST_SUMMARIZED } from '../conversations.policy.ts'
import type { ConversationPorts } from '../conversations.ports.ts'
import { wordsOf } from '../conversations.print-words.ts'
import { messagesBetween } from '../queries/messages.queries.ts'
import { belongingOf, demandKeeper, demandLocked } from './belonging.ts'
import { tellTurn } from './say.ts'
import { contentOf } from './shown.ts'
import { subjectOf } from './teams.ts'

const midnight = (on: string): Date => new Date(`${on}T00:00:00+08:00`)
type Said = { readonly on: string; readonly content: Content }

/** What was said in a period as one document. The group is told that it was made, by whom. */
export const file =
  (ports: ConversationPorts) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof summarizeConversation>): Promise<FileReply> => {
    const me = await belongingOf(ctx, ports)
    const one = await demandLocked(ctx, me, params.id)
    demandKeeper(ctx, one)
    const { fromOn, untilOn, format, hasNames, language = 'zh-CN' } = body
    if (untilOn < fromOn) throw refusals.dates_wrong.at('/body/untilOn')
    const of = { tenantId: me.tenantId, id: one.id }
    const rows = await messagesBetween(ctx.db, of, midnight(fromOn), midnight(addDays(untilOn, 1)), MOST_SUMMARIZED)
    const said = rows.flatMap((row): Said[] => {
      const content = contentOf(ctx.vault, one, row)
      return content?.text && content.kind !== 'turn' ? [{ on: todayOf(row.at), content }] : []
    })
    if (said.length === 0) throw refusals.nothing_said()
    const words = wordsOf(language)
    const people = new Set(rows.map(({ personId }) => personId)).size
    const title = body.title.trim()
    const blocks = blocksOf(said, hasNames, [
      `${one.unitName}  ${fromOn} – ${untilOn}`,
      `${said.length} ${words.messages}，${people} ${words.people}`,
    ])
    const sha256 = createHash('sha256').update(JSON.stringify(blocks)).digest('hex')
    await tellTurn(ctx, me, one, 'summarized', [title])
    await publish(ctx, 'conversations.summarized', subjectOf(one), { messages: said.length, people, format, sha256 })
    const facts = {
      language,
      title,
      style: 'record',
      organisation: one.unitName,
      printedAt: ctx.now.toISOString(),
      blocks,
    } as const
    return {
      fileName: `${title}-${todayOf(ctx.now)}.${format}`,
      make: () => printForm({ kind: 'paper', format, facts }),
    }
  }

/** Day by day; with names, or only what was said. */
function blocksOf(said: readonly Said[], hasNames: boolean, heads: readonly string[]): PaperBlock[] {
  const blocks: PaperBlock[] = heads.map((text) => ({ kind: 'subtitle', text }))
  let day = ''
  for (const { on, content } of said) {
    if (on !== day) blocks.push({ kind: 'heading', text: (day = on) })
    for (const line of (content.text ?? '').split(/\n+/).filter((part) => part.trim() !== ''))
      blocks.push({ kind: 'paragraph', text: line.trim(), indent: true })
    if (hasNames) blocks.push({ kind: 'paragraph', text: `—— ${content.name}`, small: true })
  }
  return blocks
}
