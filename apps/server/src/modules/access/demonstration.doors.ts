import { createHash, randomBytes } from 'node:crypto'
import type { RoleName } from '@tongxin/contract'
import { sql } from 'kysely'
import { generateSecret } from 'otplib'
import type { Tx } from '../../platform/ctx.ts'
import { newId } from '../../platform/events.ts'
import { DEMONSTRATION_PATH, tenantOf } from '../../platform/tenants.ts'
import type { Vault } from '../../platform/vault.ts'
import { insertPerson, setPassword, setTotp } from './queries/accounts.queries.ts'
import { insertGrant } from './queries/grants.queries.ts'

/**
 * Accounts, posts and sessions of people who were invented. Every door refuses a tenant that is not the demonstration,
 * so that nobody's real account can be opened, promoted or entered through it.
 */
async function demandDemonstration(tx: Tx, tenantId: string): Promise<void> {
  const { path } = await tenantOf(tx, tenantId)
  if (path !== DEMONSTRATION_PATH) throw new Error('only for the demonstration')
}

/** An officer without a member record, as the three administrators are. */
export async function inventOfficer(tx: Tx, officer: { tenantId: string; name: string; at: Date }): Promise<string> {
  await demandDemonstration(tx, officer.tenantId)
  const id = newId({ now: officer.at })
  await insertPerson(tx, { id, name: officer.name, at: officer.at })
  return id
}

export type InventedPost = {
  readonly tenantId: string
  readonly personId: string
  readonly role: RoleName
  readonly orgId: string
  readonly orgPath: string
  readonly at: Date
}

/** Gives a post without the two people it takes elsewhere. An administrator of the demonstration administers nothing else. */
export async function inventPost(tx: Tx, post: InventedPost): Promise<void> {
  await demandDemonstration(tx, post.tenantId)
  await insertGrant(tx, {
    ...post,
    id: newId({ now: post.at }),
    reach: 'subtree',
    memberId: null,
    from: post.at,
    until: null,
    grantedBy: null,
    reason: null,
  })
}

/** Makes accounts active that nobody can sign in to: they have no password. */
export async function inventActivations(
  tx: Tx,
  tenantId: string,
  people: readonly { personId: string; at: Date }[],
): Promise<void> {
  await demandDemonstration(tx, tenantId)
  await sql`update access_account a set state = 'active', activated_at = p.at
    from unnest(${people.map((row) => row.personId)}::uuid[], ${people.map((row) => row.at)}::timestamptz[]) as p (id, at)
    where a.person_id = p.id`.execute(tx)
}

/**
 * A password for signing in, and an authenticator secret when asked for. Returns the secret in base32.
 * @param account.passwordHash made outside the transaction by `hashPassword`
 */
export async function inventKeys(
  tx: Tx,
  account: { tenantId: string; personId: string; passwordHash: string; withTotp: boolean; at: Date; vault: Vault },
): Promise<string | null> {
  await demandDemonstration(tx, account.tenantId)
  await setPassword(tx, account.personId, account.passwordHash, account.at, false)
  if (!account.withTotp) return null
  const secret = generateSecret()
  const place = { table: 'access_account', column: 'totp_secret', rowId: account.personId }
  await setTotp(tx, account.personId, account.vault.seal(place, secret, account.at), account.at)
  return secret
}

export type WorkSession = {
  readonly personId: string
  readonly memberId: string | null
  readonly role: RoleName
  readonly orgId: string
  readonly token: string
}

/**
 * A session for every grant of every active account, so that the year of the demonstration is written by its people
 * through the same doors as everybody's. `at` is today: the sessions are awake on all days before. To be ended with
 * `endWorkSessions`.
 */
export async function openWorkSessions(tx: Tx, tenantId: string, at: Date): Promise<WorkSession[]> {
  await demandDemonstration(tx, tenantId)
  const grants = await tx
    .selectFrom('access_grant as g')
    .innerJoin('access_account as a', 'a.person_id', 'g.person_id')
    .select(['g.id', 'g.person_id as personId', 'g.member_id as memberId', 'g.role', 'g.org_id as orgId'])
    .where('g.tenant_id', '=', tenantId)
    .where('a.state', '=', 'active')
    .orderBy('g.id')
    .execute()
  const sessions = grants.map((grant) => ({ ...grant, token: randomBytes(32).toString('base64url') }))
  const hashes = sessions.map(({ token }) => createHash('sha256').update(token).digest())
  await sql`insert into access_session (token_hash, person_id, tenant_id, grant_id, second_factor_at, created_at, last_seen_at, idle_minutes, expires_at)
    select h, p, ${tenantId}::uuid, g, ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz, 15, ${at}::timestamptz + interval '1 hour'
    from unnest(${hashes}::bytea[], ${sessions.map((row) => row.personId)}::uuid[], ${sessions.map((row) => row.id)}::uuid[]) as s (h, p, g)`.execute(
    tx,
  )
  return sessions.map(({ personId, memberId, role, orgId, token }) => ({
    personId,
    memberId,
    role: role as RoleName,
    orgId,
    token,
  }))
}

/** Ends all sessions of the demonstration's people. */
export async function endWorkSessions(tx: Tx, tenantId: string): Promise<void> {
  await demandDemonstration(tx, tenantId)
  await tx.deleteFrom('access_session').where('tenant_id', '=', tenantId).execute()
}
