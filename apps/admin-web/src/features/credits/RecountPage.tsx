import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { applyRecount, type previewRecount } from '@tongxin/contract/credits'
import type { Reply } from '@tongxin/contract/endpoint'
import { hoursText } from '@tongxin/domain/learning/hours'
import { Button, ConfirmDialog, EmptyState, ErrorState, Skeleton } from '@tongxin/ui'
import { Calculator } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { recountQuery, yearIn } from './credits.api.ts'
import { useDone, YearChoice } from './parts.tsx'
import './credits.css'

export const loader = ({ search, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(recountQuery(yearIn(search)))

/** After a change of the rules: what would count otherwise, looked at before anything is written. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const year = yearIn(search)
  const query = useQuery(recountQuery(year))
  return (
    <div className="page">
      <title>{`${t('credits.recount')} · ${t('shell.name')}`}</title>
      <header className="page-head">
        <h1>{t('credits.recount')}</h1>
        <div className="page-acts no-print">
          <Link className="tx-button" to={paths.credits.accounts()}>
            {t('credits.accounts')}
          </Link>
        </div>
      </header>
      <div className="credits-lead">
        <YearChoice year={year} onChange={(value) => setSearch({ year: value })} />
        <p className="hint">{t('credits.recountLead')}</p>
      </div>
      {query.isPending ? <Skeleton lines={8} /> : null}
      {query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data ? <Preview year={year} data={query.data} /> : null}
    </div>
  )
}

function Preview({ year, data }: { year: number; data: Reply<typeof previewRecount> }) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const save = useWrite(
    applyRecount,
    useDone(() => setAsking(false), 'credits.recounted'),
  )
  if (data.entries === 0)
    return (
      <div className="panel">
        <EmptyState title={t('credits.nothingToRecount')} icon={<Calculator aria-hidden="true" />}>
          {t('credits.nothingToRecountHint')}
        </EmptyState>
      </div>
    )
  const facts = { people: data.people, entries: data.entries, hours: hoursText(data.hundredths) }
  return (
    <section className="panel credits-panel">
      <h2>{t('credits.recountSum', facts)}</h2>
      <table className="credits-table">
        <thead>
          <tr>
            {(['name', 'orgName'] as const).map((key) => (
              <th key={key} scope="col">
                {t(`words.credits.columns.${key}`)}
              </th>
            ))}
            <th scope="col">{t('credits.what')}</th>
            <th scope="col" className="number">
              {t('credits.before')}
            </th>
            <th scope="col" className="number">
              {t('credits.after')}
            </th>
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <tr key={row.entryId}>
              <td>{row.name}</td>
              <td>{row.orgName}</td>
              <td>
                {row.on} {row.title}
              </td>
              <td className="number">{hoursText(row.before)}</td>
              <td className="number">{hoursText(row.after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {data.rows.length < data.entries ? <p className="hint">{t('credits.cut')}</p> : null}
      <div>
        <Button kind="primary" onClick={() => setAsking(true)}>
          {t('credits.applyRecount')}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('credits.applyRecount')}
        verb={t('credits.applyRecount')}
        reasonLabel={t('credits.reason')}
        isBusy={save.isPending}
        error={save.error}
        onClose={() => setAsking(false)}
        onConfirm={(reason) => save.mutate({ body: { year, hash: data.hash, reason } })}
      >
        {t('credits.recountQuestion', facts)}
      </ConfirmDialog>
    </section>
  )
}
