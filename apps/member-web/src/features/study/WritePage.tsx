import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { ErrorState, Skeleton } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { draftQuery, workQuery } from './study.api.ts'
import { WorkForm } from './WorkForm.tsx'
import './study.css'

export const loader = ({ search, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(draftQuery(search.work ?? ''))

/** A reflection that nobody asked for, or one that came back (`?work=`). */
export function Page({ search }: ScreenProps) {
  const { t } = useTranslation()
  const workId = search.work ?? ''
  const { data } = useSuspenseQuery(draftQuery(workId))
  const work = useQuery({ ...workQuery(workId), enabled: workId !== '' })
  return (
    <PageFrame title={t('study.write')} lead={<p className="hint">{t('study.writeHint')}</p>}>
      {workId !== '' && work.isPending ? <Skeleton lines={6} /> : null}
      {work.error ? <ErrorState error={work.error} onRetry={() => void work.refetch()} /> : null}
      {workId === '' || work.data ? (
        <WorkForm key={workId} draft={data.draft} {...(work.data ? { work: work.data } : {})} />
      ) : null}
    </PageFrame>
  )
}
