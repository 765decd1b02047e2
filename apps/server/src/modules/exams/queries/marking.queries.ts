import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'

export type NewScript = {
  id: string
  orgPath: string
  sittingId: string
  place: number
  paperId: string
  sessionId: string | null
  versionId: string
  writerId: string
  response: string
  most: number
  markers: number
  difference: number
}

export async function insertScripts(tx: Tx, tenantId: string, scripts: readonly NewScript[]): Promise<void> {
  for (let from = 0; from < scripts.length; from += 500)
    await tx
      .insertInto('exams_script')
      .values(
        scripts.slice(from, from + 500).map((one) => ({
          tenant_id: tenantId,
          id: one.id,
          org_path: one.orgPath,
          sitting_id: one.sittingId,
          place: one.place,
          paper_id: one.paperId,
          session_id: one.sessionId,
          version_id: one.versionId,
          writer_id: one.writerId,
          response: one.response,
          most: one.most,
          markers: one.markers,
          difference: one.difference,
        })),
      )
      .execute()
}

export type Script = Omit<NewScript, 'orgPath'> & {
  orgPath: string
  firstBy: string | null
  firstPoints: number | null
  secondBy: string | null
  secondPoints: number | null
  thirdBy: string | null
  thirdPoints: number | null
  points: number | null
}
const columns = [
  'c.id',
  'c.org_path as orgPath',
  'c.sitting_id as sittingId',
  'c.place',
  'c.paper_id as paperId',
  'c.session_id as sessionId',
  'c.version_id as versionId',
  'c.writer_id as writerId',
  'c.response',
  'c.most',
  'c.markers',
  'c.difference',
  'c.first_by as firstBy',
  'c.first_points as firstPoints',
  'c.second_by as secondBy',
  'c.second_points as secondPoints',
  'c.third_by as thirdBy',
  'c.third_points as thirdPoints',
  'c.points',
] as const

/** Answers the caller may still mark: neither the own ones nor those already marked by the same person. */
const forMe = (actor: Pick<Actor, 'personId'>) =>
  sql<boolean>`(c.points is null and c.writer_id <> ${actor.personId} and c.first_by is distinct from ${actor.personId}
    and c.second_by is distinct from ${actor.personId})`

export type Heap = {
  kind: 'session' | 'quiz'
  id: string
  name: string
  orgName: string
  open: number
  forMe: number
  settled: number
}

/** Exams that are over and quizzes, with answers in words. */
export async function heapsOf(db: Db, actor: Actor): Promise<Heap[]> {
  const { rows } = await sql<Heap>`select case when c.session_id is null then 'quiz' else 'session' end as kind,
      coalesce(c.session_id, c.paper_id) as id, coalesce(e.name, p.name) as name, o.name as "orgName",
      (count(*) filter (where c.points is null))::int as open, (count(*) filter (where ${forMe(actor)}))::int as "forMe",
      (count(*) filter (where c.points is not null))::int as settled
    from exams_script c
    join exams_paper p on p.tenant_id = ${actor.tenantId} and p.id = c.paper_id
    join org_path o on o.tenant_id = ${actor.tenantId} and o.id = p.unit_id
    left join exams_session e on e.tenant_id = ${actor.tenantId} and e.id = c.session_id
    where c.tenant_id = ${actor.tenantId} and ${inReach('c.org_path', actor)} and (c.session_id is null or e.state = 'closed')
    group by 1, 2, 3, 4 order by (count(*) filter (where ${forMe(actor)})) desc, 3, 2 limit 200`.execute(db)
  return rows
}

type Which = { readonly kind: 'session' | 'quiz'; readonly id: string }
const ofHeap = ({ kind, id }: Which) =>
  kind === 'session' ? sql<boolean>`c.session_id = ${id}` : sql<boolean>`(c.session_id is null and c.paper_id = ${id})`

