import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { decideReport, openReport } from '@tongxin/contract/conversations'
import { REPORT_STATES, type ReportRow } from '@tongxin/contract/conversations.words'
import { Button, EmptyState, RefusalText, Select, TextArea, whenText } from '@tongxin/ui'
import { Flag } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { reportsQuery } from './conversations.api.ts'
import { useDone } from './use-done.ts'
import './conversations.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(reportsQuery(search))

const LAMPS = { open: 'warn', upheld: 'ok', dismissed: 'idle' } as const
function useColumns(): Column<ReportRow>[] {
  const { i18n } = useTranslation()
  return [
    { key: 'reason', textKey: 'conversations.reason', render: (row) => row.reason },
    { key: 'unitName', textKey: 'conversations.unit', render: (row) => row.unitName, width: 220 },
    { key: 'reporter', textKey: 'conversations.reporter', render: (row) => row.reporter, width: 120 },
    { key: 'messages', textKey: 'conversations.messages', render: (row) => row.messages, isNumber: true, width: 90 },
    {
      key: 'createdAt',
      textKey: 'conversations.reportedAt',
      render: (row) => whenText(row.createdAt, Date.now(), i18n.language),
      isSortable: true,
      width: 170,
    },
  ]
}

/** Messages that people chose to show to the officer. Opening them leaves an event. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  return (
    <ListPage
      title={t('conversations.reports')}
      columns={useColumns()}
      rowKey={(row) => row.id}
      query={useQuery(reportsQuery(search))}
      search={search}
      setSearch={setSearch}
      filters={[
        {
          key: 'state',
          label: t('conversations.reportStateOf'),
          kind: 'choice',
          options: REPORT_STATES.map((value) => ({ value, label: t(`conversations.reportState.${value}`) })),
        },
      ]}
      lamp={(row) => ({ state: LAMPS[row.state], word: t(`conversations.reportState.${row.state}`) })}
      drawer={(row) => ({ title: t('conversations.report'), body: <Glance key={row.id} report={row} /> })}
      empty={<EmptyState title={t('conversations.noReports')} icon={<Flag aria-hidden="true" />} />}
    />
  )
}

function Glance({ report }: { report: ReportRow }) {
  const { t, i18n } = useTranslation()
  const { whyNot } = useCan()('conversations.review')
  const [isDeciding, setDeciding] = useState(false)
  const open = useWrite(openReport)
  return (
    <div className="talk-glance">
      <Facts
        facts={[
          { label: t('conversations.reason'), value: report.reason },
          { label: t('conversations.reporter'), value: report.reporter },
          { label: t('conversations.kindOf'), value: t(`conversations.kind.${report.conversationKind}`) },
          { label: t('conversations.reportStateOf'), value: t(`conversations.reportState.${report.state}`) },
          ...(report.words ? [{ label: report.decidedBy ?? '', value: report.words }] : []),
        ]}
      />
      {open.data ? (
        <ol className="talk-shown">
          {open.data.shown.map((one) => (
            <li key={`${one.at}${one.text}`}>
              <span className="hint">{`${one.name} · ${whenText(one.at, Date.now(), i18n.language)}`}</span>
              <p className="talk-text">{one.text}</p>
            </li>
          ))}
        </ol>
      ) : (
        <>
          <p className="hint">{t('conversations.openHint')}</p>
          <Button
            isBusy={open.isPending}
            whyNot={whyNot}
            onClick={() => open.mutate({ params: { id: report.id }, body: {} })}
          >
            {t('conversations.openReport', { count: report.messages })}
          </Button>
        </>
      )}
      <RefusalText error={open.error} />
      {report.state === 'open' && open.data ? (
        <Button kind="primary" whyNot={whyNot} onClick={() => setDeciding(true)}>
          {t('conversations.decide')}
        </Button>
      ) : null}
      {isDeciding ? <DecideDialog id={report.id} onClose={() => setDeciding(false)} /> : null}
    </div>
  )
}

const ANSWERS = ['upheld', 'dismissed'] as const
function DecideDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [answer, setAnswer] = useState<(typeof ANSWERS)[number] | ''>('')
  const [words, setWords] = useState('')
  const save = useWrite(decideReport, useDone(onClose))
  const isReady = answer !== '' && words.trim().length > 1
  return (
    <FormDialog
      title={t('conversations.decide')}
      verb={t('conversations.decide')}
      lead={t('conversations.decideLead')}
      whyNot={isReady ? undefined : t('conversations.fillFirst')}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate({ params: { id }, body: { isUpheld: answer === 'upheld', words } })}
      onClose={onClose}
    >
      <Select
        label={t('conversations.answer')}
        required
        value={answer}
        onChange={setAnswer}
        options={ANSWERS.map((value) => ({ value, label: t(`conversations.reportState.${value}`) }))}
      />
      <TextArea label={t('conversations.words')} required maxLength={500} value={words} onChange={setWords} />
    </FormDialog>
  )
}
