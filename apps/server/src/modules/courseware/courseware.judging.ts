import { coursewareRefusals as refusals } from '@tongxin/contract'
import type { Tx } from '../../platform/ctx.ts'
import type { CoursewarePorts } from './courseware.ports.ts'
import { findPackage, findVersion } from './courseware.queries.ts'
import { brokenRule, type Expected, isPreferences, type Members, resultOf, unitVerbOf } from './courseware.rules.ts'
import { durationSeconds, scaledOf } from './courseware.runtime.ts'
import * as q from './courseware.session.queries.ts'
import { activityPath, movedOn, type Registered, settle, type Unit, unitsIn } from './courseware.units.ts'

/** Content that was launched for one member, in one session of one registration. */
type Launched = { readonly memberId: string; readonly registration: string; readonly session: string }
type JudgingCtx = { readonly db: Tx; readonly tenantId: string; readonly now: Date; readonly origin: string }

const LAUNCH_DATA = 'LMS.LaunchData'
const PREFERENCES = 'cmi5LearnerPreferences'

type Held = Registered & { readonly session: q.Session; readonly unit: Unit; readonly row: q.UnitRow | undefined }

/** What a session is about, with its registration locked. @throws Refusal `courseware.not_cmi5` */
async function held({ db, tenantId }: JudgingCtx, { registration, session: id }: Launched): Promise<Held> {
  const attempt = await q.lockRegistration(db, tenantId, registration)
  const session = await q.findSession(db, tenantId, id)
  const found = attempt && (await findPackage(db, tenantId, attempt.packageId))
  const version = attempt && (await findVersion(db, tenantId, attempt.packageId, attempt.versionNumber))
  const unit = version && unitsIn(version).find((one) => one.id === session?.item)
  if (!attempt || !session || !found || !version || !unit) throw refusals.not_cmi5({ rule: '9.3.0.0-5' })
  const rows = await q.unitRowsOf(db, tenantId, attempt.id)
  return { attempt, session, found, version, unit, row: rows.find(({ item }) => item === unit.id) }
}

const isOver = ({ terminatedAt, abandonedAt }: q.Session): boolean => terminatedAt !== null || abandonedAt !== null

/**
 * Judges what a unit says by the rules of cmi5 before it is kept, and keeps in the same transaction what follows from it:
 * how the unit stands, blocks and courses that are satisfied, the end of the session.
 */
export const judgeStatements =
  (ports: CoursewarePorts) =>
  async (
    ctx: JudgingCtx,
    launched: Launched,
    statements: readonly Members[],
  ): Promise<(keptAt: Date) => Promise<void>> => {
    const now = await held(ctx, launched)
    const { session, unit } = now
    const said = [...session.said]
    let row = now.row
    for (const statement of statements) {
      const rule = brokenRule(statement, expectedOf(ctx, now, said, row))
      if (rule !== null) throw refusals.not_cmi5({ rule })
      const verb = unitVerbOf(statement)
      if (verb !== null) {
        said.push(verb)
        row = after(unit, row, verb, statement)
      }
    }
    return async (keptAt) => {
      const { db, tenantId } = ctx
      const isEnd = said.includes('terminated')
      await q.setSession(db, tenantId, session.id, {
        said,
        last_at: keptAt,
        ...(isEnd ? { terminated_at: keptAt } : {}),
      })
      const at = { db, tenantId, now: keptAt }
      if (row && row !== now.row) await settle(ports, at, now, { row, session: session.id })
      if (isEnd) await ports.endLaunch(at, session.id)
    }
  }

function expectedOf(
  { origin }: JudgingCtx,
  { session, unit, found }: Held,
  said: readonly string[],
  row: q.UnitRow | undefined,
): Expected {
  return {
    session: session.id,
    mode: session.mode,
    hasPreferences: session.preferencesAt !== null,
    isOver: isOver(session) || said.includes('terminated'),
    said,
    done: { completed: row?.completion ?? false, passed: row?.success === 'passed' },
    activityId: `${origin}/${activityPath(found.id, unit.id)}`,
    publisherId: unit.part.publisherId,
    masteryScore: unit.masteryScore,
  }
}

/** How the unit stands after a statement; unchanged where the statement does not bear on it. */
function after(unit: Unit, row: q.UnitRow | undefined, verb: string, statement: Members): q.UnitRow | undefined {
  const result = resultOf(statement)
  if (verb === 'completed') return movedOn(unit, row, { completion: true })
  if (verb === 'terminated') {
    const seconds = (row?.seconds ?? 0) + durationSeconds(String(result.duration))
    return movedOn(unit, row, { seconds })
  }
  if (verb !== 'passed' && verb !== 'failed') return row
  const scaled = scoreIn(result.score)
  return movedOn(unit, row, { success: verb, ...(scaled === null ? {} : { scaled }) })
}

function scoreIn(score: unknown): number | null {
  const { scaled, raw, min, max } = (score ?? {}) as Partial<Record<'scaled' | 'raw' | 'min' | 'max', number>>
  return scaled ?? scaledOf(raw ?? null, min ?? 0, max ?? 100)
}

type DocumentAsk = {
  readonly kind: 'state' | 'activity' | 'agent'
  readonly method: string
  readonly name: string | null
  readonly contentType: string
  readonly body: Buffer
}

/** Judges requests of units for documents: what the platform wrote stays, and preferences have their form (10, 11). */
export async function judgeDocument(ctx: JudgingCtx, launched: Launched, asked: DocumentAsk): Promise<void> {
  const { kind, method, name } = asked
  const isReading = method === 'GET' || method === 'HEAD'
  if (kind === 'state' && !isReading && (name === null || name === LAUNCH_DATA))
    throw refusals.not_cmi5({ rule: '10.2.1.0-5' })
  if (kind !== 'agent' || name !== PREFERENCES) return
  if (isReading) {
    await q.setSession(ctx.db, ctx.tenantId, launched.session, { preferences_at: ctx.now })
    return
  }
  if (method !== 'DELETE' && !isPreferences(asked.contentType, asked.body))
    throw refusals.not_cmi5({ rule: '11.0.0.0-5' })
}
