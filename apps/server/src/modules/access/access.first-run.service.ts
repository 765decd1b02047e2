import * as contract from '@tongxin/contract'
import { accessRefusals, type Input, type Reply, requestRefusals } from '@tongxin/contract'
import { toDataURL } from 'qrcode'
import type { Ctx, PublicCtx, Tx } from '../../platform/ctx.ts'
import { newId, publish } from '../../platform/events.ts'
import { lanAddresses } from '../../platform/network.ts'
import type { Platform } from '../../platform/platform.ts'
import type { SetUpCode, SetUpRole } from '../../platform/setup-codes.ts'
import { violated } from '../../platform/sql.ts'
import { ROOT_PATH, type Tenant, tenantAt } from '../../platform/tenants.ts'
import { createRoot } from '../org/index.ts'
import { makeScreenCode } from './access.activation.service.ts'
import { codeHash } from './access.codes.ts'
import { openAccount } from './access.doors.ts'
import { hashPassword } from './access.hash.ts'
import { canonicalName, nameIndexOf } from './access.names.ts'
import {
  factorsOf,
  firstPost,
  inTenant,
  openSession,
  postsOf,
  renew,
  requireSession,
  sessionOf,
  tell,
} from './access.own.ts'
import { judgePassword } from './access.password.ts'
import { countCodeAttempt } from './access.throttle.ts'
import * as accounts from './queries/accounts.queries.ts'
import * as codes from './queries/codes.queries.ts'
import * as grants from './queries/grants.queries.ts'
import * as sessions from './queries/sessions.queries.ts'

/** A set-up code lives until it is used: an installation may wait for its administrators. */
const FOREVER = new Date('9999-01-01T00:00:00Z')
const ROLES_IN_ORDER = contract.EXCLUSIVE_ADMINISTRATORS

/** Keeps the hashes of fresh set-up codes when this installation never had any; whether they were kept. */
export async function keepSetUpCodes(platform: Platform, fresh: readonly SetUpCode[]): Promise<boolean> {
  return platform.db.transaction().execute(async (tx) => {
    if (await codes.lockSetUpCodes(tx)) return false
    await insertSetUpCodes(platform, tx, fresh)
    return true
  })
}

/**
 * Fresh set-up codes instead of those that were lost. Once one of the three was used nobody outside may make
 * administrators any more: the others recover a lost account.
 * @throws Refusal `access.set_up_begun`
 */
export async function replaceSetUpCodes(platform: Platform, fresh: readonly SetUpCode[]): Promise<void> {
  await platform.db.transaction().execute(async (tx) => {
    await codes.lockSetUpCodes(tx)
    if ((await accounts.administrators(tx)).length > 0) throw accessRefusals.set_up_begun()
    await codes.deleteSetUpCodes(tx)
    await insertSetUpCodes(platform, tx, fresh)
  })
}

async function insertSetUpCodes(platform: Platform, tx: Tx, fresh: readonly SetUpCode[]): Promise<void> {
  const at = platform.clock()
  await codes.insertCodes(
    tx,
    fresh.map(({ role, code }) => ({
      hash: codeHash(platform.vault, 'set_up', code),
      purpose: 'set_up' as const,
      personId: null,
      tenantId: null,
      batchId: null,
      at,
      expiresAt: FOREVER,
      detail: { role },
    })),
  )
}

const ownTenant = (ctx: { db: PublicCtx['db'] }): Promise<Tenant | undefined> => tenantAt(ctx.db, ROOT_PATH)

