import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps, Search } from '@tongxin/client/screen'
import type { UnitCredits } from '@tongxin/contract/credits'
import { hoursText } from '@tongxin/domain/learning/hours'
import { Button, EmptyState } from '@tongxin/ui'
import { ChartColumn } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { overviewQuery, yearIn } from './credits.api.ts'
import { MonthsChart } from './MonthsChart.tsx'
import { YearChoice } from './parts.tsx'
import './credits.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(overviewQuery(search))

const percent = (part: number, whole: number): string => (whole === 0 ? '—' : `${Math.round((part * 100) / whole)} %`)

/** How a unit and those below it stand in a year: each figure leads to the people or the units behind it. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(overviewQuery(search))
  const { unit, below, months, mastery, liked } = data
  const year = yearIn(search)
  return (
    <div className="page">
      <title>{`${t('credits.overview')} · ${t('shell.name')}`}</title>
      <header className="page-head">
        <h1>
          {t('credits.overview')} <small className="count">{unit.orgName}</small>
        </h1>
        <div className="page-acts no-print">
          {search.orgId ? <Button onClick={() => setSearch({ orgId: '' })}>{t('credits.wholeScope')}</Button> : null}
          <Button onClick={() => window.print()}>{t('credits.print')}</Button>
        </div>
      </header>
      <div className="credits-lead">
        <YearChoice year={year} onChange={(value) => setSearch({ year: value })} />
        <p className="hint">{t('credits.fewHidden')}</p>
      </div>
      {unit.people === 0 ? (
        <div className="panel">
          <EmptyState title={t('credits.noAccounts')} icon={<ChartColumn aria-hidden="true" />}>
            {t('credits.noAccountsHint')}
          </EmptyState>
        </div>
      ) : (
        <>
          <Figures unit={unit} year={year} search={search} />
          <div className="credits-panels">
            <MonthsChart year={year} months={months} />
            <section className="panel credits-panel">
              <h2>{t('credits.mastery', { count: mastery.passed })}</h2>
              <p>{t('credits.masteryBy', { count: mastery.people })}</p>
              <h2>{t('credits.liked')}</h2>
              {liked.length === 0 ? <p className="hint">{t('credits.likedNone')}</p> : null}
              <ol>
                {liked.map((one) => (
                  <li key={`${one.source}${one.title}`}>
                    {one.title} · {t(`words.credits.source.${one.source}`)} ·{' '}
                    {t('credits.people', { count: one.people })}
                  </li>
                ))}
              </ol>
              <Link to={paths.topics.wanted()} search={(search.orgId ? { orgId: search.orgId } : {}) as never}>
                {t('credits.wantedTopics')}
              </Link>
            </section>
          </div>
        </>
      )}
      {below.length > 0 ? <Below rows={below} year={year} /> : null}
    </div>
  )
}

function Figures({ unit, year, search }: { unit: UnitCredits; year: number; search: Search }) {
  const { t } = useTranslation()
  const people = (standing: string) => ({
    year: String(year),
    standing,
    ...(search.orgId ? { orgId: search.orgId, below: 'true' } : {}),
  })
  return (
    <ul className="panel credits-figures">
      <li>
        <strong>{percent(unit.reached, unit.obliged)}</strong>
        <Link to={paths.credits.accounts()} search={people('reached') as never}>
          {t('credits.reachedOf', { reached: unit.reached, obliged: unit.obliged })}
        </Link>
      </li>
      <li>
        <strong>{unit.short}</strong>
        <Link to={paths.credits.accounts()} search={people('short') as never}>
          {t('credits.shortPeople')}
        </Link>
      </li>
      <li>
        <strong>{percent(unit.requiredDone, unit.obliged)}</strong>
        <span>{t('credits.requiredDone')}</span>
      </li>
      <li>
        <strong>{unit.average === null ? '—' : hoursText(unit.average)}</strong>
        <span>{t('credits.average')}</span>
      </li>
      <li>
        <strong>{unit.exempt}</strong>
        <Link to={paths.credits.accounts()} search={people('exempt') as never}>
          {t('credits.exemptPeople')}
        </Link>
      </li>
    </ul>
  )
}

function Below({ rows, year }: { rows: readonly UnitCredits[]; year: number }) {
  const { t } = useTranslation()
  return (
    <section className="panel credits-panel">
      <h2>{t('credits.below')}</h2>
      <table className="credits-table">
        <thead>
          <tr>
            <th scope="col">{t('words.credits.columns.orgName')}</th>
            {(['obliged', 'reached', 'short', 'exempt', 'average'] as const).map((key) => (
              <th key={key} scope="col" className="number">
                {t(`credits.column.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.orgId}>
              <th scope="row">
                <Link
                  to={row.hasBelow ? paths.credits.overview() : paths.credits.accounts()}
                  search={{ year: String(year), orgId: row.orgId } as never}
                >
                  {row.orgName}
                </Link>
              </th>
              <td className="number">{row.obliged}</td>
              <td className="number">
                {row.reached} · {percent(row.reached, row.obliged)}
              </td>
              <td className="number">{row.short}</td>
              <td className="number">{row.exempt}</td>
              <td className="number">{row.average === null ? '—' : hoursText(row.average)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
