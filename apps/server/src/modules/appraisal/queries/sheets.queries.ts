import type { Criterion, RaterGroup } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'

type Place = { readonly tenantId: string; readonly roundId: string; readonly orgPath: string }

/** Notes that somebody has returned a sheet. False when that was so before. */
export async function insertReturn(tx: Tx, { tenantId, roundId, orgPath }: Place, subjectId: string): Promise<boolean> {
  const row = await tx
    .insertInto('appraisal_return')
    .values({ tenant_id: tenantId, round_id: roundId, subject_id: subjectId, org_path: orgPath })
    .onConflict((c) => c.columns(['tenant_id', 'round_id', 'subject_id']).doNothing())
    .returning('subject_id')
    .executeTakeFirst()
  return row !== undefined
}

export async function insertSheet(
  tx: Tx,
  { tenantId, roundId, orgPath }: Place,
  id: string,
  sheet: Buffer,
): Promise<void> {
  await tx
    .insertInto('appraisal_hopper')
    .values({ tenant_id: tenantId, id, round_id: roundId, org_path: orgPath, sheet })
    .execute()
}

/** Empties the box: what it held is now only with the caller, inside the transaction. */
export async function emptyBox(tx: Tx, tenantId: string, roundId: string): Promise<{ id: string; sheet: Buffer }[]> {
  return tx
    .deleteFrom('appraisal_hopper')
    .where('tenant_id', '=', tenantId)
    .where('round_id', '=', roundId)
    .returning(['id', 'sheet'])
    .execute()
}

type Rated = Criterion | ''
export type MixedMark = { id: string; subjectId: string; rated: Rated; group: RaterGroup; mark: string }

const CHUNK = 2000

/** Writes marks in the order given, which the caller has shuffled. */
export async function insertMarks(
  tx: Tx,
  { tenantId, roundId, orgPath }: Place,
  marks: readonly MixedMark[],
): Promise<void> {
  for (let from = 0; from < marks.length; from += CHUNK)
    await tx
      .insertInto('appraisal_mark')
      .values(
        marks.slice(from, from + CHUNK).map((one) => ({
          tenant_id: tenantId,
          id: one.id,
          round_id: roundId,
          org_path: orgPath,
          subject_id: one.subjectId,
          rater_group: one.group,
          criterion: one.rated,
          mark: one.mark,
        })),
      )
      .execute()
}

/** Counts in the order excellent, qualified, basic, unqualified, abstained; `rated` is empty for the grade. */
export type Tally = { subjectId: string; group: RaterGroup; rated: Rated; counts: number[] }

export async function insertCounts(
  tx: Tx,
  { tenantId, roundId, orgPath }: Place,
  tallies: readonly Tally[],
): Promise<void> {
  if (tallies.length === 0) return
  await tx
    .insertInto('appraisal_count')
    .values(
      tallies.map(({ subjectId, group, rated, counts }) => ({
        tenant_id: tenantId,
        round_id: roundId,
        subject_id: subjectId,
        rater_group: group,
        criterion: rated,
        org_path: orgPath,
        excellent: counts[0] ?? 0,
        qualified: counts[1] ?? 0,
        basic: counts[2] ?? 0,
        unqualified: counts[3] ?? 0,
        abstained: counts[4] ?? 0,
      })),
    )
    .execute()
}

export async function talliesOf(db: Db, tenantId: string, roundId: string): Promise<Tally[]> {
  const rows = await db
    .selectFrom('appraisal_count as n')
    .select([
      'n.subject_id as subjectId',
      'n.rater_group as group',
      'n.criterion as rated',
      'n.excellent',
      'n.qualified',
      'n.basic',
      'n.unqualified',
      'n.abstained',
    ])
    .where('n.tenant_id', '=', tenantId)
    .where('n.round_id', '=', roundId)
    .execute()
  return rows.map((row) => ({
    subjectId: row.subjectId,
    group: row.group as RaterGroup,
    rated: row.rated as Rated,
    counts: [row.excellent, row.qualified, row.basic, row.unqualified, row.abstained],
  }))
}

export async function insertCodes(tx: Tx, tenantId: string, roundId: string, hashes: readonly Buffer[]): Promise<void> {
  await tx
    .insertInto('appraisal_code')
    .values(hashes.map((hash) => ({ code_hash: hash, tenant_id: tenantId, round_id: roundId })))
    .execute()
}

/** Where a code belongs, whoever holds it. The table has no row policy: the hash is the whole right. */
export async function codeOf(db: Db, hash: Buffer): Promise<{ tenantId: string; roundId: string } | undefined> {
  return db
    .selectFrom('appraisal_code as c')
    .select(['c.tenant_id as tenantId', 'c.round_id as roundId'])
    .where('c.code_hash', '=', hash)
    .executeTakeFirst()
}

/** Uses a code up. False when somebody was faster. */
export async function useCode(tx: Tx, tenantId: string, roundId: string, hash: Buffer): Promise<boolean> {
  const row = await tx
    .deleteFrom('appraisal_code')
    .where('code_hash', '=', hash)
    .where('tenant_id', '=', tenantId)
    .where('round_id', '=', roundId)
    .returning('round_id')
    .executeTakeFirst()
  return row !== undefined
}

/** Codes that nobody used are worth nothing once the box is closed. */
export async function dropCodes(tx: Tx, tenantId: string, roundId: string): Promise<void> {
  await tx.deleteFrom('appraisal_code').where('tenant_id', '=', tenantId).where('round_id', '=', roundId).execute()
}

export async function countCodeSheet(tx: Tx, tenantId: string, roundId: string): Promise<void> {
  await tx
    .updateTable('appraisal_round')
    .set({ codes_returned: sql<number>`codes_returned + 1` })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', roundId)
    .execute()
}