export async function countForMe(db: Db, actor: Actor, which: Which): Promise<number> {
  const { rows } = await sql<{ left: number }>`select count(*)::int as left from exams_script c
    where c.tenant_id = ${actor.tenantId} and ${inReach('c.org_path', actor)} and ${ofHeap(which)} and ${forMe(actor)}`.execute(
    db,
  )
  return rows[0]?.left ?? 0
}

/** One at random, so that two people who mark at once rarely meet and nobody can tell who wrote from the order. */
export async function anyScript(
  db: Db,
  actor: Actor,
  which: Which,
): Promise<{ id: string; versionId: string; response: string; most: number } | undefined> {
  const { rows } = await sql<{ id: string; versionId: string; response: string; most: number }>`select c.id,
      c.version_id as "versionId", c.response, c.most from exams_script c
    where c.tenant_id = ${actor.tenantId} and ${inReach('c.org_path', actor)} and ${ofHeap(which)} and ${forMe(actor)}
    order by gen_random_uuid() limit 1`.execute(db)
  return rows[0]
}

export async function lockScript(tx: Tx, actor: Actor, id: string): Promise<Script | undefined> {
  const row = await tx
    .selectFrom('exams_script as c')
    .select(columns)
    .where('c.tenant_id', '=', actor.tenantId)
    .where('c.id', '=', id)
    .where(inReach('c.org_path', actor))
    .forUpdate()
    .executeTakeFirst()
  return row as Script | undefined
}

export async function scriptAt(
  db: Db,
  tenantId: string,
  sittingId: string,
  place: number,
): Promise<Script | undefined> {
  const row = await db
    .selectFrom('exams_script as c')
    .select(columns)
    .where('c.tenant_id', '=', tenantId)
    .where('c.sitting_id', '=', sittingId)
    .where('c.place', '=', place)
    .executeTakeFirst()
  return row as Script | undefined
}

export type Mark = {
  first_by?: string
  first_points?: number
  second_by?: string
  second_points?: number
  third_by?: string
  third_points?: number
  points?: number | null
}
export async function setMark(tx: Tx, tenantId: string, id: string, mark: Mark): Promise<void> {
  await tx.updateTable('exams_script').set(mark).where('tenant_id', '=', tenantId).where('id', '=', id).execute()
}

