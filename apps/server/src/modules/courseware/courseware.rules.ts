import type { UnitMode } from '@tongxin/contract'

const ADL = 'http://adlnet.gov/expapi/verbs/'
const CONTEXT = 'https://w3id.org/xapi/cmi5/context/'
/** Verbs of cmi5 that a unit uses (9.3). */
export const UNIT_VERBS = ['initialized', 'completed', 'passed', 'failed', 'terminated'] as const
export type UnitVerb = (typeof UNIT_VERBS)[number]
export const CATEGORY = { cmi5: `${CONTEXT}categories/cmi5`, moveOn: `${CONTEXT}categories/moveon` } as const
export const EXTENSION = {
  session: `${CONTEXT}extensions/sessionid`,
  masteryScore: `${CONTEXT}extensions/masteryscore`,
  launchMode: `${CONTEXT}extensions/launchmode`,
  launchUrl: `${CONTEXT}extensions/launchurl`,
  moveOn: `${CONTEXT}extensions/moveon`,
  launchParameters: `${CONTEXT}extensions/launchparameters`,
} as const

export type Members = Readonly<Record<string, unknown>>
/** What a unit may say now. `said`: verbs of this session; `done`: of the whole registration. */
export type Expected = {
  readonly session: string
  readonly mode: UnitMode
  readonly hasPreferences: boolean
  readonly isOver: boolean
  readonly said: readonly string[]
  readonly done: { readonly completed: boolean; readonly passed: boolean }
  readonly activityId: string
  readonly publisherId: string
  readonly masteryScore: number | null
}

const membersOf = (value: unknown): Members => (typeof value === 'object' && value !== null ? (value as Members) : {})
const has = (members: Members, name: string): boolean => members[name] !== undefined
const contextOf = (statement: Members): Members => membersOf(statement.context)
const extensionOf = (statement: Members, name: string): unknown => membersOf(contextOf(statement).extensions)[name]

function activitiesIn(statement: Members, list: 'category' | 'grouping'): string[] {
  const found = membersOf(contextOf(statement).contextActivities)[list]
  const each = Array.isArray(found) ? found : found === undefined ? [] : [found]
  return each.map((one) => String(membersOf(one).id))
}

const verbOf = (statement: Members): string => String(membersOf(statement.verb).id)
const shortVerb = (statement: Members): string => verbOf(statement).replace(ADL, '')
export const resultOf = (statement: Members): Members => membersOf(statement.result)
const scoreOf = (statement: Members): Members => membersOf(resultOf(statement).score)

/** A statement that cmi5 defines, as against others that it allows (7.1.3): the category tells. */
const isDefined = (statement: Members): boolean => activitiesIn(statement, 'category').includes(CATEGORY.cmi5)

/** The verb of a statement that cmi5 defines; null for others. */
export const unitVerbOf = (statement: Members): UnitVerb | null =>
  isDefined(statement) ? (UNIT_VERBS.find((verb) => ADL + verb === verbOf(statement)) ?? null) : null

/** What holds, with the number of the requirement that says so. */
type Rule = readonly [string, (statement: Members, at: Expected) => boolean]

const EVERY: readonly Rule[] = [
  ['9.3.6.0-2', (_, at) => !at.isOver],
  ['9.1.0.0-1', (statement) => has(statement, 'id')],
  ['9.7.0.0-1', (statement) => has(statement, 'timestamp')],
  ['9.7.0.0-2', ({ timestamp }) => /(z|[+-]00:?00)$/i.test(String(timestamp))],
  ['9.2.0.0-2', ({ actor }) => (membersOf(actor).objectType ?? 'Agent') === 'Agent'],
  ['9.2.0.0-3', ({ actor }) => has(membersOf(actor), 'account')],
  ['11.0.0.0-3', (_, at) => at.hasPreferences],
  ['6.3.0.0-1', (statement) => verbOf(statement) !== `${ADL}voided`],
  ['9.3.0.0-4', (statement, at) => at.said.includes('initialized') || unitVerbOf(statement) === 'initialized'],
  ['9.6.3.1-4', (statement, at) => extensionOf(statement, EXTENSION.session) === at.session],
  ['10.2.1.0-6', (statement, at) => activitiesIn(statement, 'grouping').includes(at.publisherId)],
  ['9.5.1.0-3', (statement) => isWholeScore(scoreOf(statement))],
  ['9.6.2.2-2', (statement) => !isMoving(statement) || (isDefined(statement) && says(statement))],
]

