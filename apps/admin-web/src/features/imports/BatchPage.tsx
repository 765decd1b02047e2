import { Link } from '@tanstack/react-router'
import type { Search } from '@tongxin/client/screen'
import type { ImportBatch } from '@tongxin/contract/imports.batches'
import { Lamp, RefusalText, whenText } from '@tongxin/ui'
import { ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { BatchActs } from './BatchActs.tsx'
import { BatchProgress } from './BatchProgress.tsx'
import { BatchReport } from './BatchReport.tsx'
import { STATE_LAMPS, writtenBy } from './batch-state.ts'

/** A batch that is no longer in its maker's hands: to be confirmed, being written, done, returned or taken back. */
export function BatchPage(props: {
  batch: ImportBatch
  search: Search
  setSearch: (change: Readonly<Record<string, string>>) => void
}) {
  const { t } = useTranslation()
  const { batch } = props
  return (
    <div className="page">
      <title>{`${batch.fileName} · ${t('shell.name')}`}</title>
      <nav className="trail no-print" aria-label={t('shared.trail')}>
        <span>
          <Link to={paths.imports.list()}>{t('imports.title')}</Link>
          <ChevronRight aria-hidden="true" />
        </span>
        <span aria-current="page">{batch.fileName}</span>
      </nav>
      <header className="panel record-head batch-head">
        <div>
          <h1>
            {batch.fileName} <Lamp state={STATE_LAMPS[batch.state]}>{t(`imports.state.${batch.state}`)}</Lamp>
          </h1>
          <BatchFacts batch={batch} />
        </div>
      </header>
      {batch.state === 'failed' && batch.refusal ? <RefusalText error={batch.refusal as { code: string }} /> : null}
      <BatchProgress batch={batch} />
      <BatchReport batch={batch} existing={batch.existing} search={props.search} setSearch={props.setSearch} />
      <BatchActs batch={batch} />
    </div>
  )
}

function BatchFacts({ batch }: { batch: ImportBatch }) {
  const { t, i18n } = useTranslation()
  const when = (at: string) => whenText(at, Date.now(), i18n.language)
  const facts = [
    { label: t('imports.org'), value: batch.orgName },
    { label: t('imports.maker'), value: `${batch.madeBy ?? ''} · ${when(batch.madeAt)}` },
    { label: t('imports.people'), value: writtenBy(batch) },
    ...(batch.checkedBy && batch.checkedAt
      ? [{ label: t('imports.checker'), value: `${batch.checkedBy} · ${when(batch.checkedAt)}` }]
      : []),
    ...(batch.opinion ? [{ label: t('imports.opinion'), value: batch.opinion }] : []),
    ...(batch.rowsHash ? [{ label: t('imports.hash'), value: <code>{batch.rowsHash.slice(0, 16)}</code> }] : []),
  ]
  return <Facts facts={facts} />
}
