import type { AppraisalGrade, Disposal, FeedbackState, RoundState } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'

export type Person = {
  id: string
  roundId: string
  memberId: string
  personId: string
  name: string
  category: 'formal' | 'probationary'
  isGraded: boolean
  hasLeft: boolean
  selfReview: Buffer | null
  selfGrade: AppraisalGrade | null
  selfHandedInOn: string | null
  daily: Buffer | null
  grade: AppraisalGrade | null
  reason: Buffer | null
  measures: Buffer | null
  disposal: Disposal | null
  feedback: FeedbackState
  toldOn: string | null
  objection: Buffer | null
  answer: Buffer | null
  sheetReturned: boolean
}

const persons = (db: Db, tenantId: string) =>
  db
    .selectFrom('appraisal_person as p')
    .select([
      'p.id',
      'p.round_id as roundId',
      'p.member_id as memberId',
      'p.person_id as personId',
      'p.name',
      'p.category',
      'p.is_graded as isGraded',
      'p.has_left as hasLeft',
      'p.self_review as selfReview',
      'p.self_grade as selfGrade',
      'p.self_handed_in_on as selfHandedInOn',
      'p.daily',
      'p.grade',
      'p.reason',
      'p.measures',
      'p.disposal',
      'p.feedback',
      'p.told_on as toldOn',
      'p.objection',
      'p.answer',
      sql<boolean>`exists (select from appraisal_return b where b.tenant_id = ${tenantId} and b.round_id = p.round_id and b.subject_id = p.id)`.as(
        'sheetReturned',
      ),
    ])
    .where('p.tenant_id', '=', tenantId)

/** Everybody of a round, by name: an order that says nothing about results. */
export async function personsOf(db: Db, tenantId: string, roundId: string): Promise<Person[]> {
  const rows = await persons(db, tenantId).where('p.round_id', '=', roundId).orderBy('p.name').orderBy('p.id').execute()
  return rows as unknown as Person[]
}

export async function lockPersonOf(tx: Tx, tenantId: string, roundId: string, id: string): Promise<Person | undefined> {
  const row = await persons(tx, tenantId)
    .where('p.round_id', '=', roundId)
    .where('p.id', '=', id)
    .forUpdate('p')
    .executeTakeFirst()
  return row as unknown as Person | undefined
}

/** The row of whoever asks, in a round; `lock` for a change. */
export async function ownRow(db: Db, actor: Actor, roundId: string, lock = false): Promise<Person | undefined> {
  const select = persons(db, actor.tenantId)
    .where('p.round_id', '=', roundId)
    .where('p.person_id', '=', actor.personId)
    .where('p.has_left', '=', false)
  const row = await (lock ? select.forUpdate('p') : select).executeTakeFirst()
  return row as unknown as Person | undefined
}

export type OwnRoundRow = {
  id: string
  year: number
  orgName: string
  state: RoundState
  selfDueOn: string
  sheetDueOn: string
  selfHandedIn: boolean
  sheetReturned: boolean
  feedback: FeedbackState
  grade: AppraisalGrade | null
}

export async function ownRounds(db: Db, actor: Actor): Promise<OwnRoundRow[]> {
  const { tenantId } = actor
  const rows = await db
    .selectFrom('appraisal_person as p')
    .innerJoin('appraisal_round as r', (join) => join.on('r.tenant_id', '=', tenantId).onRef('r.id', '=', 'p.round_id'))
    .innerJoin('org_path as o', (join) => join.on('o.tenant_id', '=', tenantId).onRef('o.id', '=', 'r.unit_id'))
    .select([
      'r.id',
      'r.year',
      'o.name as orgName',
      'r.state',
      'r.self_due_on as selfDueOn',
      'r.sheet_due_on as sheetDueOn',
      sql<boolean>`p.self_handed_in_on is not null`.as('selfHandedIn'),
      sql<boolean>`exists (select from appraisal_return b where b.tenant_id = ${tenantId} and b.round_id = p.round_id and b.subject_id = p.id)`.as(
        'sheetReturned',
      ),
      'p.feedback',
      'p.grade',
    ])
    .where('p.tenant_id', '=', tenantId)
    .where('r.tenant_id', '=', tenantId)
    .where('o.tenant_id', '=', tenantId)
    .where('p.person_id', '=', actor.personId)
    .where('p.has_left', '=', false)
    .where('r.state', '<>', 'cancelled')
    .orderBy('r.year', 'desc')
    .orderBy('r.id', 'desc')
    .limit(50)
    .execute()
  return rows as unknown as OwnRoundRow[]
}

export type Participant = { memberId: string; personId: string; name: string; category: 'formal' | 'probationary' }

