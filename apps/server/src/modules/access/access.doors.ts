import { accessRefusals } from '@tongxin/contract/access.refusals'
import type { Db, Tx } from '../../platform/ctx.ts'
import { newId } from '../../platform/events.ts'
import type { Vault } from '../../platform/vault.ts'
import { canonicalName, nameIndexOf, type SignInName } from './access.names.ts'
import * as accounts from './queries/accounts.queries.ts'
import * as grants from './queries/grants.queries.ts'

/**
 * What other modules ask of accounts and grants inside their own transaction, which must have the person's
 * organisation in its scope. Rights are the caller's business, and so are the events.
 */

/**
 * Opens an account in state `pending` (nobody can sign in before activation), or adds names to an existing person.
 * Names are stored as blind indexes only; the same person may own a name already.
 * @throws Refusal `access.sign_in_name_taken` when another person has one of the names
 */
export async function openAccount(
  tx: Tx,
  account: { personId?: string; name: string; signInNames: readonly SignInName[]; now: Date; vault: Vault },
): Promise<{ personId: string }> {
  const personId = account.personId ?? newId(account)
  if (!account.personId) await accounts.insertPerson(tx, { id: personId, name: account.name, at: account.now })
  await addSignInNames(tx, { personId, signInNames: account.signInNames, vault: account.vault })
  return { personId }
}

/** Adds names to a person. @throws Refusal `access.sign_in_name_taken` with the kind */
export async function addSignInNames(
  tx: Tx,
  to: { personId: string; signInNames: readonly SignInName[]; vault: Vault },
): Promise<void> {
  const named = to.signInNames
    .filter(({ value }) => canonicalName(value) !== '')
    .map(({ kind, value }) => ({ kind, index: nameIndexOf(to.vault, value) }))
    // One order for all writers, so that two of them never wait for each other.
    .sort((a, b) => Buffer.compare(a.index, b.index))
  for (const { kind, index } of named) {
    const { owner } = await accounts.insertSignInName(tx, { index, personId: to.personId, kind })
    if (owner !== to.personId) throw accessRefusals.sign_in_name_taken({ kind })
  }
}

/** After a change of the telephone, number or address: the names of that kind are exactly these from now on. */
export async function replaceSignInNames(
  tx: Tx,
  to: { personId: string; kind: SignInName['kind']; values: readonly string[]; vault: Vault },
): Promise<void> {
  const values = to.values.filter((value) => canonicalName(value) !== '')
  await accounts.removeNames(
    tx,
    to.personId,
    to.kind,
    values.map((value) => nameIndexOf(to.vault, value)),
  )
  await addSignInNames(tx, {
    personId: to.personId,
    vault: to.vault,
    signInNames: values.map((value) => ({ kind: to.kind, value })),
  })
}

/** The person who has this sign-in name, of whatever kind, or null. */
export async function signInNameTaken(db: Db, value: string, vault: Vault): Promise<string | null> {
  return (await accounts.findNameOwner(db, nameIndexOf(vault, value))) ?? null
}

export type Membership = {
  readonly tenantId: string
  readonly personId: string
  readonly memberId: string
  readonly orgId: string
  readonly orgPath: string
  readonly now: Date
}

/** Materialises the implicit role `member` as a grant with reach `self` at the person's branch. Returns the grant's id. */
export async function grantMembership(tx: Tx, membership: Membership): Promise<string> {
  const id = newId(membership)
  await grants.insertGrant(tx, {
    ...membership,
    id,
    role: 'member',
    reach: 'self',
    from: membership.now,
    until: null,
    grantedBy: null,
    reason: null,
    at: membership.now,
  })
  return id
}

/** After a transfer inside the tenant: the member acts at the new branch at once. */
export async function moveMembership(
  tx: Tx,
  to: { tenantId: string; memberId: string; orgId: string; orgPath: string },
): Promise<void> {
  await grants.setMembershipOrg(tx, to)
}

/** The member record ended (left, expelled, died, moved away, import reversed): sessions under it end at once. */
export async function endMembership(
  tx: Tx,
  end: { tenantId: string; memberId: string; by: string | null; reason: string; now: Date },
): Promise<void> {
  await grants.endMembershipGrant(tx, {
    tenantId: end.tenantId,
    memberId: end.memberId,
    by: end.by,
    reason: end.reason,
    at: end.now,
  })
}

/** Keeps the name that people see in step with the member record. */
export async function renamePerson(tx: Tx, personId: string, name: string): Promise<void> {
  await accounts.setPersonName(tx, personId, name)
}
