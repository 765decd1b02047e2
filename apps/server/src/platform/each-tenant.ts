import type { Tx } from './ctx.ts'
import type { Platform } from './platform.ts'
import { isConnectionLost } from './problem.ts'
import { type Tenant, tenants } from './tenants.ts'
import { inSystemTransaction } from './transaction.ts'

/** Thrown after the last tenant had its turn: what calls (a job, the outbox) tries all of it again. */
export class TenantsFailed extends AggregateError {
  override readonly name = 'TenantsFailed'
}

export type Visiting = {
  readonly platform: Pick<Platform, 'db' | 'log'>
  /** Between two tenants it is asked whether the process is being stopped. */
  readonly signal?: Pick<AbortSignal, 'aborted'>
}

/**
 * Does `work` for every tenant, oldest first. One that fails does not keep the next from its turn: its error is logged
 * with the tenant, and `TenantsFailed` says at the end how many failed. @returns what each tenant gave
 */
export async function visitTenants<T>(
  { platform, signal }: Visiting,
  work: (tenant: Tenant) => Promise<T>,
): Promise<T[]> {
  const all = await tenants(platform.db)
  const results: T[] = []
  const errors: unknown[] = []
  for (const tenant of all) {
    if (signal?.aborted) break
    try {
      results.push(await work(tenant))
    } catch (err) {
      // No fault of this tenant: the next would only wait for the same database.
      if (isConnectionLost(err)) throw err
      errors.push(err)
      platform.log.error({ err, tenantId: tenant.id }, 'work for one tenant failed')
    }
  }
  if (errors.length > 0) throw new TenantsFailed(errors, `failed for ${errors.length} of ${all.length} tenants`)
  return results
}

/** `visitTenants` with one transaction for each tenant, under that tenant's row-security variables. */
export const inEachTenant = <T>(visiting: Visiting, work: (tx: Tx, tenant: Tenant) => Promise<T>): Promise<T[]> =>
  visitTenants(visiting, (tenant) =>
    inSystemTransaction(visiting.platform, { tenantId: tenant.id, scope: tenant.path }, (tx) => work(tx, tenant)),
  )

const LOCK_NOT_AVAILABLE = '55P03'
const isHeldElsewhere = (error: unknown): boolean =>
  error instanceof TenantsFailed && error.errors.every((one: { code?: string }) => one.code === LOCK_NOT_AVAILABLE)

/**
 * Does the work again while another process holds what it needs for longer than a lock is waited for; each turn waits
 * that long itself. For work that nobody waits for behind a screen.
 */
export async function untilFree(work: () => Promise<void>, turns = 20): Promise<void> {
  for (let left = turns; ; left -= 1)
    try {
      return await work()
    } catch (error) {
      if (left === 0 || !isHeldElsewhere(error)) throw error
    }
}

export const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0)
