import { type Static, Type } from 'typebox'
import { DateOn, Id, InstantAt, nullable, oneOf, strict } from './page.ts'

/** Years of study that an account may have. */
export const FIRST_CREDIT_YEAR = 2010
export const CreditYear = Type.Integer({ minimum: FIRST_CREDIT_YEAR, maximum: 2100 })
/** Hours are whole hundredths of a 学时. */
export const Hundredths = Type.Integer({ minimum: 0, maximum: 1_000_000 })
const Signed = Type.Integer({ minimum: -1_000_000, maximum: 1_000_000 })

/** 党员, or 书记和班子成员 with a target of their own (EDU-2). */
export const CREDIT_POSTS = ['member', 'leader'] as const
export type CreditPost = (typeof CREDIT_POSTS)[number]
/** Where a year stands: reached, short of something, freed (EDU-4), or without a target (not yet members). */
export const CREDIT_STANDINGS = ['reached', 'short', 'exempt', 'free'] as const
export type CreditStanding = (typeof CREDIT_STANDINGS)[number]
/** 必修, 选修. Organised study is required; outside certificates and free courses are elective. */
export const CREDIT_PARTS = ['required', 'elective'] as const
export type CreditPart = (typeof CREDIT_PARTS)[number]
/** What an entry came from. */
export const CREDIT_SOURCES = [
  'course',
  'micro',
  'exam',
  'quiz',
  'meeting',
  'study',
  'homework',
  'reflection',
  'group',
  'programme',
  'certificate',
] as const
export type CreditSource = (typeof CREDIT_SOURCES)[number]
export const CREDIT_RULE_NAMES = [
  'video.long',
  'video.middle',
  'video.short',
  'course.stated',
  'quiz.passed',
  'study.minutes',
  'study.made_up',
  'work.homework',
  'work.reflection',
  'certificate.reviewed',
] as const

/** 年老体弱, 病残: the two grounds of the text. */
export const EXEMPTION_GROUNDS = ['age', 'illness'] as const
export type ExemptionGround = (typeof EXEMPTION_GROUNDS)[number]
export const EXEMPTION_STATES = ['applied', 'approved', 'declined', 'withdrawn', 'ended'] as const
export type ExemptionState = (typeof EXEMPTION_STATES)[number]

/** 待审核, 待复核, 已计入, 已退回, 已撤回. */
export const CERTIFICATE_STATES = ['submitted', 'checked', 'accepted', 'returned', 'withdrawn'] as const
export type CertificateState = (typeof CERTIFICATE_STATES)[number]
export const TRAINING_UNITS = ['full_day', 'half_day', 'hour'] as const
export type TrainingUnit = (typeof TRAINING_UNITS)[number]

/** 已提名, 已审核, 已确认, 不予确认. */
export const HONOUR_STATES = ['proposed', 'reviewed', 'confirmed', 'declined'] as const
export type HonourState = (typeof HONOUR_STATES)[number]

export const CREDIT_FILES = ['xlsx', 'csv', 'pdf', 'docx'] as const

/** The rule behind a figure, with its article in both languages. */
export const CreditArticle = Type.Object({
  ruleId: Type.String(),
  text: Type.Object({ zh: Type.String(), en: Type.String() }),
  citation: Type.Object({ zh: Type.String(), en: Type.String() }),
})
export type CreditArticle = Static<typeof CreditArticle>

/** One line of an account. A reversal names the line that it takes back and counts below zero. */
export const CreditEntry = Type.Object({
  id: Id,
  on: DateOn,
  source: oneOf(CREDIT_SOURCES),
  title: Type.String(),
  part: oneOf(CREDIT_PARTS),
  rule: oneOf(CREDIT_RULE_NAMES),
  /** The day from which the rule's figure holds. */
  ruleVersion: DateOn,
  hundredths: Signed,
  minutes: nullable(Type.Integer()),
  reverses: nullable(Id),
  isReversed: Type.Boolean(),
  reason: nullable(Type.String()),
  recordedAt: InstantAt,
})
export type CreditEntry = Static<typeof CreditEntry>

export const CreditAccount = Type.Object({
  memberId: Id,
  name: Type.String(),
  orgId: Id,
  orgName: Type.String(),
  year: CreditYear,
  post: oneOf(CREDIT_POSTS),
  standing: oneOf(CREDIT_STANDINGS),
  /** Null for those who are not members yet: they have hours and no target. */
  target: nullable(Type.Integer()),
  earned: Type.Integer(),
  required: Type.Integer(),
  elective: Type.Integer(),
  missing: Type.Integer(),
  missingElective: Type.Integer(),
  /** Required courses that are not finished. */
  requiredLeft: Type.Integer(),
})
export type CreditAccount = Static<typeof CreditAccount>

export const CertificateFacts = strict({
  title: Type.String({ minLength: 2, maxLength: 120, pattern: '\\S' }),
  issuer: Type.String({ minLength: 2, maxLength: 120, pattern: '\\S' }),
  heldOn: DateOn,
  unit: oneOf(TRAINING_UNITS),
  amount: Type.Number({ exclusiveMinimum: 0, maximum: 400 }),
})
export type CertificateFacts = Static<typeof CertificateFacts>

/** Sixteen letters and figures of Crockford's alphabet: 80 bits. Hyphens and spaces are ignored. */
export const TranscriptCode = Type.String({ minLength: 16, maxLength: 24, pattern: '^[0-9A-Za-z -]+$' })
