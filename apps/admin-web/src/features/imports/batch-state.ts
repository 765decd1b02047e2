import type { ImportBatch } from '@tongxin/contract/imports.batches'
import type { LampState } from '@tongxin/ui'

/** How each state of a batch looks at the left edge. */
export const STATE_LAMPS: Readonly<Record<ImportBatch['state'], LampState>> = {
  read: 'idle',
  submitted: 'warn',
  applying: 'info',
  applied: 'ok',
  returned: 'late',
  withdrawn: 'idle',
  failed: 'late',
  reversed: 'idle',
}

/** How many records the batch writes, with what is done about people registered already. */
export function writtenBy(batch: Pick<ImportBatch, 'plan' | 'existing'>, existing = batch.existing): number {
  return batch.plan.register + (existing === 'update' ? batch.plan.existing : 0)
}

/** Cards of the report: what each kind of row comes to; kinds that do not occur are left out, the three main ones never. */
export function countsOf(
  batch: Pick<ImportBatch, 'totals' | 'plan' | 'existing'>,
  existing = batch.existing,
): readonly { readonly key: string; readonly count: number; readonly state: LampState }[] {
  const { totals, plan } = batch
  const skipped = plan.elsewhere + (existing === 'skip' ? plan.existing : 0)
  const updated = existing === 'update' ? plan.existing : 0
  return [
    { key: 'accept', count: totals.accept, state: 'ok' },
    { key: 'warn', count: totals.warn, state: 'warn' },
    { key: 'reject', count: totals.reject, state: 'late' },
    ...(updated > 0 ? [{ key: 'update', count: updated, state: 'info' as const }] : []),
    ...(skipped > 0 ? [{ key: 'skip', count: skipped, state: 'idle' as const }] : []),
  ]
}
