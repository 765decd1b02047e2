import type { Db } from './db.ts'
import type { Module } from './module.ts'

/** A repeated request is answered from what was kept for so long (the figure of the idempotency design). */
const KEY_DAYS = 30
const DAY_MS = 86_400_000

/** Removes idempotency keys older than thirty days. @returns how many */
export async function forgetOldKeys(db: Db, now: Date): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('platform_idempotency')
    .where('at', '<', new Date(now.getTime() - KEY_DAYS * DAY_MS))
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** What the platform itself does at night; it has no routes. */
export const upkeep: Module = {
  name: 'platform',
  jobs: [
    {
      name: 'platform_forget_keys',
      cron: '10 3 * * *',
      run: async ({ platform, now }) => void (await forgetOldKeys(platform.db, now)),
    },
  ],
}
