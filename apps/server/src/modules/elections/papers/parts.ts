import type { NamedMember } from '@tongxin/contract'
import type { PaperBlock } from '../../forms/index.ts'
import { inStrokeOrder } from '../elections.policy.ts'
import { filled, type Language, type wordsOf } from '../elections.print-words.ts'
import type { Gathered } from '../service/read.ts'

export type PaperFacts = Gathered & {
  readonly language: Language
  readonly t: ReturnType<typeof wordsOf>
  /** Name of the organisation above, or a general word where it cannot be seen. */
  readonly superior: string
  readonly today: string
  readonly ordinal: string
  readonly kind: string
}

export const line = (text: string, facts: Readonly<Record<string, string | number>> = {}): PaperBlock => ({
  kind: 'paragraph',
  indent: true,
  text: filled(text, facts),
})
export const flush = (text: string): PaperBlock => ({ kind: 'paragraph', text })

/** Names in the order of strokes; those of two characters are set apart to the width of three in Chinese. */
export const namesText = ({ t }: Pick<PaperFacts, 't'>, people: readonly NamedMember[]): string =>
  inStrokeOrder(people)
    .map(({ name }) => name)
    .join(t.join)
