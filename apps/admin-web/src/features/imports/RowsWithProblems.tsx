import { useQuery } from '@tanstack/react-query'
import type { Search } from '@tongxin/client/screen'
import type { ImportRow } from '@tongxin/contract/imports.batches'
import { Button, ErrorState, Lamp, type LampState, Skeleton } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { importRowsQuery } from './imports.api.ts'
import { useRowWords } from './use-row-words.ts'

const LAMPS: Readonly<Record<ImportRow['outcome'], LampState>> = {
  accept: 'ok',
  warn: 'warn',
  reject: 'late',
  update: 'info',
  skip: 'idle',
}

/** Rows with something to say, fifty at a time, with the reason and what to do about it. */
export function RowsWithProblems(props: {
  id: string
  search: Search
  setSearch: (change: Readonly<Record<string, string>>) => void
}) {
  const { t } = useTranslation()
  const { search, setSearch } = props
  const after = search.after ?? ''
  const rows = useQuery(importRowsQuery(props.id, search.outcome ?? '', after))
  if (rows.isPending) return <Skeleton lines={8} />
  if (rows.isError) return <ErrorState error={rows.error} onRetry={() => void rows.refetch()} />
  const { next } = rows.data
  if (rows.data.rows.length === 0) return <p className="panel import-notes">{t('imports.noProblems')}</p>
  return (
    <>
      <div className="panel review" data-stale={rows.isPlaceholderData || undefined}>
        <table className="tx-diff problem-rows">
          <caption className="tx-hidden">{t('imports.rows')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('imports.row')}</th>
              <th scope="col">{t('imports.result')}</th>
              <th scope="col">{t('imports.person')}</th>
              <th scope="col">{t('imports.field.branch')}</th>
              <th scope="col">{t('imports.problems')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.data.rows.map((row) => (
              <OneRow key={row.row} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      <nav className="pager no-print" aria-label={t('shared.pages')}>
        {after === '' ? null : <Button onClick={() => setSearch({ after: '' })}>{t('imports.firstRows')}</Button>}
        {next === null ? null : (
          <Button onClick={() => setSearch({ after: String(next) })}>{t('shared.nextPage')}</Button>
        )}
      </nav>
    </>
  )
}

function OneRow({ row }: { row: ImportRow }) {
  const { t } = useTranslation()
  const { sayings } = useRowWords()
  return (
    <tr>
      <th scope="row">{row.row}</th>
      <td>
        <Lamp state={LAMPS[row.outcome]}>{t(`imports.outcomeShort.${row.outcome}`)}</Lamp>
      </td>
      <td>{row.name || t('ui.nothing')}</td>
      <td>{row.branch || t('ui.nothing')}</td>
      <td>
        <ul className="sayings">
          {sayings(row).map(({ key, reason, remedy, facts }) => (
            <li key={key}>
              {reason} <span className="hint">{[facts, remedy].filter(Boolean).join(' ')}</span>
            </li>
          ))}
        </ul>
      </td>
    </tr>
  )
}
