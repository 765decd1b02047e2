import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput } from '@tongxin/client/screen'
import type { OwnRound } from '@tongxin/contract/appraisal.own'
import { EmptyState, Lamp } from '@tongxin/ui'
import { ClipboardCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { ownAppraisalsQuery } from './appraisal.api.ts'
import './appraisal.css'

export const loader = ({ queryClient }: LoaderInput) => queryClient.ensureQueryData(ownAppraisalsQuery)

/** The appraisals I take part in: what waits for me stands in words on each. */
export function Page() {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(ownAppraisalsQuery)
  return (
    <PageFrame title={t('appraisal.title')}>
      {data.rows.length === 0 ? (
        <EmptyState title={t('appraisal.none')} icon={<ClipboardCheck aria-hidden="true" />}>
          {t('appraisal.noneHint')}
        </EmptyState>
      ) : null}
      <div className="cards">
        {data.rows.map((one) => (
          <RoundCard key={one.id} one={one} />
        ))}
      </div>
    </PageFrame>
  )
}

function RoundCard({ one }: { one: OwnRound }) {
  const { t } = useTranslation()
  return (
    <Link className="card appraisal-card" to={paths.appraisal.one(one.id)}>
      <h2>{t('appraisal.yearOf', { year: one.year })}</h2>
      <p className="hint">{one.orgName}</p>
      {one.waits ? (
        <Lamp state="warn">{t(`appraisal.waits.${one.waits}`)}</Lamp>
      ) : (
        <Lamp state={one.state === 'closed' ? 'ok' : 'info'}>{t(`words.appraisal.state.${one.state}`)}</Lamp>
      )}
      {one.grade ? <p>{t('appraisal.gradeIs', { grade: t(`words.appraisal.grade.${one.grade}`) })}</p> : null}
    </Link>
  )
}
