import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { UnreachedError } from '@tongxin/client/refused-error'
import { useSession } from '@tongxin/client/session'
import type { Reply } from '@tongxin/contract/endpoint'
import type { readMyLearning } from '@tongxin/contract/learning.own'
import { Button, EmptyState, ErrorState, Skeleton, TextInput } from '@tongxin/ui'
import { BookOpen, CloudOff, Search } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { learningEntries } from '../../learning.ts'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { CourseRow } from './CourseRow.tsx'
import { Due } from './Due.tsx'
import { keptHere, myLearning } from './learning.api.ts'
import './learning.css'

type Mine = Reply<typeof readMyLearning>

/** The tab of learning: what goes on, what is required by when, plans, columns; without a network what is kept here. */
export function Page() {
  const { t } = useTranslation()
  const mine = useQuery(myLearning)
  const isAway = mine.error instanceof UnreachedError
  return (
    <PageFrame isTop title={t('learning.title')}>
      {isAway ? null : <Entries />}
      {mine.isPending ? <Skeleton lines={8} /> : null}
      {mine.error && !isAway ? <ErrorState error={mine.error} onRetry={() => void mine.refetch()} /> : null}
      {isAway ? <Away onRetry={() => void mine.refetch()} /> : null}
      {mine.data ? <Parts mine={mine.data} /> : null}
      {isAway ? null : <KeptHere />}
    </PageFrame>
  )
}

function Entries() {
  const { t } = useTranslation()
  return (
    <nav className="learning-entries" aria-label={t('learning.entries')}>
      {learningEntries.map(({ path, textKey }) => (
        <Link key={path} to={path}>
          {t(textKey)}
        </Link>
      ))}
    </nav>
  )
}

function Parts({ mine }: { mine: Mine }) {
  const { t } = useTranslation()
  const open = mine.planned.filter(({ state, isRequired }) => isRequired && state !== 'completed')
  const going = mine.going.filter(({ id }) => !open.some((row) => row.id === id))
  const isBare = mine.planned.length === 0 && mine.going.length === 0 && mine.columns.length === 0
  if (!mine.isLearner || isBare)
    return (
      <EmptyState title={t('learning.nothing')} icon={<BookOpen aria-hidden="true" />} act={<PublicLink />}>
        {t(mine.isLearner ? 'learning.nothingHint' : 'learning.noRecord')}
      </EmptyState>
    )
  return (
    <>
      <SearchForm />
      {mine.daily ? (
        <section aria-labelledby="daily">
          <h2 id="daily">{t('learning.dailyLesson')}</h2>
          <CourseRow course={mine.daily} />
        </section>
      ) : null}
      {open.length > 0 ? (
        <section aria-labelledby="required">
          <h2 id="required">{t('learning.requiredOpen', { count: open.length })}</h2>
          {open.map((row) => (
            <CourseRow key={`${row.planId}/${row.id}`} course={row} due={<Due row={row} />} />
          ))}
        </section>
      ) : null}
      {going.length > 0 ? (
        <section aria-labelledby="going">
          <h2 id="going">{t('learning.going')}</h2>
          {going.map((row) => (
            <CourseRow key={row.id} course={row} />
          ))}
        </section>
      ) : null}
      <Plans mine={mine} />
      <Columns mine={mine} />
    </>
  )
}

function Plans({ mine }: { mine: Mine }) {
  const { t } = useTranslation()
  if (mine.plans.length === 0) return null
  return (
    <section aria-labelledby="plans">
      <h2 id="plans">{t('learning.myPlans')}</h2>
      {mine.plans.map((plan) => (
        <details key={plan.id} className="card">
          <summary>
            <strong>{plan.title}</strong>
            <span className="how-far">
              <progress value={plan.done} max={Math.max(plan.required, 1)} />
              {t('learning.requiredDone', { done: plan.done, total: plan.required })}
            </span>
          </summary>
          <p className="hint">{[plan.orgName, plan.note].filter(Boolean).join(' · ')}</p>
          {mine.planned
            .filter(({ planId }) => planId === plan.id)
            .map((row) => (
              <CourseRow key={row.id} course={row} due={row.state === 'completed' ? null : <Due row={row} />} />
            ))}
        </details>
      ))}
    </section>
  )
}

function Columns({ mine }: { mine: Mine }) {
  const { t } = useTranslation()
  return (
    <section aria-labelledby="columns">
      <h2 id="columns">{t('learning.byColumn')}</h2>
      <div className="learning-columns">
        {mine.columns.map(({ column, courses }) => (
          <Link key={column} className="card" to={paths.learning.courses()} search={{ column } as never}>
            <strong>{t(`words.learning.column.${column}`)}</strong>
            <span className="hint">{t('learning.courseCount', { count: courses })}</span>
          </Link>
        ))}
      </div>
      <PublicLink />
    </section>
  )
}

function SearchForm() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const find = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() !== '') void navigate({ to: paths.learning.courses(), search: { text: text.trim() } as never })
  }
  return (
    <search>
      <form className="learning-search" onSubmit={find}>
        <TextInput label={t('learning.search')} type="search" maxLength={60} value={text} onChange={setText} />
        <Button type="submit" aria-label={t('learning.find')}>
          <Search aria-hidden="true" />
        </Button>
      </form>
    </search>
  )
}

const PublicLink = () => {
  const { t } = useTranslation()
  return <Link to={paths.learning.publicList()}>{t('learning.publicCourses')}</Link>
}

function KeptHere() {
  const { t } = useTranslation()
  const personId = useSession().person?.id ?? ''
  const { data = [] } = useQuery(keptHere(personId))
  if (data.length === 0) return null
  return (
    <section aria-labelledby="kept">
      <h2 id="kept">{t('learning.keptHere')}</h2>
      {data.map((course) => (
        <CourseRow key={course.id} course={course} />
      ))}
    </section>
  )
}

/** Without a network: what is on the device can be learned all the same. */
function Away({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation()
  return (
    <>
      <EmptyState
        title={t('learning.away')}
        icon={<CloudOff aria-hidden="true" />}
        act={<Button onClick={onRetry}>{t('ui.tryAgain')}</Button>}
      >
        {t('learning.awayHint')}
      </EmptyState>
      <KeptHere />
    </>
  )
}
