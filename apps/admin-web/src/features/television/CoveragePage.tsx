import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps, Search } from '@tongxin/client/screen'
import type { Coverage, CoverageFigures } from '@tongxin/contract/television.sets'
import { Button, DateInput } from '@tongxin/ui'
import { Download, Printer } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { coverageQuery, saveCoverage } from './television.api.ts'
import './television.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(coverageQuery(search))

const percent = (part: number, whole: number): string => (whole === 0 ? '—' : `${Math.round((100 * part) / whole)} %`)
const hoursOf = (minutes: number): string => (minutes / 60).toFixed(1)

/** How far television reaches, from the whole scope down to a branch; each figure leads to what is behind it. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t, i18n } = useTranslation()
  const { data } = useSuspenseQuery(coverageQuery(search))
  const { all, rows } = data
  return (
    <div className="page">
      <title>{`${t('television.coverage')} · ${t('shell.name')}`}</title>
      <header className="page-head">
        <h1>
          {t('television.coverage')} <small className="count">{data.orgName}</small>
        </h1>
        <div className="page-acts no-print">
          <Button icon={<Printer aria-hidden="true" />} onClick={() => window.print()}>
            {t('television.print')}
          </Button>
          <Button icon={<Download aria-hidden="true" />} onClick={() => void saveCoverage(search, i18n.language)}>
            {t('television.xlsx')}
          </Button>
        </div>
      </header>
      <Trail report={data} search={search} />
      <div className="television-window no-print">
        <DateInput label={t('television.from1')} value={data.from} onChange={(from) => setSearch({ from })} />
        <DateInput label={t('television.until1')} value={data.until} onChange={(until) => setSearch({ until })} />
      </div>
      <Figures all={all} />
      <section className="panel television-panel">
        <h2>{t('television.byUnit')}</h2>
        {rows.length === 0 ? (
          <p className="hint">
            {t('television.noBelow')}{' '}
            <Link to={paths.television.airings()} search={{ orgId: data.orgId } as never}>
              {t('television.log')}
            </Link>
          </p>
        ) : (
          <Below report={data} search={search} />
        )}
      </section>
      <p className="hint">{t('television.coverageNote')}</p>
    </div>
  )
}

const inUnit = (search: Search, orgId: string) => ({
  orgId,
  ...(search.from ? { from: search.from } : {}),
  ...(search.until ? { until: search.until } : {}),
})

function Trail({ report, search }: { report: Coverage; search: Search }) {
  const { t } = useTranslation()
  if (report.path.length < 2) return null
  return (
    <nav aria-label={t('television.trail')} className="television-trail no-print">
      {report.path.slice(0, -1).map(({ id, name }) => (
        <span key={id}>
          <Link to={paths.television.coverage()} search={inUnit(search, id) as never}>
            {name}
          </Link>{' '}
          ›{' '}
        </span>
      ))}
      <span>{report.orgName}</span>
    </nav>
  )
}

function Figures({ all }: { all: CoverageFigures }) {
  const { t } = useTranslation()
  const figures = [
    { key: 'reached', value: percent(all.reached, all.branches), note: `${all.reached} / ${all.branches}` },
    { key: 'withSet', value: percent(all.withSet, all.branches), note: `${all.withSet} / ${all.branches}` },
    { key: 'sets', value: all.sets, note: t('television.onlineCount', { count: all.online }) },
    { key: 'airings', value: all.airings, note: t('television.hoursCount', { count: hoursOf(all.minutes) }) },
    { key: 'present', value: all.present, note: t('television.peopleCount', { count: all.people }) },
  ] as const
  return (
    <ul className="panel television-figures">
      {figures.map(({ key, value, note }) => (
        <li key={key}>
          <span>{t(`television.figure.${key}`)}</span>
          <strong>{value}</strong>
          <span className="hint">{note}</span>
        </li>
      ))}
    </ul>
  )
}

function Below({ report, search }: { report: Coverage; search: Search }) {
  const { t } = useTranslation()
  const keys = ['branches', 'withSet', 'reached', 'share', 'sets', 'airings', 'hours', 'present', 'people'] as const
  return (
    <div className="television-scroll">
      <table className="television-table">
        <thead>
          <tr>
            <th scope="col">{t('television.org')}</th>
            {keys.map((key) => (
              <th key={key} scope="col" className="number">
                {t(`television.column.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.rows.map((row) => (
            <tr key={row.orgId}>
              <th scope="row">
                <Link
                  to={row.hasBelow ? paths.television.coverage() : paths.television.airings()}
                  search={(row.hasBelow ? inUnit(search, row.orgId) : { orgId: row.orgId }) as never}
                >
                  {row.orgName}
                </Link>
              </th>
              <td className="number">{row.branches}</td>
              <td className="number">{row.withSet}</td>
              <td className="number">{row.reached}</td>
              <td className="number">{percent(row.reached, row.branches)}</td>
              <td className="number">{row.sets}</td>
              <td className="number">{row.airings}</td>
              <td className="number">{hoursOf(row.minutes)}</td>
              <td className="number">{row.present}</td>
              <td className="number">{row.people}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
