import type { AnswerKind, NoticeLevel } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'
import { pathsAlong } from '../../../platform/scope.ts'
import { type AudienceMember, meantFor } from '../../members/index.ts'
import { GLANCE_LETTERS, MOST_COUNTED } from '../notices.policy.ts'

/** Who reads: the person, and the living record by which audiences mean him; null without one. */
export type Reader = {
  readonly tenantId: string
  readonly personId: string
  readonly record:
    | (AudienceMember & { readonly memberId: string; readonly orgId: string; readonly name: string })
    | null
}
export type InboxFilter = {
  readonly isUnread: boolean
  readonly isToConfirm: boolean
  readonly level: NoticeLevel | null
  /** Unread and unconfirmed ones are looked for from then on. */
  readonly since: Date
}
type Place = { readonly value: string | number | null; readonly id: string } | null

const isUnread = sql<boolean>`(c.state = 'sent' and (r.person_id is null or r.read_version < c.version
  or (c.needs_confirm and c.resent_at > r.read_at and coalesce(r.confirmed_version, 0) < c.confirm_version)))`
const isToConfirm = sql<boolean>`(c.state = 'sent' and c.needs_confirm and coalesce(r.confirmed_version, 0) < c.confirm_version)`

/** The places of the tree at which something may be written to the reader, the own unit and all above it. */
const pathsOf = ({ record }: Reader): string[] => (record ? pathsAlong(record.orgPath) : [])

/** Not taken out by name or with the own unit. */
const isNotExcepted = (reader: Reader) => sql<boolean>`not exists (select from notices_target e
  where e.tenant_id = ${reader.tenantId} and e.circular_id = t.circular_id and e.is_except
    and (e.audience_path = any(${pathsOf(reader)}::text[]) or e.person_id = ${reader.personId}))`

/** Circulars that mean the reader, as a select of id and time; `more` narrows `t`, `end` orders and limits each part. */
function meant(reader: Reader, more: ReturnType<typeof sql>, end: ReturnType<typeof sql>) {
  const { tenantId, personId, record } = reader
  const direct = sql`(select t.circular_id, t.sent_at from notices_target t
    where t.tenant_id = ${tenantId} and t.person_id = ${personId} and not t.is_except and t.sent_at is not null
      and ${isNotExcepted(reader)} ${more} ${end})`
  if (!record) return direct
  return sql`select x.circular_id, x.sent_at from unnest(${pathsOf(reader)}::text[]) as p (path) cross join lateral (
      select t.circular_id, t.sent_at from notices_target t
      where t.tenant_id = ${tenantId} and t.audience_path = p.path and not t.is_except and t.sent_at is not null
        and ${meantFor('t', record)} and ${isNotExcepted(reader)} ${more} ${end}) as x
    union ${direct}`
}

/** The circular behind `t` and what the reader has done with it, where a filter asks for it. */
function filtered(reader: Reader, filter: InboxFilter) {
  const { isUnread: unread, isToConfirm: unconfirmed, level } = filter
  if (!unread && !unconfirmed && !level) return sql``
  return sql`and exists (select from notices_circular c
    left join notices_receipt r on r.tenant_id = ${reader.tenantId} and r.circular_id = c.id and r.person_id = ${reader.personId}
    where c.tenant_id = ${reader.tenantId} and c.id = t.circular_id
      ${unread ? sql`and ${isUnread}` : sql``} ${unconfirmed ? sql`and ${isToConfirm}` : sql``}
      ${level ? sql`and c.level = ${level}` : sql``})
    ${unread || unconfirmed ? sql`and t.sent_at > ${filter.since}` : sql``}`
}

