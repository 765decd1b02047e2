import { todayOf } from '../../../platform/clock.ts'
import type { PaperBlock } from '../../forms/index.ts'
import { dayText, filled, type Language, wordsOf } from '../elections.print-words.ts'
import type { Election } from '../queries/elections.queries.ts'
import type { Handover } from '../queries/handovers.queries.ts'

/** 移交清单: what goes from whom to whom, and who signs; confirmed sides carry their day. */
export function handoverPaper(election: Election, handover: Handover, language: Language): PaperBlock[] {
  const words = wordsOf(language)
  const t = words.handover
  const ordinal = election.ordinal === null ? '' : filled(words.ordinal, { n: election.ordinal })
  const signed = (label: string, value: string, at: Date | null) => ({
    label,
    value: at ? value : '',
    date: at ? dayText(todayOf(at), language) : '',
  })
  return [
    {
      kind: 'subtitle',
      text: filled(t.subtitle, { org: election.unitName, ordinal, kind: words.kinds[election.kind] }),
    },
    {
      kind: 'particulars',
      pairs: [
        [t.giver, handover.giverName],
        [t.receiver, handover.receiverName],
        [t.on, dayText(handover.handedOn, language)],
        [t.place, handover.place],
        ...(handover.witness ? ([[t.witness, handover.witness]] as const) : []),
      ],
    },
    {
      kind: 'register',
      columns: [
        { header: t.columns.no, width: 8 },
        { header: t.columns.kind, width: 16 },
        { header: t.columns.name, width: 40, isLong: true },
        { header: t.columns.count, width: 10 },
        { header: t.columns.note, width: 26, isLong: true },
      ],
      rows: handover.items.map(({ kind, name, count, note }, at) => [
        String(at + 1),
        t.kinds[kind],
        name,
        String(count),
        note ?? '',
      ]),
    },
    { kind: 'paragraph', indent: true, text: filled(t.statement, { items: handover.items.length }) },
    ...(handover.withdrawnAt
      ? ([
          { kind: 'paragraph', text: filled(t.withdrawn, { reason: handover.withdrawnReason ?? '' }) },
        ] satisfies PaperBlock[])
      : []),
    {
      kind: 'signatures',
      lines: [
        signed(t.giver, handover.giverName, handover.givenAt),
        signed(t.receiver, handover.receiverName, handover.receivedAt),
        { label: t.witness, value: '', date: '' },
      ],
    },
  ]
}
