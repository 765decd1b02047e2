import type { StudyFile, StudyGrade, StudyTaskKind, StudyWorkState } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { Keyset } from '../../../platform/page.ts'
import { inReach, pathsAlong } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'
import { inPlace, type Own, type PlaceFilter, paged } from './paged.ts'

export type Work = {
  id: string
  taskId: string | null
  kind: StudyTaskKind
  personId: string
  memberId: string
  unitId: string
  orgPath: string
  showPath: string
  unitName: string
  writer: string
  title: string
  words: number
  round: number
  state: StudyWorkState
  grade: StudyGrade | null
  isLate: boolean
  wantsShow: boolean
  shownAt: Date | null
  handedInAt: Date
}

const works = (db: Db, tenantId: string) =>
  db
    .selectFrom('study_work as w')
    .select([
      'w.id',
      'w.task_id as taskId',
      'w.kind',
      'w.person_id as personId',
      'w.member_id as memberId',
      'w.unit_id as unitId',
      'w.org_path as orgPath',
      'w.show_path as showPath',
      'w.unit_name as unitName',
      'w.writer',
      'w.title',
      'w.words',
      'w.round',
      'w.state',
      'w.grade',
      'w.is_late as isLate',
      'w.wants_show as wantsShow',
      'w.shown_at as shownAt',
      'w.handed_in_at as handedInAt',
    ])
    .where('w.tenant_id', '=', tenantId)

export type WorkFilter = PlaceFilter & {
  readonly taskId: string | null
  readonly kind: StudyTaskKind | null
  readonly state: StudyWorkState | null
  readonly grade: StudyGrade | null
  readonly text: string | null
}
const filtered = (db: Db, actor: Actor, filter: WorkFilter) => {
  let select = works(db, actor.tenantId).where(inReach('w.org_path', actor))
  if (filter.path !== null) select = select.where(inPlace('w.org_path', filter.path, filter.isBelow))
  if (filter.taskId) select = select.where('w.task_id', '=', filter.taskId)
  if (filter.kind) select = select.where('w.kind', '=', filter.kind)
  if (filter.state) select = select.where('w.state', '=', filter.state)
  if (filter.grade) select = select.where('w.grade', '=', filter.grade)
  if (filter.text) {
    const text = containing(filter.text)
    select = select.where((eb) => eb.or([eb('w.title', 'like', text), eb('w.writer', 'like', text)]))
  }
  return select
}
export const listWorks = (db: Db, actor: Actor, filter: WorkFilter, keyset: Keyset): Promise<Work[]> =>
  paged<Work>(filtered(db, actor, filter), keyset, 'w.id')

export async function allWorks(db: Db, actor: Actor, filter: WorkFilter, most: number): Promise<Work[]> {
  return (await filtered(db, actor, filter)
    .orderBy('w.org_path')
    .orderBy('w.writer')
    .orderBy('w.id')
    .limit(most)
    .execute()) as Work[]
}

export async function findWork(db: Db, actor: Actor, id: string): Promise<Work | undefined> {
  const select = works(db, actor.tenantId).where('w.id', '=', id).where(inReach('w.org_path', actor))
  return (await select.executeTakeFirst()) as Work | undefined
}
export async function lockWork(tx: Tx, actor: Actor, id: string): Promise<Work | undefined> {
  const select = works(tx, actor.tenantId).where('w.id', '=', id).where(inReach('w.org_path', actor))
  return (await select.forUpdate('w').executeTakeFirst()) as Work | undefined
}

export async function ownWorks(db: Db, own: Own, kind: StudyTaskKind | null, keyset: Keyset): Promise<Work[]> {
  let select = works(db, own.tenantId).where('w.person_id', '=', own.personId)
  if (kind) select = select.where('w.kind', '=', kind)
  return paged<Work>(select, keyset, 'w.id')
}
export async function ownWork(db: Db, own: Own, id: string): Promise<Work | undefined> {
  const select = works(db, own.tenantId).where('w.id', '=', id).where('w.person_id', '=', own.personId)
  return (await select.executeTakeFirst()) as Work | undefined
}
export async function lockOwnWork(tx: Tx, own: Own, id: string): Promise<Work | undefined> {
  const select = works(tx, own.tenantId).where('w.id', '=', id).where('w.person_id', '=', own.personId)
  return (await select.forUpdate('w').executeTakeFirst()) as Work | undefined
}
export async function ownWorksOfTasks(db: Db, own: Own, taskIds: readonly string[]): Promise<Work[]> {
  if (taskIds.length === 0) return []
  const select = works(db, own.tenantId)
    .where('w.person_id', '=', own.personId)
    .where('w.task_id', 'in', [...taskIds])
  return (await select.execute()) as Work[]
}

const shown = (db: Db, tenantId: string, orgPath: string) =>
  works(db, tenantId).where('w.shown_at', 'is not', null).where('w.show_path', 'in', pathsAlong(orgPath))