export async function isAllMarked(db: Db, tenantId: string, sessionId: string): Promise<boolean> {
  const row = await db
    .selectFrom('exams_script')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('session_id', '=', sessionId)
    .where('points', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row === undefined
}

export type Appeal = {
  id: string
  orgPath: string
  sittingId: string
  place: number
  paperId: string
  sessionId: string | null
  personId: string
  name: string
  text: string
  madeAt: Date
  points: number
  answer: string | null
  answeredAt: Date | null
  newPoints: number | null
}
const appealColumns = [
  'a.id',
  'a.org_path as orgPath',
  'a.sitting_id as sittingId',
  'a.place',
  'a.paper_id as paperId',
  'a.session_id as sessionId',
  'a.person_id as personId',
  'a.name',
  'a.text',
  'a.made_at as madeAt',
  'a.points',
  'a.answer',
  'a.answered_at as answeredAt',
  'a.new_points as newPoints',
] as const

export async function insertAppeal(
  tx: Tx,
  tenantId: string,
  appeal: Omit<Appeal, 'answer' | 'answeredAt' | 'newPoints'>,
): Promise<boolean> {
  const row = await tx
    .insertInto('exams_appeal')
    .values({
      tenant_id: tenantId,
      id: appeal.id,
      org_path: appeal.orgPath,
      sitting_id: appeal.sittingId,
      place: appeal.place,
      paper_id: appeal.paperId,
      session_id: appeal.sessionId,
      person_id: appeal.personId,
      name: appeal.name,
      text: appeal.text,
      made_at: appeal.madeAt,
      points: appeal.points,
    })
    .onConflict((c) => c.columns(['tenant_id', 'sitting_id', 'place']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function appealsOfSitting(db: Db, tenantId: string, sittingId: string): Promise<Appeal[]> {
  return (await db
    .selectFrom('exams_appeal as a')
    .select(appealColumns)
    .where('a.tenant_id', '=', tenantId)
    .where('a.sitting_id', '=', sittingId)
    .execute()) as Appeal[]
}

export type ListedAppeal = Appeal & {
  examName: string
  unitName: string
  stem: string
  most: number
  response: { text?: string; blanks?: string[]; choices?: number[] } | null
}

export async function listAppeals(
  db: Db,
  actor: Actor,
  filter: { sessionId: string | null; open: boolean | null; text: string | null },
  keyset: Keyset,
): Promise<ListedAppeal[]> {
  const { tenantId } = actor
  let select = db
    .selectFrom('exams_appeal as a')
    .innerJoin('exams_paper as p', (join) => join.on('p.tenant_id', '=', tenantId).onRef('p.id', '=', 'a.paper_id'))
    .innerJoin('exams_sitting as s', (join) => join.on('s.tenant_id', '=', tenantId).onRef('s.id', '=', 'a.sitting_id'))
    .leftJoin('exams_session as e', (join) => join.on('e.tenant_id', '=', tenantId).onRef('e.id', '=', 'a.session_id'))
    .leftJoin('org_path as o', (join) => join.on('o.tenant_id', '=', tenantId).onRef('o.path', '=', 's.org_path'))
    .leftJoin('exams_answer as r', (join) =>
      join.on('r.tenant_id', '=', tenantId).onRef('r.sitting_id', '=', 'a.sitting_id').onRef('r.place', '=', 'a.place'),
    )
    .select([
      ...appealColumns,
      sql<string>`coalesce(e.name, p.name)`.as('examName'),
      sql<string>`coalesce(o.name, '')`.as('unitName'),
      sql<string>`coalesce((select v.stem from exams_version v where v.tenant_id = ${tenantId}
        and v.id = (s.items -> (a.place - 1) ->> 'v')::uuid), '')`.as('stem'),
      sql<number>`(s.items -> (a.place - 1) ->> 'points')::int`.as('most'),
      'r.response',
    ])
    .where('a.tenant_id', '=', tenantId)
    .where('p.tenant_id', '=', tenantId)
    .where('s.tenant_id', '=', tenantId)
    .where(inReach('a.org_path', actor))
  if (filter.sessionId) select = select.where('a.session_id', '=', filter.sessionId)
  if (filter.open !== null) select = select.where('a.answered_at', filter.open ? 'is' : 'is not', null)
  if (filter.text) select = select.where('a.name', 'like', containing(filter.text))
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'exams_appeal', ListedAppeal>,
    keyset,
    'a.id',
  ).execute()) as ListedAppeal[]
}

export async function lockAppeal(tx: Tx, actor: Actor, id: string): Promise<Appeal | undefined> {
  const row = await tx
    .selectFrom('exams_appeal as a')
    .select(appealColumns)
    .where('a.tenant_id', '=', actor.tenantId)
    .where('a.id', '=', id)
    .where(inReach('a.org_path', actor))
    .forUpdate()
    .executeTakeFirst()
  return row as Appeal | undefined
}

export async function setAppeal(
  tx: Tx,
  tenantId: string,
  id: string,
  answered: { answer: string; answered_by: string; answered_at: Date; new_points: number },
): Promise<void> {
  await tx.updateTable('exams_appeal').set(answered).where('tenant_id', '=', tenantId).where('id', '=', id).execute()
}

export async function countOpenAppeals(db: Db, tenantId: string, sessionId: string): Promise<number> {
  const { rows } = await sql<{ open: number }>`select count(*)::int as open from exams_appeal a
    where a.tenant_id = ${tenantId} and a.session_id = ${sessionId} and a.answered_at is null`.execute(db)
  return rows[0]?.open ?? 0
}
