import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { sessionQuery, useSession } from '@tongxin/client/session'
import { useWrite } from '@tongxin/client/use-write'
import { type MyCourse, rateCourse, setFavourite, startCourse } from '@tongxin/contract/learning.own'
import { Button, Lamp, RefusalText, say } from '@tongxin/ui'
import { Check, Circle, Heart } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { CourseImage } from './CourseImage.tsx'
import { HowFar } from './CourseRow.tsx'
import { KeepCourse } from './KeepCourse.tsx'
import { ALL_LEARNING, myCourse } from './learning.api.ts'
import { markOf, resumeAt } from './marks.ts'
import './learning.css'

export const loader = async ({ params, queryClient }: LoaderInput) => {
  const session = await queryClient.ensureQueryData(sessionQuery)
  return queryClient.ensureQueryData(myCourse(params.id ?? '', session.person?.id ?? ''))
}

/** A course before and between the sittings: what it is, how far I am, where to go on. */
export function Page({ params }: ScreenProps) {
  const { t } = useTranslation()
  const personId = useSession().person?.id ?? ''
  const { data: course } = useSuspenseQuery(myCourse(params.id ?? '', personId))
  return (
    <PageFrame title={course.title} primary={<GoOn course={course} />}>
      {course.coverId ? <CourseImage courseId={course.id} fileId={course.coverId} /> : null}
      {course.withdrawnReason ? (
        <p className="card" role="note">
          {t('learning.withdrawn', { reason: course.withdrawnReason })}
        </p>
      ) : null}
      <About course={course} />
      {course.missing.length > 0 ? <Missing course={course} /> : null}
      <Chapters course={course} />
      <Acts course={course} />
      {course.state === 'completed' ? <Rating course={course} /> : null}
    </PageFrame>
  )
}

function GoOn({ course }: { course: MyCourse }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const read = () => {
    const block = course.state === 'completed' ? course.chapters[0]?.blocks[0]?.id : resumeAt(course)
    void navigate({ to: paths.learning.read(course.id), search: { block: block ?? '' } as never })
  }
  const begin = useWrite(startCourse, { refreshes: ALL_LEARNING, onDone: read })
  if (course.withdrawnReason || course.chapters.length === 0) return null
  if (course.state !== 'new')
    return (
      <Button wide kind="primary" onClick={read}>
        {t(course.state === 'completed' ? 'learning.again' : 'learning.goOn')}
      </Button>
    )
  return (
    <>
      <RefusalText error={begin.error} />
      <Button
        wide
        kind="primary"
        isBusy={begin.isPending}
        whyNot={course.missing.length > 0 ? t('learning.missingFirst') : undefined}
        onClick={() => begin.mutate({ params: { id: course.id }, body: {} })}
      >
        {t('learning.begin')}
      </Button>
    </>
  )
}

function About({ course }: { course: MyCourse }) {
  const { t } = useTranslation()
  return (
    <section className="card">
      <p>
        <Lamp state={course.isRequired ? 'warn' : 'info'}>
          {t(`words.learning.required.${course.isRequired ? 'yes' : 'no'}`)}
        </Lamp>{' '}
        <HowFar course={course} />
      </p>
      {course.summary ? <p>{course.summary}</p> : null}
      <dl className="course-facts">
        <Fact label={t('learning.column')} value={t(`words.learning.column.${course.column}`)} />
        <Fact label={t('learning.kind')} value={t(`words.learning.kind.${course.kind}`)} />
        <Fact label={t('learning.hours')} value={String(course.quarters / 4)} />
        <Fact label={t('learning.minutes')} value={t('learning.minutesLong', { count: course.minutes })} />
        <Fact label={t('learning.lecturer')} value={course.lecturer} />
        <Fact label={t('learning.validUntil')} value={course.validUntil ?? ''} />
        <Fact label={t('learning.from')} value={course.orgName} />
        <Fact label={t('learning.source')} value={course.source?.from ?? ''} />
        <Fact label={t('learning.rating')} value={course.rating === null ? '' : `${course.rating / 10} / 5`} />
      </dl>
      {course.isOlder ? <p className="hint">{t('learning.older')}</p> : null}
    </section>
  )
}

function Fact({ label, value }: { label: string; value: string }) {
  if (value === '') return null
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function Missing({ course }: { course: MyCourse }) {
  const { t } = useTranslation()
  return (
    <section className="card" aria-labelledby="missing">
      <h2 id="missing">{t('learning.missingFirst')}</h2>
      {course.missing.map(({ id, title }) => (
        <p key={id}>
          <Link to={paths.learning.course(id)}>{title}</Link>
        </p>
      ))}
    </section>
  )
}

function Chapters({ course }: { course: MyCourse }) {
  const { t } = useTranslation()
  return (
    <section className="card" aria-labelledby="chapters">
      <h2 id="chapters">{t('learning.chapters')}</h2>
      <ol className="course-chapters">
        {course.chapters.map((chapter) => {
          const done = chapter.blocks.filter(({ id }) => markOf(course, id)?.isDone).length
          const isDone = chapter.blocks.length > 0 && done === chapter.blocks.length
          const Icon = isDone ? Check : Circle
          return (
            <li key={chapter.id} data-done={isDone || undefined}>
              <Icon aria-hidden="true" />
              <span>{chapter.title}</span>
              <span className="hint">{t('learning.doneOf', { done, total: chapter.blocks.length })}</span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}

function Acts({ course }: { course: MyCourse }) {
  const { t } = useTranslation()
  const favour = useWrite(setFavourite, { refreshes: ALL_LEARNING })
  return (
    <section className="course-acts">
      <Button
        kind="quiet"
        aria-pressed={course.isFavourite}
        icon={<Heart aria-hidden="true" fill={course.isFavourite ? 'currentColor' : 'none'} />}
        isBusy={favour.isPending}
        onClick={() => favour.mutate({ params: { id: course.id }, body: { isFavourite: !course.isFavourite } })}
      >
        {t(course.isFavourite ? 'learning.favourite' : 'learning.makeFavourite')}
      </Button>
      <KeepCourse course={course} />
      <RefusalText error={favour.error} />
    </section>
  )
}

const STARS = [1, 2, 3, 4, 5] as const

function Rating({ course }: { course: MyCourse }) {
  const { t } = useTranslation()
  const rate = useWrite(rateCourse, { refreshes: ALL_LEARNING, onDone: () => say(t('learning.rated')) })
  return (
    <fieldset className="card course-rating">
      <legend>{t('learning.rate')}</legend>
      <p className="hint">{t('learning.rateHint')}</p>
      {STARS.map((stars) => (
        <label key={stars}>
          <input
            type="radio"
            name="stars"
            checked={course.myRating === stars}
            onChange={() => rate.mutate({ params: { id: course.id }, body: { stars } })}
          />
          {t('learning.stars', { count: stars })}
        </label>
      ))}
      <RefusalText error={rate.error} />
    </fieldset>
  )
}
