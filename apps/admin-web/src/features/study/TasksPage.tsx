import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { closeStudyTask, remindStudyTask, type StudyTaskRow } from '@tongxin/contract/study'
import { STUDY_TASK_KINDS, STUDY_TASK_STATES } from '@tongxin/contract/study.words'
import { Button, EmptyState, ErrorState, Skeleton } from '@tongxin/ui'
import { ClipboardList, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { AskedAct } from '../../shared/AskedAct.tsx'
import { usePeopleWords } from '../../shared/AudienceFields.tsx'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column, Filter } from '../../shared/list/types.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { taskQuery, tasksQuery } from './study.api.ts'
import { TaskDialog } from './TaskDialog.tsx'
import { useDone } from './use-done.ts'
import './study.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(tasksQuery(search))

function useColumns(): Column<StudyTaskRow>[] {
  const { t } = useTranslation()
  return [
    { key: 'title', textKey: 'study.name', render: (row) => row.title },
    { key: 'kind', textKey: 'study.kind', render: (row) => t(`words.study.kind.${row.kind}`), width: 110 },
    { key: 'orgName', textKey: 'study.org', render: (row) => row.orgName, width: 200 },
    { key: 'dueOn', textKey: 'study.dueOn', render: (row) => row.dueOn, isSortable: true, width: 120 },
    { key: 'handedIn', textKey: 'study.handedIn', render: (row) => row.handedIn, isNumber: true, width: 90 },
    { key: 'waiting', textKey: 'study.waiting', render: (row) => row.waiting, isNumber: true, width: 90 },
  ]
}

function useFilters(): Filter[] {
  const { t } = useTranslation()
  return [
    { key: 'text', label: t('study.name'), kind: 'text' },
    {
      key: 'kind',
      label: t('study.kind'),
      kind: 'choice',
      options: STUDY_TASK_KINDS.map((value) => ({ value, label: t(`words.study.kind.${value}`) })),
    },
    {
      key: 'state',
      label: t('study.state'),
      kind: 'choice',
      options: STUDY_TASK_STATES.map((value) => ({ value, label: t(`words.study.taskState.${value}`) })),
    },
    { key: 'orgId', label: t('study.org'), kind: 'organisation' },
  ]
}

/** Homework and reflections that were set: who handed in, who did not. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('learning.write')
  const [isMaking, setMaking] = useState(false)
  const make = (
    <Button kind="primary" whyNot={whyNot} onClick={() => setMaking(true)}>
      <Plus aria-hidden="true" />
      {t('study.setTask')}
    </Button>
  )
  return (
    <>
      <ListPage
        title={t('study.tasks')}
        columns={useColumns()}
        rowKey={(row) => row.id}
        query={useQuery(tasksQuery(search))}
        search={search}
        setSearch={setSearch}
        filters={useFilters()}
        primary={make}
        lamp={(row) => ({
          state: row.state === 'open' ? 'info' : 'idle',
          word: t(`words.study.taskState.${row.state}`),
        })}
        drawer={(row) => ({ title: row.title, body: <Glance key={row.id} id={row.id} /> })}
        empty={
          <EmptyState title={t('study.noTasks')} icon={<ClipboardList aria-hidden="true" />} act={make}>
            {t('study.noTasksHint')}
          </EmptyState>
        }
      />
      {isMaking ? <TaskDialog onClose={() => setMaking(false)} /> : null}
    </>
  )
}

function Glance({ id }: { id: string }) {
  const { t } = useTranslation()
  const peopleWords = usePeopleWords()
  const { data, error, refetch } = useQuery(taskQuery(id))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton lines={6} />
  const { task, people, missing } = data
  const facts = [
    { label: t('study.org'), value: task.orgName },
    { label: t('study.madeBy'), value: task.madeBy },
    { label: t('study.dueOn'), value: task.dueOn },
    { label: t('study.words'), value: `${task.minWords} – ${task.maxWords}` },
    { label: t('study.audience'), value: peopleWords(task.audience) },
    ...(task.courseTitle ? [{ label: t('study.course'), value: task.courseTitle }] : []),
  ]
  return (
    <div className="study-glance">
      <p className="study-text">{task.brief}</p>
      <Facts facts={facts} />
      <p>
        {t('study.far', { n: task.handedIn, of: people })} <progress value={task.handedIn} max={Math.max(1, people)} />
      </p>
      <Acts task={task} />
      <section className="study-part">
        <h3>{t('study.missing', { n: people - task.handedIn })}</h3>
        {missing.length === 0 ? <p className="hint">{t('study.nobodyMissing')}</p> : null}
        <ul className="study-list">
          {missing.map(({ memberId, name, orgName }) => (
            <li key={memberId}>
              {name} <span className="hint">{orgName}</span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

function Acts({ task }: { task: StudyTaskRow }) {
  const { t } = useTranslation()
  const can = useCan()
  const { whyNot } = can('learning.write')
  const [isChanging, setChanging] = useState(false)
  const done = useDone()
  const close = useWrite(closeStudyTask, done)
  const remind = useWrite(remindStudyTask, done)
  const params = { id: task.id }
  const state = task.state === 'open' ? ('closed' as const) : ('open' as const)
  return (
    <div className="study-acts">
      {can('exams.mark').whyNot === undefined ? (
        <Link className="tx-button" data-kind="primary" to={paths.study.works()} search={{ taskId: task.id } as never}>
          {t('study.toWorks')}
        </Link>
      ) : null}
      {task.state === 'open' ? (
        <>
          <Button whyNot={whyNot} onClick={() => setChanging(true)}>
            {t('study.change')}
          </Button>
          <AskedAct
            verb={t('study.remind')}
            lead={t('study.remindLead')}
            whyNot={whyNot}
            save={remind}
            input={() => ({ params, body: {} })}
          />
        </>
      ) : null}
      <AskedAct
        verb={t(state === 'closed' ? 'study.close' : 'study.reopen')}
        lead={t('study.closeLead')}
        reasonLabel={t('study.reason')}
        whyNot={whyNot}
        save={close}
        input={(reason) => ({ params, body: { state, reason } })}
      />
      {isChanging ? <TaskDialog task={task} onClose={() => setChanging(false)} /> : null}
    </div>
  )
}
