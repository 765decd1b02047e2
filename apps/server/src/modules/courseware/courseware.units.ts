import type { UnitStanding } from '@tongxin/contract'
import type { Tx } from '../../platform/ctx.ts'
import { publishAll } from '../../platform/events.ts'
import { type Attempt, setRolled } from './courseware.attempt.queries.ts'
import { factOf, subjectOf } from './courseware.facts.ts'
import type { CoursePart, StructureItem } from './courseware.manifest.ts'
import { isCourseSatisfied, isMet, satisfiedBlocks } from './courseware.move-on.ts'
import type { CoursewarePorts, LaunchStatement } from './courseware.ports.ts'
import type { Package, Version } from './courseware.queries.ts'
import { CATEGORY, EXTENSION } from './courseware.rules.ts'
import { rolledUp } from './courseware.runtime.ts'
import { putUnit, type Session, setSession, type UnitRow, unitRowsOf } from './courseware.session.queries.ts'

const VERBS = 'https://w3id.org/xapi/adl/verbs/'
const TYPES = 'https://w3id.org/xapi/cmi5/activitytype/'
export const WAIVED_REASON = 'https://w3id.org/xapi/cmi5/result/extensions/reason'

/** A transaction under no grant: the record store brings what units say. */
export type UnitsAt = { readonly db: Tx; readonly tenantId: string; readonly now: Date }
/** A registration with the version in which it was begun. */
export type Registered = { readonly attempt: Attempt; readonly version: Version; readonly found: Package }
export type Unit = StructureItem & { readonly part: CoursePart & { readonly unit: NonNullable<Part['unit']> } }
type Part = NonNullable<StructureItem['part']>

/** The units of a course structure, without its blocks. */
export const unitsIn = (version: Version): Unit[] =>
  version.structure.items.filter((item): item is Unit => item.path !== null && Boolean(item.part?.unit))

const FRESH: Omit<UnitRow, 'item'> = {
  completion: false,
  success: 'unknown',
  scaled: null,
  seconds: 0,
  satisfied: false,
  waivedFor: null,
}

/** How each unit stands: those that were never opened as well, and those of which nothing is asked. */
export function standingsOf(version: Version, rows: readonly UnitRow[]): (UnitRow & { unit: Unit })[] {
  const kept = new Map(rows.map((row) => [row.item, row]))
  return unitsIn(version).map((unit) => {
    const row = kept.get(unit.id) ?? { item: unit.id, ...FRESH }
    return { ...row, unit, satisfied: row.satisfied || unit.part.unit.moveOn === 'NotApplicable' }
  })
}

export const standingCard = ({ unit, ...row }: UnitRow & { unit: Unit }): UnitStanding => ({
  item: unit.id,
  isSatisfied: row.satisfied,
  isCompleted: row.completion,
  success: row.success,
  scaled: row.scaled,
  moveOn: unit.part.unit.moveOn,
  waivedFor: row.waivedFor,
})

/** The address of a part below the public one: not the publisher's, and the same for every launch (8.1.5). */
export const activityPath = (packageId: string, part: string): string => `activities/package/${packageId}/${part}`

/** The context that units repeat in all they say (10.2.1). */
export const contextTemplate = (session: string, publisherId: string) => ({
  contextActivities: { grouping: [{ objectType: 'Activity', id: publisherId }] },
  extensions: { [EXTENSION.session]: session },
})

type Told = {
  readonly verb: 'launched' | 'satisfied' | 'abandoned' | 'waived'
  readonly part: CoursePart
  /** The last piece of the address, and the type of the activity. */
  readonly key: string
  readonly type: 'au' | 'block' | 'course'
  readonly session: string
  readonly extensions?: Readonly<Record<string, unknown>>
  readonly result?: Readonly<Record<string, unknown>>
}

const BASE_OF = { launched: 'http://adlnet.gov/expapi/verbs/' } as const
const DISPLAY = { launched: '启动', satisfied: '达成', abandoned: '中断', waived: '免修' } as const

/** One of the statements that cmi5 has the platform make (9.3). */
export function statementOf({ attempt, found }: Registered, told: Told): LaunchStatement {
  const { verb, part, session } = told
  const { contextActivities, extensions } = contextTemplate(session, part.publisherId)
  const category = [CATEGORY.cmi5, ...(verb === 'waived' ? [CATEGORY.moveOn] : [])].map((id) => ({ id }))
  return {
    memberId: attempt.memberId,
    registration: attempt.id,
    verb: {
      id: `${verb === 'launched' ? BASE_OF.launched : VERBS}${verb}`,
      display: { 'zh-CN': DISPLAY[verb], en: verb },
    },
    activity: {
      path: activityPath(found.id, told.key),
      type: `${TYPES}${told.type}`,
      name: part.names,
    },
    context: {
      contextActivities: { ...contextActivities, category },
      extensions: { ...extensions, ...told.extensions },
    },
    ...(told.result ? { result: told.result } : {}),
  }
}

