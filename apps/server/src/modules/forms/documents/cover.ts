import type { Cover } from '../forms.cover.ts'
import { type Block, cell, label } from '../forms.sheet.ts'

/** A page of its own before a register that is kept: whose it is, what it is, the figures, and who answers for it. */
export function coverBlocks({ organisation, title, facts, signers }: Cover): Block[] {
  return [
    { kind: 'space', mm: 24 },
    { kind: 'subtitle', text: organisation },
    { kind: 'title', text: title },
    { kind: 'space', mm: 10 },
    {
      kind: 'table',
      widths: [30, 70],
      rows: facts.map(([name, value]) => [label(name), cell(value)]),
      minRowMm: 9,
      size: 12,
    },
    { kind: 'space', mm: 8 },
    { kind: 'signatures', lines: signers.map((signer) => ({ label: signer, value: '', date: '' })) },
    { kind: 'break' },
  ]
}
