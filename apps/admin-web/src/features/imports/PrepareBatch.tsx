import type { Search } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { type ImportBatch, submitImport, withdrawImport } from '@tongxin/contract/imports.batches'
import { Button, Lamp, RefusalText, say } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ImportWizard } from '../../shared/pages/ImportWizard.tsx'
import { BatchReport } from './BatchReport.tsx'
import { writtenBy } from './batch-state.ts'
import { ColumnsStep } from './ColumnsStep.tsx'
import { ExistingChoice } from './ExistingChoice.tsx'
import { ALL_IMPORTS } from './imports.api.ts'

type Props = {
  batch: ImportBatch
  search: Search
  setSearch: (change: Readonly<Record<string, string>>) => void
}

/** The maker's steps after the upload: the meaning of the columns, the report of the dry run, handing over. */
export function PrepareBatch({ batch, search, setSearch }: Props) {
  const { t } = useTranslation()
  const isMapping = search.step === 'mapping'
  return (
    <ImportWizard title={batch.fileName} step={isMapping ? 'mapping' : 'report'}>
      {batch.state === 'returned' ? (
        <section className="panel import-notes" role="note">
          <Lamp state="late">{t('imports.returnedBy', { who: batch.checkedBy ?? '' })}</Lamp>
          <p>{batch.opinion}</p>
          <p className="hint">{t('imports.returnedHint')}</p>
        </section>
      ) : null}
      {isMapping ? (
        <ColumnsStep batch={batch} onDone={() => setSearch({ step: '' })} />
      ) : (
        <ReportStep batch={batch} search={search} setSearch={setSearch} />
      )}
    </ImportWizard>
  )
}

function ReportStep({ batch, search, setSearch }: Props) {
  const { t } = useTranslation()
  const [existing, setExisting] = useState(batch.existing)
  const submit = useWrite(submitImport, { refreshes: ALL_IMPORTS, onDone: () => say(t('imports.handedOver')) })
  const withdraw = useWrite(withdrawImport, { refreshes: ALL_IMPORTS, onDone: () => say(t('imports.withdrawnSaid')) })
  const count = writtenBy(batch, existing)
  const params = { id: batch.id }
  return (
    <>
      <BatchReport batch={batch} existing={existing} search={search} setSearch={setSearch}>
        <ExistingChoice batch={batch} value={existing} onChange={setExisting} />
      </BatchReport>
      <RefusalText error={submit.error ?? withdraw.error} />
      <footer className="review-acts no-print">
        <Button isBusy={withdraw.isPending} onClick={() => withdraw.mutate({ params, body: {} })}>
          {t('imports.withdraw')}
        </Button>
        <Button onClick={() => setSearch({ step: 'mapping' })}>{t('imports.backToColumns')}</Button>
        <Button
          kind="primary"
          isBusy={submit.isPending}
          whyNot={count === 0 ? t('imports.nobody') : undefined}
          onClick={() => submit.mutate({ params, body: { existing } })}
        >
          {t('imports.submit', { count })}
        </Button>
      </footer>
    </>
  )
}
