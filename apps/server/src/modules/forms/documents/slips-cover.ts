import { momentText } from '../forms.format.ts'
import { cell, centred, label, type Sheet } from '../forms.sheet.ts'
import { textsOf } from '../forms.texts.ts'
import type { ActivationSlips } from '../forms.types.ts'

export const SLIPS_PER_PAGE = 8

/** The organiser's list: who gets a card and signs for it. It never shows a code, so it may lie on the table. */
export function slipsCover(facts: ActivationSlips): Sheet {
  const language = facts.language ?? 'zh-CN'
  const t = textsOf(language)
  const s = t.slips
  return {
    language,
    title: `${facts.organisation} ${s.coverTitle}`,
    author: facts.organisation,
    printedAt: facts.printedAt,
    orientation: 'portrait',
    style: 'record',
    blocks: [
      { kind: 'title', text: s.coverTitle },
      { kind: 'subtitle', text: facts.organisation },
      { kind: 'paragraph', text: s.coverLead(facts.slips.length), indent: true },
      { kind: 'space', mm: 2 },
      {
        kind: 'table',
        widths: [7, 15, 17, 24, 17, 20],
        size: 10.5,
        minRowMm: 9.5,
        head: [t.index, t.name, t.memberNumber, s.until, s.coverPage, s.received].map((text) => label(text)),
        rows: facts.slips.map((slip, at) => [
          centred(String(at + 1)),
          centred(slip.name),
          centred(slip.memberNumber),
          centred(momentText(slip.expiresAt, language)),
          centred(String(Math.floor(at / SLIPS_PER_PAGE) + 1)),
          cell(''),
        ]),
      },
    ],
  }
}
