import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { taskQuery } from './study.api.ts'
import { WorkForm } from './WorkForm.tsx'
import { Rounds, WorkLamp } from './words.tsx'
import './study.css'

export const loader = ({ params, queryClient }: LoaderInput) => queryClient.ensureQueryData(taskQuery(params.id ?? ''))

/** One assignment: what is asked, what I wrote, what came back. */
export function Page({ params }: ScreenProps) {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(taskQuery(params.id ?? ''))
  const { task, work, draft, mayHandIn } = data
  const facts = [
    t(`words.study.kind.${task.kind}`),
    t('study.due', { on: task.dueOn }),
    t('study.limits', { least: task.minWords, most: task.maxWords }),
    ...(task.needsFile ? [t('study.needsFile')] : []),
    t('study.setBy', { by: task.madeBy, org: task.orgName }),
  ]
  return (
    <PageFrame title={task.title} lead={work ? <WorkLamp work={work} /> : undefined}>
      <section className="card study-card">
        <p className="study-text">{task.brief}</p>
        <p className="hint">{facts.join(' · ')}</p>
        {task.courseId ? (
          <Link to={paths.learning.course(task.courseId)}>
            {t('study.toCourseOf', { title: task.courseTitle ?? '' })}
          </Link>
        ) : null}
      </section>
      {mayHandIn ? <WorkForm key={work?.round ?? 0} task={task} work={work} draft={draft} /> : null}
      {!mayHandIn && !work ? <p className="hint">{t('study.isClosed')}</p> : null}
      {work ? <Rounds rounds={work.rounds} /> : null}
    </PageFrame>
  )
}
