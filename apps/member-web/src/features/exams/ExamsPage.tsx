import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput } from '@tongxin/client/screen'
import type { OwnExam } from '@tongxin/contract/exams.own'
import type { SeatStanding } from '@tongxin/contract/exams.words'
import { Button, EmptyState, Lamp, type LampState, RefusalText } from '@tongxin/ui'
import { ChevronRight, PenLine } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { myExams } from './exams.api.ts'
import { useBegin } from './use-begin.ts'
import { momentText } from './use-time-left.ts'
import './exams.css'

export const loader = ({ queryClient }: LoaderInput) => queryClient.ensureQueryData(myExams)

const LAMPS: Readonly<Record<SeatStanding, LampState>> = {
  waiting: 'info',
  sitting: 'warn',
  handed_in: 'idle',
  passed: 'ok',
  failed: 'late',
  absent: 'late',
}

/** Exams I am on the list of, the open one first; then quizzes to try as often as one likes. */
export function Page() {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(myExams)
  const isNow = (one: OwnExam) =>
    one.state === 'announced' &&
    one.opensAt <= data.now &&
    data.now < one.closesAt &&
    (one.standing === 'waiting' || one.standing === 'sitting')
  const exams = [...data.exams].sort((a, b) => Number(isNow(b)) - Number(isNow(a)))
  return (
    <PageFrame title={t('exams.title')}>
      {exams.length === 0 && data.quizzes.length === 0 ? (
        <EmptyState title={t('exams.none')} icon={<PenLine aria-hidden="true" />}>
          {t('exams.noneHint')}
        </EmptyState>
      ) : null}
      {exams.map((one) => (
        <ExamCard key={one.sessionId} exam={one} isNow={isNow(one)} />
      ))}
      {data.quizzes.length > 0 ? <h2 className="exam-heading">{t('exams.quizzes')}</h2> : null}
      {data.quizzes.map((quiz) => {
        const best = Math.max(-1, ...quiz.sittings.map(({ points }) => points ?? -1))
        const hasPassed = quiz.sittings.some(({ passed }) => passed)
        return (
          <Link key={quiz.paperId} className="card exam-link" to={paths.exams.quiz(quiz.paperId)}>
            <span>
              <strong>{quiz.name}</strong>
              <span className="hint">{t('exams.size', { questions: quiz.questions, points: quiz.most })}</span>
              {best >= 0 || hasPassed ? (
                <Lamp state={hasPassed ? 'ok' : 'info'}>
                  {best >= 0 ? t('exams.best', { n: best, most: quiz.most }) : t('exams.standing.passed')}
                </Lamp>
              ) : null}
            </span>
            <ChevronRight aria-hidden="true" />
          </Link>
        )
      })}
    </PageFrame>
  )
}

function ExamCard({ exam, isNow }: { exam: OwnExam; isNow: boolean }) {
  const { t } = useTranslation()
  const begin = useBegin()
  const { sitting } = exam
  return (
    <section className="card exam-card">
      <h2>{exam.name}</h2>
      <p className="hint">
        {t('exams.window', { from: momentText(exam.opensAt), until: momentText(exam.closesAt) })}
        {exam.minutes === null ? '' : ` · ${t('exams.minutes', { n: exam.minutes })}`}
        {` · ${t('exams.size', { questions: exam.questions, points: exam.most })}`}
      </p>
      {exam.state === 'cancelled' ? (
        <Lamp state="idle">{t('exams.cancelled')}</Lamp>
      ) : (
        <Lamp state={LAMPS[exam.standing]}>
          {t(`exams.standing.${exam.standing}`)}
          {sitting?.points === null || sitting === null
            ? ''
            : ` ${t('exams.best', { n: sitting.points, most: sitting.most })}`}
        </Lamp>
      )}
      <RefusalText error={begin.error} />
      {isNow ? (
        <Button
          wide
          kind="primary"
          isBusy={begin.isPending}
          onClick={() => begin.mutate({ body: { sessionId: exam.sessionId } })}
        >
          {t(exam.standing === 'sitting' ? 'exams.goOn' : 'exams.begin')}
        </Button>
      ) : null}
      {sitting && sitting.state !== 'running' ? (
        <Link to={paths.exams.result(sitting.id)}>{t('exams.seeResult')}</Link>
      ) : null}
    </section>
  )
}
