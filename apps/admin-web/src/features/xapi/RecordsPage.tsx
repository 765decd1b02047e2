import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import { download } from '@tongxin/client/download'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { inShanghai } from '@tongxin/contract/audit.sentence'
import { exportXapiStatements, type XapiStatementRow } from '@tongxin/contract/xapi'
import { FACT_VERBS } from '@tongxin/domain/learning/fact'
import { Button, EmptyState, ErrorState, Lamp, Skeleton, say, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column, Filter } from '../../shared/list/types.ts'
import { MemberPicker } from '../../shared/MemberPicker.tsx'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { filterOf, isKnownVerb, statementQuery, statementsQuery, verbWord } from './xapi.api.ts'
import './xapi.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(statementsQuery(search))

const columns: Column<XapiStatementRow>[] = [
  { key: 'stored', textKey: 'xapi.stored', render: (row) => inShanghai(row.stored), width: 160 },
  { key: 'actor', textKey: 'xapi.actor', render: (row) => row.actor, width: 160 },
  { key: 'verb', textKey: 'xapi.verb', render: (row) => <Verb row={row} />, width: 100 },
  { key: 'object', textKey: 'xapi.object', render: (row) => <What row={row} /> },
  { key: 'source', textKey: 'xapi.source', render: (row) => <Source row={row} />, width: 160 },
]

/** Learning records as they stand in the store: who did what with what, told by whom. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const can = useCan()
  const [isExporting, setExporting] = useState(false)
  return (
    <>
      <ListPage
        title={t('xapi.records')}
        columns={columns}
        rowKey={(row) => row.id}
        query={useQuery(statementsQuery(search))}
        search={search}
        setSearch={setSearch}
        filters={useFilters()}
        lead={<Lead search={search} setSearch={setSearch} />}
        empty={<EmptyState title={t('xapi.noRecords')}>{t('xapi.noRecordsLead')}</EmptyState>}
        primary={
          <Button {...can('learning.read')} onClick={() => setExporting(true)}>
            {t('xapi.export')}
          </Button>
        }
        drawer={(row) => ({ title: row.object, body: <Whole row={row} setSearch={setSearch} /> })}
      />
      {isExporting ? <ExportDialog search={search} onClose={() => setExporting(false)} /> : null}
    </>
  )
}

function useFilters(): readonly Filter[] {
  const { t } = useTranslation()
  return [
    {
      key: 'verb',
      label: t('xapi.verb'),
      kind: 'choice',
      options: FACT_VERBS.map((value) => ({ value, label: t(`xapi.verbs.${value}`) })),
    },
    {
      key: 'source',
      label: t('xapi.source'),
      kind: 'choice',
      options: ['own', 'outside'].map((value) => ({ value, label: t(`xapi.sources.${value}`) })),
    },
    { key: 'at', label: t('xapi.stored'), kind: 'dates' },
    { key: 'activity', label: t('xapi.activity'), kind: 'text', isMore: true },
    { key: 'registration', label: t('xapi.registration'), kind: 'text', isMore: true },
  ]
}

function Lead({ search, setSearch }: Pick<ScreenProps, 'search' | 'setSearch'>) {
  const { t } = useTranslation()
  return (
    <div className="xapi-lead">
      <MemberPicker
        label={t('xapi.person')}
        value={search.memberId ?? ''}
        onChange={(memberId) => setSearch({ memberId, cursor: '' })}
      />
      <p className="hint">{t('xapi.recordsLead')}</p>
    </div>
  )
}

function Verb({ row }: { row: XapiStatementRow }) {
  const { t } = useTranslation()
  return isKnownVerb(row.verb) ? t(`xapi.verbs.${verbWord(row.verb)}`) : (row.verbName ?? verbWord(row.verb))
}

function What({ row }: { row: XapiStatementRow }) {
  const { t } = useTranslation()
  if (!row.voided) return row.object
  return (
    <>
      {row.object} <Lamp state="late">{t('xapi.voided')}</Lamp>
    </>
  )
}

function Source({ row }: { row: XapiStatementRow }) {
  const { t } = useTranslation()
  return row.source === null ? t('xapi.sources.own') : row.source || t('xapi.launched')
}

function Whole({ row, setSearch }: { row: XapiStatementRow; setSearch: ScreenProps['setSearch'] }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(statementQuery(row.id))
  const only = (change: Readonly<Record<string, string>>) => setSearch({ open: '', cursor: '', ...change })
  return (
    <>
      <Facts
        facts={[
          { label: t('xapi.actor'), value: row.actor },
          { label: t('xapi.verb'), value: <Verb row={row} /> },
          { label: t('xapi.happened'), value: inShanghai(row.timestamp) },
          { label: t('xapi.stored'), value: inShanghai(row.stored) },
          { label: t('xapi.source'), value: <Source row={row} /> },
          ...(row.voided ? [{ label: t('xapi.state'), value: t('xapi.voided') }] : []),
        ]}
      />
      <div className="page-acts">
        {row.memberId ? (
          <Button onClick={() => only({ memberId: row.memberId ?? '' })}>{t('xapi.onlyPerson')}</Button>
        ) : null}
        {row.activity ? (
          <Button onClick={() => only({ activity: row.activity ?? '' })}>{t('xapi.onlyActivity')}</Button>
        ) : null}
      </div>
      <h3>{t('xapi.whole')}</h3>
      {data ? (
        <pre className="xapi-statement">{data.statement}</pre>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton lines={8} />
      )}
    </>
  )
}

function ExportDialog({ search, onClose }: { search: ScreenProps['search']; onClose: () => void }) {
  const { t } = useTranslation()
  const [purpose, setPurpose] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const fetchFile = async () => {
    setBusy(true)
    setError(null)
    try {
      await download(exportXapiStatements, { body: { ...filterOf(search), purpose: purpose.trim() } })
      say(t('xapi.exported'))
      onClose()
    } catch (refused) {
      setError(refused)
      setBusy(false)
    }
  }
  return (
    <FormDialog
      title={t('xapi.exportTitle')}
      verb={t('xapi.export')}
      lead={t('xapi.exportLead')}
      isBusy={isBusy}
      error={error}
      whyNot={purpose.trim().length >= 2 ? undefined : t('xapi.purposeFirst')}
      onSubmit={() => void fetchFile()}
      onClose={onClose}
    >
      <TextInput label={t('xapi.purpose')} required maxLength={200} value={purpose} onChange={setPurpose} />
    </FormDialog>
  )
}
