import type { Pool } from '../../platform/db.ts'
import type { SessionPort } from '../../platform/session.ts'
import { actorOf, preamble, stamping, stampOf, stampsOf } from './preamble.ts'

/** How the platform asks this module who is there. */
export const sessionPort: SessionPort = {
  preamble,
  actorOf,
  stampOf,
  stamping,
  stampsOf,
  async touch(pool: Pool, sessionHash: Buffer, now: Date): Promise<void> {
    await pool.query('update access_session set last_seen_at = greatest(last_seen_at, $2) where token_hash = $1', [
      sessionHash,
      now,
    ])
  },
}
