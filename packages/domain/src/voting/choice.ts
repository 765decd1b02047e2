import type { VoteQuestion } from './plan.ts'

/** What somebody chose in one question, as it is named in `VoteQuestion`. */
export type Choice = {
  readonly options?: readonly string[]
  readonly marks?: Readonly<Record<string, 'for' | 'against' | 'abstain'>>
  readonly writeIns?: readonly string[]
}

export type ChoiceFault = 'unknown_option' | 'repeated' | 'too_many' | 'mark_missing' | 'no_write_ins' | 'not_this_kind'

type Asked = Pick<VoteQuestion, 'kind' | 'options' | 'seats' | 'writeIn'>

/**
 * Why a choice is no valid vote, or null. Nothing chosen is an abstention and valid. In favour of more people than
 * there are seats is invalid (ELEC-12); whoever votes against one may write in another, whoever abstains may not
 * (ELEC-10), so there are at most as many written in as marks against.
 */
export function choiceFault(question: Asked, choice: Choice): ChoiceFault | null {
  const known = new Set(question.options.map(({ id }) => id))
  const writeIns = choice.writeIns ?? []
  if (writeIns.length > 0 && !question.writeIn) return 'no_write_ins'
  if (new Set(writeIns).size < writeIns.length) return 'repeated'
  if (question.kind === 'approval') {
    if (choice.options !== undefined) return 'not_this_kind'
    return marksFault(question, choice.marks ?? {}, writeIns.length)
  }
  if (choice.marks !== undefined) return 'not_this_kind'
  const chosen = choice.options ?? []
  if (!chosen.every((id) => known.has(id))) return 'unknown_option'
  if (new Set(chosen).size < chosen.length) return 'repeated'
  if (question.kind === 'ranked') return writeIns.length > 0 ? 'no_write_ins' : null
  const most = question.kind === 'single' ? 1 : question.seats
  return chosen.length + writeIns.length > most ? 'too_many' : null
}

function marksFault(question: Asked, marks: NonNullable<Choice['marks']>, writeIns: number): ChoiceFault | null {
  const known = new Set(question.options.map(({ id }) => id))
  if (!Object.keys(marks).every((id) => known.has(id))) return 'unknown_option'
  if (question.options.some(({ id }) => marks[id] === undefined)) return 'mark_missing'
  const given = Object.values(marks)
  const inFavour = given.filter((mark) => mark === 'for').length
  if (inFavour + writeIns > question.seats) return 'too_many'
  return writeIns > given.filter((mark) => mark === 'against').length ? 'too_many' : null
}
