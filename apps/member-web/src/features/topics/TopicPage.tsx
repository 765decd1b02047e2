import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { enrolInTopic, type OwnTopic, rateTopic, supportTopic, withdrawTopic } from '@tongxin/contract/topics.own'
import { Button, ConfirmDialog, dateOf, RefusalText, say, timeOf } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { ALL_TOPICS, topicQuery } from './topics.api.ts'
import './topics.css'

export const loader = ({ params, queryClient }: LoaderInput) => queryClient.ensureQueryData(topicQuery(params.id ?? ''))

/** One topic: why, how much support, the lesson, and what I can do. */
export function Page({ params }: ScreenProps) {
  const { t } = useTranslation()
  const { data: topic } = useSuspenseQuery(topicQuery(params.id ?? ''))
  return (
    <PageFrame title={topic.title}>
      <section className="card topic-card">
        <p>{topic.why}</p>
        <progress value={topic.supporters} max={topic.threshold} />
        <p className="hint">
          {[
            t(`words.topics.state.${topic.state}`),
            t('topics.supporters', { n: topic.supporters, threshold: topic.threshold }),
            t('topics.closes', { on: topic.closesOn }),
          ].join(' · ')}
        </p>
        <p className="hint">
          {[
            topic.orgName,
            t(`words.topics.format.${topic.format}`),
            t(`words.topics.place.${topic.place}`),
            topic.tags.join('、'),
          ].join(' · ')}
        </p>
        {topic.reason ? <p>{t('topics.reason', { reason: topic.reason })}</p> : null}
        {topic.mergedIntoId ? <Link to={paths.topics.one(topic.mergedIntoId)}>{t('topics.mergedLink')}</Link> : null}
        {topic.can.support ? <Support topic={topic} /> : null}
        {topic.can.withdraw ? <Withdraw topic={topic} /> : null}
      </section>
      {topic.lesson ? <Lesson topic={topic} /> : null}
      {topic.can.rate ? <Rate topic={topic} /> : null}
    </PageFrame>
  )
}

function Support({ topic }: { topic: OwnTopic }) {
  const { t } = useTranslation()
  const isSupported = !topic.isSupported
  const save = useWrite(supportTopic, {
    refreshes: ALL_TOPICS,
    onDone: () => say(t(isSupported ? 'topics.supported' : 'topics.unsupported')),
  })
  return (
    <>
      <RefusalText error={save.error} />
      <Button
        wide
        {...(isSupported ? { kind: 'primary' as const } : {})}
        isBusy={save.isPending}
        onClick={() => save.mutate({ params: { id: topic.id }, body: { isSupported } })}
      >
        {t(isSupported ? 'topics.support' : 'topics.unsupport')}
      </Button>
    </>
  )
}

function Withdraw({ topic }: { topic: OwnTopic }) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const save = useWrite(withdrawTopic, {
    refreshes: ALL_TOPICS,
    onDone: () => {
      setAsking(false)
      say(t('topics.withdrawn'))
    },
  })
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('topics.withdraw')}</Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('topics.withdraw')}
        verb={t('topics.withdraw')}
        isBusy={save.isPending}
        error={save.error}
        onClose={() => setAsking(false)}
        onConfirm={() => save.mutate({ params: { id: topic.id }, body: {} })}
      >
        {t('topics.withdrawQuestion')}
      </ConfirmDialog>
    </>
  )
}

function Lesson({ topic }: { topic: OwnTopic }) {
  const { t } = useTranslation()
  const isEnrolled = !topic.isEnrolled
  const save = useWrite(enrolInTopic, {
    refreshes: ALL_TOPICS,
    onDone: () => say(t(isEnrolled ? 'topics.enrolled' : 'topics.unenrolled')),
  })
  const { lesson } = topic
  if (!lesson) return null
  return (
    <section className="card topic-card">
      <h2>{t('topics.lesson')}</h2>
      <p>{t('topics.lecturer', { name: lesson.lecturer })}</p>
      <p>
        {t('topics.when', { at: `${dateOf(lesson.startsAt)} ${timeOf(lesson.startsAt)}–${timeOf(lesson.endsAt)}` })}
      </p>
      <p>{t('topics.where', { place: lesson.place ?? t('words.topics.place.online') })}</p>
      <p className="hint">{t('topics.enrolledCount', { n: topic.enrolled })}</p>
      {topic.mean === null ? null : (
        <p>{t('topics.ratedBy', { mean: (topic.mean / 10).toFixed(1), n: topic.ratings })}</p>
      )}
      <RefusalText error={save.error} />
      {topic.can.enrol ? (
        <Button
          wide
          {...(isEnrolled ? { kind: 'primary' as const } : {})}
          isBusy={save.isPending}
          onClick={() => save.mutate({ params: { id: topic.id }, body: { isEnrolled } })}
        >
          {t(isEnrolled ? 'topics.enrol' : 'topics.unenrol')}
        </Button>
      ) : null}
    </section>
  )
}

function Rate({ topic }: { topic: OwnTopic }) {
  const { t } = useTranslation()
  const save = useWrite(rateTopic, { refreshes: ALL_TOPICS, onDone: () => say(t('topics.rated')) })
  return (
    <section className="card topic-card">
      <h2>{t('topics.rate')}</h2>
      <div className="topic-stars">
        {[1, 2, 3, 4, 5].map((stars) => (
          <Button
            key={stars}
            {...(topic.stars === stars ? { kind: 'primary' as const } : {})}
            aria-pressed={topic.stars === stars}
            isBusy={save.isPending}
            onClick={() => save.mutate({ params: { id: topic.id }, body: { stars } })}
          >
            {t('topics.stars', { n: stars })}
          </Button>
        ))}
      </div>
      <p className="hint">{t('topics.rateHint')}</p>
      <RefusalText error={save.error} />
    </section>
  )
}
