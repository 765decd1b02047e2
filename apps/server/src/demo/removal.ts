import { demonstrationRefusals, readDemonstration, removeDemonstration as removeContract } from '@tongxin/contract'
import type { Reply } from '@tongxin/contract/endpoint'
import type { FastifyInstance } from 'fastify'
import type { Actor } from '../platform/ctx.ts'
import { publish, publishAll } from '../platform/events.ts'
import { mount } from '../platform/http.ts'
import type { Platform } from '../platform/platform.ts'
import { DEMONSTRATION_PATH, type Tenant, tenants } from '../platform/tenants.ts'
import { inSystemTransaction } from '../platform/transaction.ts'
import { removeDemonstration } from './remove.ts'

type Owner = { readonly ownerUrl: string; readonly dataDir: string }
type State = Reply<typeof readDemonstration>

/** What runs in this process: broken off, the removal goes on where it stopped at the next request for it. */
type Removal = { running: { done: number; total: number | null } | null; hasFailed: boolean }

/**
 * One click of the system administrator instead of `tongxin demo remove`: the same use case, told to the audit of the
 * own organisation at the beginning and at the end. `owner` null: an application without the rights of the owner.
 */
export function mountRemoval(app: FastifyInstance, owner: Owner | null): void {
  const { platform } = app
  const removal: Removal = { running: null, hasFailed: false }
  mount(app, readDemonstration, async ({ actor }) => stateOf(await demonstrationBeside(platform, actor), removal))
  mount(app, removeContract, async (ctx) => {
    const tenant = await demonstrationBeside(platform, ctx.actor)
    if (!tenant || !owner) throw demonstrationRefusals.not_there()
    if (removal.running) return stateOf(tenant, removal)
    Object.assign(removal, { running: { done: 0, total: null }, hasFailed: false })
    const { actor } = ctx
    await publish(ctx, 'demonstration.removal_begun', { kind: 'tenant', id: tenant.id, orgPath: actor.scope }, {})
    // Not before the commit: the removal locks tables whole, and would wait for this very transaction.
    ctx.onCommit(() => void takeAway(platform, owner, { removal, actor, tenant }))
    return stateOf(tenant, removal)
  })
}

/** The invented committee as others see it: whoever belongs to it sees no demonstration. */
async function demonstrationBeside(platform: Platform, actor: Actor): Promise<Tenant | null> {
  const found = (await tenants(platform.db)).find(({ path }) => path === DEMONSTRATION_PATH)
  return found && found.id !== actor.tenantId ? found : null
}

const stateOf = (tenant: Tenant | null, { running, hasFailed }: Removal): State => ({
  isThere: tenant !== null,
  name: tenant?.name ?? null,
  removal: running,
  hasFailed,
})

type Work = { readonly removal: Removal; readonly actor: Actor; readonly tenant: Tenant }

async function takeAway(platform: Platform, owner: Owner, { removal, actor, tenant }: Work): Promise<void> {
  try {
    const { rows } = await removeDemonstration(owner, (done, total) => {
      removal.running = { done, total }
    })
    await inSystemTransaction(platform, { tenantId: actor.tenantId, scope: actor.scope }, (tx) =>
      publishAll(
        tx,
        { tenantId: actor.tenantId, now: platform.clock(), actorId: actor.personId },
        'demonstration.removed',
        [{ subject: { kind: 'tenant', id: tenant.id, orgPath: actor.scope }, payload: { rows } }],
      ),
    )
    platform.wake()
  } catch (err) {
    removal.hasFailed = true
    platform.log.error({ err }, 'the demonstration could not be removed')
  } finally {
    removal.running = null
  }
}
