import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { Button, Lamp, RefusalText } from '@tongxin/ui'
import { ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { myQuiz } from './exams.api.ts'
import { useBegin } from './use-begin.ts'
import { momentText } from './use-time-left.ts'
import './exams.css'

export const loader = ({ params, queryClient }: LoaderInput) => queryClient.ensureQueryData(myQuiz(params.id ?? ''))

/** A quiz before one begins: what it asks, what passes, and how it went before. */
export function Page({ params }: ScreenProps) {
  const { t } = useTranslation()
  const { data: quiz } = useSuspenseQuery(myQuiz(params.id ?? ''))
  const begin = useBegin()
  const running = quiz.sittings.some(({ state }) => state === 'running')
  return (
    <PageFrame
      title={quiz.name}
      primary={
        <Button
          wide
          kind="primary"
          isBusy={begin.isPending}
          whyNot={quiz.canBegin ? undefined : t('exams.noAttempt')}
          onClick={() => begin.mutate({ body: { paperId: quiz.paperId } })}
        >
          {t(running ? 'exams.goOn' : quiz.sittings.length > 0 ? 'exams.again' : 'exams.begin')}
        </Button>
      }
    >
      <RefusalText error={begin.error} />
      <section className="card exam-facts">
        <dl>
          <dt>{t('exams.howMany')}</dt>
          <dd>{t('exams.size', { questions: quiz.questions, points: quiz.most })}</dd>
          <dt>{t('exams.toPass')}</dt>
          <dd>{t('exams.percent', { n: quiz.passPercent })}</dd>
          <dt>{t('exams.time')}</dt>
          <dd>{quiz.minutes === null ? t('exams.noLimit') : t('exams.minutes', { n: quiz.minutes })}</dd>
          <dt>{t('exams.attempts')}</dt>
          <dd>
            {quiz.attempts === null
              ? t('exams.asOften')
              : t('exams.used', { n: quiz.sittings.length, all: quiz.attempts })}
          </dd>
        </dl>
        <p className="hint">{t('exams.afterHint')}</p>
      </section>
      {quiz.sittings
        .filter(({ state }) => state !== 'running')
        .map((one) => (
          <Link key={one.id} className="card exam-link" to={paths.exams.result(one.id)}>
            <span>
              <strong>{t('exams.attempt', { n: one.attempt })}</strong>
              <span className="hint">{momentText(one.submittedAt ?? one.startedAt)}</span>
              <Lamp state={one.passed === null ? 'idle' : one.passed ? 'ok' : 'late'}>
                {one.passed === null
                  ? t('exams.standing.handed_in')
                  : t(`exams.standing.${one.passed ? 'passed' : 'failed'}`)}
                {one.points === null ? '' : ` ${t('exams.best', { n: one.points, most: one.most })}`}
              </Lamp>
            </span>
            <ChevronRight aria-hidden="true" />
          </Link>
        ))}
    </PageFrame>
  )
}
