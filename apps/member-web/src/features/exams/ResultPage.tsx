import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { appealMark, type SittingResult } from '@tongxin/contract/exams.own'
import { Button, EmptyState, Lamp, RefusalText, Sheet, say, TextArea } from '@tongxin/ui'
import { Hourglass } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { ALL_EXAMS, myResult } from './exams.api.ts'
import './exams.css'

export const loader = ({ params, queryClient }: LoaderInput) => queryClient.ensureQueryData(myResult(params.id ?? ''))

type Question = SittingResult['questions'][number]
const LETTERS = 'ABCDEFGHIJ'

/** What came out: the points, and question by question what was right and why. */
export function Page({ params }: ScreenProps) {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(myResult(params.id ?? ''))
  const [appealed, setAppealed] = useState<number | null>(null)
  return (
    <PageFrame title={t('exams.resultOf', { name: data.name })}>
      {data.points === null ? (
        <EmptyState
          title={t(data.passed === null ? 'exams.handedIn' : `exams.standing.${data.passed ? 'passed' : 'failed'}`)}
          icon={<Hourglass aria-hidden="true" />}
        >
          {t(`exams.waits.${data.waitsFor ?? 'marking'}`)}
        </EmptyState>
      ) : (
        <section className="card exam-score">
          <strong>{data.points}</strong>
          <span className="hint">{t('exams.ofPoints', { most: data.most })}</span>
          <Lamp state={data.passed ? 'ok' : 'late'}>{t(`exams.standing.${data.passed ? 'passed' : 'failed'}`)}</Lamp>
        </section>
      )}
      {data.points !== null && !data.isExplained ? <p className="hint">{t('exams.notExplained')}</p> : null}
      {data.questions.map((one) => (
        <QuestionCard
          key={one.place}
          question={one}
          onAppeal={
            data.canAppealUntil === null || one.appeal || one.points === one.most ? null : () => setAppealed(one.place)
          }
        />
      ))}
      {appealed === null ? null : <AppealSheet id={data.id} place={appealed} onClose={() => setAppealed(null)} />}
    </PageFrame>
  )
}

function QuestionCard({ question, onAppeal }: { question: Question; onAppeal: (() => void) | null }) {
  const { t } = useTranslation()
  const { place, kind, stem, points, most, key, explanation, appeal } = question
  return (
    <section className="card exam-answer">
      <p className="hint">
        {place}. {t(`exams.kind.${kind}`)}
      </p>
      <h2>{stem}</h2>
      {kind === 'single' || kind === 'multiple' ? <Options question={question} /> : <Given question={question} />}
      {points === null ? null : (
        <Lamp state={points === most ? 'ok' : points === 0 ? 'late' : 'warn'}>
          {t('exams.best', { n: points, most })}
        </Lamp>
      )}
      {key?.reference ? <p className="exam-why">{t('exams.reference', { text: key.reference })}</p> : null}
      {explanation ? <p className="exam-why">{t('exams.why', { text: explanation })}</p> : null}
      {appeal ? (
        <p className="hint">
          {t('exams.appealed', { text: appeal.text })}
          {appeal.answer === null
            ? ` ${t('exams.appealWaits')}`
            : ` ${t('exams.appealAnswer', { text: appeal.answer, n: appeal.newPoints })}`}
        </p>
      ) : null}
      {onAppeal ? (
        <Button kind="quiet" onClick={onAppeal}>
          {t('exams.appeal')}
        </Button>
      ) : null}
    </section>
  )
}

function Options({ question: { options, response, key } }: { question: Question }) {
  const { t } = useTranslation()
  const chosen = response?.choices ?? []
  return (
    <ul className="exam-review">
      {options.map((text, at) => (
        <li key={text} className={key?.choices.includes(at) ? 'exam-right' : undefined}>
          <b aria-hidden="true">{LETTERS[at]}</b>
          <span>{text}</span>
          {chosen.includes(at) ? <span className="hint">{t('exams.yours')}</span> : null}
          {key?.choices.includes(at) ? <span className="exam-mark">{t('exams.isRight')}</span> : null}
        </li>
      ))}
    </ul>
  )
}

function Given({ question: { kind, response, key } }: { question: Question }) {
  const { t } = useTranslation()
  const truth = (choices: readonly number[] | undefined) =>
    choices?.[0] === undefined ? '' : t(choices[0] === 0 ? 'exams.right' : 'exams.wrong')
  const given = kind === 'truth' ? truth(response?.choices) : (response?.text ?? response?.blanks?.join('；') ?? '')
  const right =
    kind === 'truth' ? truth(key?.choices) : (key?.blanks.map((texts) => texts.join(' / ')).join('；') ?? '')
  return (
    <>
      <p className="exam-given">{t('exams.given', { text: given || t('exams.nothing') })}</p>
      {key && kind !== 'short' ? <p className="exam-mark">{t('exams.rightIs', { text: right })}</p> : null}
    </>
  )
}

function AppealSheet({ id, place, onClose }: { id: string; place: number; onClose: () => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const send = useWrite(appealMark, {
    refreshes: ALL_EXAMS,
    onDone: () => {
      say(t('exams.appealSent'))
      onClose()
    },
  })
  return (
    <Sheet isOpen onClose={onClose} title={t('exams.appealOf', { n: place })}>
      <RefusalText error={send.error} />
      <TextArea label={t('exams.appealWhy')} required rows={5} maxLength={1000} value={text} onChange={setText} />
      <Button
        wide
        kind="primary"
        isBusy={send.isPending}
        whyNot={text.trim().length < 2 ? t('exams.writeFirst') : undefined}
        onClick={() => send.mutate({ params: { id }, body: { place, text: text.trim() } })}
      >
        {t('exams.appeal')}
      </Button>
    </Sheet>
  )
}
