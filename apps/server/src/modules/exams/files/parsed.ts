import type { Difficulty, QuestionDraft, QuestionKind } from '@tongxin/contract'
import { type Flaw, flawOf, tidied } from '../exams.policy.ts'

/** What is wrong with a question of a file; the words stand in `words/exams.<language>.json` under `fault`. */
export type Fault =
  | Flaw
  | 'kind_unknown'
  | 'stem_missing'
  | 'answer_missing'
  | 'answer_unknown'
  | 'difficulty_unknown'
  | 'topic_missing'
  | 'too_long'
  | 'syntax'
  | 'unsupported'
  | 'has_picture'

/** A question of a file, counted from 1 (of a table: the row), or what is wrong with it. */
export type Parsed = { readonly place: number; readonly excerpt: string } & (
  | { readonly draft: QuestionDraft }
  | { readonly fault: Fault; readonly column: string | null }
)

/** What the person who imports says about questions of which the file says nothing. */
export type Defaults = { readonly topic: string | null; readonly difficulty: Difficulty }

export const excerptOf = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 60)

export type Read = {
  kind: QuestionKind
  stem: string
  options?: readonly string[]
  choices?: readonly number[]
  blanks?: readonly (readonly string[])[]
  reference?: string | null
  topic?: string | null
  difficulty?: Difficulty | null
  explanation?: string | null
  source?: string | null
}

/** Long texts do not fit the bank: better named than cut. */
const isTooLong = (read: Read): boolean =>
  read.stem.length > 2000 ||
  (read.options ?? []).some((text) => text.length > 500) ||
  (read.blanks ?? []).some((texts) => texts.length > 10 || texts.some((text) => text.length > 200)) ||
  (read.reference ?? '').length > 4000 ||
  (read.explanation ?? '').length > 2000 ||
  (read.source ?? '').length > 300 ||
  (read.topic ?? '').length > 60

/** Makes a draft of what was read, by the same rules as a question written by hand. */
export function parsed(place: number, read: Read, defaults: Defaults): Parsed {
  const excerpt = excerptOf(read.stem)
  const wrong = (fault: Fault, column: string | null = null): Parsed => ({ place, excerpt, fault, column })
  if (read.stem.trim() === '') return wrong('stem_missing', 'stem')
  if (isTooLong(read)) return wrong('too_long')
  const topic = (read.topic ?? '').trim() || defaults.topic
  if (!topic) return wrong('topic_missing', 'topic')
  const draft = tidied<QuestionDraft>({
    kind: read.kind,
    difficulty: read.difficulty ?? defaults.difficulty,
    topic,
    body: { stem: read.stem, options: [...(read.options ?? [])] },
    key: {
      choices: [...(read.choices ?? [])],
      blanks: (read.blanks ?? []).map((texts) => [...texts]),
      reference: read.reference ?? null,
    },
    explanation: (read.explanation ?? '').trim() || null,
    source: (read.source ?? '').trim() || null,
  })
  if (draft.body.options.some((text) => text === '')) return wrong('options_missing', 'options')
  if (draft.key.blanks.some((texts) => texts.length === 0 || texts.some((text) => text === '')))
    return wrong('answer_missing', 'answer')
  const found = flawOf(draft)
  if (!found) return { place, excerpt, draft }
  return wrong(found.flaw, found.at === 'key' ? 'answer' : found.at === 'body/stem' ? 'stem' : 'options')
}
