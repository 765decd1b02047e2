import type { Criterion, RoundDates, RoundState, Weights } from '@tongxin/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach, inScope } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'

export type Round = RoundDates & {
  id: string
  unitId: string
  orgPath: string
  orgName: string
  year: number
  state: RoundState
  weights: Weights
  leastRaters: number
  criteria: Criterion[]
  gradesProbationary: boolean
  countsProbationary: boolean
  dueOn: string | null
  openedBy: string
  studyOn: string | null
  studyNote: string | null
  sheetsOpenedOn: string | null
  sheetsClosedOn: string | null
  earlyReason: string | null
  codesPrinted: number
  codesReturned: number
  decidedBy: 'committee' | 'general_meeting' | null
  decidedOn: string | null
  /** Who noted grades in this round. */
  notedBy: string[]
  submittedBy: string | null
  confirmedBy: string | null
  returnedReason: string | null
  reportedOn: string | null
  documentNumber: string | null
  cancelledReason: string | null
  version: number
}
export type Counted = { people: number; selfHandedIn: number; sheetsReturned: number; told: number }

const columns = [
  'r.id',
  'r.unit_id as unitId',
  'r.org_path as orgPath',
  'o.name as orgName',
  'r.year',
  'r.state',
  'r.weights',
  'r.least_raters as leastRaters',
  sql<Criterion[]>`r.criteria`.as('criteria'),
  'r.grades_probationary as gradesProbationary',
  'r.counts_probationary as countsProbationary',
  'r.self_due_on as selfDueOn',
  'r.sheet_due_on as sheetDueOn',
  'r.grade_due_on as gradeDueOn',
  'r.report_due_on as reportDueOn',
  'r.due_on as dueOn',
  'r.opened_by as openedBy',
  'r.study_on as studyOn',
  'r.study_note as studyNote',
  'r.sheets_opened_on as sheetsOpenedOn',
  'r.sheets_closed_on as sheetsClosedOn',
  'r.early_reason as earlyReason',
  'r.codes_printed as codesPrinted',
  'r.codes_returned as codesReturned',
  'r.decided_by as decidedBy',
  'r.decided_on as decidedOn',
  'r.noted_by as notedBy',
  'r.submitted_by as submittedBy',
  'r.confirmed_by as confirmedBy',
  'r.returned_reason as returnedReason',
  'r.reported_on as reportedOn',
  'r.document_number as documentNumber',
  'r.cancelled_reason as cancelledReason',
  'r.version',
] as const

const rounds = (db: Db, tenantId: string) =>
  db
    .selectFrom('appraisal_round as r')
    .innerJoin('org_path as o', (join) => join.on('o.tenant_id', '=', tenantId).onRef('o.id', '=', 'r.unit_id'))
    .select(columns)
    .where('r.tenant_id', '=', tenantId)
    .where('o.tenant_id', '=', tenantId)

/** How far people have come: counted beside each round. */
const counts = (tenantId: string) => {
  const persons = (which: string) =>
    sql<number>`(select count(*)::int from appraisal_person p where p.tenant_id = ${tenantId} and p.round_id = r.id and not p.has_left ${sql.raw(which)})`
  return [
    persons('').as('people'),
    persons('and p.self_handed_in_on is not null').as('selfHandedIn'),
    persons("and p.feedback <> 'untold'").as('told'),
    sql<number>`(select count(*)::int from appraisal_return b where b.tenant_id = ${tenantId} and b.round_id = r.id)`.as(
      'sheetsReturned',
    ),
  ] as const
}

export type RoundFilter = {
  place: string
  below: boolean
  year: number | null
  state: RoundState | null
  overdueBefore: string | null
  text: string | null
}

export async function listRounds(
  db: Db,
  actor: Actor,
  filter: RoundFilter,
  keyset: Keyset,
): Promise<(Round & Counted)[]> {
  let select = rounds(db, actor.tenantId)
    .select(counts(actor.tenantId))
    .where(inReach('r.org_path', actor))
    .where(filter.below ? inScope('r.org_path', filter.place) : sql<boolean>`r.org_path = ${filter.place}`)
  if (filter.year !== null) select = select.where('r.year', '=', filter.year)
  if (filter.state) select = select.where('r.state', '=', filter.state)
  if (filter.overdueBefore) select = select.where('r.due_on', '<', filter.overdueBefore)
  if (filter.text) select = select.where('o.name', 'like', containing(filter.text))
  const paged = byKeyset(select as unknown as SelectQueryBuilder<DB, 'appraisal_round', object>, keyset, 'r.id')
  return (await paged.execute()) as unknown as (Round & Counted)[]
}

export async function findRound(db: Db, actor: Actor, id: string): Promise<(Round & Counted) | undefined> {
  const row = await rounds(db, actor.tenantId)
    .select(counts(actor.tenantId))
    .where('r.id', '=', id)
    .where(inReach('r.org_path', actor))
    .executeTakeFirst()
  return row as unknown as (Round & Counted) | undefined
}

export async function lockRound(tx: Tx, actor: Actor, id: string): Promise<Round | undefined> {
  const row = await rounds(tx, actor.tenantId)
    .where('r.id', '=', id)
    .where(inReach('r.org_path', actor))
    .forUpdate('r')
    .executeTakeFirst()
  return row as unknown as Round | undefined
}

