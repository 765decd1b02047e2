import { type Static, Type } from 'typebox'
import { DateOn, Id, nullable, oneOf, strict } from './page.ts'

/** Why somebody is away from the branch (catalogue D6): 流动, 失联, 出国（境）. */
export const ABSENCE_KINDS = ['floating', 'lost', 'abroad'] as const
export type AbsenceKind = (typeof ABSENCE_KINDS)[number]
/** How an absence came to its end. `decided`: membership was stopped or ended by a decision. */
export const ABSENCE_ENDS = ['returned', 'found', 'transferred', 'decided', 'mistaken'] as const
export type AbsenceEnd = (typeof ABSENCE_ENDS)[number]
export const ABROAD_PURPOSES = ['official', 'study', 'private', 'settled'] as const
/** Ways of keeping contact, and of searching for somebody who is lost. */
export const CONTACT_WAYS = [
  'telephone',
  'message',
  'visit',
  'letter',
  'family',
  'workplace',
  'residence',
  'police',
  'own_report',
] as const
export type ContactWay = (typeof CONTACT_WAYS)[number]
/** The ways that must all have been tried before a search counts as exhausted (MEM-3, 经多方努力). */
export const SEARCH_WAYS = ['telephone', 'family', 'workplace', 'residence'] as const satisfies readonly ContactWay[]

/** What is decided about membership (党籍), each by its own article. */
export const DECISION_KINDS = [
  'stop',
  'restore',
  'withdrawal',
  'urged_withdrawal',
  'self_withdrawal',
  'removal',
  'expulsion',
  'death',
] as const
export type DecisionKind = (typeof DECISION_KINDS)[number]
export const DECISION_STATES = [
  'proposed',
  'branch_decided',
  'approved',
  'served',
  'appealed',
  'upheld',
  'changed',
  'not_carried',
  'returned',
  'withdrawn',
] as const
export type DecisionState = (typeof DECISION_STATES)[number]
export const SERVED_WAYS = ['in_person', 'post', 'family', 'announcement'] as const

/** Causes of increase and decrease; `opening` carries the figure of the month before. */
export const INCREASES = ['admitted', 'transferred_in', 'restored', 'registered', 'undeleted'] as const
export const DECREASES = [
  'transferred_out',
  'stopped',
  'withdrawn',
  'struck_off',
  'expelled',
  'deceased',
  'cancelled',
  'deleted',
] as const
export const MOVEMENT_CAUSES = [...INCREASES, ...DECREASES] as const
export type MovementCause = (typeof MOVEMENT_CAUSES)[number]
export const MONTH_STATES = ['open', 'confirmed', 'closed'] as const

/** A table for the machine, or a register for the hand. */
export const MEMBERSHIP_FILES = ['xlsx', 'csv', 'pdf', 'docx'] as const
export type MembershipFile = (typeof MEMBERSHIP_FILES)[number]

export const Text = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' })
export const Why = Type.String({ minLength: 2, maxLength: 1000, pattern: '\\S' })
/** A calendar month, `YYYY-MM`. */
export const MonthOf = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' })
export const At = strict({ id: Id })
export const Lamp = oneOf(['green', 'yellow', 'red'] as const)

export const AbsenceFacts = strict({
  place: Type.Optional(Text(120)),
  unit: Type.Optional(Text(120)),
  /** Who keeps in touch on the branch's side. */
  keeper: Type.Optional(Text(60)),
  certificateNo: Type.Optional(Text(40)),
  reason: Type.Optional(Text(300)),
  expectedReturnOn: Type.Optional(DateOn),
  purpose: Type.Optional(oneOf(ABROAD_PURPOSES)),
})
export type AbsenceFacts = Static<typeof AbsenceFacts>

/** What a proposal rests on; which of these are needed depends on the kind. */
export const DecisionFacts = strict({
  /** 自行脱党 (CONST-11): months in a row of each of the three, counted apart. */
  monthsNoActivity: Type.Optional(Type.Integer({ minimum: 0, maximum: 600 })),
  monthsNoDues: Type.Optional(Type.Integer({ minimum: 0, maximum: 600 })),
  monthsNoWork: Type.Optional(Type.Integer({ minimum: 0, maximum: 600 })),
  hasGoodReason: Type.Optional(Type.Boolean()),
  /** 劝退 (CONST-10): talk, time set for reform (at most a year, DISP-2), urging. */
  talkedOn: Type.Optional(DateOn),
  reformFrom: Type.Optional(DateOn),
  reformUntil: Type.Optional(DateOn),
  urgedOn: Type.Optional(DateOn),
  /** Death, or the day a discipline body decided on expulsion. */
  happenedOn: Type.Optional(DateOn),
  /** Application of the person: withdrawal, or restoration. */
  appliedOn: Type.Optional(DateOn),
})
export type DecisionFacts = Static<typeof DecisionFacts>

/** A rule behind an answer: id, whether it stands in the way, its article in both languages. */
export const RuleShown = Type.Object({
  ruleId: Type.String(),
  ok: Type.Boolean(),
  severity: oneOf(['block', 'warn', 'info'] as const),
  citation: Type.Object({ zh: Type.String(), en: Type.String() }),
  /** The first day on which it would pass, where a waiting period is what is missing. */
  from: nullable(DateOn),
})
export type RuleShown = Static<typeof RuleShown>
