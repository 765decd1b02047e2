import { visitTenants } from '../../platform/each-tenant.ts'
import type { Job, JobCtx } from '../../platform/module.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { lockForTenant } from './queries/articles.queries.ts'
import { columnOf } from './queries/columns.queries.ts'
import { dueForRelease, workingText } from './queries/texts.queries.ts'
import { releaseText } from './service/hands.ts'
import { checkLinks } from './service/link-check.ts'

const MOST_AT_ONCE = 100

/** Shows what three hands have passed and whose hour has come, one article a transaction. */
export async function releaseDue({ platform, now, signal }: JobCtx): Promise<void> {
  await visitTenants({ platform, signal }, async ({ id: tenantId, path: scope }) => {
    // Nobody's name: what only waited for its hour was released by the clock.
    const actor = { tenantId, personId: null, personName: '' }
    const within = { tenantId, scope }
    const due = await inSystemTransaction(platform, within, (tx) => dueForRelease(tx, tenantId, now, MOST_AT_ONCE))
    for (const id of due)
      await inSystemTransaction(platform, within, async (tx) => {
        const article = await lockForTenant(tx, tenantId, id)
        const text = article?.stage === 'ready' ? await workingText(tx, tenantId, id) : undefined
        // Somebody was faster: it is released, or was returned.
        if (!article || !text?.releaseAt || text.releaseAt > now) return
        const column = await columnOf(tx, tenantId, article.columnId)
        if (column.isOpen) await releaseText({ db: tx, now, actor }, article, text)
      })
  }).finally(platform.wake)
}

/** Asks whether links still lead somewhere. */
export async function checkAllLinks(job: JobCtx): Promise<void> {
  await visitTenants(job, (tenant) => checkLinks(job, tenant)).finally(job.platform.wake)
}

export const publishingJobs: readonly Job[] = [
  { name: 'publishing.release_due', cron: '* * * * *', run: releaseDue },
  { name: 'publishing.check_links', cron: '40 * * * *', run: checkAllLinks },
]
