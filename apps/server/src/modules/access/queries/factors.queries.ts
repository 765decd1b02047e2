import type { Db, Tx } from '../../../platform/ctx.ts'

export type Passkey = {
  id: string
  label: string
  publicKey: Buffer
  counter: number
  transports: string[]
  createdAt: Date
  lastUsedAt: Date | null
}

export async function passkeysOf(db: Db, personId: string): Promise<Passkey[]> {
  return db
    .selectFrom('access_passkey')
    .select([
      'credential_id as id',
      'label',
      'public_key as publicKey',
      'counter',
      'transports',
      'created_at as createdAt',
      'last_used_at as lastUsedAt',
    ])
    .where('person_id', '=', personId)
    .orderBy('created_at')
    .execute() as Promise<Passkey[]>
}

export async function insertPasskey(
  tx: Tx,
  personId: string,
  key: { id: string; label: string; publicKey: Buffer; counter: number; transports: string[]; at: Date },
): Promise<boolean> {
  const row = await tx
    .insertInto('access_passkey')
    .values({
      credential_id: key.id,
      person_id: personId,
      label: key.label,
      public_key: key.publicKey,
      counter: key.counter,
      transports: key.transports,
      created_at: key.at,
    })
    .onConflict((c) => c.column('credential_id').doNothing())
    .returning('credential_id')
    .executeTakeFirst()
  return row !== undefined
}

export async function deletePasskey(tx: Tx, personId: string, id: string): Promise<boolean> {
  const row = await tx
    .deleteFrom('access_passkey')
    .where('person_id', '=', personId)
    .where('credential_id', '=', id)
    .returning('credential_id')
    .executeTakeFirst()
  return row !== undefined
}

export async function deletePasskeys(tx: Tx, personId: string): Promise<void> {
  await tx.deleteFrom('access_passkey').where('person_id', '=', personId).execute()
}

export async function setCounter(db: Db, id: string, counter: number, at: Date): Promise<void> {
  await db.updateTable('access_passkey').set({ counter, last_used_at: at }).where('credential_id', '=', id).execute()
}

export async function insertChallenge(
  db: Db,
  challenge: { hash: Buffer; sessionHash: Buffer; purpose: 'register' | 'step_up'; expiresAt: Date },
): Promise<void> {
  await db
    .insertInto('access_challenge')
    .values({
      challenge_hash: challenge.hash,
      session_hash: challenge.sessionHash,
      purpose: challenge.purpose,
      expires_at: challenge.expiresAt,
    })
    .execute()
}

/** Takes a challenge out: it counts once. False when it is unknown, old, used, of another session or purpose. */
export async function takeChallenge(
  db: Db,
  challenge: { hash: Buffer; sessionHash: Buffer; purpose: 'register' | 'step_up' },
  now: Date,
): Promise<boolean> {
  const row = await db
    .deleteFrom('access_challenge')
    .where('challenge_hash', '=', challenge.hash)
    .where('session_hash', '=', challenge.sessionHash)
    .where('purpose', '=', challenge.purpose)
    .where('expires_at', '>', now)
    .returning('challenge_hash')
    .executeTakeFirst()
  return row !== undefined
}
