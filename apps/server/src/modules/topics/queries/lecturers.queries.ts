import type { LecturerState, OfferFacts } from '@tongxin/contract'
import type { LessonFormat, LessonLevel } from '@tongxin/domain/topics/lesson'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'

export type Lecturer = {
  id: string
  personId: string | null
  memberId: string | null
  unitId: string
  orgPath: string
  unitName: string
  name: string
  employer: string | null
  bio: string
  tags: string[]
  topics: string[]
  formats: LessonFormat[]
  levels: LessonLevel[]
  isOnline: boolean
  maxPerMonth: number
  maxDistance: number
  sampleFileId: string | null
  sampleFileName: string | null
  state: LecturerState
  reason: string | null
  submittedBy: string
  submittedName: string
  reviewedName: string | null
  submittedAt: Date
}

const lecturers = (db: Db, tenantId: string) =>
  db
    .selectFrom('topics_lecturer as l')
    .select([
      'l.id',
      'l.person_id as personId',
      'l.member_id as memberId',
      'l.unit_id as unitId',
      'l.org_path as orgPath',
      'l.unit_name as unitName',
      'l.name',
      'l.employer',
      'l.bio',
      'l.tags',
      'l.topics',
      'l.formats',
      'l.levels',
      'l.is_online as isOnline',
      'l.max_per_month as maxPerMonth',
      'l.max_distance as maxDistance',
      'l.sample_file_id as sampleFileId',
      'l.sample_file_name as sampleFileName',
      'l.state',
      'l.reason',
      'l.submitted_by as submittedBy',
      'l.submitted_name as submittedName',
      'l.reviewed_name as reviewedName',
      'l.submitted_at as submittedAt',
    ])
    .where('l.tenant_id', '=', tenantId)

export type LecturerFilter = {
  readonly state: LecturerState | null
  readonly tag: string | null
  readonly outside: boolean | null
  readonly text: string | null
}
export async function listLecturers(db: Db, actor: Actor, filter: LecturerFilter, keyset: Keyset): Promise<Lecturer[]> {
  let select = lecturers(db, actor.tenantId).where(inReach('l.org_path', actor))
  if (filter.state) select = select.where('l.state', '=', filter.state)
  if (filter.tag) select = select.where(sql<boolean>`l.tags @> ${[filter.tag]}::text[]`)
  if (filter.outside !== null) select = select.where('l.person_id', filter.outside ? 'is' : 'is not', null)
  const { text } = filter
  if (text)
    select = select.where((eb) =>
      eb.or([eb('l.name', 'like', containing(text)), eb('l.bio', 'like', containing(text))]),
    )
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'topics_lecturer', Lecturer>,
    keyset,
    'l.id',
  ).execute()) as Lecturer[]
}

export async function lockLecturer(tx: Tx, actor: Actor, id: string): Promise<Lecturer | undefined> {
  return (await lecturers(tx, actor.tenantId)
    .where('l.id', '=', id)
    .where(inReach('l.org_path', actor))
    .forUpdate('l')
    .executeTakeFirst()) as Lecturer | undefined
}

export async function ownLecturer(db: Db, tenantId: string, personId: string): Promise<Lecturer | undefined> {
  return (await lecturers(db, tenantId).where('l.person_id', '=', personId).executeTakeFirst()) as Lecturer | undefined
}

/** Approved lecturers of the reach, for the matching. */
export async function approvedLecturers(db: Db, actor: Actor, most: number): Promise<Lecturer[]> {
  return (await lecturers(db, actor.tenantId)
    .where(inReach('l.org_path', actor))
    .where('l.state', '=', 'approved')
    .orderBy('l.id')
    .limit(most)
    .execute()) as Lecturer[]
}

/** People who offer one of the tags, for the call: approved or waiting for review. */
export async function peopleWithTags(
  db: Db,
  tenantId: string,
  tags: readonly string[],
): Promise<{ personId: string; name: string }[]> {
  const rows = await db
    .selectFrom('topics_lecturer as l')
    .select(['l.person_id as personId', 'l.name'])
    .where('l.tenant_id', '=', tenantId)
    .where('l.state', 'in', ['submitted', 'approved'])
    .where('l.person_id', 'is not', null)
    .where(sql<boolean>`l.tags && ${[...tags]}::text[]`)
    .orderBy('l.id')
    .limit(1000)
    .execute()
  return rows as { personId: string; name: string }[]
}

