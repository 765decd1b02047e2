import type { ExamState } from '@tongxin/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach, inScope } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'

export type Exam = {
  id: string
  unitId: string
  orgPath: string
  orgName: string
  paperId: string
  paperName: string
  name: string
  state: ExamState
  opensAt: Date
  closesAt: Date
  makeUpOf: string | null
  releasedAt: Date | null
  cancelledReason: string | null
  version: number
  minutes: number | null
  questions: number
  points: number
  passPercent: number
  /** By the clock of the database. */
  now: Date
}
export type Counts = { seats: number; sitting: number; handedIn: number; passed: number; toMark: number }

const columns = [
  'e.id',
  'e.unit_id as unitId',
  'e.org_path as orgPath',
  'o.name as orgName',
  'e.paper_id as paperId',
  'p.name as paperName',
  'e.name',
  'e.state',
  'e.opens_at as opensAt',
  'e.closes_at as closesAt',
  'e.make_up_of as makeUpOf',
  'e.released_at as releasedAt',
  'e.cancelled_reason as cancelledReason',
  'e.version',
  'p.minutes',
  'p.questions',
  'p.points',
  'p.pass_percent as passPercent',
  sql<Date>`statement_timestamp()`.as('now'),
] as const

const exams = (db: Db, tenantId: string) =>
  db
    .selectFrom('exams_session as e')
    .innerJoin('org_path as o', (join) => join.on('o.tenant_id', '=', tenantId).onRef('o.id', '=', 'e.unit_id'))
    .innerJoin('exams_paper as p', (join) => join.on('p.tenant_id', '=', tenantId).onRef('p.id', '=', 'e.paper_id'))
    .select(columns)
    .where('e.tenant_id', '=', tenantId)
    .where('o.tenant_id', '=', tenantId)
    .where('p.tenant_id', '=', tenantId)

const counts = (tenantId: string) => {
  const sittings = (which: string) =>
    sql<number>`(select count(*)::int from exams_sitting s where s.tenant_id = ${tenantId} and s.session_id = e.id ${sql.raw(which)})`
  return [
    sql<number>`(select count(*)::int from exams_seat x where x.tenant_id = ${tenantId} and x.session_id = e.id)`.as(
      'seats',
    ),
    sittings("and s.state = 'running'").as('sitting'),
    sittings("and s.state <> 'running'").as('handedIn'),
    sittings('and s.passed').as('passed'),
    sql<number>`(select count(*)::int from exams_script c where c.tenant_id = ${tenantId} and c.session_id = e.id and c.points is null)`.as(
      'toMark',
    ),
  ] as const
}

export type ExamFilter = { place: string; state: ExamState | null; text: string | null }

export async function listExams(db: Db, actor: Actor, filter: ExamFilter, keyset: Keyset): Promise<(Exam & Counts)[]> {
  let select = exams(db, actor.tenantId)
    .select(counts(actor.tenantId))
    .where(inReach('e.org_path', actor))
    .where(inScope('e.org_path', filter.place))
  if (filter.state) select = select.where('e.state', '=', filter.state)
  if (filter.text) select = select.where('e.name', 'like', containing(filter.text))
  const paged = byKeyset(select as unknown as SelectQueryBuilder<DB, 'exams_session', object>, keyset, 'e.id')
  return (await paged.execute()) as unknown as (Exam & Counts)[]
}

export async function findExam(db: Db, actor: Actor, id: string): Promise<(Exam & Counts) | undefined> {
  const row = await exams(db, actor.tenantId)
    .select(counts(actor.tenantId))
    .where('e.id', '=', id)
    .where(inReach('e.org_path', actor))
    .executeTakeFirst()
  return row as unknown as (Exam & Counts) | undefined
}

export async function lockExam(tx: Tx, actor: Actor, id: string): Promise<Exam | undefined> {
  const row = await exams(tx, actor.tenantId)
    .where('e.id', '=', id)
    .where(inReach('e.org_path', actor))
    .forUpdate('e')
    .executeTakeFirst()
  return row as unknown as Exam | undefined
}

/** An exam by its id alone: for those who sit it, and for the clock. */
export async function examById(db: Db, tenantId: string, id: string, lock = false): Promise<Exam | undefined> {
  const select = exams(db, tenantId).where('e.id', '=', id)
  const row = await (lock ? select.forUpdate('e') : select).executeTakeFirst()
  return row as unknown as Exam | undefined
}

/** Announced exams whose window was over so many seconds ago. */
export async function overdueExams(db: Db, tenantId: string, grace: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select e.id from exams_session e where e.tenant_id = ${tenantId}
    and e.state = 'announced' and e.closes_at < statement_timestamp() - make_interval(secs => ${grace}) order by e.id`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

/** Another exam with the same paper is still ahead: keys stay closed until it is over. */
export async function othersAhead(db: Db, tenantId: string, exam: Pick<Exam, 'id' | 'paperId'>): Promise<boolean> {
  const row = await db
    .selectFrom('exams_session')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('paper_id', '=', exam.paperId)
    .where('id', '<>', exam.id)
    .where('state', 'in', ['draft', 'announced'])
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export type NewExam = {
  id: string
  unitId: string
  orgPath: string
  paperId: string
  name: string
  opensAt: Date
  closesAt: Date
  makeUpOf: string | null
}
export async function insertExam(tx: Tx, actor: Actor, exam: NewExam, at: Date): Promise<void> {
  await tx
    .insertInto('exams_session')
    .values({
      tenant_id: actor.tenantId,
      id: exam.id,
      unit_id: exam.unitId,
      org_path: exam.orgPath,
      paper_id: exam.paperId,
      name: exam.name,
      opens_at: exam.opensAt,
      closes_at: exam.closesAt,
      make_up_of: exam.makeUpOf,
      made_by: actor.personId,
      updated_at: at,
    })
    .execute()
}

export async function setExam(
  tx: Tx,
  tenantId: string,
  exam: Pick<Exam, 'id' | 'version'>,
  change: {
    state?: ExamState
    name?: string
    opens_at?: Date
    closes_at?: Date
    released_at?: Date
    cancelled_reason?: string
  },
  at: Date,
): Promise<void> {
  await tx
    .updateTable('exams_session')
    .set({ ...change, version: exam.version + 1, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', exam.id)
    .execute()
}
