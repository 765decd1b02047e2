import { visitTenants } from '../../platform/each-tenant.ts'
import type { Job } from '../../platform/module.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { removeOldLaunches } from './queries/credentials.queries.ts'

const KEPT_MS = 30 * 86_400_000

export const xapiJobs: readonly Job[] = [
  {
    name: 'xapi_old_launches',
    cron: '40 3 * * *',
    run: async ({ platform, now, signal }) => {
      await visitTenants({ platform, signal }, async ({ id, path }) => {
        const before = new Date(now.getTime() - KEPT_MS)
        await inSystemTransaction(platform, { tenantId: id, scope: path }, (tx) => removeOldLaunches(tx, id, before))
      })
    },
  },
]