export type InboxPlace = { readonly id: string; readonly sentAt: Date; readonly isCircular: boolean }
/** Where the newest facts and circulars of one page are, the newest first: both sources are read to the page's end only. */
export async function inboxPlaces(
  db: Db,
  reader: Reader,
  filter: InboxFilter,
  after: Place,
  limit: number,
): Promise<InboxPlace[]> {
  const { tenantId, personId } = reader
  const beyond = (time: string, id: string) =>
    after ? sql`and (${sql.ref(time)}, ${sql.ref(id)}) < (${after.value}::timestamptz, ${after.id}::uuid)` : sql``
  const facts = filter.isToConfirm
    ? sql``
    : sql`union all (select d.notice_id as id, d.sent_at, false as is_circular from notices_delivery d
        where d.tenant_id = ${tenantId} and d.person_id = ${personId} ${beyond('d.sent_at', 'd.notice_id')}
          ${filter.isUnread ? sql`and d.read_at is null` : sql``}
          ${filter.level ? sql`and exists (select from notices_notice n where n.tenant_id = ${tenantId} and n.id = d.notice_id and n.level = ${filter.level})` : sql``}
        order by d.sent_at desc, d.notice_id desc limit ${limit})`
  const end = sql`order by t.sent_at desc, t.circular_id desc limit ${limit}`
  const more = sql`${beyond('t.sent_at', 't.circular_id')} ${filtered(reader, filter)}`
  const { rows } = await sql<InboxPlace>`select i.id, i.sent_at as "sentAt", i.is_circular as "isCircular" from (
      select m.circular_id as id, m.sent_at, true as is_circular from (${meant(reader, more, end)}) as m
      ${facts}
    ) as i order by i.sent_at desc, i.id desc limit ${limit}`.execute(db)
  return rows
}

export type OwnCircular = {
  readonly id: string
  readonly level: NoticeLevel
  readonly title: string
  readonly body: string
  readonly preface: string | null
  readonly orgName: string
  readonly orgPath: string
  readonly originId: string | null
  readonly originOrgName: string | null
  readonly sentBy: string | null
  readonly sentAt: Date
  readonly needsConfirm: boolean
  readonly confirmBy: Date | null
  readonly confirmVersion: number
  readonly answerKind: AnswerKind
  readonly choices: string[]
  readonly version: number
  readonly isRecalled: boolean
  readonly recalledReason: string | null
  readonly isUnread: boolean
  readonly files: number
  readonly readAt: Date | null
  readonly readVersion: number | null
  readonly confirmedAt: Date | null
  readonly confirmedVersion: number | null
  readonly answer: string | null
  readonly answeredAt: Date | null
}

/**
 * Circulars by id with the reader's receipt. A notice that was passed on reads its text, its version and whether it still
 * stands from where it was written.
 */
export async function circularsOf(
  db: Db,
  { tenantId, personId }: Reader,
  ids: readonly string[],
  letters: number = GLANCE_LETTERS,
): Promise<OwnCircular[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<OwnCircular>`select c.id, c.level, coalesce(o.title, c.title) as title,
      case when c.state = 'recalled' or o.state = 'recalled' then '' else left(coalesce(o.body, c.body), ${letters}) end as body,
      c.preface, c.unit_name as "orgName", c.org_path as "orgPath", c.origin_id as "originId", o.unit_name as "originOrgName",
      c.sent_by as "sentBy", c.sent_at as "sentAt", c.needs_confirm as "needsConfirm", c.confirm_by as "confirmBy",
      c.confirm_version as "confirmVersion", c.answer_kind as "answerKind", c.choices, c.version,
      (c.state = 'recalled' or coalesce(o.state = 'recalled', false)) as "isRecalled",
      coalesce(c.recalled_reason, o.recalled_reason) as "recalledReason", ${isUnread} as "isUnread",
      (select count(*)::int from notices_file f where f.tenant_id = ${tenantId} and f.circular_id = coalesce(c.origin_id, c.id)) as files,
      r.read_at as "readAt", r.read_version as "readVersion", r.confirmed_at as "confirmedAt",
      r.confirmed_version as "confirmedVersion", r.answer, r.answered_at as "answeredAt"
    from notices_circular c
    left join notices_circular o on o.tenant_id = ${tenantId} and o.id = c.origin_id
    left join notices_receipt r on r.tenant_id = ${tenantId} and r.circular_id = c.id and r.person_id = ${personId}
    where c.tenant_id = ${tenantId} and c.id = any(${[...ids]}::uuid[])`.execute(db)
  return rows
}

/** Those of the circulars that mean the reader; without ids all that are unread since the time. */
export async function meantAmong(db: Db, reader: Reader, which: readonly string[] | Date): Promise<string[]> {
  const all = { isUnread: true, isToConfirm: false, level: null }
  const more =
    which instanceof Date
      ? filtered(reader, { ...all, since: which })
      : sql`and t.circular_id = any(${[...which]}::uuid[])`
  const { rows } = await sql<{
    id: string
  }>`select distinct m.circular_id as id from (${meant(reader, more, sql``)}) as m
    order by 1`.execute(db)
  return rows.map(({ id }) => id)
}

