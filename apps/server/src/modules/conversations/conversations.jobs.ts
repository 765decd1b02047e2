import { todayOf } from '../../platform/clock.ts'
import type { Tx } from '../../platform/ctx.ts'
import { inEachTenant } from '../../platform/each-tenant.ts'
import type { Job, JobCtx } from '../../platform/module.ts'
import { settingLookup } from '../settings/index.ts'
import { BATCH } from './conversations.policy.ts'
import type { ConversationPorts } from './conversations.ports.ts'
import { conversationsAfter } from './queries/conversations.queries.ts'
import { deleteBefore } from './queries/messages.queries.ts'
import { followAll } from './service/upkeep.ts'

const DAY = 86_400_000
const FIRST = '00000000-0000-0000-0000-000000000000'

/** Removes what is older than the organisation keeps it; conversations of one period go by one statement. */
async function removeOld(db: Tx, tenantId: string, { now, signal }: JobCtx): Promise<void> {
  const days = await settingLookup(db, tenantId, ['conversations.keep_days'], todayOf(now))
  for (let after = FIRST, isMore = true; isMore && !signal.aborted; ) {
    const batch = await conversationsAfter(db, tenantId, after, BATCH)
    const byDays = Map.groupBy(batch, ({ orgPath }) => Number(days('conversations.keep_days', orgPath)))
    for (const [kept, some] of byDays)
      await deleteBefore(
        db,
        tenantId,
        some.map(({ id }) => id),
        new Date(now.getTime() - kept * DAY),
      )
    after = batch.at(-1)?.id ?? after
    isMore = batch.length === BATCH
  }
}

export const conversationsJobs = (ports: ConversationPorts): readonly Job[] => [
  {
    name: 'conversations_follow',
    cron: '*/10 * * * *',
    run: async ({ platform, now, signal }) => {
      await inEachTenant({ platform, signal }, (db, { id: tenantId }) =>
        followAll({ db, now, tenantId, vault: platform.vault }, ports, signal),
      )
    },
  },
  {
    name: 'conversations_remove_old',
    cron: '10 3 * * *',
    run: async (ctx) => {
      await inEachTenant(ctx, (db, { id }) => removeOld(db, id, ctx))
    },
  },
]
