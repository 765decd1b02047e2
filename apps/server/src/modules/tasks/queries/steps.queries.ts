import type { TaskFile, TaskStepKind } from '@tongxin/contract'
import type { PartStage } from '@tongxin/domain/tasks/parts'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { inReach, inScope } from '../../../platform/scope.ts'
import type { Part } from './parts.queries.ts'

export type Step = {
  id: string
  kind: TaskStepKind
  words: string | null
  dueOn: string | null
  round: number
  files: TaskFile[]
  by: string
  at: Date
}

/** What happened to a part, the newest first. */
export async function stepsOf(db: Db, tenantId: string, partId: string): Promise<Step[]> {
  return (await db
    .selectFrom('tasks_step')
    .select(['id', 'kind', 'words', 'due_on as dueOn', 'round', 'files', 'by_name as by', 'at'])
    .where('tenant_id', '=', tenantId)
    .where('part_id', '=', partId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute()) as Step[]
}

export type NewStep = Pick<Step, 'id' | 'kind' | 'words' | 'dueOn' | 'round' | 'files'> & {
  readonly partId: string
  readonly orgPath: string
  readonly personId: string | null
}
export async function insertSteps(
  tx: Tx,
  actor: Pick<Actor, 'tenantId' | 'personName'>,
  steps: readonly NewStep[],
  at: Date,
): Promise<void> {
  if (steps.length === 0) return
  await tx
    .insertInto('tasks_step')
    .values(
      steps.map((step) => ({
        tenant_id: actor.tenantId,
        id: step.id,
        part_id: step.partId,
        person_id: step.personId,
        org_path: step.orgPath,
        kind: step.kind,
        words: step.words,
        due_on: step.dueOn,
        round: step.round,
        files: JSON.stringify(step.files),
        by_name: actor.personName,
        at,
      })),
    )
    .execute()
}

/** How long a unit took for one stage. */
export async function insertStage(
  tx: Tx,
  tenantId: string,
  part: Pick<Part, 'id' | 'unitId' | 'orgPath' | 'unitName'>,
  ended: { readonly id: string; readonly stage: PartStage; readonly minutes: number; readonly on: string },
): Promise<void> {
  await tx
    .insertInto('tasks_stage')
    .values({
      tenant_id: tenantId,
      id: ended.id,
      part_id: part.id,
      unit_id: part.unitId,
      org_path: part.orgPath,
      unit_name: part.unitName,
      stage: ended.stage,
      minutes: ended.minutes,
      ended_on: ended.on,
    })
    .execute()
}

export type Period = { readonly from: string; readonly until: string; readonly path: string | null }
export type StageTime = { stage: PartStage; ended: number; median: number; ninety: number }
export type UnitTime = StageTime & { id: string; orgName: string }

const within = (actor: Actor, { from, until, path }: Period) =>
  sql`g.tenant_id = ${actor.tenantId}::uuid and ${inReach('g.org_path', actor)}
    ${path === null ? sql`` : sql`and ${inScope('g.org_path', path)}`}
    and g.ended_on between ${from}::date and ${until}::date`
const FIGURES = sql`count(*)::int as ended, percentile_cont(0.5) within group (order by g.minutes) as median,
  percentile_cont(0.9) within group (order by g.minutes) as ninety`

/** Minutes of each stage in a period, over all units of the reach. */
export async function stageTimes(db: Db, actor: Actor, period: Period): Promise<StageTime[]> {
  const { rows } = await sql<StageTime>`select g.stage, ${FIGURES} from tasks_stage g where ${within(actor, period)}
    group by g.stage`.execute(db)
  return rows
}
/** The same unit by unit, those first whose slow tenth waits longest; units with too few are left out. */
export async function unitTimes(
  db: Db,
  actor: Actor,
  period: Period,
  { least, most }: { readonly least: number; readonly most: number },
): Promise<UnitTime[]> {
  const { rows } = await sql<UnitTime>`select g.unit_id as id, max(g.unit_name) as "orgName", g.stage, ${FIGURES}
    from tasks_stage g where ${within(actor, period)}
    group by g.unit_id, g.stage having count(*) >= ${least} order by ninety desc, g.unit_id limit ${most}`.execute(db)
  return rows
}
