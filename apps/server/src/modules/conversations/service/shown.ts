import type { Message, ReportRow, Silence } from '@tongxin/contract'
import type { Vault } from '../../../platform/vault.ts'
import { type Content, type Keyed, openContent } from '../cipher.ts'
import { EXCERPT } from '../conversations.policy.ts'
import type { SilenceRow } from '../queries/keeping.queries.ts'
import type { MessageRow } from '../queries/messages.queries.ts'
import type { Report } from '../queries/reports.queries.ts'

/** What a living message says; null for one that was taken back. */
export const contentOf = (vault: Vault, conversation: Keyed, row: MessageRow): Content | null =>
  row.sealed === null ? null : openContent(vault, conversation, row.id, row.sealed)

export type Answered = ReadonlyMap<string, Content | null>
/** A message as one person sees it. `answered`: those that are answered, by id; absent where they are removed. */
export function shownMessage(
  row: MessageRow,
  content: Content | null,
  personId: string,
  more: { readonly answered?: Answered; readonly readers?: number | null; readonly name?: string } = {},
): Message {
  const replied = content?.replyTo
  const original = replied === undefined ? undefined : more.answered?.get(replied)
  return {
    id: row.id,
    seq: row.seq,
    kind: content?.kind ?? 'recalled',
    personId: row.personId,
    name: content?.name ?? more.name ?? '',
    isMine: row.personId === personId,
    at: row.at.toISOString(),
    text: content?.text ?? null,
    fileId: row.fileId,
    fileName: content?.fileName ?? null,
    seconds: content?.seconds ?? null,
    card: content?.card ?? null,
    turn: content?.turn ?? null,
    names: [...(content?.names ?? [])],
    mentions: row.mentions,
    replyTo:
      replied === undefined
        ? null
        : { id: replied, name: original?.name ?? '', excerpt: original ? excerptOf(original) : null },
    readers: more.readers ?? null,
  }
}
const excerptOf = ({ text, fileName, card }: Content): string =>
  [...(text ?? card?.title ?? fileName ?? '')].slice(0, EXCERPT).join('')

export const shownSilence = ({ personId, name, until, reason, by }: SilenceRow): Silence => ({
  personId,
  name,
  until: until.toISOString(),
  reason,
  by,
})
export const shownReport = (report: Report): ReportRow => ({
  id: report.id,
  conversationKind: report.conversationKind,
  unitName: report.unitName,
  reporter: report.reporter,
  reason: report.reason,
  messages: report.messages,
  state: report.state,
  words: report.words,
  decidedBy: report.decidedBy,
  decidedAt: report.decidedAt?.toISOString() ?? null,
  createdAt: report.createdAt.toISOString(),
})
