import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput } from '@tongxin/client/screen'
import { EmptyState, Lamp } from '@tongxin/ui'
import { ChevronRight, Stamp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { myElections } from './elections.api.ts'
import { useElectionName } from './use-election-name.ts'
import './elections.css'

export const loader = ({ queryClient }: LoaderInput) => queryClient.ensureQueryData(myElections)

/** Elections of my organisations: those under way, and the results of the last year. */
export function Page() {
  const { t } = useTranslation()
  const nameOf = useElectionName()
  const { data } = useSuspenseQuery(myElections)
  return (
    <PageFrame title={t('elections.title')}>
      {data.rows.length === 0 ? (
        <EmptyState title={t('elections.none')} icon={<Stamp aria-hidden="true" />}>
          {t('elections.noneHint')}
        </EmptyState>
      ) : null}
      {data.rows.map((row) => (
        <Link key={row.id} className="card election-link" to={paths.elections.one(row.id)}>
          <span>
            <strong>{nameOf(row)}</strong>
            <span className="hint">{row.orgName}</span>
            {row.delegates === null ? null : <span className="hint">{t('elections.congress.title')}</span>}
            <Lamp state={row.state === 'done' ? 'ok' : 'info'}>{t(`elections.state.${row.state}`)}</Lamp>
          </span>
          <ChevronRight aria-hidden="true" />
        </Link>
      ))}
    </PageFrame>
  )
}
