import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ScreenProps } from '@tongxin/client/screen'
import type { MyTask } from '@tongxin/contract/study.own'
import { Button, EmptyState, Lamp } from '@tongxin/ui'
import { Award, CalendarHeart, FileText, Megaphone, NotebookPen, PenLine, Users } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { Rows } from './Rows.tsx'
import { tasksQuery } from './study.api.ts'
import { WorkLamp } from './words.tsx'
import './study.css'

const DOORS = [
  { path: paths.study.notes(), key: 'notes', Icon: NotebookPen },
  { path: paths.study.works(), key: 'works', Icon: FileText },
  { path: paths.study.shown(), key: 'shown', Icon: Award },
  { path: paths.study.groups(), key: 'groups', Icon: Users },
  { path: paths.study.campaigns(), key: 'campaigns', Icon: Megaphone },
  { path: paths.study.diary(), key: 'diary', Icon: CalendarHeart },
] as const

/** What I am asked to write, and the doors to notes, groups and campaigns. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const isDone = search.view === 'done'
  const query = useInfiniteQuery(tasksQuery(isDone))
  return (
    <PageFrame
      title={t('study.title')}
      primary={
        <Link className="tx-button" data-kind="primary" data-wide to={paths.study.write()}>
          <PenLine aria-hidden="true" />
          {t('study.write')}
        </Link>
      }
    >
      <nav className="study-doors" aria-label={t('study.doors')}>
        {DOORS.map(({ path, key, Icon }) => (
          <Link key={key} to={path}>
            <Icon aria-hidden="true" />
            {t(`study.${key}`)}
          </Link>
        ))}
      </nav>
      <div className="study-views">
        {(['open', 'done'] as const).map((view) => (
          <Button
            key={view}
            {...((view === 'done') === isDone ? { kind: 'primary' as const } : {})}
            aria-pressed={(view === 'done') === isDone}
            onClick={() => setSearch({ view: view === 'done' ? view : '' })}
          >
            {t(`study.view.${view}`)}
          </Button>
        ))}
      </div>
      <Rows
        query={query}
        empty={
          <EmptyState title={t(isDone ? 'study.noDone' : 'study.noTasks')} icon={<FileText aria-hidden="true" />}>
            {t('study.noTasksHint')}
          </EmptyState>
        }
      >
        {(task) => <TaskRow task={task} />}
      </Rows>
    </PageFrame>
  )
}

function TaskRow({ task }: { task: MyTask }) {
  const { t } = useTranslation()
  return (
    <Link className="card study-card" to={paths.study.task(task.id)}>
      <span className="study-head">
        <strong>{task.title}</strong>
        {task.work ? <WorkLamp work={task.work} /> : null}
        {task.isOverdue && !task.work ? <Lamp state="late">{t('study.overdue')}</Lamp> : null}
      </span>
      <span className="hint">
        {[t(`words.study.kind.${task.kind}`), t('study.due', { on: task.dueOn }), task.orgName].join(' · ')}
      </span>
    </Link>
  )
}
