import { BallotError, textOf } from './bytes.ts'
import { canonicalBytes, canonicalText } from './canonical.ts'
import type { QuestionConfig } from './config.ts'

/** What a voter chooses. Every choice has one encoding only: two would be a mark by which a ballot is known again. */
export type Choice =
  /** The whole ballot abstains; also a blank one. */
  | { readonly abstain: true }
  /** single, several. */
  | { readonly picks: readonly string[]; readonly write_ins: readonly string[] }
  /** approval: an option in neither list is an abstention. */
  | { readonly against: readonly string[]; readonly for: readonly string[]; readonly write_ins: readonly string[] }
  /** ranked: in order of preference, not necessarily all. */
  | { readonly ranks: readonly string[] }

/** Why a ballot does not count. In this order, the first that holds. */
export const INVALID_REASONS = ['unreadable', 'padding', 'malformed', 'unknown_option', 'too_many', 'write_in'] as const
export type InvalidReason = (typeof INVALID_REASONS)[number]

const KEYS: Readonly<Record<QuestionConfig['kind'], readonly string[]>> = {
  single: ['picks', 'write_ins'],
  several: ['picks', 'write_ins'],
  approval: ['against', 'for', 'write_ins'],
  ranked: ['ranks'],
}

const listOf = (choice: Choice, key: string): readonly string[] =>
  (choice as unknown as Readonly<Record<string, readonly string[]>>)[key] ?? []

/** Why the choice does not count, null for a valid one. */
export function invalidReasonOf(question: QuestionConfig, choice: Choice): InvalidReason | null {
  if ('abstain' in choice) return hasKeys(choice, ['abstain']) && choice.abstain === true ? null : 'malformed'
  const keys = KEYS[question.kind]
  if (!hasKeys(choice, keys) || !Object.values(choice).every(isListOfText)) return 'malformed'
  const options = question.options.map(({ id }) => id)
  const members = question.write_ins
  const written = listOf(choice, 'write_ins')
  const named = keys.filter((key) => key !== 'write_ins').flatMap((key) => listOf(choice, key))
  if (!named.every((id) => options.includes(id)) || !written.every((id) => members.includes(id))) {
    return 'unknown_option'
  }
  const isInOrder = (ids: readonly string[], order: readonly string[]) =>
    ids.every((id, at) => at === 0 || order.indexOf(ids[at - 1] ?? '') < order.indexOf(id))
  const lists = keys.filter((key) => key !== 'write_ins' && key !== 'ranks')
  if (!lists.every((key) => isInOrder(listOf(choice, key), options)) || !isInOrder(written, members)) return 'malformed'
  if (new Set(named).size !== named.length || named.length + written.length === 0) return 'malformed'
  const inFavour = question.kind === 'approval' ? listOf(choice, 'for') : listOf(choice, 'picks')
  if (inFavour.length + written.length > question.seats) return 'too_many'
  // ELEC-10: only who votes against a candidate may write in another.
  if (question.kind === 'approval' && written.length > listOf(choice, 'against').length) return 'write_in'
  return null
}

const hasKeys = (choice: object, keys: readonly string[]) =>
  Object.keys(choice).sort().join() === [...keys].sort().join()
const isListOfText = (list: unknown) => Array.isArray(list) && list.every((item) => typeof item === 'string')

/** A choice in its one form: lists in the order of the ballot paper, a blank one as an abstention. */
export function canonicalChoice(question: QuestionConfig, choice: Choice): Choice {
  if ('abstain' in choice) return choice
  if (!KEYS[question.kind].some((key) => listOf(choice, key).length > 0)) return { abstain: true }
  const options = question.options.map(({ id }) => id)
  const inOrder = (ids: readonly string[]) => ids.toSorted((a, b) => options.indexOf(a) - options.indexOf(b))
  const byId = (ids: readonly string[]) => ids.toSorted((a, b) => (a < b ? -1 : 1))
  if ('ranks' in choice) return { ranks: choice.ranks }
  if ('picks' in choice) return { picks: inOrder(choice.picks), write_ins: byId(choice.write_ins) }
  return { against: inOrder(choice.against), for: inOrder(choice.for), write_ins: byId(choice.write_ins) }
}

/**
 * The plaintext of a ballot: canonical JSON, filled with zero bytes to the length of its question.
 * @throws BallotError `choice.<reason>`: the device makes valid ballots only
 */
export function encodeChoice(question: QuestionConfig, given: Choice): Uint8Array {
  const choice = canonicalChoice(question, given)
  const reason = invalidReasonOf(question, choice)
  if (reason) throw new BallotError(`choice.${reason}`, `this choice would be an invalid ballot: ${reason}`)
  return padded(canonicalBytes(choice), question.plaintext_bytes)
}

export function padded(bytes: Uint8Array, length: number): Uint8Array {
  const plaintext = new Uint8Array(length)
  plaintext.set(bytes)
  return plaintext
}

/** The choice of a plaintext, or why it does not count. */
export function decodeChoice(question: QuestionConfig, plaintext: Uint8Array): Choice | InvalidReason {
  const end = plaintext.indexOf(0)
  const content = end === -1 ? plaintext : plaintext.slice(0, end)
  if (plaintext.length !== question.plaintext_bytes || plaintext.slice(content.length).some((byte) => byte !== 0)) {
    return 'padding'
  }
  let choice: Choice
  try {
    const text = textOf(content)
    choice = JSON.parse(text) as Choice
    if (choice === null || typeof choice !== 'object' || canonicalText(choice) !== text) return 'malformed'
  } catch {
    return 'malformed'
  }
  return invalidReasonOf(question, choice) ?? choice
}
