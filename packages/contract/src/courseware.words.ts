import { type Static, Type } from 'typebox'
import { Id, InstantAt, nullable, oneOf, strict } from './page.ts'

/** Standards of packages: SCORM 1.2, SCORM 2004 from the second to the fourth edition, and cmi5. */
export const PACKAGE_KINDS = ['scorm12', 'scorm2004', 'cmi5'] as const
export type PackageKind = (typeof PACKAGE_KINDS)[number]
/** What is known of somebody's attempt. `passed` and `failed` where the package says so, else `completed`. */
export const ATTEMPT_STATES = ['begun', 'completed', 'passed', 'failed'] as const
export type AttemptState = (typeof ATTEMPT_STATES)[number]
/** What a package asks for and the player does not do; shown before it is used. */
export const PACKAGE_LIMITS = ['sequencing', 'prerequisites', 'time_limits', 'shared_data'] as const
export type PackageLimit = (typeof PACKAGE_LIMITS)[number]

/** How a unit of cmi5 is opened (10.2.2): only in `Normal` its results count. */
export const UNIT_MODES = ['Normal', 'Browse', 'Review'] as const
export type UnitMode = (typeof UNIT_MODES)[number]
/** What a unit of cmi5 must be for its learner to move on (13.1.4). */
export const MOVE_ON = ['Passed', 'Completed', 'CompletedAndPassed', 'CompletedOrPassed', 'NotApplicable'] as const
export type MoveOn = (typeof MOVE_ON)[number]
export const UNIT_SUCCESS = ['unknown', 'passed', 'failed'] as const

export const PackageText = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' })
export const PackageAt = strict({ id: Id })

/** One line of the table of contents; `depth` 0 is the uppermost. Headings cannot be opened. */
export const PackageItem = Type.Object({
  id: Type.String(),
  title: Type.String(),
  depth: Type.Integer(),
  opens: Type.Boolean(),
})
export type PackageItem = Static<typeof PackageItem>

/** Where an attempt stands. `scaled` 0 to 1. */
export const AttemptCard = Type.Object({
  id: Id,
  /** The how-manieth of this person, from 1. */
  number: Type.Integer(),
  state: oneOf(ATTEMPT_STATES),
  scaled: nullable(Type.Number()),
  seconds: Type.Integer(),
  itemsDone: Type.Integer(),
  items: Type.Integer(),
  begunAt: InstantAt,
  lastAt: InstantAt,
  finishedAt: nullable(InstantAt),
})
export type AttemptCard = Static<typeof AttemptCard>

/** One item as the player opens it, with what the package has stored there. */
const LaunchItem = Type.Object({
  ...PackageItem.properties,
  /** Address within the package; null for headings. */
  path: nullable(Type.String()),
  /** Whether it speaks with the platform; others are only shown. */
  speaks: Type.Boolean(),
  /** What the manifest hands to it: `datafromlms`, `masteryscore`, `completionThreshold`. */
  launchData: Type.String(),
  masteryScore: nullable(Type.Number()),
  threshold: nullable(Type.Number()),
  /** Objectives that the manifest declares, by their names; the package finds them there when it begins. */
  objectives: Type.Array(Type.String()),
  /** Commits so far; the next one has a higher number. */
  sequence: Type.Integer(),
  isDone: Type.Boolean(),
  /** The data model as JSON, as the package left it; null before the first commit. */
  runtime: nullable(Type.String()),
})
/** Everything that the player needs. `url` opens only inside a page of the application, while the session lives. */
export const Launch = Type.Object({
  packageId: Id,
  /** Null in a preview: nothing is kept. */
  attemptId: nullable(Id),
  /** Names this opening: a later one ends it. */
  launchId: nullable(Id),
  url: Type.String(),
  origin: Type.String(),
  until: InstantAt,
  title: Type.String(),
  kind: oneOf(PACKAGE_KINDS),
  learner: Type.Object({ id: Type.String(), name: Type.String() }),
  items: Type.Array(LaunchItem),
})
export type Launch = Static<typeof Launch>

/** Where somebody stands in one unit of cmi5. */
export const UnitStanding = Type.Object({
  item: Type.String(),
  /** Whether the learner may move on: by result, by exemption, or because nothing is asked. */
  isSatisfied: Type.Boolean(),
  isCompleted: Type.Boolean(),
  success: oneOf(UNIT_SUCCESS),
  scaled: nullable(Type.Number()),
  moveOn: oneOf(MOVE_ON),
  /** Why somebody was exempted; null when nobody did. */
  waivedFor: nullable(Type.String()),
})
export type UnitStanding = Static<typeof UnitStanding>

/** A unit of cmi5 on its way to be opened. */
export const UnitLaunch = Type.Object({
  attemptId: Id,
  sessionId: Id,
  /** The address of the unit with everything the standard hands to it; used once. */
  url: Type.String(),
  origin: Type.String(),
  title: Type.String(),
  /** `OwnWindow`: the unit asks for the whole window. */
  window: oneOf(['OwnWindow', 'AnyWindow'] as const),
  mode: oneOf(UNIT_MODES),
})
export type UnitLaunch = Static<typeof UnitLaunch>
