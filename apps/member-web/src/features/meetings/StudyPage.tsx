import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { STUDY_WAYS, type StudyRow, submitStudy } from '@tongxin/contract/meetings.study'
import { Button, EmptyState, Lamp, type LampState, RefusalText, Select, say, TextArea } from '@tongxin/ui'
import { BookOpenCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { ownStudy } from './life.api.ts'
import { ALL_MEETINGS } from './meetings.api.ts'
import './meetings.css'

const LAMPS: Readonly<Record<StudyRow['state'], LampState>> = {
  open: 'warn',
  submitted: 'info',
  countersigned: 'ok',
  returned: 'late',
}

export const loader = ({ params, queryClient }: LoaderInput) => queryClient.ensureQueryData(ownStudy(params.id ?? ''))

/** Making up for a meeting I missed: how, and three answers. It is countersigned; I stay absent in the record. */
export function Page({ params }: ScreenProps) {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(ownStudy(params.id ?? ''))
  if (!data.sheet || !data.own)
    return (
      <PageFrame title={t('meetings.study.title')}>
        <EmptyState title={t('meetings.study.nothing')} icon={<BookOpenCheck aria-hidden="true" />}>
          {t('meetings.study.nothingHint')}
        </EmptyState>
      </PageFrame>
    )
  const { sheet, own } = data
  return (
    <PageFrame title={t('meetings.study.title')} lead={<p className="lead">{t('meetings.study.lead')}</p>}>
      <section className="card">
        <p>
          <Lamp state={LAMPS[own.state]}>{t(`meetings.study.state.${own.state}`)}</Lamp>{' '}
          <span className="hint">{t('meetings.study.until', { on: sheet.dueOn })}</span>
        </p>
        {own.note ? <p>{t('meetings.study.note', { note: own.note })}</p> : null}
      </section>
      {own.state === 'open' || own.state === 'returned' ? (
        <Answers id={params.id ?? ''} questions={sheet.questions} own={own} />
      ) : (
        <ol className="card study-answers">
          {sheet.questions.map((question, at) => (
            <li key={question}>
              <strong>{question}</strong>
              <p>{own.answers[at]}</p>
            </li>
          ))}
        </ol>
      )}
    </PageFrame>
  )
}

function Answers({ id, questions, own }: { id: string; questions: readonly string[]; own: StudyRow }) {
  const { t } = useTranslation()
  const [way, setWay] = useState<(typeof STUDY_WAYS)[number] | ''>(own.way ?? '')
  const [answers, setAnswers] = useState<readonly string[]>(questions.map((_, at) => own.answers[at] ?? ''))
  const send = useWrite(submitStudy, { refreshes: ALL_MEETINGS, onDone: () => say(t('meetings.study.sent')) })
  const isIncomplete = way === '' || answers.some((one) => one.trim().length < 2)
  return (
    <section className="card" aria-label={t('meetings.study.title')}>
      <Select
        label={t('meetings.study.how')}
        required
        value={way}
        onChange={setWay}
        options={STUDY_WAYS.map((value) => ({ value, label: t(`meetings.study.way.${value}`) }))}
      />
      {questions.map((question, at) => (
        <TextArea
          key={question}
          label={question}
          required
          rows={3}
          maxLength={2000}
          value={answers[at] ?? ''}
          onChange={(text) => setAnswers(answers.map((one, index) => (index === at ? text : one)))}
        />
      ))}
      <RefusalText error={send.error} />
      <Button
        kind="primary"
        wide
        isBusy={send.isPending}
        whyNot={isIncomplete ? t('meetings.study.fillFirst') : undefined}
        onClick={() => {
          if (way !== '') send.mutate({ params: { id }, body: { way, answers: answers.map((one) => one.trim()) } })
        }}
      >
        {t('meetings.study.send')}
      </Button>
    </section>
  )
}
