import type { ExamResponse, QuestionKey, QuestionKind, SittingState } from '@tongxin/contract'
import { sql } from 'kysely'
import { cacheOf } from '../../../platform/cache.ts'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { FrozenItem } from '../exams.policy.ts'

export type Sitting = {
  id: string
  paperId: string
  sessionId: string | null
  memberId: string
  personId: string
  orgPath: string
  attempt: number
  items: FrozenItem[]
  most: number
  state: SittingState
  startedAt: Date
  endsAt: Date | null
  submittedAt: Date | null
  byClock: boolean
  itemPoints: (number | null)[] | null
  points: number | null
  passed: boolean | null
}

const COLUMNS = sql.raw(`s.id, s.paper_id as "paperId", s.session_id as "sessionId", s.member_id as "memberId",
  s.person_id as "personId", s.org_path as "orgPath", s.attempt, s.items, s.most, s.state, s.started_at as "startedAt",
  s.ends_at as "endsAt", s.submitted_at as "submittedAt", s.by_clock as "byClock", s.item_points as "itemPoints",
  s.points, s.passed`)

/** A sitting of the person, whatever its state. */
export async function ownSitting(
  db: Db,
  actor: Pick<Actor, 'tenantId' | 'personId'>,
  id: string,
): Promise<Sitting | undefined> {
  const { rows } = await sql<Sitting>`select ${COLUMNS} from exams_sitting s
    where s.tenant_id = ${actor.tenantId} and s.id = ${id} and s.person_id = ${actor.personId}`.execute(db)
  return rows[0]
}

/** Sittings of many people with some papers, oldest first. */
export async function sittingsOfPersons(
  db: Db,
  tenantId: string,
  personIds: readonly string[],
  paperIds: readonly string[],
): Promise<Sitting[]> {
  const { rows } = await sql<Sitting>`select ${COLUMNS} from exams_sitting s
    where s.tenant_id = ${tenantId} and s.person_id = any(${[...personIds]}::uuid[])
      and s.paper_id = any(${[...paperIds]}::uuid[]) order by s.started_at`.execute(db)
  return rows
}

export async function ownSittings(db: Db, actor: Pick<Actor, 'tenantId' | 'personId'>): Promise<Sitting[]> {
  const { rows } = await sql<Sitting>`select ${COLUMNS} from exams_sitting s
    where s.tenant_id = ${actor.tenantId} and s.person_id = ${actor.personId}
    order by s.started_at desc limit 500`.execute(db)
  return rows
}

/** Locks sittings in one order for everybody; those that are not the person's are left out. */
export async function lockSittings(
  tx: Tx,
  tenantId: string,
  wanted: readonly { readonly id: string; readonly personId: string | null }[],
): Promise<Sitting[]> {
  const { rows } = await sql<Sitting>`select ${COLUMNS} from exams_sitting s
    join unnest(${wanted.map(({ id }) => id)}::uuid[], ${wanted.map(({ personId }) => personId)}::uuid[]) as w(id, person)
      on w.id = s.id and (w.person is null or w.person = s.person_id)
    where s.tenant_id = ${tenantId} order by s.id for update of s`.execute(tx)
  return rows
}

/** Running sittings whose time was over so many seconds ago, by the clock of the database. */
export async function overdueSittings(db: Db, tenantId: string, grace: number, most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select s.id from exams_sitting s where s.tenant_id = ${tenantId}
    and s.state = 'running' and s.ends_at < statement_timestamp() - make_interval(secs => ${grace})
    order by s.ends_at limit ${most}`.execute(db)
  return rows.map(({ id }) => id)
}

export async function runningOf(db: Db, tenantId: string, sessionId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select s.id from exams_sitting s where s.tenant_id = ${tenantId}
    and s.session_id = ${sessionId} and s.state = 'running'`.execute(db)
  return rows.map(({ id }) => id)
}

export type NewSitting = {
  id: string
  paperId: string
  sessionId: string | null
  memberId: string
  personId: string
  orgPath: string
  attempt: number
  items: readonly FrozenItem[]
  most: number
  minutes: number | null
  closesAt: Date | null
}

/**
 * Writes many new sittings at once; times by the clock of the database. Who began a moment ago on another screen is
 * not written again. @returns the ids that were written
 */
