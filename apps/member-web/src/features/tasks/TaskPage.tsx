import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { signMyTask } from '@tongxin/contract/tasks.own'
import type { TaskPartRecord, TaskStep, TaskText } from '@tongxin/contract/tasks.words'
import { Button, RefusalText, say, Timeline } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { ActForm } from './ActForm.tsx'
import { PartLamp } from './PartLamp.tsx'
import { ALL_TASKS, partQuery } from './tasks.api.ts'
import './tasks.css'

export const loader = ({ params, queryClient }: LoaderInput) => queryClient.ensureQueryData(partQuery(params.id ?? ''))

/** One task of mine: what is asked, the next act, and what happened. */
export function Page({ params }: ScreenProps) {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(partQuery(params.id ?? ''))
  const { part, text, steps } = data
  return (
    <PageFrame
      title={part.title}
      lead={<PartLamp part={part} />}
      primary={part.state === 'unsigned' ? <Sign id={part.id} /> : undefined}
    >
      <Asked text={text} due={t('tasks.due', { on: part.dueOn })} />
      <Next record={data} />
      <section className="card tasks-card">
        <h2>{t('tasks.timeline')}</h2>
        {steps.length === 0 ? <p className="hint">{t('tasks.nothingYet')}</p> : <Steps steps={steps} />}
      </section>
    </PageFrame>
  )
}

function Sign({ id }: { id: string }) {
  const { t } = useTranslation()
  const save = useWrite(signMyTask, { refreshes: ALL_TASKS, onDone: () => say(t('tasks.signed')) })
  return (
    <>
      <RefusalText error={save.error} />
      <Button wide kind="primary" isBusy={save.isPending} onClick={() => save.mutate({ params: { id }, body: {} })}>
        {t('tasks.sign')}
      </Button>
    </>
  )
}

function Next({ record: { part, text } }: { record: TaskPartRecord }) {
  const { t } = useTranslation()
  if (part.state === 'handed_in') return <p className="hint">{t('tasks.waiting')}</p>
  if (part.state !== 'doing' && part.state !== 'returned') return null
  return <ActForm key={`${part.id}${part.round}`} part={part} evidence={text.evidence} />
}

/** What is asked, as it was written above, with what units on the way down added. */
function Asked({ text, due }: { text: TaskText; due: string }) {
  const { t } = useTranslation()
  const basis = text.documentNumber === null ? text.basis : `${text.basis}（${text.documentNumber}）`
  const evidence = text.evidence.map((kind) => t(`words.tasks.evidence.${kind}`)).join('、')
  const facts = [
    [t('tasks.basis'), basis],
    [t('tasks.standard'), text.standard],
    [t('tasks.evidence'), evidence === '' ? t('tasks.noEvidence') : evidence],
  ]
  return (
    <section className="card tasks-card">
      <p className="tasks-text">{text.body}</p>
      <dl className="tasks-facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {text.additions.map((one) => (
        <blockquote key={one.orgName} className="tasks-addition">
          <strong>{t('tasks.addedBy', { org: one.orgName })}</strong>
          <p className="tasks-text">{one.words}</p>
        </blockquote>
      ))}
      <p className="hint">{[due, t('tasks.issuedBy', { org: text.orgName, by: text.madeBy })].join(' · ')}</p>
    </section>
  )
}

function Steps({ steps }: { steps: readonly TaskStep[] }) {
  const { t } = useTranslation()
  const entries = steps.map((step) => ({
    id: step.id,
    at: step.at,
    who: step.by,
    what: [t(`words.tasks.step.${step.kind}`), ...(step.dueOn ? [t('tasks.until', { on: step.dueOn })] : [])].join(
      ' · ',
    ),
    cite: (
      <span className="tasks-files">
        {step.words ? <span className="tasks-text">{step.words}</span> : null}
        {step.files.map(({ id, name }) => (
          <a key={id} href={`/api/v1/files/${id}/content`} target="_blank" rel="noreferrer">
            {name}
          </a>
        ))}
      </span>
    ),
  }))
  return <Timeline entries={entries} />
}