const columnsOf = (offer: Omit<OfferFacts, 'slots' | 'sampleFileId'>) => ({
  bio: offer.bio.trim(),
  tags: offer.tags,
  topics: offer.topics.map((one) => one.trim()),
  formats: offer.formats,
  levels: offer.levels,
  is_online: offer.isOnline,
  max_per_month: offer.maxPerMonth,
  max_distance: offer.maxDistance,
})

export type NewLecturer = Pick<
  Lecturer,
  | 'id'
  | 'personId'
  | 'memberId'
  | 'unitId'
  | 'orgPath'
  | 'unitName'
  | 'name'
  | 'employer'
  | 'submittedBy'
  | 'submittedName'
>
export async function insertLecturer(
  tx: Tx,
  tenantId: string,
  one: NewLecturer,
  offer: Omit<OfferFacts, 'slots' | 'sampleFileId'>,
  at: Date,
): Promise<void> {
  await tx
    .insertInto('topics_lecturer')
    .values({
      tenant_id: tenantId,
      id: one.id,
      person_id: one.personId,
      member_id: one.memberId,
      unit_id: one.unitId,
      org_path: one.orgPath,
      unit_name: one.unitName,
      name: one.name,
      employer: one.employer,
      ...columnsOf(offer),
      submitted_by: one.submittedBy,
      submitted_name: one.submittedName,
      submitted_at: at,
      updated_at: at,
    })
    .execute()
}

/** A changed offer is reviewed again. */
export async function resubmit(
  tx: Tx,
  tenantId: string,
  one: Pick<NewLecturer, 'id' | 'submittedBy' | 'submittedName'>,
  offer: Omit<OfferFacts, 'slots' | 'sampleFileId'>,
  at: Date,
): Promise<void> {
  const fresh = { state: 'submitted', reason: null, reviewed_by: null, reviewed_name: null, submitted_at: at } as const
  await tx
    .updateTable('topics_lecturer')
    .set({
      ...columnsOf(offer),
      ...fresh,
      submitted_by: one.submittedBy,
      submitted_name: one.submittedName,
      updated_at: at,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', one.id)
    .execute()
}

export type LecturerChange = {
  state?: LecturerState
  reason?: string | null
  reviewed_by?: string
  reviewed_name?: string
  sample_file_id?: string
  sample_file_name?: string
}
export async function setLecturer(
  tx: Tx,
  tenantId: string,
  id: string,
  change: LecturerChange,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('topics_lecturer')
    .set({ ...change, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** Whether the file is the sample of the person's own offer. */
export async function isOwnSample(db: Db, tenantId: string, personId: string, fileId: string): Promise<boolean> {
  const row = await db
    .selectFrom('topics_lecturer')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('person_id', '=', personId)
    .where('sample_file_id', '=', fileId)
    .executeTakeFirst()
  return row !== undefined
}

/** A lecturer goes where the member goes. */
export async function moveLecturer(
  tx: Tx,
  tenantId: string,
  person: { readonly memberId: string; readonly unitId: string; readonly orgPath: string; readonly unitName: string },
): Promise<void> {
  const { memberId, unitId, orgPath, unitName } = person
  const moved = await tx
    .updateTable('topics_lecturer')
    .set({ unit_id: unitId, org_path: orgPath, unit_name: unitName })
    .where('tenant_id', '=', tenantId)
    .where('member_id', '=', memberId)
    .returning('id')
    .execute()
  for (const { id } of moved)
    await tx
      .updateTable('topics_slot')
      .set({ org_path: orgPath })
      .where('tenant_id', '=', tenantId)
      .where('lecturer_id', '=', id)
      .execute()
}

export async function waitingLecturers(db: Db, actor: Actor): Promise<number> {
  const row = await db
    .selectFrom('topics_lecturer as l')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('l.tenant_id', '=', actor.tenantId)
    .where(inReach('l.org_path', actor))
    .where('l.state', '=', 'submitted')
    .executeTakeFirst()
  return row?.count ?? 0
}
