import type {
  Difficulty,
  DrawLine,
  PaperPurpose,
  PaperState,
  PaperWay,
  PartialRule,
  QuestionKind,
} from '@tongxin/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach, inScope } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'

export type Paper = {
  id: string
  unitId: string
  orgPath: string
  orgName: string
  name: string
  purpose: PaperPurpose
  way: PaperWay
  state: PaperState
  plan: DrawLine[]
  minutes: number | null
  attempts: number | null
  passPercent: number
  shufflesQuestions: boolean
  shufflesOptions: boolean
  partial: PartialRule
  markers: number
  difference: number
  questions: number
  points: number
  madeBy: string
  version: number
  updatedAt: Date
}
const columns = [
  'p.id',
  'p.unit_id as unitId',
  'p.org_path as orgPath',
  'o.name as orgName',
  'p.name',
  'p.purpose',
  'p.way',
  'p.state',
  'p.plan',
  'p.minutes',
  'p.attempts',
  'p.pass_percent as passPercent',
  'p.shuffles_questions as shufflesQuestions',
  'p.shuffles_options as shufflesOptions',
  'p.partial',
  'p.markers',
  'p.difference',
  'p.questions',
  'p.points',
  'p.made_by as madeBy',
  'p.version',
  'p.updated_at as updatedAt',
] as const

const papers = (db: Db, tenantId: string) =>
  db
    .selectFrom('exams_paper as p')
    .innerJoin('org_path as o', (join) => join.on('o.tenant_id', '=', tenantId).onRef('o.id', '=', 'p.unit_id'))
    .select(columns)
    .where('p.tenant_id', '=', tenantId)
    .where('o.tenant_id', '=', tenantId)

const sittings = (tenantId: string) =>
  sql<number>`(select count(*)::int from exams_sitting s where s.tenant_id = ${tenantId} and s.paper_id = p.id)`.as(
    'sittings',
  )
export type Counted = Paper & { sittings: number }

export type PaperFilter = {
  place: string
  purpose: PaperPurpose | null
  state: PaperState | null
  text: string | null
}

export async function listPapers(db: Db, actor: Actor, filter: PaperFilter, keyset: Keyset): Promise<Counted[]> {
  let select = papers(db, actor.tenantId)
    .select(sittings(actor.tenantId))
    .where(inReach('p.org_path', actor))
    .where(inScope('p.org_path', filter.place))
  if (filter.purpose) select = select.where('p.purpose', '=', filter.purpose)
  if (filter.state) select = select.where('p.state', '=', filter.state)
  if (filter.text) select = select.where('p.name', 'like', containing(filter.text))
  const paged = byKeyset(select as unknown as SelectQueryBuilder<DB, 'exams_paper', object>, keyset, 'p.id')
  return (await paged.execute()) as unknown as Counted[]
}

export async function findPaper(db: Db, actor: Actor, id: string): Promise<Counted | undefined> {
  const row = await papers(db, actor.tenantId)
    .select(sittings(actor.tenantId))
    .where('p.id', '=', id)
    .where(inReach('p.org_path', actor))
    .executeTakeFirst()
  return row as unknown as Counted | undefined
}

export async function lockPaper(tx: Tx, actor: Actor, id: string): Promise<Paper | undefined> {
  const row = await papers(tx, actor.tenantId)
    .where('p.id', '=', id)
    .where(inReach('p.org_path', actor))
    .forUpdate('p')
    .executeTakeFirst()
  return row as unknown as Paper | undefined
}

/** Papers by their ids alone: for what was begun with them. */
export async function papersById(db: Db, tenantId: string, ids: readonly string[]): Promise<Map<string, Paper>> {
  if (ids.length === 0) return new Map()
  const rows = await papers(db, tenantId)
    .where(sql<boolean>`p.id = any(${[...new Set(ids)]}::uuid[])`)
    .execute()
  return new Map((rows as unknown as Paper[]).map((row) => [row.id, row]))
}

/** Released quizzes of the units along a path: what somebody of that branch may take. */
export async function quizzesAlong(db: Db, tenantId: string, paths: readonly string[]): Promise<Paper[]> {
  const rows = await papers(db, tenantId)
    .where('p.org_path', 'in', [...paths])
    .where('p.purpose', '=', 'quiz')
    .where('p.state', '=', 'released')
    .orderBy('p.updated_at', 'desc')
    .limit(200)
    .execute()
  return rows as unknown as Paper[]
}