/** Members of a branch in good standing: those who take part. */
export async function participantsOf(db: Db, tenantId: string, unitId: string): Promise<Participant[]> {
  const rows = await db
    .selectFrom('member_card as m')
    .select(['m.id as memberId', 'm.person_id as personId', 'm.name', 'm.category'])
    .where('m.tenant_id', '=', tenantId)
    .where('m.org_id', '=', unitId)
    .where('m.category', 'in', ['formal', 'probationary'])
    .where('m.status', 'in', ['normal', 'restored'])
    .orderBy('m.name')
    .execute()
  return rows as Participant[]
}

export type NewPerson = Participant & { id: string; isGraded: boolean }

/** Takes people in; who is there already, and had left, is back. */
export async function insertPersons(
  tx: Tx,
  tenantId: string,
  round: { id: string; orgPath: string },
  people: readonly NewPerson[],
): Promise<void> {
  if (people.length === 0) return
  await tx
    .insertInto('appraisal_person')
    .values(
      people.map((one) => ({
        tenant_id: tenantId,
        id: one.id,
        round_id: round.id,
        org_path: round.orgPath,
        member_id: one.memberId,
        person_id: one.personId,
        name: one.name,
        category: one.category,
        is_graded: one.isGraded,
      })),
    )
    .onConflict((c) =>
      c.columns(['tenant_id', 'round_id', 'member_id']).doUpdateSet((eb) => ({
        has_left: false,
        name: eb.ref('excluded.name'),
        category: eb.ref('excluded.category'),
        is_graded: eb.ref('excluded.is_graded'),
      })),
    )
    .execute()
}

export async function setLeft(tx: Tx, tenantId: string, roundId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx
    .updateTable('appraisal_person')
    .set({ has_left: true })
    .where('tenant_id', '=', tenantId)
    .where('round_id', '=', roundId)
    .where('id', 'in', [...ids])
    .execute()
}

export type PersonChange = {
  self_review?: Buffer
  self_grade?: AppraisalGrade | null
  self_handed_in_on?: string
  daily?: Buffer | null
  grade?: AppraisalGrade | null
  reason?: Buffer | null
  measures?: Buffer | null
  disposal?: Disposal | null
  feedback?: FeedbackState
  told_on?: string
  objection?: Buffer
  answer?: Buffer
}

export async function setPerson(tx: Tx, tenantId: string, id: string, change: PersonChange): Promise<void> {
  await tx.updateTable('appraisal_person').set(change).where('tenant_id', '=', tenantId).where('id', '=', id).execute()
}

export type Comment = {
  id: string
  byId: string
  byName: string
  aboutId: string
  aboutName: string
  comment: Buffer
}

/** What was said and stands; `aboutId` for what concerns one person. */
export async function commentsOf(
  db: Db,
  tenantId: string,
  roundId: string,
  aboutId: string | null,
): Promise<Comment[]> {
  let select = db
    .selectFrom('appraisal_comment as c')
    .innerJoin('appraisal_person as b', (join) => join.on('b.tenant_id', '=', tenantId).onRef('b.id', '=', 'c.by_id'))
    .innerJoin('appraisal_person as a', (join) =>
      join.on('a.tenant_id', '=', tenantId).onRef('a.id', '=', 'c.about_id'),
    )
    .select([
      'c.id',
      'c.by_id as byId',
      'b.name as byName',
      'c.about_id as aboutId',
      'a.name as aboutName',
      'c.comment',
    ])
    .where('c.tenant_id', '=', tenantId)
    .where('b.tenant_id', '=', tenantId)
    .where('a.tenant_id', '=', tenantId)
    .where('c.round_id', '=', roundId)
    .where('c.removed_reason', 'is', null)
  if (aboutId !== null) select = select.where('c.about_id', '=', aboutId)
  return select.orderBy('a.name').orderBy('c.id').execute()
}

export async function insertComment(
  tx: Tx,
  actor: Actor,
  row: { id: string; roundId: string; orgPath: string; byId: string; aboutId: string; comment: Buffer; at: Date },
): Promise<void> {
  await tx
    .insertInto('appraisal_comment')
    .values({
      tenant_id: actor.tenantId,
      id: row.id,
      round_id: row.roundId,
      org_path: row.orgPath,
      by_id: row.byId,
      about_id: row.aboutId,
      comment: row.comment,
      recorded_by: actor.personId,
      recorded_at: row.at,
    })
    .execute()
}

/** False when there is no such comment, or it was taken back before. */
export async function removeComment(
  tx: Tx,
  tenantId: string,
  roundId: string,
  id: string,
  reason: string,
): Promise<boolean> {
  const row = await tx
    .updateTable('appraisal_comment')
    .set({ removed_reason: reason })
    .where('tenant_id', '=', tenantId)
    .where('round_id', '=', roundId)
    .where('id', '=', id)
    .where('removed_reason', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