/** The same for a unit. */
export const unitStatement = (
  registered: Registered,
  unit: Unit,
  told: Pick<Told, 'verb' | 'session' | 'extensions' | 'result'>,
): LaunchStatement => statementOf(registered, { ...told, part: unit.part, key: unit.id, type: 'au' })

/**
 * Keeps how a unit stands and draws the consequences: blocks and the course that are satisfied now are stated so, and
 * the end of the registration is told to the course. `row` null: only what the registration itself brings.
 */
export async function settle(
  ports: CoursewarePorts,
  at: UnitsAt,
  registered: Registered,
  change: { readonly row: UnitRow | null; readonly session: string },
): Promise<Attempt> {
  const { attempt, version } = registered
  const { items } = version.structure
  const kept = await unitRowsOf(at.db, at.tenantId, attempt.id)
  const before = change.row === null ? new Set<string>() : satisfiedIn(standingsOf(version, kept))
  if (change.row) await putUnit(at.db, at, attempt, change.row)
  const others = kept.filter(({ item }) => item !== change.row?.item)
  const standings = standingsOf(version, change.row ? [...others, change.row] : kept)
  const after = satisfiedIn(standings)
  await ports.stateLaunched(at, reached(registered, { before, after }, change.session))
  const rolled = rolledUp(
    attempt.items,
    standings.map(({ satisfied, success, scaled, seconds }) => ({
      completion: satisfied,
      // A unit from which one may move on was not failed, whatever it said on the way.
      success: success === 'failed' ? 'unknown' : success,
      scaled,
      seconds,
    })),
    attempt.state,
  )
  const now = await setRolled(at.db, at, attempt, rolled)
  const isReached = isCourseSatisfied(items, after) && now.state !== attempt.state
  if (isReached) await reportFinished(ports, at, registered.found, now)
  return now
}

const satisfiedIn = (standings: readonly UnitRow[]): Set<string> =>
  new Set(standings.filter(({ satisfied }) => satisfied).map(({ item }) => item))

/** What is satisfied now and was not before: blocks from the inside, then the course (9.3.9). */
function reached(
  registered: Registered,
  { before, after }: { before: ReadonlySet<string>; after: ReadonlySet<string> },
  session: string,
): LaunchStatement[] {
  const { items, course } = registered.version.structure
  const known = new Set(satisfiedBlocks(items, before).map(({ id }) => id))
  const blocks = satisfiedBlocks(items, after).flatMap(({ id, part }) =>
    part && !known.has(id)
      ? [statementOf(registered, { verb: 'satisfied', part, key: id, type: 'block', session })]
      : [],
  )
  const isNew = isCourseSatisfied(items, after) && !isCourseSatisfied(items, before)
  if (!course || !isNew) return blocks
  return [
    ...blocks,
    statementOf(registered, { verb: 'satisfied', part: course, key: 'course', type: 'course', session }),
  ]
}

/** Tells the course and the record store of the end, in the transaction that makes it true. */
async function reportFinished(ports: CoursewarePorts, at: UnitsAt, found: Package, attempt: Attempt): Promise<void> {
  const { packageId, memberId, scaled, state } = attempt
  const payload = { packageId, memberId, passed: state !== 'failed', scaled }
  await publishAll(at.db, { ...at, actorId: attempt.personId }, 'courseware.finished', [
    { subject: subjectOf(attempt), payload },
  ])
  const facts = [factOf(at.now, attempt, found, 'completed')]
  if (state === 'passed') facts.push(factOf(at.now, attempt, found, 'passed'))
  await ports.stateFacts(at, facts)
}

/** How a unit stands after a change, with whether one may move on. */
export function movedOn(unit: Unit, row: UnitRow | undefined, change: Partial<UnitRow>): UnitRow {
  const next = { ...(row ?? { item: unit.id, ...FRESH }), ...change }
  const met = isMet(unit.part.unit.moveOn, { completed: next.completion, passed: next.success === 'passed' })
  return { ...next, satisfied: next.satisfied || met || next.waivedFor !== null }
}

/** Ends a session that its unit did not end, as `abandoned` (9.3.6). */
export async function abandon(
  ports: CoursewarePorts,
  at: UnitsAt,
  registered: Registered,
  session: Session,
): Promise<void> {
  const unit = unitsIn(registered.version).find(({ id }) => id === session.item)
  await setSession(at.db, at.tenantId, session.id, { abandoned_at: at.now })
  await ports.endLaunch(at, session.id)
  if (!unit) return
  // From the launch to the last thing that the unit said (9.5.4.2).
  const seconds = Math.max(0, (session.lastAt.getTime() - session.launchedAt.getTime()) / 1000)
  const result = { duration: `PT${Math.round(seconds * 100) / 100}S` }
  await ports.stateLaunched(at, [unitStatement(registered, unit, { verb: 'abandoned', session: session.id, result })])
}