export type PaperItem = {
  place: number
  questionId: string
  versionId: string
  points: number
  no: number
  kind: QuestionKind
  difficulty: Difficulty
  topic: string
  stem: string
  options: number
  isOutdated: boolean
}

export async function itemsOf(
  db: Db,
  tenantId: string,
  paperIds: readonly string[],
): Promise<Map<string, PaperItem[]>> {
  const { rows } = await sql<PaperItem & { paperId: string }>`select i.paper_id as "paperId", i.place,
      i.question_id as "questionId", i.version_id as "versionId", i.points, v.no, v.kind, v.difficulty, v.topic, v.stem,
      jsonb_array_length(v.options) as options, (x.state = 'retired' or x.live_no is distinct from v.no) as "isOutdated"
    from exams_paper_item i
    join exams_version v on v.tenant_id = ${tenantId} and v.id = i.version_id
    join exams_question x on x.tenant_id = ${tenantId} and x.id = i.question_id
    where i.tenant_id = ${tenantId} and i.paper_id = any(${[...paperIds]}::uuid[])
    order by i.paper_id, i.place`.execute(db)
  return Map.groupBy(rows, ({ paperId }) => paperId)
}

export type PaperFields = {
  name: string
  purpose: PaperPurpose
  way: PaperWay
  plan: string
  minutes: number | null
  attempts: number | null
  pass_percent: number
  shuffles_questions: boolean
  shuffles_options: boolean
  partial: PartialRule
  markers: number
  difference: number
  questions: number
  points: number
}

export async function insertPaper(
  tx: Tx,
  actor: Actor,
  paper: { id: string; unitId: string; orgPath: string; fields: PaperFields },
  at: Date,
): Promise<void> {
  await tx
    .insertInto('exams_paper')
    .values({
      ...paper.fields,
      tenant_id: actor.tenantId,
      id: paper.id,
      unit_id: paper.unitId,
      org_path: paper.orgPath,
      made_by: actor.personId,
      created_at: at,
      updated_at: at,
    })
    .execute()
}

export async function setPaper(
  tx: Tx,
  tenantId: string,
  paper: Pick<Paper, 'id' | 'version'>,
  change: Partial<PaperFields> & { state?: PaperState; retired_reason?: string },
  at: Date,
): Promise<void> {
  await tx
    .updateTable('exams_paper')
    .set({ ...change, version: paper.version + 1, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', paper.id)
    .execute()
}

export type NewItem = { questionId: string; versionId: string; points: number }
export async function setItems(
  tx: Tx,
  tenantId: string,
  paper: { id: string; orgPath: string },
  items: readonly NewItem[],
): Promise<void> {
  await tx.deleteFrom('exams_paper_item').where('tenant_id', '=', tenantId).where('paper_id', '=', paper.id).execute()
  if (items.length === 0) return
  await tx
    .insertInto('exams_paper_item')
    .values(
      items.map(({ questionId, versionId, points }, at) => ({
        tenant_id: tenantId,
        paper_id: paper.id,
        place: at + 1,
        org_path: paper.orgPath,
        question_id: questionId,
        version_id: versionId,
        points,
      })),
    )
    .execute()
}

/** The live versions of questions within reach, by question. */
export async function liveVersions(db: Db, actor: Actor, questionIds: readonly string[]): Promise<Map<string, string>> {
  if (questionIds.length === 0) return new Map()
  const { rows } = await sql<{ q: string; v: string }>`select x.id as q, v.id as v from exams_question x
    join exams_version v on v.tenant_id = ${actor.tenantId} and v.question_id = x.id and v.no = x.live_no
    where x.tenant_id = ${actor.tenantId} and ${inReach('x.org_path', actor)} and x.state <> 'retired'
      and x.id = any(${[...questionIds]}::uuid[])`.execute(db)
  return new Map(rows.map(({ q, v }) => [q, v]))
}

/** An exam with this paper that was not called off. */
export async function isSat(db: Db, tenantId: string, paperId: string): Promise<boolean> {
  const row = await db
    .selectFrom('exams_session')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('paper_id', '=', paperId)
    .where('state', 'in', ['draft', 'announced'])
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