export async function readSetUp(
  ctx: PublicCtx,
  _: unknown,
  platform: Platform,
): Promise<Reply<typeof contract.readSetUp>> {
  const [tenant, held, session] = [
    await ownTenant(ctx),
    await accounts.administrators(ctx.db),
    await sessionOf(ctx, platform),
  ]
  const account = session ? await accounts.findAccount(ctx.db, session.personId) : undefined
  const hasCommitteeAdministrator = tenant
    ? await inTenant(ctx, tenant.id, '', (tx) => grants.isRoleHeld(tx, tenant.id, 'committee_admin', ctx.now))
    : false
  return {
    isNeeded: tenant === undefined,
    administrators: ROLES_IN_ORDER.map((role) => ({ role, isClaimed: held.some((one) => one.role === role) })),
    organisation: tenant?.name ?? null,
    hasCommitteeAdministrator,
    me: account
      ? {
          name: account.name,
          role: account.administrator as SetUpRole | null,
          hasFactor: factorsOf(account).length > 0,
        }
      : null,
    phones: await phonesOf(platform),
  }
}

/** How a phone in the same house gets here: only by HTTPS and not by the name of this machine for itself. */
async function phonesOf(platform: Platform): Promise<{ url: string; qr: string } | null> {
  const { hostname, protocol } = new URL(platform.publicOrigin)
  const isLoopback = hostname === 'localhost' || hostname.startsWith('127.') || hostname === '[::1]'
  if (isLoopback || protocol !== 'https:' || (hostname === '0.0.0.0' && lanAddresses().length === 0)) return null
  return { url: platform.publicOrigin, qr: await toDataURL(platform.publicOrigin, { margin: 1, width: 240 }) }
}

/** Makes the holder of a set-up code one of the three administrators, signed in; the second factor comes next. */
export async function claimSetUp(
  ctx: PublicCtx,
  { body }: Input<typeof contract.claimSetUp>,
  platform: Platform,
): Promise<Reply<typeof contract.claimSetUp>> {
  const attempt = await countCodeAttempt(ctx)
  const hash = codeHash(ctx.vault, 'set_up', body.code)
  const code = await codes.findCode(ctx.db, hash, 'set_up', ctx.now)
  if (!code) throw accessRefusals.set_up_refused.at('/body/code')
  await attempt.passed()
  const role = code.detail.role as SetUpRole
  const name = body.name.trim()
  if (canonicalName(body.signInName) === canonicalName(body.password))
    throw accessRefusals.password_personal.at('/body/password')
  await judgePassword(ctx, body.password, { personId: '', name, hasFactor: false, numbers: [] }, '/body/password')
  if (await accounts.findNameOwner(ctx.db, nameIndexOf(ctx.vault, body.signInName))) throw nameTaken()
  const passwordHash = await hashPassword(body.password)

  const tenant = await ownTenant(ctx)
  const personId = newId(ctx)
  await inTenant(ctx, tenant?.id ?? null, personId, async (tx) => {
    if (!(await codes.takeCode(tx, hash, ctx.now))) throw accessRefusals.set_up_refused.at('/body/code')
    await accounts.insertPerson(tx, { id: personId, name, at: ctx.now })
    await openAccount(tx, {
      personId,
      name,
      signInNames: [{ kind: 'chosen', value: body.signInName }],
      now: ctx.now,
      vault: ctx.vault,
    })
    await accounts.setPassword(tx, personId, passwordHash, ctx.now, false)
    await accounts.insertAdministrator(tx, personId, role)
    if (tenant) await installAdministrator(ctx, tx, tenant, { personId, role })
  })
  await openSession(ctx, platform, {
    personId,
    post: firstPost(await postsOf(ctx, personId)),
    secondFactorAt: null,
    waitsForFactor: false,
  })
  return { role }
}

const nameTaken = () => accessRefusals.sign_in_name_taken.at('/body/signInName', { kind: 'chosen' })

