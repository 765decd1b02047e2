import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import { useWrite } from '@tongxin/client/use-write'
import { doneTask, TASK_MARKS, type TaskRow } from '@tongxin/contract/meetings.work'
import { Button, EmptyState, Lamp, TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { tasksQuery } from './life.api.ts'
import { ALL_MEETINGS } from './meetings.api.ts'
import { useDone } from './use-done.ts'
import './year.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(tasksQuery(search))

/** How a task of a meeting stands. */
export function TaskLamp({ row }: { row: TaskRow }) {
  const { t } = useTranslation()
  if (row.doneOn) return <Lamp state="ok">{t('meetings.todo.doneOn', { on: row.doneOn })}</Lamp>
  return (
    <Lamp state={row.isOverdue ? 'late' : 'warn'}>
      {t(row.isOverdue ? 'meetings.todo.overdue' : 'meetings.todo.open')}
    </Lamp>
  )
}

/** What meetings decided should be done, by whom and until when, and what became of it. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  useLive(['meetings.task_done', 'meetings.archived'], ALL_MEETINGS)
  const columns: Column<TaskRow>[] = [
    { key: 'what', textKey: 'meetings.what', render: (row) => row.what },
    { key: 'who', textKey: 'meetings.who', render: (row) => row.who, width: 110 },
    { key: 'dueOn', textKey: 'meetings.dueOn', render: (row) => row.dueOn ?? t('meetings.noDate'), width: 120 },
    { key: 'state', textKey: 'meetings.stateLabel', render: (row) => <TaskLamp row={row} />, width: 170 },
    { key: 'org', textKey: 'meetings.branch', render: (row) => row.orgName },
    { key: 'heldOn', textKey: 'meetings.todo.decidedOn', render: (row) => row.heldOn, isSortable: true, width: 130 },
  ]
  return (
    <ListPage
      title={t('meetings.todo.list')}
      columns={columns}
      rowKey={(row) => row.id}
      query={useQuery(tasksQuery(search))}
      search={search}
      setSearch={setSearch}
      filters={[
        {
          key: 'mark',
          label: t('meetings.stateLabel'),
          kind: 'choice',
          options: TASK_MARKS.map((value) => ({ value, label: t(`meetings.todo.mark.${value}`) })),
        },
        { key: 'orgId', label: t('meetings.branch'), kind: 'organisation' },
      ]}
      drawer={(row) => ({ title: row.what, body: <Task row={row} /> })}
      empty={<EmptyState title={t('meetings.todo.none')}>{t('meetings.todo.noneHint')}</EmptyState>}
    />
  )
}

function Task({ row }: { row: TaskRow }) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('meetings.convene')
  const [isAsking, setAsking] = useState(false)
  const [note, setNote] = useState('')
  const done = useWrite(
    doneTask,
    useDone(() => setAsking(false), 'meetings.todo.saved'),
  )
  return (
    <div className="life-part">
      <TaskLamp row={row} />
      {row.doneNote ? <p>{row.doneNote}</p> : null}
      <p>
        <Link to={paths.meetings.one(row.meetingId)}>{row.meetingTitle}</Link>{' '}
        <span className="hint">{row.heldOn}</span>
      </p>
      {row.doneOn ? null : (
        <div className="tx-acts">
          <Button kind="primary" whyNot={whyNot} onClick={() => setAsking(true)}>
            {t('meetings.todo.finish')}
          </Button>
        </div>
      )}
      {isAsking ? (
        <FormDialog
          title={row.what}
          verb={t('meetings.todo.finish')}
          whyNot={note.trim().length < 2 ? t('meetings.todo.noteFirst') : undefined}
          isBusy={done.isPending}
          error={done.error}
          onClose={() => setAsking(false)}
          onSubmit={() => done.mutate({ params: { id: row.id }, body: { note: note.trim() } })}
        >
          <TextArea label={t('meetings.todo.note')} required rows={3} maxLength={300} value={note} onChange={setNote} />
        </FormDialog>
      ) : null}
    </div>
  )
}
