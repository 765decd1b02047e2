import { dateText, spanText } from '../forms.format.ts'
import type { Block, Sheet } from '../forms.sheet.ts'
import { textsOf } from '../forms.texts.ts'
import type { MeetingNotice } from '../forms.types.ts'

/** 会议通知 as an official letter: numbered particulars, issuer and date at the right with room for the seal. */
export function meetingNotice(facts: MeetingNotice): Sheet {
  const language = facts.language ?? 'zh-CN'
  const t = textsOf(language)
  const n = t.notice
  let at = 0
  const point = (heading: string, body: string): Block => ({
    kind: 'paragraph',
    indent: true,
    text: `${n.ordinals[at++] ?? ''}${heading}${t.colon}${body}`,
  })
  const list = (heading: string, items: readonly string[]): Block[] =>
    items.length === 0
      ? []
      : [
          { kind: 'paragraph', indent: true, text: `${n.ordinals[at++] ?? ''}${heading}` },
          ...items.map(
            (item, index): Block => ({
              kind: 'paragraph',
              indent: true,
              text: language === 'zh-CN' ? `（${index + 1}）${item}` : `(${index + 1}) ${item}`,
            }),
          ),
        ]
  const contact = facts.contact ? [facts.contact.name, facts.contact.phone].filter(Boolean).join(' ') : null
  const blocks: Block[] = [
    ...(facts.documentNumber ? [{ kind: 'paragraph', text: facts.documentNumber, align: 'center' } as const] : []),
    { kind: 'title', text: n.title(facts.meeting.title) },
    { kind: 'paragraph', text: `${facts.addressees}${t.colon.trim()}` },
    { kind: 'paragraph', indent: true, text: n.opening(facts.organisation, facts.meeting.title) },
    point(n.time, spanText(facts.meeting.startsAt, facts.meeting.endsAt, language)),
    point(n.place, facts.meeting.place),
    point(n.participants, facts.participants),
    ...list(n.agenda, facts.agenda),
    ...list(n.requirements, facts.requirements),
    ...(contact ? [point(n.contact, contact)] : []),
    { kind: 'issuer', organisation: facts.organisation, date: dateText(facts.issuedOn, language), seal: t.sealHere },
  ]
  return {
    language,
    title: n.title(facts.meeting.title),
    author: facts.organisation,
    printedAt: facts.printedAt,
    orientation: 'portrait',
    style: 'letter',
    blocks,
  }
}