export async function insertSittings(tx: Tx, tenantId: string, rows: readonly NewSitting[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set()
  const given = rows.map((row) => ({
    id: row.id,
    paper_id: row.paperId,
    session_id: row.sessionId,
    member_id: row.memberId,
    person_id: row.personId,
    org_path: row.orgPath,
    attempt: row.attempt,
    items: row.items,
    most: row.most,
    minutes: row.minutes,
    closes_at: row.closesAt,
  }))
  const { rows: written } = await sql<{ id: string }>`insert into exams_sitting (tenant_id, id, paper_id, session_id,
      member_id, person_id, org_path, attempt, items, most, started_at, ends_at)
    select ${tenantId}, n.id, n.paper_id, n.session_id, n.member_id, n.person_id, n.org_path, n.attempt, n.items, n.most,
      t.now, least(t.now + make_interval(mins => n.minutes), n.closes_at)
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as n(id uuid, paper_id uuid, session_id uuid, member_id uuid,
      person_id uuid, org_path text, attempt integer, items jsonb, most integer, minutes integer, closes_at timestamptz),
      (select statement_timestamp() as now) as t
    on conflict do nothing returning id`.execute(tx)
  return new Set(written.map(({ id }) => id))
}

/** The questions of sittings outside exams. */
export const askedInQuizzes = (sittings: readonly Sitting[]): string[] =>
  sittings.filter(({ sessionId }) => sessionId === null).flatMap(({ items }) => items.map((item) => item.q))

export type Answer = { sittingId: string; place: number; seq: number; response: ExamResponse }

export async function answersOf(
  db: Db,
  tenantId: string,
  sittingIds: readonly string[],
): Promise<Map<string, Answer[]>> {
  if (sittingIds.length === 0) return new Map()
  const { rows } = await sql<Answer>`select a.sitting_id as "sittingId", a.place, a.seq, a.response from exams_answer a
    where a.tenant_id = ${tenantId} and a.sitting_id = any(${[...sittingIds]}::uuid[]) order by a.sitting_id, a.place`.execute(
    db,
  )
  return Map.groupBy(rows, ({ sittingId }) => sittingId)
}

export type ToSave = { sitting_id: string; person: string; place: number; seq: number; response: ExamResponse }
export type Saved = { id: string; personId: string; endsAt: Date | null; places: number; now: Date }

/**
 * Saves answers of many sittings in one statement, which holds each sitting open until the commit: nothing is
 * acknowledged after a hand-in that would not count. Sittings that are over or somebody else's are absent.
 */
export async function saveAnswers(
  tx: Tx,
  tenantId: string,
  answers: readonly ToSave[],
  graceSeconds: number,
): Promise<Map<string, Saved>> {
  const { rows } = await sql<Saved>`with input as materialized (
      select i.* from jsonb_to_recordset(${JSON.stringify(answers)}::jsonb)
        as i(sitting_id uuid, person uuid, place integer, seq integer, response jsonb)
    ), held as materialized (
      select s.id, s.person_id, s.org_path, s.ends_at, jsonb_array_length(s.items) as places from exams_sitting s
      where s.tenant_id = ${tenantId} and (s.id, s.person_id) in (select i.sitting_id, i.person from input i)
        and s.state = 'running'
        and (s.ends_at is null or s.ends_at >= statement_timestamp() - make_interval(secs => ${graceSeconds}))
      order by s.id for share
    ), written as (
      insert into exams_answer (tenant_id, sitting_id, place, org_path, seq, response, saved_at)
      select distinct on (i.sitting_id, i.place) ${tenantId}::uuid, i.sitting_id, i.place, h.org_path, i.seq, i.response, statement_timestamp()
      from input i join held h on h.id = i.sitting_id and h.person_id = i.person and i.place <= h.places
      order by i.sitting_id, i.place, i.seq desc
      on conflict (tenant_id, sitting_id, place) do update
        set seq = excluded.seq, response = excluded.response, saved_at = excluded.saved_at
        where exams_answer.seq < excluded.seq
      returning 1
    ) select h.id, h.person_id as "personId", h.ends_at as "endsAt", h.places, statement_timestamp() as now from held h`.execute(
    tx,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** What is asked, without a key: versions never change, so they are kept in memory. */
export type Asked = { kind: QuestionKind; stem: string; options: string[]; blanks: number }
const asked = cacheOf<Asked>(20_000)

export async function askedOf(db: Db, tenantId: string, versionIds: readonly string[]): Promise<Map<string, Asked>> {
  const wanted = [...new Set(versionIds)]
  const missing = wanted.filter((id) => !asked.has(`${tenantId}/${id}`))
  const found = new Map<string, Asked>()
  if (missing.length > 0) {
    const { rows } = await sql<
      Asked & { id: string }
    >`select v.id, v.kind, v.stem, v.options, v.blanks from exams_version v
      where v.tenant_id = ${tenantId} and v.id = any(${missing}::uuid[])`.execute(db)
    for (const { id, ...one } of rows) {
      found.set(id, one)
      asked.set(`${tenantId}/${id}`, one)
    }
  }
  for (const id of wanted) {
    const known = asked.get(`${tenantId}/${id}`)
    if (known && !found.has(id)) found.set(id, known)
  }
  return found
}

export type Keyed = { answer: QuestionKey; explanation: string | null }
/** Keys, for the marking and for what somebody sees who has handed in. */
export async function keysOf(db: Db, tenantId: string, versionIds: readonly string[]): Promise<Map<string, Keyed>> {
  const { rows } = await sql<Keyed & { id: string }>`select k.version_id as id, k.answer, k.explanation from exams_key k
    where k.tenant_id = ${tenantId} and k.version_id = any(${[...new Set(versionIds)]}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, ...one }) => [id, one]))
}

export type HandedIn = {
  id: string
  item_points: (number | null)[]
  points: number | null
  passed: boolean | null
  by_clock: boolean
}

export async function setHandedIn(tx: Tx, tenantId: string, rows: readonly HandedIn[]): Promise<void> {
  await sql`update exams_sitting s set state = case when n.points is null then 'submitted' else 'marked' end,
      submitted_at = least(statement_timestamp(), s.ends_at), by_clock = n.by_clock, item_points = n.item_points,
      points = n.points, passed = n.passed
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as n(id uuid, item_points integer[], points integer, passed boolean, by_clock boolean)
    where s.tenant_id = ${tenantId} and s.id = n.id`.execute(tx)
}

export async function setMarked(
  tx: Tx,
  tenantId: string,
  sitting: { id: string; itemPoints: (number | null)[]; points: number | null; passed: boolean | null },
): Promise<void> {
  await sql`update exams_sitting s set item_points = ${sitting.itemPoints}::integer[], points = ${sitting.points},
      passed = ${sitting.passed}, state = case when ${sitting.points}::integer is null then 'submitted' else 'marked' end
    where s.tenant_id = ${tenantId} and s.id = ${sitting.id}`.execute(tx)
}

/** Learners by person: living member records, as the cards of members show them. */
export type Learner = { memberId: string; personId: string; orgPath: string }
export async function learnersOf(
  db: Db,
  tenantId: string,
  personIds: readonly string[],
): Promise<Map<string, Learner>> {
  if (personIds.length === 0) return new Map()
  const { rows } = await sql<Learner>`select c.id as "memberId", c.person_id as "personId", c.org_path as "orgPath"
    from member_card c where c.tenant_id = ${tenantId} and c.person_id = any(${[...personIds]}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.personId, row]))
}

export async function databaseNow(db: Db): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select statement_timestamp() as now`.execute(db)
  return rows[0]?.now ?? new Date(0)
}

/** Marked sittings of an exam, locked: the release tells all of them. */
export async function sittingsOfExam(db: Db, tenantId: string, sessionId: string): Promise<Sitting[]> {
  const { rows } = await sql<Sitting>`select ${COLUMNS} from exams_sitting s where s.tenant_id = ${tenantId}
    and s.session_id = ${sessionId} and s.state = 'marked' order by s.id`.execute(db)
  return rows
}

/** Marked sittings of a paper outside exams. */
export async function sittingsOfPaper(db: Db, tenantId: string, paperId: string, most: number): Promise<Sitting[]> {
  const { rows } = await sql<Sitting>`select ${COLUMNS} from exams_sitting s where s.tenant_id = ${tenantId}
    and s.paper_id = ${paperId} and s.state = 'marked' order by s.started_at desc limit ${most}`.execute(db)
  return rows
}

export async function countHandedIn(db: Db, tenantId: string, sessionId: string): Promise<number> {
  const { rows } = await sql<{ people: number }>`select count(*)::int as people from exams_sitting s
    where s.tenant_id = ${tenantId} and s.session_id = ${sessionId} and s.state <> 'running'`.execute(db)
  return rows[0]?.people ?? 0
}
