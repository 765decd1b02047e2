import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ImportBatch } from '@tongxin/contract/imports.batches'
import { dateOf, Lamp, timeOf } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { LongJob } from '../../shared/pages/LongJob.tsx'
import { writtenBy } from './batch-state.ts'
import { readBatch } from './imports.api.ts'

/** How far the writing is, read from the batch itself: a reload or another desk shows the same. */
export function BatchProgress({ batch }: { batch: ImportBatch }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  if (batch.state === 'applying')
    return (
      <LongJob
        label={t('imports.writing')}
        queryKey={['imports', 'job', batch.id]}
        read={async (signal) => jobOf(await readBatch(batch.id, signal))}
        onDone={() => void queryClient.invalidateQueries({ queryKey: ['imports'] })}
      />
    )
  if (batch.state !== 'applied') return null
  return (
    <section className="panel import-notes">
      <Lamp state="ok">{t('imports.done', { count: writtenBy(batch) })}</Lamp>
      <p>
        <Link to={paths.members.list()}>{t('imports.toMembers')}</Link>
      </p>
      {batch.can.reverse && batch.reversibleUntil ? (
        <p className="hint">
          {t('imports.reversibleUntil', { when: `${dateOf(batch.reversibleUntil)} ${timeOf(batch.reversibleUntil)}` })}
        </p>
      ) : null}
    </section>
  )
}

function jobOf(batch: ImportBatch) {
  const state = { applying: 'running', failed: 'failed' }[batch.state as string] ?? 'done'
  return { state: state as 'running' | 'failed' | 'done', done: batch.done, total: writtenBy(batch) }
}
