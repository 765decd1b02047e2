import type { CreditStanding } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'

/** What the page of verification shows: the name masked, and what the sheet says. */
export type ShownTranscript = {
  readonly name: string
  readonly target: number | null
  readonly standing: CreditStanding
  readonly issuer: string
}

export type Transcript = {
  id: string
  year: number
  shown: ShownTranscript
  hundredths: number
  sha256: string
  signedText: string
  signature: string
  publicKey: string
  issuedAt: Date
  supersededAt: Date | null
}

const transcripts = (db: Db) =>
  db
    .selectFrom('credits_transcript')
    .select([
      'id',
      'year',
      'shown',
      'hundredths',
      'sha256',
      'signed_text as signedText',
      'signature',
      'public_key as publicKey',
      'issued_at as issuedAt',
      'superseded_at as supersededAt',
    ])

export async function transcriptOf(db: Db, codeHash: Buffer): Promise<Transcript | undefined> {
  const row = await transcripts(db).where('code_hash', '=', codeHash).executeTakeFirst()
  return row as Transcript | undefined
}

export async function transcriptsOf(db: Db, tenantId: string, memberId: string): Promise<Transcript[]> {
  const rows = await transcripts(db)
    .where('tenant_id', '=', tenantId)
    .where('member_id', '=', memberId)
    .orderBy('issued_at', 'desc')
    .limit(100)
    .execute()
  return rows as Transcript[]
}

/** How many were issued of a member since a moment. */
export async function issuedSince(db: Db, tenantId: string, memberId: string, since: Date): Promise<number> {
  const row = await db
    .selectFrom('credits_transcript')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('tenant_id', '=', tenantId)
    .where('member_id', '=', memberId)
    .where('issued_at', '>=', since)
    .executeTakeFirst()
  return row?.n ?? 0
}

export type NewTranscript = Omit<Transcript, 'supersededAt'> & {
  readonly codeHash: Buffer
  readonly tenantId: string
  readonly memberId: string
  readonly personId: string
}
export async function insertTranscript(tx: Tx, one: NewTranscript): Promise<void> {
  await tx
    .insertInto('credits_transcript')
    .values({
      code_hash: one.codeHash,
      id: one.id,
      tenant_id: one.tenantId,
      member_id: one.memberId,
      person_id: one.personId,
      year: one.year,
      shown: JSON.stringify(one.shown),
      hundredths: one.hundredths,
      sha256: one.sha256,
      signed_text: one.signedText,
      signature: one.signature,
      public_key: one.publicKey,
      issued_at: one.issuedAt,
    })
    .execute()
}

/** The account changed: sheets of before stay readable and say that they are superseded. */
export async function supersede(
  tx: Tx,
  tenantId: string,
  memberIds: readonly string[],
  year: number,
  at: Date,
): Promise<void> {
  if (memberIds.length === 0) return
  await tx
    .updateTable('credits_transcript')
    .set({ superseded_at: at })
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`member_id = any(${[...memberIds]}::uuid[])`)
    .where('year', '=', year)
    .where('superseded_at', 'is', null)
    .execute()
}
