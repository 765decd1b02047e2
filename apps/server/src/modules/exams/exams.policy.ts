import { createHash } from 'node:crypto'
import type { ExamResponse, PartialRule, QuestionDraft, QuestionKey, QuestionKind } from '@tongxin/contract'

/** Pure decisions of the module: what makes a question whole, what an answer earns, who passes. */

/** A gap in the stem of a 填空. */
const GAP = /_{2,}/g
export const gapsIn = (stem: string): number => stem.match(GAP)?.length ?? 0

export type Flaw = 'options_missing' | 'options_not_for_kind' | 'key_missing' | 'key_outside' | 'blanks_differ'
type Question = Pick<QuestionDraft, 'kind' | 'body' | 'key'>

/** The first thing that keeps a question from being asked, with the part of it where it lies; null when it is whole. */
export function flawOf({ kind, body, key }: Question): { flaw: Flaw; at: 'body/options' | 'key' | 'body/stem' } | null {
  const { options } = body
  if (kind === 'single' || kind === 'multiple') {
    if (options.length < 2) return { flaw: 'options_missing', at: 'body/options' }
    if (new Set(options.map(normalised)).size < options.length)
      return { flaw: 'options_not_for_kind', at: 'body/options' }
  } else if (options.length > 0) return { flaw: 'options_not_for_kind', at: 'body/options' }
  const chosen = new Set(key.choices)
  if (chosen.size < key.choices.length) return { flaw: 'key_outside', at: 'key' }
  switch (kind) {
    case 'single':
    case 'truth': {
      if (key.choices.length !== 1) return { flaw: 'key_missing', at: 'key' }
      const places = kind === 'truth' ? 2 : options.length
      return (key.choices[0] ?? 0) < places ? null : { flaw: 'key_outside', at: 'key' }
    }
    case 'multiple':
      if (key.choices.length === 0) return { flaw: 'key_missing', at: 'key' }
      return key.choices.every((place) => place < options.length) ? null : { flaw: 'key_outside', at: 'key' }
    case 'blank': {
      const gaps = gapsIn(body.stem)
      if (gaps === 0 || gaps !== key.blanks.length) return { flaw: 'blanks_differ', at: 'body/stem' }
      return null
    }
    case 'short':
      return (key.reference ?? '').trim() === '' ? { flaw: 'key_missing', at: 'key' } : null
  }
}

/** Drops what a kind has no use for, so that two ways of writing the same question are the same. */
export function tidied<Q extends Question>(question: Q): Q {
  const { kind, body, key } = question
  const hasOptions = kind === 'single' || kind === 'multiple'
  return {
    ...question,
    body: { stem: body.stem.trim(), options: hasOptions ? body.options.map((one) => one.trim()) : [] },
    key: {
      choices: kind === 'blank' || kind === 'short' ? [] : [...key.choices].sort((a, b) => a - b),
      blanks: kind === 'blank' ? key.blanks.map((texts) => texts.map((text) => text.trim())) : [],
      reference: kind === 'short' ? (key.reference ?? '').trim() || null : null,
    },
  }
}

/** Equal for questions that ask the same with the same options, in whatever width and spacing they are written. */
export function contentHash({ kind, body }: Pick<QuestionDraft, 'kind' | 'body'>): Buffer {
  const text = JSON.stringify([kind, normalised(body.stem), body.options.map(normalised).sort()])
  return createHash('sha256').update(text).digest()
}

/** Text as it is compared: one width, no space, no case, no mark at the end. */
export const normalised = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, '')
    .replace(/[.,;:!?。、]+$/, '')

/** One question in a sitting, as frozen: `order` tells which option stands at each place shown. */
export type FrozenItem = {
  readonly q: string
  readonly v: string
  readonly points: number
  readonly order: readonly number[]
}

/** Places in the options as they were written, of places as they were shown. */
export const asWritten = (shown: readonly number[], order: readonly number[]): number[] =>
  shown.flatMap((place) => {
    const written = order.length === 0 ? place : order[place]
    return written === undefined ? [] : [written]
  })
export const asShown = (written: readonly number[], order: readonly number[]): number[] =>
  order.length === 0 ? [...written] : written.map((place) => order.indexOf(place)).sort((a, b) => a - b)

/** Whole points of an answer; null for an answer in words, which people mark. An empty one is worth nothing. */
export function pointsFor(
  kind: QuestionKind,
  key: QuestionKey,
  response: ExamResponse | null,
  item: Pick<FrozenItem, 'points' | 'order'>,
  partial: PartialRule,
): number | null {
  if (kind === 'short') return (response?.text ?? '').trim() === '' ? 0 : null
  if (!response) return 0
  if (kind === 'blank') {
    const right = key.blanks.filter((texts, at) => {
      const given = normalised(response.blanks?.[at] ?? '')
      return given !== '' && texts.some((text) => normalised(text) === given)
    }).length
    return Math.floor((item.points * right) / Math.max(1, key.blanks.length))
  }
  const chosen = new Set(asWritten(response.choices ?? [], item.order))
  const right = key.choices.filter((place) => chosen.has(place)).length
  const isWhole = right === key.choices.length && chosen.size === right
  if (isWhole) return item.points
  if (kind !== 'multiple' || partial === 'none' || right === 0 || chosen.size > right) return 0
  return Math.floor(partial === 'half' ? item.points / 2 : (item.points * right) / key.choices.length)
}

/** The sum of the points, or null while one of them is open. */
export function totalOf(points: readonly (number | null)[]): number | null {
  return points.reduce<number | null>((sum, one) => (sum === null || one === null ? null : sum + one), 0)
}

/** Nobody passes by a sheet on which nothing was asked. */
export const passes = (points: number, most: number, percent: number): boolean =>
  most > 0 && points * 100 >= most * percent

export type Marks = {
  readonly markers: number
  readonly difference: number
  readonly first: number | null
  readonly second: number | null
  readonly third: number | null
}

/** Which mark is asked for next; null when nothing is. */
export function nextRound({ markers, difference, first, second, third }: Marks): 1 | 2 | 3 | null {
  if (first === null) return 1
  if (markers === 1) return null
  if (second === null) return 2
  return Math.abs(first - second) > difference && third === null ? 3 : null
}

/**
 * The points that the marks come to, or null while one is missing: one mark alone, the mean of two that agree, else
 * the mean of the third and the nearer of the two. Halves go up, in favour of whoever wrote.
 */
export function settledPoints(marks: Marks): number | null {
  if (nextRound(marks) !== null) return null
  const { first, second, third } = marks
  if (first === null) return null
  if (second === null) return first
  if (third === null) return Math.round((first + second) / 2)
  const nearer = Math.abs(first - third) <= Math.abs(second - third) ? first : second
  return Math.round((nearer + third) / 2)
}
