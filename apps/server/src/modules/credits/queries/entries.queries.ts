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

/** The standing lines of one member, of all years: for a merge of two records. */
export async function standingOf(db: Db, tenantId: string, memberId: string): Promise<Entry[]> {
  const rows = await entries(db, tenantId)
    .where('e.member_id', '=', memberId)
    .where('e.reverses', 'is', null)
    .where(sql<boolean>`not exists (select from credits_entry r where r.tenant_id = ${tenantId} and r.reverses = e.id)`)
    .orderBy('e.id')
    .execute()
  return rows as Entry[]
}

export type NewEntry = Omit<Entry, 'isReversed' | 'at'> & { readonly madeBy: string | null }

/** False when the source has been counted for this member and year already, or the line is reversed already. */
export async function insertEntry(tx: Tx, tenantId: string, entry: NewEntry, at: Date): Promise<boolean> {
  const row = await tx
    .insertInto('credits_entry')
    .values({
      tenant_id: tenantId,
      id: entry.id,
      member_id: entry.memberId,
      person_id: entry.personId,
      org_path: entry.orgPath,
      year: entry.year,
      on_date: entry.on,
      source: entry.source,
      source_id: entry.sourceId,
      generation: entry.generation,
      statement_id: entry.statementId,
      title: entry.title,
      part: entry.part,
      rule: entry.rule,
      rule_version: entry.ruleVersion,
      fact: JSON.stringify(entry.fact),
      hundredths: entry.hundredths,
      reverses: entry.reverses,
      reason: entry.reason,
      made_by: entry.madeBy,
      at,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
