import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'
import type { CodePurpose } from '../access.codes.ts'

export type OneTimeCode = {
  personId: string | null
  tenantId: string | null
  batchId: string | null
  tries: number
  detail: { bonds?: string[]; role?: string }
}

export type NewCode = {
  hash: Buffer
  purpose: CodePurpose
  personId: string | null
  tenantId: string | null
  batchId: string | null
  at: Date
  expiresAt: Date
  detail: object
}

export async function insertCodes(tx: Tx, codes: readonly NewCode[]): Promise<void> {
  for (let at = 0; at < codes.length; at += 1000) {
    await tx
      .insertInto('access_one_time_code')
      .values(
        codes.slice(at, at + 1000).map((code) => ({
          code_hash: code.hash,
          purpose: code.purpose,
          person_id: code.personId,
          tenant_id: code.tenantId,
          batch_id: code.batchId,
          made_at: code.at,
          expires_at: code.expiresAt,
          detail: JSON.stringify(code.detail),
        })),
      )
      .execute()
  }
}

/** A code that may still be used. */
export async function findCode(
  db: Db,
  hash: Buffer,
  purpose: CodePurpose,
  now: Date,
): Promise<OneTimeCode | undefined> {
  const row = await db
    .selectFrom('access_one_time_code')
    .select(['person_id as personId', 'tenant_id as tenantId', 'batch_id as batchId', 'tries', 'detail'])
    .where('code_hash', '=', hash)
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row as OneTimeCode | undefined
}

/** Uses a code up; false when somebody was quicker. */
export async function takeCode(tx: Tx, hash: Buffer, now: Date): Promise<boolean> {
  const row = await tx
    .updateTable('access_one_time_code')
    .set({ used_at: now })
    .where('code_hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning('code_hash')
    .executeTakeFirst()
  return row !== undefined
}

export async function countTry(db: Db, hash: Buffer): Promise<void> {
  await db
    .updateTable('access_one_time_code')
    .set((eb) => ({ tries: eb('tries', '+', 1) }))
    .where('code_hash', '=', hash)
    .execute()
}

/** Unused codes of these people end: a new one replaces them. */
export async function endCodes(tx: Tx, personIds: readonly string[], purpose: CodePurpose): Promise<void> {
  if (personIds.length === 0) return
  await sql`delete from access_one_time_code where person_id = any(${[...personIds]}::uuid[]) and purpose = ${purpose} and used_at is null`.execute(
    tx,
  )
}

/** Whether any set-up code was ever made; holds the table so that two servers starting together make one set. */
export async function lockSetUpCodes(tx: Tx): Promise<boolean> {
  await sql`lock table access_one_time_code in share row exclusive mode`.execute(tx)
  return (
    (await tx
      .selectFrom('access_one_time_code')
      .select('code_hash')
      .where('purpose', '=', 'set_up')
      .limit(1)
      .executeTakeFirst()) !== undefined
  )
}

/** All set-up codes end, used or not: new ones replace them. */
export async function deleteSetUpCodes(tx: Tx): Promise<void> {
  await tx.deleteFrom('access_one_time_code').where('purpose', '=', 'set_up').execute()
}

/** People of a batch whose code is used or still open, with their names. */
export async function codesOfBatch(db: Db, batchId: string) {
  return db
    .selectFrom('access_one_time_code as c')
    .innerJoin('access_person as p', 'p.id', 'c.person_id')
    .select(['c.person_id as personId', 'p.name', 'c.used_at as usedAt', 'c.expires_at as expiresAt'])
    .where('c.batch_id', '=', batchId)
    .orderBy('p.name')
    .orderBy('p.id')
    .execute()
}
