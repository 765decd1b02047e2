import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import type { OwnSitting } from '@tongxin/contract/exams.own'
import type { ExamResponse } from '@tongxin/contract/exams.words'
import { Button, EmptyState, Lamp, RefusalText, Sheet } from '@tongxin/ui'
import { Check, ChevronLeft, ChevronRight, CloudOff, LayoutGrid, Timer } from 'lucide-react'
import { useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { Answering } from './Answering.tsx'
import { AnswerBook, type SavedState } from './answer-book.ts'
import { ALL_EXAMS, mySitting } from './exams.api.ts'
import { clockText, useTimeLeft } from './use-time-left.ts'
import './exams.css'

export const loader = ({ params, queryClient }: LoaderInput) => queryClient.ensureQueryData(mySitting(params.id ?? ''))

/** One question a screen, the time by the server's clock, and always visible whether the answer is safe. */
export function Page({ params }: ScreenProps) {
  const id = params.id ?? ''
  const { data: sheet } = useSuspenseQuery(mySitting(id))
  const { t } = useTranslation()
  const router = useRouter()
  if (sheet.state === 'running') return <Running sheet={sheet} />
  return (
    <PageFrame
      title={sheet.name}
      primary={
        <Button wide kind="primary" onClick={() => void router.navigate({ to: paths.exams.result(id), replace: true })}>
          {t('exams.seeResult')}
        </Button>
      }
    >
      <EmptyState title={t('exams.handedIn')} icon={<Check aria-hidden="true" />} />
    </PageFrame>
  )
}

const isAnswered = (response: ExamResponse | undefined): boolean =>
  response !== undefined &&
  ((response.choices?.length ?? 0) > 0 ||
    (response.text ?? '').trim() !== '' ||
    (response.blanks ?? []).some((text) => text.trim() !== ''))

function Running({ sheet }: { sheet: OwnSitting }) {
  const { t } = useTranslation()
  const router = useRouter()
  const queryClient = useQueryClient()
  const [at, setAt] = useState(0)
  const [isListing, setListing] = useState(false)
  const [book] = useState(
    () =>
      new AnswerBook(sheet, () => {
        for (const queryKey of ALL_EXAMS) void queryClient.invalidateQueries({ queryKey })
        void router.navigate({ to: paths.exams.result(sheet.id), replace: true })
      }),
  )
  const sitting = useSyncExternalStore(book.subscribe, book.view)
  const left = useTimeLeft(sheet, book.handIn)
  const question = sheet.questions[at]
  if (!question) return null
  const isLast = at === sheet.questions.length - 1
  return (
    <PageFrame
      title={sheet.name}
      primary={
        <div className="exam-steps">
          <Button wide whyNot={at === 0 ? t('exams.isFirst') : undefined} onClick={() => setAt(at - 1)}>
            <ChevronLeft aria-hidden="true" />
            {t('exams.before')}
          </Button>
          {isLast ? (
            <Button wide kind="primary" onClick={() => setListing(true)}>
              {t('exams.toHandIn')}
            </Button>
          ) : (
            <Button wide kind="primary" onClick={() => setAt(at + 1)}>
              {t('exams.next')}
              <ChevronRight aria-hidden="true" />
            </Button>
          )}
        </div>
      }
    >
      <Bar
        place={t('exams.place', { n: at + 1, all: sheet.questions.length })}
        left={left}
        state={sitting.state}
        onList={() => setListing(true)}
      />
      <RefusalText error={sitting.error} />
      <section className="card exam-question" key={question.place}>
        <p className="hint">
          {t(`exams.kind.${question.kind}`)} · {t('exams.points', { n: question.points })}
        </p>
        <h2>{question.stem}</h2>
        <Answering
          question={question}
          response={sitting.answers[question.place]?.response ?? null}
          onAnswer={(response) => book.answer(question.place, response)}
        />
      </section>
      {isListing ? (
        <Overview
          sheet={sheet}
          book={book}
          at={at}
          onChoose={(index) => {
            setAt(index)
            setListing(false)
          }}
          onClose={() => setListing(false)}
        />
      ) : null}
    </PageFrame>
  )
}

/** Where one is, what time is left, and whether the answers are safe. */
function Bar(props: { place: string; left: number | null; state: SavedState; onList: () => void }) {
  return (
    <div className="exam-bar">
      <button type="button" className="exam-place" onClick={props.onList}>
        <LayoutGrid aria-hidden="true" />
        {props.place}
      </button>
      {props.left === null ? null : (
        <span className={props.left <= 300 ? 'exam-time exam-short' : 'exam-time'} role="timer">
          <Timer aria-hidden="true" />
          {clockText(props.left)}
        </span>
      )}
      <SavedLamp state={props.state} />
    </div>
  )
}

/** All questions at a glance, and the way to hand in. */
function Overview(props: {
  sheet: OwnSitting
  book: AnswerBook
  at: number
  onChoose: (index: number) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const { answers, isHandingIn } = useSyncExternalStore(props.book.subscribe, props.book.view)
  const isDone = (place: number) => isAnswered(answers[place]?.response)
  const open = props.sheet.questions.filter(({ place }) => !isDone(place)).length
  return (
    <Sheet isOpen onClose={props.onClose} title={t('exams.allQuestions')}>
      <div className="exam-grid">
        {props.sheet.questions.map(({ place }, index) => (
          <button
            type="button"
            key={place}
            className={isDone(place) ? 'exam-cell exam-done' : 'exam-cell'}
            aria-label={t(isDone(place) ? 'exams.answered' : 'exams.open', { n: place })}
            aria-current={index === props.at ? 'true' : undefined}
            onClick={() => props.onChoose(index)}
          >
            {place}
          </button>
        ))}
      </div>
      <p className={open > 0 ? 'exam-left' : 'hint'}>
        {open > 0 ? t('exams.openLeft', { count: open }) : t('exams.allAnswered')}
      </p>
      {isHandingIn ? <p role="status">{t('exams.handInKept')}</p> : null}
      <Button wide kind="primary" isBusy={isHandingIn} onClick={props.book.handIn}>
        {t('exams.handIn')}
      </Button>
    </Sheet>
  )
}

function SavedLamp({ state }: { state: SavedState }) {
  const { t } = useTranslation()
  if (state === 'kept')
    return (
      <span className="exam-kept" role="status">
        <CloudOff aria-hidden="true" />
        {t('exams.kept')}
      </span>
    )
  return <Lamp state={state === 'saved' ? 'ok' : 'info'}>{t(`exams.${state}`)}</Lamp>
}
