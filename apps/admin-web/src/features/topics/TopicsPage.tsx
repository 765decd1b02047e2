import { useQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import {
  callForLecturers,
  makeTopicCourse,
  mergeTopic,
  moderateTopic,
  type TopicRecord,
  undoTopicMerge,
} from '@tongxin/contract/topics'
import { TOPIC_LEVELS, TOPIC_STATES, type TopicCard, type TopicState } from '@tongxin/contract/topics.words'
import { EmptyState, ErrorState, type LampState, Skeleton } from '@tongxin/ui'
import { Lightbulb } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { AskedAct } from '../../shared/AskedAct.tsx'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column, Filter } from '../../shared/list/types.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { topicQuery, topicsQuery } from './topics.api.ts'
import { useDone } from './use-done.ts'
import './topics.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(topicsQuery(search))

const LAMPS: Readonly<Record<TopicState, LampState>> = {
  gathering: 'info',
  reached: 'warn',
  recruiting: 'warn',
  scheduled: 'ok',
  taught: 'ok',
  rated: 'ok',
  unmet: 'idle',
  merged: 'idle',
  hidden: 'late',
  withdrawn: 'idle',
}
const columns: Column<TopicCard>[] = [
  { key: 'title', textKey: 'topics.name', render: (row) => row.title },
  { key: 'orgName', textKey: 'topics.org', render: (row) => row.orgName },
  { key: 'tags', textKey: 'topics.tags', render: (row) => row.tags.join('、'), width: 150 },
  {
    key: 'supporters',
    textKey: 'topics.support',
    render: (row) => `${row.supporters}/${row.threshold}`,
    isSortable: true,
    isNumber: true,
    width: 100,
  },
  { key: 'closesOn', textKey: 'topics.closesOn', render: (row) => row.closesOn, isSortable: true, width: 120 },
]

function useFilters(): Filter[] {
  const { t } = useTranslation()
  return [
    { key: 'text', label: t('topics.text'), kind: 'text' },
    {
      key: 'state',
      label: t('topics.state'),
      kind: 'choice',
      options: TOPIC_STATES.map((value) => ({ value, label: t(`words.topics.state.${value}`) })),
    },
    {
      key: 'level',
      label: t('topics.level'),
      kind: 'choice',
      options: TOPIC_LEVELS.map((value) => ({ value, label: t(`words.topics.level.${value}`) })),
    },
    { key: 'orgId', label: t('topics.org'), kind: 'organisation' },
  ]
}

/** What people of the scope want to learn: moderated, merged, and lecturers called for. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  return (
    <ListPage
      title={t('topics.title')}
      columns={columns}
      rowKey={(row) => row.id}
      query={useQuery(topicsQuery(search))}
      search={search}
      setSearch={setSearch}
      filters={useFilters()}
      lamp={(row) => ({ state: LAMPS[row.state], word: t(`words.topics.state.${row.state}`) })}
      drawer={(row) => ({ title: row.title, body: <Glance key={row.id} id={row.id} /> })}
      empty={
        <EmptyState title={t('topics.none')} icon={<Lightbulb aria-hidden="true" />}>
          {t('topics.noneHint')}
        </EmptyState>
      }
    />
  )
}

function Glance({ id }: { id: string }) {
  const { t } = useTranslation()
  const { data: topic, error, refetch } = useQuery(topicQuery(id))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!topic) return <Skeleton lines={6} />
  const facts = [
    { label: t('topics.why'), value: topic.why },
    { label: t('topics.madeBy'), value: topic.madeBy },
    { label: t('topics.format'), value: t(`words.topics.format.${topic.format}`) },
    { label: t('topics.place'), value: t(`words.topics.place.${topic.place}`) },
    { label: t('topics.window'), value: `${topic.fromOn} – ${topic.untilOn}` },
    ...(topic.lesson ? [{ label: t('topics.lecturer'), value: topic.lesson.lecturer }] : []),
    ...(topic.reason ? [{ label: t('topics.reason'), value: topic.reason }] : []),
  ]
  return (
    <div className="topics-glance">
      <Facts facts={facts} />
      <p>{t('topics.enrolled', { n: topic.enrolled, m: topic.completed })}</p>
      {topic.mean === null ? null : <p>{t('topics.mean', { mean: topic.mean / 10, n: topic.ratings })}</p>}
      <Acts topic={topic} />
    </div>
  )
}

function Acts({ topic }: { topic: TopicRecord }) {
  const { t } = useTranslation()
  const done = useDone()
  const moderate = useWrite(moderateTopic, done)
  const call = useWrite(callForLecturers, done)
  const course = useWrite(makeTopicCourse, done)
  const merge = useWrite(mergeTopic, done)
  const undo = useWrite(undoTopicMerge, done)
  const params = { id: topic.id }
  const { can } = topic
  const moderated = (isHidden: boolean) => (reason: string) => ({ params, body: { isHidden, reason } })
  const plain = () => ({ params, body: {} })
  const hideLead = t('topics.hideLead')
  return (
    <div className="topics-acts">
      {can.call ? <AskedAct verb={t('topics.call')} lead={t('topics.callLead')} save={call} input={plain} /> : null}
      {can.makeCourse ? (
        <AskedAct verb={t('topics.makeCourse')} lead={topic.title} save={course} input={plain} />
      ) : null}
      {can.hide ? (
        <AskedAct
          verb={t('topics.hide')}
          lead={hideLead}
          reasonLabel={t('topics.reason')}
          save={moderate}
          input={moderated(true)}
        />
      ) : null}
      {can.restore ? (
        <AskedAct
          verb={t('topics.restore')}
          lead={hideLead}
          reasonLabel={t('topics.reason')}
          save={moderate}
          input={moderated(false)}
        />
      ) : null}
      {can.unmerge ? (
        <AskedAct verb={t('topics.undoMerge')} lead={t('topics.undoLead')} save={undo} input={plain} />
      ) : null}
      {can.merge
        ? topic.similar.map((other) => (
            <AskedAct
              key={other.id}
              verb={t('topics.merge', { title: other.title })}
              lead={t('topics.mergeLead')}
              reasonLabel={t('topics.reason')}
              save={merge}
              input={(reason) => ({ params, body: { intoId: other.id, reason } })}
            />
          ))
        : null}
    </div>
  )
}
