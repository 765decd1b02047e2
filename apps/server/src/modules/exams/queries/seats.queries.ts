import type { ExamState, SeatStanding } from '@tongxin/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach, inScope } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'

export type Card = { memberId: string; personId: string; name: string; orgPath: string }

/** Living member records within reach: these, or everybody of the categories at or below a place. */
export async function cardsToSeat(
  db: Db,
  actor: Actor,
  wanted:
    | { readonly memberIds: readonly string[] }
    | { readonly place: string; readonly categories: readonly string[] },
): Promise<Card[]> {
  let select = db
    .selectFrom('member_card as c')
    .select(['c.id as memberId', 'c.person_id as personId', 'c.name', 'c.org_path as orgPath'])
    .where('c.tenant_id', '=', actor.tenantId)
    .where(inReach('c.org_path', actor))
    .where('c.person_id', 'is not', null)
  select =
    'memberIds' in wanted
      ? select.where(sql<boolean>`c.id = any(${[...wanted.memberIds]}::uuid[])`)
      : select
          .where(inScope('c.org_path', wanted.place))
          .where('c.category', 'in', [...wanted.categories])
          .where('c.status', '=', 'normal')
  return (await select.orderBy('c.org_path').orderBy('c.name').orderBy('c.id').execute()) as Card[]
}

/** Seats people behind those who have one; who is on the list stays where he is. @returns how many were added */
export async function insertSeats(tx: Tx, tenantId: string, examId: string, cards: readonly Card[]): Promise<number> {
  if (cards.length === 0) return 0
  const given = cards.map(({ memberId, personId, name, orgPath }, at) => ({
    member_id: memberId,
    person_id: personId,
    name,
    org_path: orgPath,
    at,
  }))
  const { rows } = await sql<{
    no: number
  }>`insert into exams_seat (tenant_id, session_id, member_id, person_id, org_path, name, no)
    select ${tenantId}, ${examId}, n.member_id, n.person_id, n.org_path, n.name,
      (select coalesce(max(x.no), 0) from exams_seat x where x.tenant_id = ${tenantId} and x.session_id = ${examId})
        + row_number() over (order by n.at)
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as n(member_id uuid, person_id uuid, org_path text, name text, at integer)
    where not exists (select from exams_seat x where x.tenant_id = ${tenantId} and x.session_id = ${examId} and x.member_id = n.member_id)
    returning no`.execute(tx)
  return rows.length
}

export async function deleteSeats(
  tx: Tx,
  tenantId: string,
  examId: string,
  memberIds: readonly string[],
): Promise<number> {
  const { rows } = await sql<{ one: number }>`delete from exams_seat x where x.tenant_id = ${tenantId}
    and x.session_id = ${examId} and x.member_id = any(${[...memberIds]}::uuid[])
    and not exists (select from exams_sitting s where s.tenant_id = ${tenantId} and s.session_id = ${examId} and s.member_id = x.member_id)
    returning 1 as one`.execute(tx)
  return rows.length
}

export async function countSeats(db: Db, tenantId: string, examId: string): Promise<number> {
  const { rows } = await sql<{ seats: number }>`select count(*)::int as seats from exams_seat x
    where x.tenant_id = ${tenantId} and x.session_id = ${examId}`.execute(db)
  return rows[0]?.seats ?? 0
}

/** A seat with its exam, for somebody who sits it. */
export type OwnSeat = {
  sessionId: string
  memberId: string
  personId: string
  orgPath: string
  name: string
  state: ExamState
  opensAt: Date
  closesAt: Date
  releasedAt: Date | null
  paperId: string
}
const SEAT = sql.raw(`x.session_id as "sessionId", x.member_id as "memberId", x.person_id as "personId",
  x.org_path as "orgPath", e.name, e.state, e.opens_at as "opensAt", e.closes_at as "closesAt",
  e.released_at as "releasedAt", e.paper_id as "paperId"`)

/** Seats by pairs of exam and person; the exams are held, so that nobody begins while one is being closed. */
export async function seatsOf(
  db: Tx,
  tenantId: string,
  pairs: readonly { sessionId: string; personId: string }[],
): Promise<Map<string, OwnSeat>> {
  if (pairs.length === 0) return new Map()
  const { rows } = await sql<OwnSeat>`select ${SEAT} from exams_seat x
    join exams_session e on e.tenant_id = ${tenantId} and e.id = x.session_id
    where x.tenant_id = ${tenantId} and (x.session_id, x.person_id) in (select w.session_id, w.person_id
      from unnest(${pairs.map(({ sessionId }) => sessionId)}::uuid[], ${pairs.map(({ personId }) => personId)}::uuid[])
        as w(session_id, person_id)) order by e.id for share of e`.execute(db)
  return new Map(rows.map((row) => [`${row.sessionId}/${row.personId}`, row]))
}

export async function ownSeats(db: Db, actor: Pick<Actor, 'tenantId' | 'personId'>): Promise<OwnSeat[]> {
  const { rows } = await sql<OwnSeat>`select ${SEAT} from exams_seat x
    join exams_session e on e.tenant_id = ${actor.tenantId} and e.id = x.session_id
    where x.tenant_id = ${actor.tenantId} and x.person_id = ${actor.personId} and e.state <> 'draft'
    order by e.opens_at desc limit 200`.execute(db)
  return rows
}

export type SeatStand = {
  memberId: string
  personId: string
  no: number
  name: string
  orgName: string
  orgPath: string
  standing: SeatStanding
  startedAt: Date | null
  submittedAt: Date | null
  points: number | null
  byClock: boolean
}

/** Where each on the list stands, told from the sitting and the window. */
const STANDING = sql.raw(`case
  when s.id is null and (e.state in ('closed', 'released') or e.closes_at < statement_timestamp()) then 'absent'
  when s.id is null then 'waiting' when s.state = 'running' then 'sitting' when s.state = 'submitted' then 'handed_in'
  when s.passed then 'passed' else 'failed' end`)

export async function listSeats(
  db: Db,
  tenantId: string,
  examId: string,
  filter: { standing: SeatStanding | null; text: string | null },
  keyset: Keyset,
): Promise<SeatStand[]> {
  let select = db
    .selectFrom('exams_seat as x')
    .innerJoin('exams_session as e', (join) => join.on('e.tenant_id', '=', tenantId).onRef('e.id', '=', 'x.session_id'))
    .innerJoin('org_path as o', (join) => join.on('o.tenant_id', '=', tenantId).onRef('o.path', '=', 'x.org_path'))
    .leftJoin('exams_sitting as s', (join) =>
      join
        .on('s.tenant_id', '=', tenantId)
        .onRef('s.session_id', '=', 'x.session_id')
        .onRef('s.member_id', '=', 'x.member_id'),
    )
    .select([
      'x.member_id as memberId',
      'x.person_id as personId',
      'x.no',
      'x.name',
      'o.name as orgName',
      'x.org_path as orgPath',
      sql<SeatStanding>`${STANDING}`.as('standing'),
      's.started_at as startedAt',
      's.submitted_at as submittedAt',
      's.points',
      sql<boolean>`coalesce(s.by_clock, false)`.as('byClock'),
    ])
    .where('x.tenant_id', '=', tenantId)
    .where('e.tenant_id', '=', tenantId)
    .where('o.tenant_id', '=', tenantId)
    .where('x.session_id', '=', examId)
  if (filter.standing) select = select.where(sql<boolean>`(${STANDING}) = ${filter.standing}`)
  if (filter.text) select = select.where('x.name', 'like', containing(filter.text))
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'exams_seat', SeatStand>,
    keyset,
    'x.member_id',
  ).execute()) as SeatStand[]
}
