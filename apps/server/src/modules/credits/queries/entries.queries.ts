import type { CreditEntry, CreditPart, CreditSource } from '@tongxin/contract'
import type { Credit, CreditFact } from '@tongxin/domain'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach } from '../../../platform/scope.ts'

export type Entry = {
  id: string
  memberId: string
  personId: string
  orgPath: string
  year: number
  on: string
  source: CreditSource
  sourceId: string
  generation: number
  statementId: string | null
  title: string
  part: CreditPart
  rule: Credit['rule']
  ruleVersion: string
  fact: CreditFact
  hundredths: number
  reverses: string | null
  reason: string | null
  at: Date
  isReversed: boolean
}

const columns = [
  'e.id',
  'e.member_id as memberId',
  'e.person_id as personId',
  'e.org_path as orgPath',
  'e.year',
  'e.on_date as on',
  'e.source',
  'e.source_id as sourceId',
  'e.generation',
  'e.statement_id as statementId',
  'e.title',
  'e.part',
  'e.rule',
  'e.rule_version as ruleVersion',
  'e.fact',
  'e.hundredths',
  'e.reverses',
  'e.reason',
  'e.at',
] as const

const entries = (db: Db, tenantId: string) =>
  db
    .selectFrom('credits_entry as e')
    .select(columns)
    .select(
      sql<boolean>`exists (select from credits_entry r where r.tenant_id = ${tenantId} and r.reverses = e.id)`.as(
        'isReversed',
      ),
    )
    .where('e.tenant_id', '=', tenantId)

export function shownEntry(entry: Entry): CreditEntry {
  const { id, on, source, title, part, rule, ruleVersion, hundredths, reverses, isReversed, reason, fact } = entry
  const minutes = fact.kind === 'study' ? fact.minutes : fact.kind === 'video' ? sum(fact.minutes) : null
  const recordedAt = entry.at.toISOString()
  return {
    id,
    on,
    source,
    title,
    part,
    rule,
    ruleVersion,
    hundredths,
    minutes,
    reverses,
    isReversed,
    reason,
    recordedAt,
  }
}
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)

export async function listEntries(
  db: Db,
  tenantId: string,
  of: { memberId: string; year: number },
  keyset: Keyset,
): Promise<Entry[]> {
  const select = entries(db, tenantId).where('e.member_id', '=', of.memberId).where('e.year', '=', of.year)
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'credits_entry', Entry>,
    keyset,
    'e.id',
  ).execute()) as Entry[]
}

/** A line within the caller's reach, with its account's row held. */
export async function lockEntry(tx: Tx, actor: Actor, id: string): Promise<Entry | undefined> {
  const row = await entries(tx, actor.tenantId)
    .where('e.id', '=', id)
    .where(inReach('e.org_path', actor))
    .forUpdate()
    .executeTakeFirst()
  return row as Entry | undefined
}

/** Lines of a year that stand: neither reversals nor reversed, within the reach; at most `most`. */
export async function standingEntries(db: Db, actor: Actor, year: number, most: number): Promise<Entry[]> {
  const rows = await entries(db, actor.tenantId)
    .where('e.year', '=', year)
    .where(inReach('e.org_path', actor))
    .where('e.reverses', 'is', null)
    .where(
      sql<boolean>`not exists (select from credits_entry r where r.tenant_id = ${actor.tenantId} and r.reverses = e.id)`,
    )
    .orderBy('e.id')
    .limit(most)
    .execute()
  return rows as Entry[]
}

/** All lines of one member but the reversals themselves, of all years: for a merge of two records. */
export async function linesOf(db: Db, tenantId: string, memberId: string): Promise<Entry[]> {
  const rows = await entries(db, tenantId)
    .where('e.member_id', '=', memberId)
    .where('e.reverses', 'is', null)
    .orderBy('e.id')
    .execute()
  return rows as Entry[]
}

export type NewEntry = Omit<Entry, 'isReversed' | 'at'> & { readonly madeBy: string | null }

/**
 * One line with everything that follows from it, in one statement: the sums of the account, and transcripts that it
 * supersedes. Gives the path of the account; null when the source has been counted, or there is no account.
 */
export async function insertCounted(tx: Tx, tenantId: string, entry: NewEntry, at: Date): Promise<string | null> {
  const { memberId, year, hundredths } = entry
  const month = Number(entry.on.slice(5, 7))
  const { rows } = await sql<{ orgPath: string }>`with line as (
      insert into credits_entry (tenant_id, id, member_id, person_id, org_path, year, on_date, source, source_id, generation,
        statement_id, title, part, rule, rule_version, fact, hundredths, reverses, reason, made_by, at)
      select ${tenantId}::uuid, ${entry.id}::uuid, ${memberId}::uuid, ${entry.personId}::uuid, a.org_path, ${year}, ${entry.on}::date,
        ${entry.source}, ${entry.sourceId}::uuid, ${entry.generation}, ${entry.statementId}::uuid, ${entry.title}, ${entry.part},
        ${entry.rule}, ${entry.ruleVersion}::date, ${JSON.stringify(entry.fact)}::jsonb, ${hundredths}::int, ${entry.reverses}::uuid,
        ${entry.reason}::text, ${entry.madeBy}::uuid, ${at}::timestamptz
      from credits_account a where a.tenant_id = ${tenantId} and a.member_id = ${memberId} and a.year = ${year}
      on conflict do nothing returning part),
    old as (update credits_transcript set superseded_at = ${at} where tenant_id = ${tenantId} and member_id = ${memberId}
      and year = ${year} and superseded_at is null and exists (select from line))
    update credits_account a set earned = a.earned + ${hundredths}::int,
      elective = a.elective + case when (select part from line) = 'elective' then ${hundredths}::int else 0 end,
      months[${month}::int] = a.months[${month}::int] + ${hundredths}::int, updated_at = ${at}
    where a.tenant_id = ${tenantId} and a.member_id = ${memberId} and a.year = ${year} and exists (select from line)
    returning a.org_path as "orgPath"`.execute(tx)
  return rows[0]?.orgPath ?? null
}
