import { useMutation } from '@tanstack/react-query'
import type { Search } from '@tongxin/client/screen'
import type { ImportBatch } from '@tongxin/contract/imports.batches'
import { Button, RefusalText } from '@tongxin/ui'
import { Download } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ImportCounts } from '../../shared/pages/ImportWizard.tsx'
import { countsOf } from './batch-state.ts'
import { saveErrors } from './imports.api.ts'
import { RowsWithProblems } from './RowsWithProblems.tsx'
import { UnitsToFound } from './UnitsToFound.tsx'
import { useRowWords } from './use-row-words.ts'

/** What the file comes to: counts, organisations, columns that are not there, and every row with something to say. */
export function BatchReport(props: {
  batch: ImportBatch
  existing: ImportBatch['existing']
  search: Search
  setSearch: (change: Readonly<Record<string, string>>) => void
  children?: ReactNode
}) {
  const { t, i18n } = useTranslation()
  const { fieldLabel } = useRowWords()
  const { batch, existing, search, setSearch } = props
  const toCorrect = batch.totals.warn + batch.totals.reject
  const errors = useMutation({ mutationFn: () => saveErrors(batch.id, i18n.language) })
  return (
    <>
      <ImportCounts
        counts={countsOf(batch, existing).map((card) => ({ ...card, label: t(`imports.outcome.${card.key}`) }))}
        chosen={search.outcome ?? ''}
        onChoose={(outcome) => setSearch({ outcome, after: '' })}
      />
      {props.children}
      <UnitsToFound units={batch.units} state={batch.state} />
      {batch.absentColumns.length > 0 ? (
        <details className="panel import-notes">
          <summary>{t('imports.absent', { count: batch.absentColumns.length })}</summary>
          <p>{t('imports.list', { names: batch.absentColumns.map(fieldLabel) })}</p>
        </details>
      ) : null}
      <section className="rows-section" aria-label={t('imports.rows')}>
        <header className="page-head">
          <h2>{t('imports.rows')}</h2>
          {toCorrect > 0 ? (
            <Button
              icon={<Download size="1.1em" aria-hidden="true" />}
              isBusy={errors.isPending}
              onClick={() => errors.mutate()}
            >
              {t('imports.errorBook', { count: toCorrect })}
            </Button>
          ) : null}
        </header>
        <RefusalText error={errors.error} />
        <RowsWithProblems id={batch.id} search={search} setSearch={setSearch} />
      </section>
    </>
  )
}
