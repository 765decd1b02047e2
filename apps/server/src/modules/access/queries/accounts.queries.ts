import type { Db, Tx } from '../../../platform/ctx.ts'

export type AccountState = 'pending' | 'active' | 'disabled'

export async function insertPerson(tx: Tx, person: { id: string; name: string; at: Date }): Promise<void> {
  await tx.insertInto('access_person').values({ id: person.id, name: person.name, created_at: person.at }).execute()
  await tx
    .insertInto('access_account')
    .values({ person_id: person.id, state: 'pending', created_at: person.at })
    .execute()
}

export async function setPersonName(tx: Tx, id: string, name: string): Promise<void> {
  await tx.updateTable('access_person').set({ name }).where('id', '=', id).execute()
}

/** Inserts a name, or says whose it is already. A second inserter of the same name waits here for the first one's commit. */
export async function insertSignInName(
  tx: Tx,
  name: { index: Buffer; personId: string; kind: string },
): Promise<{ owner: string }> {
  const fresh = await tx
    .insertInto('access_sign_in_name')
    .values({ name_index: name.index, person_id: name.personId, kind: name.kind })
    .onConflict((c) => c.column('name_index').doNothing())
    .returning('person_id')
    .executeTakeFirst()
  if (fresh) return { owner: fresh.person_id }
  const owner = await findNameOwner(tx, name.index)
  // Absent only when its owner removed it in this very moment: the caller's person gets it at the next try.
  return { owner: owner ?? '' }
}

export async function findNameOwner(db: Db, index: Buffer): Promise<string | undefined> {
  const row = await db
    .selectFrom('access_sign_in_name')
    .select('person_id')
    .where('name_index', '=', index)
    .executeTakeFirst()
  return row?.person_id
}

export async function nameOwnersOf(db: Db, indexes: readonly Buffer[]): Promise<Set<string>> {
  if (indexes.length === 0) return new Set()
  const rows = await db
    .selectFrom('access_sign_in_name')
    .select('person_id')
    .where('name_index', 'in', [...indexes])
    .execute()
  return new Set(rows.map((row) => row.person_id))
}

export async function removeNames(tx: Tx, personId: string, kind: string, keep: readonly Buffer[]): Promise<void> {
  let remove = tx.deleteFrom('access_sign_in_name').where('person_id', '=', personId).where('kind', '=', kind)
  if (keep.length > 0) remove = remove.where('name_index', 'not in', [...keep])
  await remove.execute()
}

export type Account = {
  personId: string
  name: string
  state: AccountState
  passwordHash: string | null
  totpSecret: Buffer | null
  totpConfirmedAt: Date | null
  passkeys: number
  administrator: string | null
  passwordSetAt: Date | null
  passwordNeedsFactor: boolean
}

/** The account with what a sign-in must know; `lock` holds it until the transaction ends. */
export async function findAccount(db: Db, personId: string): Promise<Account | undefined> {
  const row = await db
    .selectFrom('access_account as a')
    .innerJoin('access_person as p', 'p.id', 'a.person_id')
    .leftJoin('access_administrator as d', 'd.person_id', 'a.person_id')
    .select((eb) => [
      'a.person_id as personId',
      'p.name',
      'a.state',
      'a.password_hash as passwordHash',
      'a.totp_secret as totpSecret',
      'a.totp_confirmed_at as totpConfirmedAt',
      'd.role as administrator',
      'a.password_set_at as passwordSetAt',
      'a.password_needs_factor as passwordNeedsFactor',
      eb
        .selectFrom('access_passkey as k')
        .select((k) => k.fn.countAll<number>().as('n'))
        .whereRef('k.person_id', '=', 'a.person_id')
        .as('passkeys'),
    ])
    .where('a.person_id', '=', personId)
    .executeTakeFirst()
  return row && ({ ...row, passkeys: row.passkeys ?? 0 } as Account)
}

/** Serialises everything that changes one account. */
export async function lockAccount(tx: Tx, personId: string): Promise<Account | undefined> {
  await tx
    .selectFrom('access_account')
    .select('person_id')
    .where('person_id', '=', personId)
    .forUpdate()
    .executeTakeFirst()
  return findAccount(tx, personId)
}

/** Sets the password and makes the account active. `needsFactor`: too short to stand alone. */
export async function setPassword(
  tx: Tx,
  personId: string,
  hash: string,
  at: Date,
  needsFactor: boolean,
): Promise<void> {
  await tx
    .updateTable('access_account')
    .set((eb) => ({
      password_hash: hash,
      password_set_at: at,
      password_needs_factor: needsFactor,
      state: 'active',
      version: eb('version', '+', 1),
      activated_at: eb.fn.coalesce('activated_at', eb.val(at)),
    }))
    .where('person_id', '=', personId)
    .execute()
}

/** A stronger hash of the same password: only when nobody changed it meanwhile. */
export async function setRehash(db: Db, personId: string, old: string, fresh: string): Promise<void> {
  await db
    .updateTable('access_account')
    .set({ password_hash: fresh })
    .where('person_id', '=', personId)
    .where('password_hash', '=', old)
    .execute()
}

export async function setState(tx: Tx, personId: string, state: AccountState): Promise<void> {
  await tx
    .updateTable('access_account')
    .set((eb) => ({ state, version: eb('version', '+', 1) }))
    .where('person_id', '=', personId)
    .execute()
}

export async function setTotp(
  tx: Tx,
  personId: string,
  secret: Buffer | null,
  confirmedAt: Date | null,
): Promise<void> {
  await tx
    .updateTable('access_account')
    .set((eb) => ({ totp_secret: secret, totp_confirmed_at: confirmedAt, version: eb('version', '+', 1) }))
    .where('person_id', '=', personId)
    .execute()
}

/** False when this time step was used before: each step counts once. */
export async function useTotpStep(db: Db, personId: string, step: number): Promise<boolean> {
  const row = await db
    .insertInto('access_totp_use')
    .values({ person_id: personId, step })
    .onConflict((c) => c.columns(['person_id', 'step']).doNothing())
    .returning('step')
    .executeTakeFirst()
  return row !== undefined
}

export async function insertAdministrator(tx: Tx, personId: string, role: string): Promise<boolean> {
  const row = await tx
    .insertInto('access_administrator')
    .values({ person_id: personId, role })
    .onConflict((c) => c.column('person_id').doNothing())
    .returning('person_id')
    .executeTakeFirst()
  return row !== undefined
}

export async function removeAdministrator(tx: Tx, personId: string, role: string): Promise<void> {
  await tx.deleteFrom('access_administrator').where('person_id', '=', personId).where('role', '=', role).execute()
}

export async function administrators(db: Db): Promise<{ personId: string; role: string; name: string }[]> {
  return db
    .selectFrom('access_administrator as d')
    .innerJoin('access_person as p', 'p.id', 'd.person_id')
    .select(['d.person_id as personId', 'd.role', 'p.name'])
    .orderBy('d.person_id')
    .execute()
}
