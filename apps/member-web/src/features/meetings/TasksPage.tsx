import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { doneOwnTask, type TaskRow } from '@tongxin/contract/meetings.work'
import { Button, EmptyState, Lamp, RefusalText, Sheet, say, TextArea } from '@tongxin/ui'
import { ClipboardCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { ownTasks } from './life.api.ts'
import { ALL_MEETINGS } from './meetings.api.ts'
import './meetings.css'

export const loader = ({ queryClient }: LoaderInput) => queryClient.ensureQueryData(ownTasks)

/** What meetings gave me to do: what is open first. */
export function Page() {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(ownTasks)
  const [chosen, setChosen] = useState<TaskRow | null>(null)
  return (
    <PageFrame title={t('meetings.todo.title')}>
      {data.rows.length === 0 ? (
        <EmptyState title={t('meetings.todo.none')} icon={<ClipboardCheck aria-hidden="true" />}>
          {t('meetings.todo.noneHint')}
        </EmptyState>
      ) : (
        <ul className="card meeting-rows">
          {data.rows.map((row) => (
            <li key={row.id} className="life-row">
              <strong>{row.what}</strong>
              <span className="hint">
                {row.meetingTitle} · {row.heldOn}
              </span>
              {row.doneOn ? (
                <Lamp state="ok">{t('meetings.todo.doneOn', { on: row.doneOn })}</Lamp>
              ) : (
                <Lamp state={row.isOverdue ? 'late' : 'warn'}>
                  {row.dueOn ? t('meetings.todo.until', { on: row.dueOn }) : t('meetings.todo.open')}
                </Lamp>
              )}
              {row.doneNote ? <span>{row.doneNote}</span> : null}
              {row.doneOn ? null : (
                <Button wide onClick={() => setChosen(row)}>
                  {t('meetings.todo.finish')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {chosen ? <FinishSheet task={chosen} onClose={() => setChosen(null)} /> : null}
    </PageFrame>
  )
}

function FinishSheet({ task, onClose }: { task: TaskRow; onClose: () => void }) {
  const { t } = useTranslation()
  const [note, setNote] = useState('')
  const done = useWrite(doneOwnTask, {
    refreshes: ALL_MEETINGS,
    onDone: () => {
      say(t('meetings.todo.saved'))
      onClose()
    },
  })
  return (
    <Sheet
      isOpen
      title={task.what}
      onClose={onClose}
      acts={
        <Button
          kind="primary"
          wide
          isBusy={done.isPending}
          whyNot={note.trim().length < 2 ? t('meetings.todo.noteFirst') : undefined}
          onClick={() => done.mutate({ params: { id: task.id }, body: { note: note.trim() } })}
        >
          {t('meetings.todo.finish')}
        </Button>
      }
    >
      <TextArea label={t('meetings.todo.note')} required rows={4} maxLength={300} value={note} onChange={setNote} />
      <RefusalText error={done.error} />
    </Sheet>
  )
}
