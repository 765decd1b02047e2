import { type Static, Type } from 'typebox'
import { Id, InstantAt, nullable, oneOf, strict } from './page.ts'

/**
 * The life of a vote. A secret vote by phone goes through all of them; named ones and ones on paper have nothing to
 * draw and go from `announced` to `casting`. `keyed`: keys of the trustees are uploaded and the roll is frozen.
 */
export const VOTE_STATES = [
  'prepared',
  'keyed',
  'announced',
  'drawing',
  'drawing_closed',
  'casting',
  'closed',
  'counted',
  'published',
  'cancelled',
] as const
export type VoteState = (typeof VOTE_STATES)[number]
/** To which states officers move a vote themselves; `keyed` and `counted` follow from what is uploaded or entered. */
export const VOTE_STEPS = ['announced', 'drawing', 'drawing_closed', 'casting', 'closed', 'published'] as const
export type VoteStep = (typeof VOTE_STEPS)[number]
export const SECRECIES = ['secret', 'named'] as const
export const CHANNELS = ['electronic', 'paper', 'mixed'] as const
export const QUESTION_KINDS = ['single', 'several', 'approval', 'ranked'] as const
export const VOTE_SUBJECTS = ['meeting', 'election', 'development', 'poll'] as const
export const RULE_KINDS = ['resolution', 'admission', 'election', 'poll'] as const
/** How somebody takes part: exactly one way, taken once. `written`: a formal opinion of an absent member (DEV-16). */
export const VOTE_WAYS = ['electronic', 'paper', 'written'] as const
export const OPINIONS = ['for', 'against', 'abstain'] as const
/** The public bundle; what each file holds is told in docs/ballot-format.md. */
export const BOARD_FILES = [
  'config.json',
  'checkpoint',
  'leaves.jsonl',
  'issue_list.jsonl',
  'roll.json',
  'election_key.json',
  'protocol.json',
  'result.json',
] as const
export type BoardFile = (typeof BOARD_FILES)[number]

export const VoteText = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '\\S' })
/** Short and stable within its list: `q1`, `c12`, `yes`. */
export const ShortId = Type.String({ pattern: '^[a-z][a-z0-9_-]{0,31}$' })
/** Bytes as base64url without padding (RFC 4648, 5). */
export const Bytes = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '^[A-Za-z0-9_-]+$' })
/** SHA-256 or a 32-byte key, as in docs/ballot-format.md. */
export const Bytes32 = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' })
export const AtVote = strict({ id: Id })
const Count = Type.Integer({ minimum: 0, maximum: 10_000_000 })
export const VoteCount = Count

export const VoteRuleShape = Type.Union([
  strict({ kind: Type.Literal('resolution') }),
  strict({ kind: Type.Literal('admission') }),
  strict({ kind: Type.Literal('election') }),
  strict({
    kind: Type.Literal('poll'),
    quorumPercent: nullable(Type.Integer({ minimum: 1, maximum: 100 })),
    sharePercent: nullable(Type.Integer({ minimum: 1, maximum: 100 })),
  }),
])

export const OptionShape = strict({ id: ShortId, label: VoteText(200), memberId: nullable(Id) })
export const QuestionShape = strict({
  id: ShortId,
  kind: oneOf(QUESTION_KINDS),
  title: VoteText(300),
  options: Type.Array(OptionShape, { minItems: 1, maxItems: 60 }),
  seats: Type.Integer({ minimum: 1, maximum: 60 }),
  writeIn: Type.Boolean(),
})
export type QuestionShape = Static<typeof QuestionShape>

/**
 * What somebody chose in one question. `options`: single and several, the chosen ones (none: abstention); ranked, in
 * order of preference. `marks`: approval, a mark for each option. `writeIns`: members written in (ELEC-10).
 */
export const ChoiceShape = strict({
  options: Type.Optional(Type.Array(ShortId, { maxItems: 60 })),
  marks: Type.Optional(Type.Record(ShortId, oneOf(OPINIONS))),
  writeIns: Type.Optional(Type.Array(Id, { maxItems: 60 })),
})
export type ChoiceShape = Static<typeof ChoiceShape>

export const QuestionCount = Type.Object({
  questionId: ShortId,
  issued: Count,
  returned: Count,
  valid: Count,
  invalid: Count,
  options: Type.Array(
    Type.Object({
      optionId: ShortId,
      for: Count,
      against: Count,
      abstain: Count,
      writtenFor: Count,
      writtenAgainst: Count,
    }),
  ),
  writtenIn: Type.Array(Type.Object({ memberId: Id, name: nullable(Type.String()), votes: Count })),
})
export type QuestionCount = Static<typeof QuestionCount>

/** What the rule makes of the counts, and which article or statute said so. */
export const QuestionVerdict = Type.Object({
  questionId: ShortId,
  ruleId: nullable(Type.String()),
  article: nullable(Type.String()),
  /** The number that shares are taken of, and what it counts. */
  base: Type.Object({ kind: oneOf(['shouldAttend', 'present', 'valid'] as const), people: Count }),
  /** Votes needed to pass or to be elected; null where the most votes win. */
  needed: nullable(Count),
  quorum: Type.Boolean(),
  /** False where more ballots came back than people voted: the question is to be voted on again (ELEC-11). */
  holds: Type.Boolean(),
  passed: Type.Array(ShortId),
  /** Tied for the last place: voted on again, or settled by those who called the vote. */
  tied: Type.Array(ShortId),
  /** Open seats (elections). */
  remaining: Count,
  /** Ranked: votes of each round for those still in it. */
  rounds: Type.Array(Type.Array(Type.Object({ optionId: ShortId, votes: Count }))),
})
export type QuestionVerdict = Static<typeof QuestionVerdict>

export const VoteOutcome = Type.Object({
  shouldAttend: Count,
  present: Count,
  questions: Type.Array(QuestionCount),
  verdicts: Type.Array(QuestionVerdict),
  /** Only of votes by secret ballot: root of the board, as bytes and in words, as in the paper record. */
  board: nullable(Type.Object({ size: Count, root: Bytes32, words: Type.Array(Type.String()) })),
  countedAt: InstantAt,
})
export type VoteOutcome = Static<typeof VoteOutcome>
