import { useQuery } from '@tanstack/react-query'
import { ErrorState, Skeleton } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { PartActs } from './PartActs.tsx'
import { partQuery } from './tasks.api.ts'
import { Latest, PartLamp, TextShown } from './words.tsx'
import './tasks.css'

/** One part beside the list: where it stands, what is asked, and what the post may do. */
export function PartGlance({ id }: { id: string }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(partQuery(id))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton lines={8} />
  const { part } = data
  return (
    <div className="tasks-part">
      <PartLamp part={part} />
      <Facts
        facts={[
          { label: t('tasks.asked'), value: part.personName ? `${part.orgName} · ${part.personName}` : part.orgName },
          { label: t('tasks.issuer'), value: part.issuerName },
          { label: t('tasks.dueOn'), value: part.dueOn },
        ]}
      />
      <PartActs record={data} />
      <Latest steps={data.steps} />
      <TextShown text={data.text} />
    </div>
  )
}