/** Gives an administrator the post at the top of the organisation, and says since when. */
async function installAdministrator(
  ctx: Omit<PublicCtx, 'db'>,
  tx: Tx,
  tenant: Tenant,
  administrator: { personId: string; role: string },
): Promise<void> {
  const orgId = await grants.rootOrgOf(tx, tenant)
  const id = newId(ctx)
  await grants.insertGrant(tx, {
    tenantId: tenant.id,
    id,
    personId: administrator.personId,
    role: administrator.role as SetUpRole,
    orgId,
    orgPath: tenant.path,
    reach: 'subtree',
    memberId: null,
    from: ctx.now,
    until: null,
    grantedBy: null,
    reason: null,
    at: ctx.now,
  })
  // Who is signed in since before there was an organisation goes on without signing in again.
  await sessions.setFirstPost(tx, administrator.personId, { tenantId: tenant.id, grantId: id })
  await tell(
    ctx,
    tx,
    { personId: administrator.personId, tenantId: tenant.id, grantId: id },
    'access.administrator_claimed',
    { role: administrator.role },
  )
}

/** Names the organisation at the top; administrators who have claimed their codes get their posts with it. */
export async function nameOrganisation(
  ctx: PublicCtx,
  { body }: Input<typeof contract.nameOrganisation>,
  platform: Platform,
): Promise<Reply<typeof contract.nameOrganisation>> {
  const session = await requireSession(ctx, platform)
  const account = await accounts.findAccount(ctx.db, session.personId)
  if (account?.administrator !== 'system_admin') throw accessRefusals.set_up_not_yours()
  if (session.secondFactorAt === null) throw requestRefusals.step_up_needed()
  if (await ownTenant(ctx)) throw accessRefusals.set_up_done()
  const tenant = { id: newId(ctx), path: ROOT_PATH, name: body.name.trim() }
  const orgId = await ctx.db
    .transaction()
    .execute(async (tx) => {
      const root = await createRoot(tx, {
        tenantId: tenant.id,
        path: tenant.path,
        name: tenant.name,
        kind: body.kind,
        now: ctx.now,
      })
      for (const administrator of await accounts.administrators(tx))
        await installAdministrator(ctx, tx, tenant, administrator)
      return root.id
    })
    .catch((error) => {
      // Two administrators' windows at once: the path of the top is unique.
      throw violated(error) === 'platform_tenant_path_key' ? accessRefusals.set_up_done() : error
    })
  const post = firstPost(await postsOf(ctx, session.personId))
  if (post) await renew(ctx, platform, session, { post }, async () => {})
  return { orgId }
}

/** The first committee administrator, appointed alone once; every later grant needs a second person. */
export async function appointFirst(
  ctx: Ctx<Tx>,
  { body }: Input<typeof contract.appointFirst>,
): Promise<Reply<typeof contract.appointFirst>> {
  const { actor } = ctx
  const orgId = actor.orgId
  if (actor.role !== 'security_admin' || actor.scope !== ROOT_PATH) throw accessRefusals.set_up_not_yours()
  // One appointment at a time: the second sees the first one's grant.
  await accounts.lockAccount(ctx.db, actor.personId)
  if (await grants.isRoleHeld(ctx.db, actor.tenantId, 'committee_admin', ctx.now)) throw accessRefusals.set_up_done()
  const name = body.name.trim()
  const { personId } = await openAccount(ctx.db, {
    name,
    signInNames: [{ kind: 'chosen', value: body.signInName }],
    now: ctx.now,
    vault: ctx.vault,
  })
  await grants.insertGrant(ctx.db, {
    tenantId: actor.tenantId,
    id: newId(ctx),
    personId,
    role: 'committee_admin',
    orgId,
    orgPath: actor.scope,
    reach: 'subtree',
    memberId: null,
    from: ctx.now,
    until: null,
    grantedBy: actor.personId,
    reason: null,
    at: ctx.now,
  })
  await publish(
    ctx,
    'access.first_administrator_appointed',
    { kind: 'person', id: personId, orgPath: actor.scope, personId },
    { personId },
  )
  const activationId = await makeScreenCode(ctx, { personId, orgId, orgPath: actor.scope, lastFours: [''] })
  return { activationId }
}
