import { useQuery } from '@tanstack/react-query'
import { download } from '@tongxin/client/download'
import type { ScreenProps } from '@tongxin/client/screen'
import { exportInfoMonth, INFO_LEVELS, type InfoUnit } from '@tongxin/contract/tasks.reports'
import type { TASK_FILES } from '@tongxin/contract/tasks.words'
import { Button, dateOf, EmptyState, ErrorState, RefusalText, Select, Skeleton } from '@tongxin/ui'
import { Newspaper, Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { monthQuery } from './tasks.api.ts'
import './tasks.css'

const MONTHS_BACK = 24
/** This month and those before it, the newest first: `2026-11`. */
function monthsUntil(today: string): string[] {
  const [year = 0, month = 1] = today.split('-').map(Number)
  return Array.from({ length: MONTHS_BACK }, (_, back) => {
    const at = year * 12 + month - 1 - back
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
  })
}

/** What units reported in a month and what was adopted: no ranking. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t, i18n } = useTranslation()
  const months = monthsUntil(dateOf(new Date()))
  const month = search.month ?? months[0] ?? ''
  const orgId = search.orgId ?? ''
  const { data, error, refetch } = useQuery(monthQuery(month, orgId))
  const [refused, setRefused] = useState<unknown>(null)
  const language = i18n.language === 'en' ? ('en' as const) : ('zh-CN' as const)
  const take = (format: (typeof TASK_FILES)[number]) => {
    setRefused(null)
    download(exportInfoMonth, { body: { month, ...(orgId ? { orgId } : {}), format, language } }).catch(setRefused)
  }
  return (
    <div className="page">
      <title>{`${t('tasks.months')} · ${t('shell.name')}`}</title>
      <header className="page-head">
        <h1>{t('tasks.months')}</h1>
        <div className="page-acts no-print">
          <Button onClick={() => take('xlsx')}>{t('tasks.take')}</Button>
          <Button onClick={() => take('pdf')}>
            <Printer aria-hidden="true" />
            {t('tasks.printMonth')}
          </Button>
        </div>
      </header>
      <p className="hint">{t('tasks.monthsLead')}</p>
      <RefusalText error={refused} />
      <div className="panel tasks-box tasks-pair no-print">
        <Select
          label={t('tasks.month')}
          value={month}
          onChange={(value) => setSearch({ month: value })}
          options={months.map((value) => ({ value, label: value }))}
        />
        <OrgPicker label={t('tasks.org')} value={orgId} onChange={(id) => setSearch({ orgId: id })} />
      </div>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton lines={8} /> : null}
      {data && !error ? <Units units={data.units} /> : null}
    </div>
  )
}

function Units({ units }: { units: readonly InfoUnit[] }) {
  const { t } = useTranslation()
  if (units.length === 0)
    return (
      <div className="panel">
        <EmptyState title={t('tasks.noMonth')} icon={<Newspaper aria-hidden="true" />}>
          {t('tasks.noMonthHint')}
        </EmptyState>
      </div>
    )
  return (
    <section className="panel tasks-box tasks-wide">
      <table className="tasks-table">
        <thead>
          <tr>
            <th>{t('tasks.reporter')}</th>
            <th className="is-number">{t('tasks.reportedCount')}</th>
            <th className="is-number">{t('tasks.adoptedCount')}</th>
            {INFO_LEVELS.map((level) => (
              <th key={level} className="is-number">
                {t(`words.tasks.infoLevel.${level}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {units.map((unit) => (
            <tr key={unit.id}>
              <td>{unit.orgName}</td>
              <td className="is-number">{unit.reported}</td>
              <td className="is-number">{unit.adopted}</td>
              {INFO_LEVELS.map((level, at) => (
                <td key={level} className="is-number">
                  {unit.levels[at] ?? 0}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
