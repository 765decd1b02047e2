import { useSuspenseQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import {
  approveQuestion,
  type QuestionRecord,
  retireQuestion,
  returnQuestion,
  submitQuestion,
} from '@tongxin/contract/exams'
import { Button, RefusalText } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { RecordPage } from '../../shared/pages/RecordPage.tsx'
import { questionQuery } from './exams.api.ts'
import { QuestionView } from './QuestionView.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'
import { QuestionLamp, useDone } from './words.tsx'
import './exams.css'

export const loader = ({ params, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(questionQuery(params.id ?? ''))

/** One question: what it asks and what is right, its versions, and what may be done with it. */
export function Page({ params, search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(questionQuery(params.id ?? ''))
  return (
    <RecordPage
      trail={[{ label: t('exams.bank'), path: paths.exams.questions() }]}
      name={data.stem.slice(0, 40)}
      seal={t('exams.sealQuestion')}
      state={<QuestionLamp state={data.state} />}
      facts={[
        { label: t('exams.kind'), value: t(`words.exams.kind.${data.kind}`) },
        { label: t('exams.difficulty'), value: t(`words.exams.difficulty.${data.difficulty}`) },
        { label: t('exams.topic'), value: data.topic },
      ]}
      acts={<Acts question={data} />}
      search={search}
      setSearch={setSearch}
      tabs={[
        { key: 'question', label: t('exams.tab.question'), body: <Whole question={data} /> },
        { key: 'versions', label: t('exams.tab.versions'), body: <Versions question={data} /> },
      ]}
    />
  )
}

function Whole({ question }: { question: QuestionRecord }) {
  const { t } = useTranslation()
  const told =
    question.state === 'returned'
      ? question.returnedReason
      : question.state === 'retired'
        ? question.retiredReason
        : null
  return (
    <>
      {told ? <p className="exam-note">{t(`exams.told.${question.state}`, { text: told })}</p> : null}
      <QuestionView id={question.id} />
    </>
  )
}

function Versions({ question }: { question: QuestionRecord }) {
  const { t } = useTranslation()
  return (
    <ul className="exam-lines">
      {question.versions.map(({ no, madeAt, madeBy }) => (
        <li key={no}>
          {t('exams.versionLine', { no, on: madeAt.slice(0, 10), by: madeBy ?? '' })}
          {no === question.liveNo ? ` · ${t('exams.inUse')}` : ''}
        </li>
      ))}
    </ul>
  )
}

function Acts({ question }: { question: QuestionRecord }) {
  const { t } = useTranslation()
  const router = useRouter()
  const [asked, setAsked] = useState<'return' | 'retire' | null>(null)
  const close = () => setAsked(null)
  const submit = useWrite(submitQuestion, useDone(close, 'exams.done.submit'))
  const approve = useWrite(approveQuestion, useDone(close, 'exams.done.approve'))
  const back = useWrite(returnQuestion, useDone(close, 'exams.done.return'))
  const retire = useWrite(retireQuestion, useDone(close, 'exams.done.retire'))
  const { can, id } = question
  const input = { params: { id }, body: {} }
  const reasoned = asked === 'return' ? back : retire
  return (
    <>
      <RefusalText error={submit.error ?? approve.error} />
      {can.retire ? <Button onClick={() => setAsked('retire')}>{t('exams.act.retire')}</Button> : null}
      {can.change ? (
        <Button onClick={() => void router.navigate({ to: paths.exams.changeQuestion(id) })}>
          {t('exams.act.change')}
        </Button>
      ) : null}
      {can.submit ? (
        <Button kind="primary" isBusy={submit.isPending} onClick={() => submit.mutate(input)}>
          {t('exams.act.submit')}
        </Button>
      ) : null}
      {can.review ? (
        <>
          <Button onClick={() => setAsked('return')}>{t('exams.act.return')}</Button>
          <Button kind="primary" isBusy={approve.isPending} onClick={() => approve.mutate(input)}>
            {t('exams.act.approve')}
          </Button>
        </>
      ) : null}
      {asked ? (
        <ReasonDialog
          title={t(`exams.act.${asked}`)}
          isDanger={asked === 'retire'}
          isBusy={reasoned.isPending}
          error={reasoned.error}
          onClose={close}
          onSubmit={(reason) => reasoned.mutate({ params: { id }, body: { reason } })}
        />
      ) : null}
    </>
  )
}
