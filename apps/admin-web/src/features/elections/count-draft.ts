import type { ElectionRound } from '@tongxin/contract/elections'
import type { BoxCount } from '@tongxin/contract/elections.words'

/** A count as it is being typed: every figure a text until it is sent. */
export type TypedCount = {
  readonly issued: string
  readonly returned: string
  readonly invalid: string
  readonly tallies: readonly {
    readonly memberId: string
    readonly for: string
    readonly against: string
    readonly abstain: string
  }[]
  readonly writtenIn: readonly { readonly memberId: string; readonly votes: string }[]
}

export const emptyCount = (round: Pick<ElectionRound, 'candidates' | 'present'>): TypedCount => ({
  issued: `${round.present}`,
  returned: '',
  invalid: '0',
  tallies: round.candidates.map(({ memberId }) => ({ memberId, for: '', against: '', abstain: '' })),
  writtenIn: [],
})

const figure = (text: string): number | null => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : null)

export type CountChecks = {
  /** Valid ballots, null until they are known. */
  readonly valid: number | null
  /** Of each row the sum of its marks, null until all three are there. */
  readonly rows: readonly { readonly sum: number | null }[]
  /** More came back than were given out: nothing else is asked (ELEC-11). */
  readonly isVoid: boolean
  readonly isWhole: boolean
}

/** Sums that run along while one types. */
export function checksOf(round: Pick<ElectionRound, 'candidates'>, draft: TypedCount): CountChecks {
  const [issued, returned, invalid] = [figure(draft.issued), figure(draft.returned), figure(draft.invalid)]
  const valid = returned === null || invalid === null || invalid > returned ? null : returned - invalid
  const rows = draft.tallies.map((row) => {
    const marks = [figure(row.for), figure(row.against), figure(row.abstain)]
    return { sum: marks.includes(null) ? null : marks.reduce<number>((sum, one) => sum + (one ?? 0), 0) }
  })
  const isVoid = issued !== null && returned !== null && returned > issued
  const areIn = draft.writtenIn.every(({ votes }) => (figure(votes) ?? 0) > 0)
  const isCounted = rows.length === round.candidates.length && rows.every(({ sum }) => sum !== null) && areIn
  return { valid, rows, isVoid, isWhole: issued !== null && valid !== null && (isVoid || isCounted) }
}

/** What is sent; a figure that is not there is 0, which only a void ballot has. */
export const countOf = (draft: TypedCount): BoxCount => ({
  issued: figure(draft.issued) ?? 0,
  returned: figure(draft.returned) ?? 0,
  invalid: figure(draft.invalid) ?? 0,
  tallies: draft.tallies.map((row) => ({
    memberId: row.memberId,
    for: figure(row.for) ?? 0,
    against: figure(row.against) ?? 0,
    abstain: figure(row.abstain) ?? 0,
  })),
  writtenIn: draft.writtenIn.map(({ memberId, votes }) => ({ memberId, votes: figure(votes) ?? 0 })),
})