const isWholeScore = (score: Members): boolean => !has(score, 'raw') || (has(score, 'min') && has(score, 'max'))
const isMoving = (statement: Members): boolean => activitiesIn(statement, 'category').includes(CATEGORY.moveOn)
const says = (statement: Members): boolean =>
  has(resultOf(statement), 'success') || has(resultOf(statement), 'completion')
const isOneOf = (statement: Members, ...verbs: readonly UnitVerb[]): boolean =>
  (verbs as readonly string[]).includes(shortVerb(statement))
/** What a verb must say of a member of the result: a value, or nothing. */
const saysOf = (statement: Members, name: string, verbs: Readonly<Record<string, boolean>>): boolean =>
  resultOf(statement)[name] === verbs[shortVerb(statement)]

const DEFINED: readonly Rule[] = [
  ['9.3.0.0-1', (statement) => unitVerbOf(statement) !== null],
  ['8.1.5.0-6', ({ object }, at) => membersOf(object).id === at.activityId],
  ['10.2.2.0-5', (statement, at) => at.mode === 'Normal' || isOneOf(statement, 'initialized', 'terminated')],
  ['9.3.0.0-2', (statement, at) => !at.said.includes(shortVerb(statement))],
  ['9.3.0.0-3', (statement, at) => !isVerdict(statement) || !at.said.some((verb) => isVerdictVerb(verb))],
  ['9.3.0.0-6', (statement, at) => !isOneOf(statement, 'completed') || !at.done.completed],
  ['9.3.0.0-7', (statement, at) => !isVerdict(statement) || !at.done.passed],
  ['9.5.2.0-1', (statement) => saysOf(statement, 'success', { passed: true, failed: false })],
  ['9.5.3.0-1', (statement) => saysOf(statement, 'completion', { completed: true })],
  ['9.5.1.0-2', (statement) => isVerdict(statement) || !has(resultOf(statement), 'score')],
  ['9.5.4.1-1', (statement) => isOneOf(statement, 'initialized') || has(resultOf(statement), 'duration')],
  ['9.6.2.2-1', (statement) => !says(statement) || isMoving(statement)],
  ['9.6.3.2-2', (statement, at) => !isMeasured(statement, at) || isMasteryTold(statement, at)],
  ['9.3.4.0-2', (statement, at) => !isMeasured(statement, at) || isMastered(statement, at)],
]

const isVerdictVerb = (verb: string): boolean => verb === 'passed' || verb === 'failed'
const isVerdict = (statement: Members): boolean => isVerdictVerb(shortVerb(statement))
const isMeasured = (statement: Members, { masteryScore }: Expected): boolean =>
  isVerdict(statement) && masteryScore !== null && has(scoreOf(statement), 'scaled')
const isMasteryTold = (statement: Members, { masteryScore }: Expected): boolean =>
  extensionOf(statement, EXTENSION.masteryScore) === masteryScore
/** A score says the same as the verb: passed from the mastery score on, failed below it (9.3.4, 9.3.5). */
const isMastered = (statement: Members, { masteryScore }: Expected): boolean =>
  Number(scoreOf(statement).scaled) >= (masteryScore ?? 0) === isOneOf(statement, 'passed')

/** The number of the requirement of cmi5 that a statement breaks; null when it may be kept. */
export function brokenRule(statement: Members, at: Expected): string | null {
  const rules = isDefined(statement) ? [...EVERY, ...DEFINED] : EVERY
  return rules.find(([, holds]) => !holds(statement, at))?.[0] ?? null
}

/** The preferences of a learner as cmi5 says (11): two members, the languages as a list of RFC 5646 tags. */
export function isPreferences(contentType: string, body: Buffer): boolean {
  if (!/^application\/json\s*(;|$)/i.test(contentType)) return false
  const told = membersOf(parsed(body))
  const tag = '[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*'
  const isLanguage = new RegExp(`^${tag}(,${tag})*$`).test(String(told.languagePreference))
  return isLanguage && (told.audioPreference === 'on' || told.audioPreference === 'off')
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown
  } catch {
    return null
  }
}
