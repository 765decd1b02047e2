import { queryOptions, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { call } from '@tongxin/client/call'
import { parseSearch } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import { readWaiting } from '@tongxin/contract/workbench'
import { ErrorState, Skeleton } from '@tongxin/ui'
import { ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import './workbench.css'

const waitingQuery = queryOptions({
  queryKey: ['workbench', 'waiting'],
  queryFn: ({ signal }) => call(readWaiting, { signal }),
})

/** Whatever may change what waits for a post. */
const EVENTS = [
  'imports.submitted',
  'imports.approved',
  'imports.returned',
  'members.proposed',
  'members.reviewed',
  'members.withdrawn',
  'members.loan_asked',
  'members.loan_decided',
  'members.loan_withdrawn',
  'appraisal.grades_submitted',
  'appraisal.grades_confirmed',
  'appraisal.reported',
  'appraisal.result_objected',
  'membership.proposed',
  'membership.branch_decided',
  'membership.approved',
  'membership.served',
  'membership.appealed',
  'elections.requested',
  'elections.candidates_reported',
  'elections.reported',
  'elections.round_counted',
  'meetings.answered',
  'meetings.leave_decided',
  'meetings.record_submitted',
  'meetings.signed',
  'tasks.issued',
  'tasks.handed_in',
  'tasks.returned',
  'tasks.accepted',
  'tasks.extension_asked',
  'tasks.withdrawn',
] as const

/** What waits for this post over all modules: how many, and the page where they are. */
export function Part() {
  const { t } = useTranslation()
  useLive(EVENTS, [waitingQuery.queryKey])
  const { data, error, refetch } = useQuery(waitingQuery)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton lines={3} />
  // These have a part of their own, which shows the rows themselves.
  const rows = data.rows.filter(({ module }) => module !== 'meetings' && module !== 'deadlines')
  if (rows.length === 0) return null
  return (
    <section className="panel">
      <h2>{t('workbench.waitingForMe')}</h2>
      <ul className="waiting">
        {rows.map((row) => {
          const [path = '/', search = ''] = row.path.split('?')
          return (
            <li key={`${row.module}.${row.key}`}>
              <Link to={path} search={parseSearch(search) as never}>
                <strong>{row.count}</strong>
                <span>{t(`workbench.waiting.${row.module}.${row.key}`)}</span>
                <ChevronRight aria-hidden="true" />
              </Link>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
