import { useCan } from '@tongxin/client/can'
import { useWrite } from '@tongxin/client/use-write'
import { addErratum, saveMinutes } from '@tongxin/contract/meetings.record'
import { Button, ConfirmDialog, RefusalText, say, TextArea, TextInput, timeOf } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../../shared/use-draft.ts'
import { ALL_MEETINGS } from './meetings.api.ts'
import type { Meeting } from './meetings.types.ts'
import { replaced, type Task, TasksEditor } from './TasksEditor.tsx'

type Said = { speaker: string; words: string }
type Draft = { discussion: Said[]; tasks: Task[]; resolutions: { agendaId: string; text: string }[] }

const draftOf = (meeting: Meeting): Draft => ({
  // One empty note to begin with: a record without any is the one that is to be written.
  discussion: meeting.minutes?.discussion.length ? meeting.minutes.discussion : [{ speaker: '', words: '' }],
  tasks: (meeting.minutes?.tasks ?? []).map(({ id, what, who, whoId, dueOn }) => ({ id, what, who, whoId, dueOn })),
  resolutions: meeting.agenda.map((item) => ({ agendaId: item.id, text: item.resolution ?? '' })),
})

/** The record: discussion by speaker, a resolution per item, tasks with a person and a date. Afterwards only errata. */
export function MinutesTab({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const can = useCan()
  if (meeting.state === 'planned' || meeting.state === 'noticed' || meeting.state === 'cancelled')
    return <p className="hint">{t('meetings.minutesLater')}</p>
  if (meeting.state === 'archived') return <Filed meeting={meeting} />
  if (can('meetings.convene').whyNot) return <Written meeting={meeting} />
  return <Editor meeting={meeting} />
}

function Editor({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const { values, change, discard, savedAt } = useDraft<Draft>(
    `minutes.${meeting.id}.${meeting.recordVersion}`,
    draftOf(meeting),
  )
  const save = useWrite(saveMinutes, {
    refreshes: ALL_MEETINGS,
    onDone: (reply) => {
      discard()
      say(t(reply.signaturesVoided > 0 ? 'meetings.done.savedVoided' : 'meetings.done.saved'))
    },
  })
  const submit = () =>
    save.mutate({
      params: { id: meeting.id },
      ifMatch: meeting.recordVersion,
      body: {
        ...values,
        discussion: values.discussion.filter((said) => said.words.trim() !== ''),
        tasks: values.tasks.filter((task) => task.what.trim() !== ''),
      },
    })
  return (
    <div className="minutes">
      {meeting.signatures.length > 0 ? <p className="hint">{t('meetings.voidsSignatures')}</p> : null}
      <Discussion said={values.discussion} onChange={(discussion) => change({ discussion })} />
      {meeting.agenda.map((item, index) => (
        <TextArea
          key={item.id}
          label={t('meetings.resolutionOf', { item: item.title })}
          rows={3}
          maxLength={4000}
          value={values.resolutions[index]?.text ?? ''}
          onChange={(text) =>
            change({ resolutions: values.resolutions.map((one, at) => (at === index ? { ...one, text } : one)) })
          }
        />
      ))}
      <TasksEditor meetingId={meeting.id} tasks={values.tasks} onChange={(tasks) => change({ tasks })} />
      <RefusalText error={save.error} />
      <footer className="tx-acts">
        {savedAt ? <span className="hint">{t('meetings.draftKept', { time: timeOf(savedAt) })}</span> : null}
        <Button kind="primary" isBusy={save.isPending} onClick={submit}>
          {t('meetings.saveMinutes')}
        </Button>
      </footer>
    </div>
  )
}

function Discussion({ said, onChange }: { said: readonly Said[]; onChange: (said: Said[]) => void }) {
  const { t } = useTranslation()
  return (
    <fieldset>
      <legend>{t('meetings.discussion')}</legend>
      {said.map((one, index) => (
        // Notes have no id: their place is what they are.
        <div key={index} className="said">
          <TextInput
            label={t('meetings.speaker')}
            maxLength={60}
            value={one.speaker}
            onChange={(speaker) => onChange(replaced(said, index, { speaker }))}
          />
          <TextArea
            label={t('meetings.words')}
            rows={3}
            maxLength={8000}
            value={one.words}
            onChange={(words) => onChange(replaced(said, index, { words }))}
          />
          <Button kind="quiet" onClick={() => onChange(replaced(said, index, null))}>
            {t('meetings.remove')}
          </Button>
        </div>
      ))}
      <Button onClick={() => onChange([...said, { speaker: '', words: '' }])}>{t('meetings.addSpeaker')}</Button>
    </fieldset>
  )
}

function Written({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const { minutes } = meeting
  if (!minutes) return <p className="hint">{t('meetings.minutesLater')}</p>
  return (
    <article className="written">
      {minutes.discussion.map((said, index) => (
        <p key={index}>
          <strong>{said.speaker}</strong> {said.words}
        </p>
      ))}
      {meeting.agenda
        .filter((item) => item.resolution)
        .map((item) => (
          <p key={item.id}>
            <strong>{item.title}</strong> {item.resolution}
          </p>
        ))}
      {minutes.tasks.length > 0 ? (
        <ul>
          {minutes.tasks.map((task) => (
            <li key={task.id}>
              {task.what} · {task.who} · {task.dueOn ?? t('meetings.noDate')}{' '}
              {task.doneOn ? t('meetings.todo.doneOn', { on: task.doneOn }) : ''} {task.doneNote}
            </li>
          ))}
        </ul>
      ) : null}
    </article>
  )
}

function Filed({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const can = useCan()
  const [text, setText] = useState('')
  const [isAsking, setAsking] = useState(false)
  const add = useWrite(addErratum, {
    refreshes: ALL_MEETINGS,
    onDone: () => {
      setAsking(false)
      setText('')
    },
  })
  return (
    <>
      <Written meeting={meeting} />
      {meeting.errata.map((erratum) => (
        <p key={erratum.at} className="hint">
          {t('meetings.erratum', { ...erratum })}
        </p>
      ))}
      <Button {...can('meetings.convene')} onClick={() => setAsking(true)}>
        {t('meetings.addErratum')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('meetings.addErratum')}
        verb={t('meetings.addErratum')}
        reasonLabel={t('meetings.erratumReason')}
        isBusy={add.isPending}
        error={add.error}
        onConfirm={(reason) => add.mutate({ params: { id: meeting.id }, body: { text, reason } })}
      >
        <TextArea label={t('meetings.erratumText')} required maxLength={2000} value={text} onChange={setText} />
      </ConfirmDialog>
    </>
  )
}
