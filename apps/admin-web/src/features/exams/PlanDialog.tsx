import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { postOf, useSession } from '@tongxin/client/session'
import { useWrite } from '@tongxin/client/use-write'
import { changeExam, type ExamRecord, makeExam, makeUpExam } from '@tongxin/contract/exams.sessions'
import { Field, Select, say, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { ALL_EXAMS, examPapersQuery } from './exams.api.ts'

/** Minutes in Shanghai, as the field writes them, and back to an instant. */
const localOf = (instant: string): string => new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16)
const instantOf = (local: string): string => new Date(`${local}:00+08:00`).toISOString()

type Props = { exam?: ExamRecord; isMakeUp?: boolean; onClose: () => void }

type Draft = { name: string; paperId: string; from: string; until: string }
const EMPTY: Draft = { name: '', paperId: '', from: '', until: '' }

/** The three writes that plan an exam, as one. */
function usePlan({ exam, isMakeUp = false, onClose }: Props) {
  const { t } = useTranslation()
  const router = useRouter()
  const post = postOf(useSession())
  const onDone = ({ id }: { id: string }) => {
    say(t('exams.done.plan'))
    onClose()
    if (!exam || isMakeUp) void router.navigate({ to: paths.exams.session(id) })
  }
  const make = useWrite(makeExam, { refreshes: ALL_EXAMS, onDone })
  const change = useWrite(changeExam, { refreshes: ALL_EXAMS, onDone })
  const makeUp = useWrite(makeUpExam, { refreshes: ALL_EXAMS, onDone })
  const send = ({ name, paperId, from, until }: Draft) => {
    const plan = { name: name.trim(), opensAt: instantOf(from), closesAt: instantOf(until) }
    if (!exam) make.mutate({ body: { orgId: post?.orgId ?? '', paperId, ...plan } })
    else if (isMakeUp) makeUp.mutate({ params: { id: exam.id }, body: { ...plan, paperId, who: ['absent', 'failed'] } })
    else change.mutate({ params: { id: exam.id }, body: plan, ifMatch: exam.version })
  }
  return {
    send,
    error: make.error ?? change.error ?? makeUp.error,
    isBusy: make.isPending || change.isPending || makeUp.isPending,
  }
}

/** Plans an exam, changes its window, or plans the make-up of one. */
export function PlanDialog(props: Props) {
  const { exam, isMakeUp = false } = props
  const { t } = useTranslation()
  const isNew = exam === undefined || isMakeUp
  const [draft, setDraft] = useState<Draft>(() => {
    if (!exam) return EMPTY
    if (isMakeUp) return { ...EMPTY, name: t('exams.makeUpOf', { name: exam.name }), paperId: exam.paperId }
    return { name: exam.name, paperId: exam.paperId, from: localOf(exam.opensAt), until: localOf(exam.closesAt) }
  })
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change })
  const plan = usePlan(props)
  const errorAt = useFieldErrors(plan.error)
  const isReady = draft.name.trim() !== '' && draft.from !== '' && draft.until !== '' && draft.paperId !== ''
  const title = t(isMakeUp ? 'exams.act.makeUp' : exam ? 'exams.act.changePlan' : 'exams.addExam')
  return (
    <FormDialog
      title={title}
      verb={title}
      lead={isMakeUp ? t('exams.makeUpLead') : undefined}
      labels={{
        '/body/name': t('exams.examName'),
        '/body/paperId': t('exams.paperName'),
        '/body/closesAt': t('exams.closesAt'),
      }}
      whyNot={isReady ? undefined : t('exams.fillFirst')}
      isBusy={plan.isBusy}
      error={plan.error}
      onSubmit={() => plan.send(draft)}
      onClose={props.onClose}
    >
      <TextInput
        label={t('exams.examName')}
        required
        maxLength={120}
        error={errorAt('/body/name')}
        value={draft.name}
        onChange={(name) => set({ name })}
      />
      {isNew ? (
        <PaperChoice value={draft.paperId} error={errorAt('/body/paperId')} onChange={(paperId) => set({ paperId })} />
      ) : null}
      <Moment
        label={t('exams.opensAt')}
        value={draft.from}
        error={errorAt('/body/opensAt')}
        onChange={(from) => set({ from })}
      />
      <Moment
        label={t('exams.closesAt')}
        value={draft.until}
        error={errorAt('/body/closesAt')}
        onChange={(until) => set({ until })}
      />
    </FormDialog>
  )
}

function PaperChoice(props: { value: string; error: string | undefined; onChange: (id: string) => void }) {
  const { t } = useTranslation()
  const { data: papers } = useQuery(examPapersQuery)
  return (
    <Select
      label={t('exams.paperName')}
      required
      help={t('exams.paperHelp')}
      error={props.error}
      value={props.value}
      options={(papers ?? []).map((one) => ({ value: one.id, label: one.name }))}
      onChange={props.onChange}
    />
  )
}

function Moment(props: { label: string; value: string; error: string | undefined; onChange: (value: string) => void }) {
  return (
    <Field label={props.label} required error={props.error}>
      {(wiring) => (
        <input
          {...wiring}
          type="datetime-local"
          className="tx-input"
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
