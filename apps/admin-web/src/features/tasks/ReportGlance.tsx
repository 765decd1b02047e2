import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import { useWrite } from '@tongxin/client/use-write'
import {
  decideInfoReport,
  INFO_LEVELS,
  type InfoLevel,
  type InfoRecord,
  withdrawInfoReport,
} from '@tongxin/contract/tasks.reports'
import { Button, ErrorState, Select, Skeleton, TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AskedAct } from '../../shared/AskedAct.tsx'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { reportQuery } from './tasks.api.ts'
import { useDone } from './use-done.ts'
import './tasks.css'

/** One report beside the list: its text and pictures, what came of it, and what the post may do. */
export function ReportGlance({ id }: { id: string }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(reportQuery(id))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton lines={8} />
  return (
    <div className="tasks-part">
      <Facts
        facts={[
          { label: t('tasks.category'), value: t(`words.tasks.infoCategory.${data.category}`) },
          { label: t('tasks.reporter'), value: data.orgName },
          { label: t('tasks.receiver'), value: data.receiverName },
          { label: t('tasks.state'), value: t(`words.tasks.infoState.${data.state}`) },
          ...(data.level ? [{ label: t('tasks.level'), value: t(`words.tasks.infoLevel.${data.level}`) }] : []),
        ]}
      />
      <Acts report={data} />
      <p className="hint">{t('tasks.written', { by: data.writtenBy, on: data.reportedOn })}</p>
      <p className="tasks-text">{data.body}</p>
      {data.files.map(({ id: fileId, name }) => (
        <a key={fileId} href={`/api/v1/files/${fileId}/content`} target="_blank" rel="noreferrer">
          {name}
        </a>
      ))}
      {data.comment ? (
        <p className="tasks-addition">{t('tasks.decidedAs', { by: data.decidedBy ?? '', comment: data.comment })}</p>
      ) : null}
    </div>
  )
}

function Acts({ report }: { report: InfoRecord }) {
  const { t } = useTranslation()
  const can = useCan()
  const [isDeciding, setDeciding] = useState(false)
  const withdraw = useWrite(withdrawInfoReport, useDone())
  if (!report.mayDecide && !report.mayWithdraw) return null
  return (
    <div className="tasks-acts">
      {report.mayDecide ? (
        <Button kind="primary" whyNot={can('tasks.write').whyNot} onClick={() => setDeciding(true)}>
          {t(report.state === 'adopted' ? 'tasks.raise' : 'tasks.decide')}
        </Button>
      ) : null}
      {report.mayWithdraw ? (
        <AskedAct
          verb={t('tasks.takeBack')}
          lead={t('tasks.takeBackLead')}
          reasonLabel={t('tasks.reason')}
          whyNot={can('tasks.do').whyNot}
          save={withdraw}
          input={(reason) => ({ params: { id: report.id }, body: { reason } })}
        />
      ) : null}
      {isDeciding ? <DecideDialog report={report} onClose={() => setDeciding(false)} /> : null}
    </div>
  )
}

const ANSWERS = ['yes', 'no'] as const
function DecideDialog({ report, onClose }: { report: InfoRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const { level: before } = report
  const levels = before === null ? INFO_LEVELS : INFO_LEVELS.slice(INFO_LEVELS.indexOf(before) + 1)
  const [answer, setAnswer] = useState<(typeof ANSWERS)[number] | ''>('yes')
  const [level, setLevel] = useState<InfoLevel | ''>(levels[0] ?? '')
  const [comment, setComment] = useState('')
  const save = useWrite(decideInfoReport, useDone(onClose))
  const isAdopted = answer === 'yes'
  const isReady = comment.trim().length > 1 && (!isAdopted || level !== '')
  const title = t(before === null ? 'tasks.decide' : 'tasks.raise')
  const submit = () =>
    save.mutate({
      params: { id: report.id },
      body: { isAdopted, comment, ...(isAdopted && level !== '' ? { level } : {}) },
    })
  return (
    <FormDialog
      title={title}
      verb={title}
      whyNot={isReady ? undefined : t('tasks.fillFirst')}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={submit}
      onClose={onClose}
    >
      {before === null ? (
        <Select
          label={t('tasks.isAdopted')}
          required
          value={answer}
          onChange={setAnswer}
          options={ANSWERS.map((value) => ({ value, label: t(`tasks.adoptedOf.${value}`) }))}
        />
      ) : null}
      {isAdopted ? (
        <Select
          label={t('tasks.level')}
          required
          value={level}
          onChange={setLevel}
          options={levels.map((value) => ({ value, label: t(`words.tasks.infoLevel.${value}`) }))}
        />
      ) : null}
      <TextArea label={t('tasks.answer')} required maxLength={500} value={comment} onChange={setComment} />
    </FormDialog>
  )
}
