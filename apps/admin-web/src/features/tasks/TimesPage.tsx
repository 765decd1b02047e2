import { useQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import type { TaskTimes } from '@tongxin/contract/tasks'
import { DateInput, EmptyState, ErrorState, Skeleton } from '@tongxin/ui'
import { Timer } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { timesQuery } from './tasks.api.ts'
import './tasks.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(timesQuery(search))

/** Hours below two days, days above. */
function useSpan(): (hours: number) => string {
  const { t } = useTranslation()
  return (hours) =>
    hours < 48 ? t('tasks.hours', { n: hours }) : t('tasks.days', { n: Math.round((hours / 24) * 10) / 10 })
}

/** How long each stage takes, so that waiting gets shorter: units, never people. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(timesQuery(search))
  return (
    <div className="page">
      <title>{`${t('tasks.times')} · ${t('shell.name')}`}</title>
      <header className="page-head">
        <h1>{t('tasks.times')}</h1>
      </header>
      <p className="hint">{t('tasks.timesLead')}</p>
      <div className="panel tasks-box tasks-pair no-print">
        <DateInput
          label={t('tasks.from')}
          value={search.from ?? data?.from ?? ''}
          onChange={(from) => setSearch({ from })}
        />
        <DateInput
          label={t('tasks.untilDay')}
          value={search.until ?? data?.until ?? ''}
          onChange={(until) => setSearch({ until })}
        />
        <OrgPicker label={t('tasks.org')} value={search.orgId ?? ''} onChange={(orgId) => setSearch({ orgId })} />
      </div>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton lines={8} /> : null}
      {data && !error ? <Figures times={data} /> : null}
    </div>
  )
}

function Figures({ times }: { times: TaskTimes }) {
  const { t } = useTranslation()
  const span = useSpan()
  if (times.stages.length === 0)
    return (
      <div className="panel">
        <EmptyState title={t('tasks.noTimes')} icon={<Timer aria-hidden="true" />}>
          {t('tasks.noTimesHint')}
        </EmptyState>
      </div>
    )
  return (
    <>
      <div className="tasks-figures">
        {times.stages.map((one) => (
          <section key={one.stage} className="panel tasks-box tasks-figure">
            <h2>{t(`words.tasks.stage.${one.stage}`)}</h2>
            <strong>{span(one.medianHours)}</strong>
            <p className="hint">{t('tasks.medianOf', { count: one.ended })}</p>
            <p>{t('tasks.ninety', { span: span(one.ninetyHours) })}</p>
          </section>
        ))}
      </div>
      <section className="panel tasks-box">
        <h2>{t('tasks.byUnit')}</h2>
        <p className="hint">{t('tasks.byUnitLead', { least: times.least })}</p>
        {times.units.length === 0 ? <p>{t('tasks.noUnits')}</p> : <Units times={times} />}
      </section>
    </>
  )
}

function Units({ times }: { times: TaskTimes }) {
  const { t } = useTranslation()
  const span = useSpan()
  return (
    <table className="tasks-table">
      <thead>
        <tr>
          <th>{t('tasks.org')}</th>
          <th>{t('tasks.stage')}</th>
          <th className="is-number">{t('tasks.ended')}</th>
          <th className="is-number">{t('tasks.median')}</th>
          <th className="is-number">{t('tasks.ninetyHead')}</th>
        </tr>
      </thead>
      <tbody>
        {times.units.map((unit) => (
          <tr key={`${unit.id}${unit.stage}`}>
            <td>{unit.orgName}</td>
            <td>{t(`words.tasks.stage.${unit.stage}`)}</td>
            <td className="is-number">{unit.ended}</td>
            <td className="is-number">{span(unit.medianHours)}</td>
            <td className="is-number">{span(unit.ninetyHours)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
