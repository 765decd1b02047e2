import { useQuery } from '@tanstack/react-query'
import { Button, DateInput, Select, TextInput } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { attendeesQuery } from './meetings.api.ts'

export type Task = { id?: string; what: string; who: string; whoId?: string | null; dueOn: string | null }

/** A copy of a list with one entry changed, or without it when `change` is null. */
export const replaced = <T,>(list: readonly T[], index: number, change: Partial<T> | null): T[] =>
  change === null
    ? list.filter((_, at) => at !== index)
    : list.map((one, at) => (at === index ? { ...one, ...change } : one))

/** Tasks of a record: someone who was called finds the own ones on the phone, anyone else is written by name. */
export function TasksEditor(props: { meetingId: string; tasks: readonly Task[]; onChange: (tasks: Task[]) => void }) {
  const { t } = useTranslation()
  const { meetingId, tasks, onChange } = props
  const { data } = useQuery(attendeesQuery(meetingId, { limit: '100' }))
  const people = (data?.rows ?? []).filter(({ part }) => part !== 'left_out')
  const choose = (index: number, whoId: string) => {
    const person = people.find(({ memberId }) => memberId === whoId)
    onChange(replaced(tasks, index, person ? { whoId, who: person.name } : { whoId: null }))
  }
  return (
    <fieldset>
      <legend>{t('meetings.tasks')}</legend>
      {tasks.map((task, index) => (
        <div key={task.id ?? index} className="task">
          <TextInput
            label={t('meetings.what')}
            maxLength={300}
            value={task.what}
            onChange={(what) => onChange(replaced(tasks, index, { what }))}
          />
          <Select
            label={t('meetings.todo.who')}
            whenEmpty={t('meetings.todo.byName')}
            value={task.whoId ?? ''}
            onChange={(whoId) => choose(index, whoId)}
            options={people.map(({ memberId, name }) => ({ value: memberId, label: name }))}
          />
          {task.whoId ? null : (
            <TextInput
              label={t('meetings.who')}
              maxLength={60}
              value={task.who}
              onChange={(who) => onChange(replaced(tasks, index, { who }))}
            />
          )}
          <DateInput
            label={t('meetings.dueOn')}
            value={task.dueOn ?? ''}
            onChange={(dueOn) => onChange(replaced(tasks, index, { dueOn: dueOn || null }))}
          />
          <Button kind="quiet" onClick={() => onChange(replaced(tasks, index, null))}>
            {t('meetings.remove')}
          </Button>
        </div>
      ))}
      <Button onClick={() => onChange([...tasks, { what: '', who: '', whoId: null, dueOn: null }])}>
        {t('meetings.addTask')}
      </Button>
    </fieldset>
  )
}