/** A round by its id alone, for somebody who takes part in it; `share` holds its state until the commit. */
export async function roundOf(
  db: Db,
  tenantId: string,
  id: string,
  lock?: 'share' | 'update',
): Promise<Round | undefined> {
  let select = rounds(db, tenantId).where('r.id', '=', id)
  if (lock === 'share') select = select.forShare('r')
  if (lock === 'update') select = select.forUpdate('r')
  return (await select.executeTakeFirst()) as unknown as Round | undefined
}

export type NewRound = RoundDates & {
  id: string
  unitId: string
  orgPath: string
  year: number
  weights: Weights
  leastRaters: number
  criteria: readonly Criterion[]
  gradesProbationary: boolean
  countsProbationary: boolean
}

/** False when the branch has a round of the year already. */
export async function insertRound(tx: Tx, actor: Actor, round: NewRound, at: Date): Promise<boolean> {
  const row = await tx
    .insertInto('appraisal_round')
    .values({
      tenant_id: actor.tenantId,
      id: round.id,
      unit_id: round.unitId,
      org_path: round.orgPath,
      year: round.year,
      weights: JSON.stringify(round.weights),
      least_raters: round.leastRaters,
      criteria: [...round.criteria],
      grades_probationary: round.gradesProbationary,
      counts_probationary: round.countsProbationary,
      self_due_on: round.selfDueOn,
      sheet_due_on: round.sheetDueOn,
      grade_due_on: round.gradeDueOn,
      report_due_on: round.reportDueOn,
      due_on: round.selfDueOn,
      opened_by: actor.personId,
      updated_at: at,
    })
    .onConflict((c) =>
      c.columns(['tenant_id', 'unit_id', 'year']).where(sql<boolean>`state <> 'cancelled'`).doNothing(),
    )
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export type RoundChange = {
  state?: RoundState
  due_on?: string | null
  self_due_on?: string
  sheet_due_on?: string
  grade_due_on?: string
  report_due_on?: string
  study_on?: string
  study_note?: string
  sheets_opened_on?: string
  sheets_closed_on?: string
  early_reason?: string | null
  codes_printed?: number
  decided_by?: string
  decided_on?: string
  noted_by?: string[]
  submitted_by?: string
  confirmed_by?: string
  returned_reason?: string | null
  reported_on?: string
  document_number?: string
  closed_by?: string
  cancelled_reason?: string
}

export async function setRound(
  tx: Tx,
  tenantId: string,
  round: Pick<Round, 'id' | 'version'>,
  change: RoundChange,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('appraisal_round')
    .set({ ...change, version: round.version + 1, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', round.id)
    .execute()
}

export type Branch = { id: string; path: string; name: string; kind: string }

/** A unit and the living branches at or below it, the unit itself first. */
export async function branchesBelow(
  db: Db,
  actor: Actor,
  unitId: string,
): Promise<{ unit: Branch; branches: Branch[] } | null> {
  const unit = await db
    .selectFrom('org_path as o')
    .select(['o.id', 'o.path', 'o.name', 'o.kind'])
    .where('o.tenant_id', '=', actor.tenantId)
    .where('o.id', '=', unitId)
    .where('o.dissolved_on', 'is', null)
    .where(inReach('o.path', actor))
    .executeTakeFirst()
  if (!unit) return null
  const branches = await db
    .selectFrom('org_path as o')
    .select(['o.id', 'o.path', 'o.name', 'o.kind'])
    .where('o.tenant_id', '=', actor.tenantId)
    .where(inReach('o.path', actor))
    .where(inScope('o.path', unit.path as string))
    .where('o.dissolved_on', 'is', null)
    .where(sql<boolean>`o.kind like '%branch' and o.kind <> 'general_branch'`)
    .orderBy('o.path')
    .limit(2001)
    .execute()
  return { unit: unit as Branch, branches: branches as Branch[] }
}

/** What waits for a post, by what it may do. */
export async function waitingCounts(
  db: Db,
  actor: Actor,
  today: string,
): Promise<{ overdue: number; confirm: number; close: number; objections: number }> {
  return db
    .selectFrom('appraisal_round as r')
    .select([
      sql<number>`(count(*) filter (where r.due_on < ${today}))::int`.as('overdue'),
      sql<number>`(count(*) filter (where r.state = 'checking' and r.submitted_by is distinct from ${actor.personId} and ${actor.personId}::uuid <> all (r.noted_by)))::int`.as(
        'confirm',
      ),
      sql<number>`(count(*) filter (where r.state = 'reported' and r.org_path <> ${actor.scope}))::int`.as('close'),
      sql<number>`(select count(*)::int from appraisal_person p where p.tenant_id = ${actor.tenantId} and ${inReach('p.org_path', actor)} and p.feedback = 'objected')`.as(
        'objections',
      ),
    ])
    .where('r.tenant_id', '=', actor.tenantId)
    .where(inReach('r.org_path', actor))
    .where('r.state', 'not in', ['closed', 'cancelled'])
    .executeTakeFirstOrThrow()
}
