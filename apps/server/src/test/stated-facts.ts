import type { LearningFact } from '@tongxin/domain/learning/fact'
import { stateFacts } from '../modules/xapi/index.ts'
import { inSystemTransaction } from '../platform/transaction.ts'
import type { Fixture } from './fixture.ts'

/** States facts of learning as the modules do that know them, and lets everybody react. */
export async function stated(f: Fixture, facts: readonly LearningFact[]): Promise<void> {
  await inSystemTransaction(f.platform, { tenantId: f.tenantId, scope: 'r00' }, (db) =>
    stateFacts({ db, now: f.platform.clock(), tenantId: f.tenantId }, facts),
  )
  await f.deliver()
}
