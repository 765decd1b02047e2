import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { download } from '@tongxin/client/download'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import { exportLedger, printBook } from '@tongxin/contract/meetings.year'
import { ErrorState, Select, Skeleton } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { LifeLinks } from './LifeLinks.tsx'
import { thisYear, YEARS_BACK, yearIn, yearQuery } from './life.api.ts'
import { ALL_MEETINGS, MEETING_EVENTS } from './meetings.api.ts'
import { PurposeButton } from './PurposeDialog.tsx'
import { YearMatrix } from './YearMatrix.tsx'
import './meetings.css'
import './year.css'

export const loader = ({ search, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(yearQuery(yearIn(search), search.orgId))

/** The year of a branch as the rules demand it: held, planned, due, missing; or of many branches in figures. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  useLive(MEETING_EVENTS, ALL_MEETINGS)
  const year = yearIn(search)
  const { data, error, refetch } = useQuery(yearQuery(year, search.orgId))
  const inUnit = data ? { orgId: data.orgId } : {}
  return (
    <div className="page">
      <title>{`${t('meetings.yearPlan.title')} · ${t('shell.name')}`}</title>
      <header className="page-head">
        <h1>
          {t('meetings.yearPlan.of', { year })}
          {data ? <small className="count">{data.orgName}</small> : null}
        </h1>
        <div className="page-acts no-print">
          <PurposeButton
            verb={t('meetings.yearPlan.exportLedger')}
            onTake={(purpose, language) => download(exportLedger, { body: { year, ...inUnit, purpose, language } })}
          />
          <PurposeButton
            verb={t('meetings.yearPlan.book')}
            whyNot={data?.isBranch ? undefined : t('meetings.yearPlan.bookOfBranch')}
            onTake={(purpose, language) =>
              download(printBook, { body: { orgId: data?.orgId ?? '', year, purpose, language } })
            }
          />
        </div>
      </header>
      <LifeLinks />
      <div className="year-filters no-print">
        <OrgPicker
          label={t('meetings.branch')}
          value={search.orgId ?? ''}
          name={data?.orgId === search.orgId ? data?.orgName : undefined}
          onChange={(orgId) => setSearch({ orgId })}
        />
        <Select
          label={t('meetings.year')}
          value={String(year)}
          onChange={(value) => setSearch({ year: value })}
          options={YEARS_BACK.map((back) => String(thisYear() - back)).map((value) => ({ value, label: value }))}
        />
      </div>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data ? <YearMatrix plan={data} year={year} /> : error ? null : <Skeleton lines={10} />}
      {data && !data.isBranch ? (
        <p className="hint">
          {t('meetings.yearPlan.many', { count: data.branches })}{' '}
          <Link to={paths.meetings.ledger()} search={{ year: String(year), orgId: data.orgId } as never}>
            {t('meetings.yearPlan.toLedger')}
          </Link>
        </p>
      ) : null}
    </div>
  )
}