export async function countWaiting(
  db: Db,
  reader: Reader,
  since: Date,
): Promise<{ facts: number; unread: number; toConfirm: number }> {
  const { tenantId, personId } = reader
  const { rows } = await sql<{ facts: number; unread: number; toConfirm: number }>`select
      (select count(*)::int from (select from notices_delivery d where d.tenant_id = ${tenantId} and d.person_id = ${personId}
        and d.read_at is null limit ${MOST_COUNTED}) as f) as facts,
      (count(*) filter (where ${isUnread}))::int as unread, (count(*) filter (where ${isToConfirm}))::int as "toConfirm"
    from (${meant(reader, sql`and t.sent_at > ${since}`, sql``)}) as m
    join notices_circular c on c.tenant_id = ${tenantId} and c.id = m.circular_id
    left join notices_receipt r on r.tenant_id = ${tenantId} and r.circular_id = c.id and r.person_id = ${personId}
    where c.tenant_id = ${tenantId}`.execute(db)
  return rows[0] ?? { facts: 0, unread: 0, toConfirm: 0 }
}

type Home = {
  readonly memberId: string | null
  readonly unitId: string
  readonly orgPath: string
  readonly name: string
}
/** Notes that the reader has read these. @returns those that he had not read before */
export async function insertReceipts(
  tx: Tx,
  { tenantId, personId }: Reader,
  home: Home,
  circularIds: readonly string[],
  at: Date,
): Promise<string[]> {
  const { rows } = await sql<{ id: string; isNew: boolean }>`insert into notices_receipt as r
      (tenant_id, circular_id, person_id, member_id, unit_id, org_path, name, read_at, read_version)
    select ${tenantId}, c.id, ${personId}, ${home.memberId}, ${home.unitId}, ${home.orgPath}, ${home.name}, ${at}, c.version
    from notices_circular c where c.tenant_id = ${tenantId} and c.id = any(${[...circularIds]}::uuid[]) order by c.id
    on conflict (tenant_id, circular_id, person_id) do update set read_at = excluded.read_at, read_version = excluded.read_version
    returning r.circular_id as id, (xmax = 0) as "isNew"`.execute(tx)
  return rows.filter(({ isNew }) => isNew).map(({ id }) => id)
}

export type OwnReceipt = {
  readonly unitId: string
  readonly orgPath: string
  readonly confirmedAt: Date | null
  readonly confirmedVersion: number | null
  readonly answeredAt: Date | null
}
export async function lockReceipt(tx: Tx, reader: Reader, circularId: string): Promise<OwnReceipt | undefined> {
  return tx
    .selectFrom('notices_receipt')
    .select([
      'unit_id as unitId',
      'org_path as orgPath',
      'confirmed_at as confirmedAt',
      'confirmed_version as confirmedVersion',
      'answered_at as answeredAt',
    ])
    .where('tenant_id', '=', reader.tenantId)
    .where('circular_id', '=', circularId)
    .where('person_id', '=', reader.personId)
    .forUpdate()
    .executeTakeFirst()
}

type Done =
  | { readonly confirmed_at: Date; readonly confirmed_version: number }
  | { readonly answer: string; readonly answered_at: Date }
export async function setReceipt(tx: Tx, reader: Reader, circularId: string, done: Done): Promise<void> {
  await tx
    .updateTable('notices_receipt')
    .set(done)
    .where('tenant_id', '=', reader.tenantId)
    .where('circular_id', '=', circularId)
    .where('person_id', '=', reader.personId)
    .execute()
}

/** Adds to what a unit has done with circulars: always in the order of their ids, so that nobody waits in a circle. */
export async function addToCounts(
  tx: Tx,
  tenantId: string,
  unit: { readonly id: string; readonly path: string },
  circularIds: readonly string[],
  what: 'read' | 'confirmed' | 'answered',
): Promise<void> {
  if (circularIds.length === 0) return
  const one = (column: string) => (column === what ? 1 : 0)
  await sql`insert into notices_count as k (tenant_id, circular_id, unit_id, org_path, read, confirmed, answered)
    select ${tenantId}, c.id, ${unit.id}, ${unit.path}, ${one('read')}, ${one('confirmed')}, ${one('answered')}
    from unnest(${circularIds.toSorted()}::uuid[]) as c (id)
    on conflict (tenant_id, circular_id, unit_id) do update set read = k.read + excluded.read,
      confirmed = k.confirmed + excluded.confirmed, answered = k.answered + excluded.answered`.execute(tx)
}