export const listShown = (db: Db, tenantId: string, orgPath: string, keyset: Keyset): Promise<Work[]> =>
  paged<Work>(shown(db, tenantId, orgPath), keyset, 'w.id')
export async function findShown(db: Db, tenantId: string, orgPath: string, id: string): Promise<Work | undefined> {
  return (await shown(db, tenantId, orgPath).where('w.id', '=', id).executeTakeFirst()) as Work | undefined
}

export type NewWork = Omit<Work, 'state' | 'grade' | 'shownAt' | 'handedInAt' | 'round'>
type Sketch = { readonly sketch: readonly number[]; readonly bands: readonly string[] }
export async function insertWork(tx: Tx, tenantId: string, work: NewWork, like: Sketch, at: Date): Promise<void> {
  await tx
    .insertInto('study_work')
    .values({
      tenant_id: tenantId,
      id: work.id,
      task_id: work.taskId,
      kind: work.kind,
      person_id: work.personId,
      member_id: work.memberId,
      unit_id: work.unitId,
      org_path: work.orgPath,
      show_path: work.showPath,
      unit_name: work.unitName,
      writer: work.writer,
      title: work.title,
      words: work.words,
      round: 1,
      state: 'handed_in',
      is_late: work.isLate,
      wants_show: work.wantsShow,
      sketch: [...like.sketch],
      bands: [...like.bands],
      handed_in_at: at,
      updated_at: at,
    })
    .execute()
}

export type WorkChange = {
  title?: string
  words?: number
  round?: number
  state?: StudyWorkState
  grade?: StudyGrade | null
  is_late?: boolean
  wants_show?: boolean
  shown_at?: Date | null
  sketch?: number[]
  bands?: string[]
  handed_in_at?: Date
}
export async function setWork(tx: Tx, tenantId: string, id: string, change: WorkChange, at: Date): Promise<void> {
  await tx
    .updateTable('study_work')
    .set({ ...change, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export type Alike = {
  id: string
  title: string
  writer: string
  unitName: string
  orgPath: string
  sketch: number[]
  handedInAt: Date
}
/** Works of others, as far as row security shows them, that share a band: the newest `most`. */
export async function worksLike(db: Db, tenantId: string, work: Work, most: number): Promise<[number[], Alike[]]> {
  const own = await db
    .selectFrom('study_work')
    .select(['sketch', 'bands'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', work.id)
    .executeTakeFirst()
  if (!own || own.bands.length === 0) return [[], []]
  const alike = await db
    .selectFrom('study_work as w')
    .select([
      'w.id',
      'w.title',
      'w.writer',
      'w.unit_name as unitName',
      'w.org_path as orgPath',
      'w.sketch',
      'w.handed_in_at as handedInAt',
    ])
    .where('w.tenant_id', '=', tenantId)
    .where('w.person_id', '<>', work.personId)
    .where(sql<boolean>`w.bands && ${own.bands}::text[]`)
    .orderBy('w.handed_in_at', 'desc')
    .limit(most)
    .execute()
  return [own.sketch, alike]
}

export type Round = {
  round: number
  body: string
  files: StudyFile[]
  handedInAt: Date
  result: 'returned' | 'marked' | null
  grade: StudyGrade | null
  comment: string | null
  markedBy: string | null
  markedAt: Date | null
}
export async function roundsOf(db: Db, tenantId: string, workId: string): Promise<Round[]> {
  const rows = await db
    .selectFrom('study_round')
    .select([
      'round',
      'body',
      'files',
      'handed_in_at as handedInAt',
      'result',
      'grade',
      'comment',
      'marked_by as markedBy',
      'marked_at as markedAt',
    ])
    .where('tenant_id', '=', tenantId)
    .where('work_id', '=', workId)
    .orderBy('round', 'desc')
    .execute()
  return rows as unknown as Round[]
}

export async function insertRound(
  tx: Tx,
  work: Pick<Work, 'id' | 'personId' | 'orgPath'> & { readonly tenantId: string },
  handed: { readonly round: number; readonly body: string; readonly files: readonly StudyFile[] },
  at: Date,
): Promise<void> {
  await tx
    .insertInto('study_round')
    .values({
      tenant_id: work.tenantId,
      work_id: work.id,
      round: handed.round,
      person_id: work.personId,
      org_path: work.orgPath,
      body: handed.body,
      files: JSON.stringify(handed.files),
      handed_in_at: at,
    })
    .execute()
}

export async function setResult(
  tx: Tx,
  actor: Actor,
  work: Work,
  result: { readonly result: 'returned' | 'marked'; readonly grade: StudyGrade | null; readonly comment: string },
  at: Date,
): Promise<void> {
  await tx
    .updateTable('study_round')
    .set({ ...result, marked_by: actor.personName, marked_by_id: actor.personId, marked_at: at })
    .where('tenant_id', '=', actor.tenantId)
    .where('work_id', '=', work.id)
    .where('round', '=', work.round)
    .execute()
}
