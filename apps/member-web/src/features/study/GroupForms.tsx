import { useWrite } from '@tongxin/client/use-write'
import {
  changeStudySession,
  giveStudyFeedback,
  planStudySession,
  type StudySession,
  writeStudyMinutes,
} from '@tongxin/contract/study.groups'
import type { StudyFile } from '@tongxin/contract/study.words'
import { Button, DateInput, RefusalText, Select, say, TextArea, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FileField } from '../../shared/FileField.tsx'
import { ALL_STUDY } from '../../shared/notes/notes.ts'
import type { Mine } from './GroupPage.tsx'

type Props<S> = { group: Mine; session: S; onDone: () => void }

function useDone(onDone: () => void) {
  const { t } = useTranslation()
  return {
    refreshes: ALL_STUDY,
    onDone: () => {
      say(t('study.noted'))
      onDone()
    },
  }
}

/** A meeting is planned, changed, or cancelled with the reason. */
export function SessionForm({ group, session, onDone }: Props<StudySession | null>) {
  const { t } = useTranslation()
  const [onDate, setOnDate] = useState(session?.onDate ?? '')
  const [topic, setTopic] = useState(session?.topic ?? '')
  const [place, setPlace] = useState(session?.place ?? '')
  const [cancelReason, setReason] = useState('')
  const done = useDone(onDone)
  const plan = useWrite(planStudySession, done)
  const change = useWrite(changeStudySession, done)
  const isReady = onDate !== '' && topic.trim().length > 1 && place.trim() !== ''
  const facts = { onDate, topic, place }
  const send = (more: object = {}) =>
    session
      ? change.mutate({ params: { id: session.id }, body: { ...facts, ...more } })
      : plan.mutate({ params: { id: group.id }, body: facts })
  return (
    <div className="study-form">
      <DateInput label={t('study.onDate')} required value={onDate} onChange={setOnDate} />
      <TextInput label={t('study.topic')} required maxLength={120} value={topic} onChange={setTopic} />
      <TextInput label={t('study.place')} required maxLength={80} value={place} onChange={setPlace} />
      <RefusalText error={plan.error ?? change.error} />
      <Button
        wide
        kind="primary"
        isBusy={plan.isPending || change.isPending}
        whyNot={isReady ? undefined : t('study.fillFirst')}
        onClick={() => send()}
      >
        {t('study.keep')}
      </Button>
      {session ? (
        <>
          <TextInput label={t('study.cancelReason')} maxLength={300} value={cancelReason} onChange={setReason} />
          <Button
            kind="danger"
            isBusy={change.isPending}
            whyNot={cancelReason.trim().length > 1 ? undefined : t('ui.reasonFirst')}
            onClick={() => send({ cancelReason })}
          >
            {t('study.cancel')}
          </Button>
        </>
      ) : null}
    </div>
  )
}

/** Minutes: what was said, who was there, a paper. */
export function MinutesForm({ group, session, onDone }: Props<StudySession>) {
  const { t } = useTranslation()
  const [minutes, setMinutes] = useState(session.minutes ?? '')
  const all = group.seats.map(({ memberId }) => memberId)
  const [presentIds, setPresent] = useState<readonly string[]>(session.state === 'held' ? session.presentIds : all)
  const [length, setLength] = useState(session.lengthMinutes === null ? '' : String(session.lengthMinutes))
  const lengthMinutes = Number(length)
  const [files, setFiles] = useState<readonly StudyFile[]>(session.files)
  const save = useWrite(writeStudyMinutes, useDone(onDone))
  const isLength = Number.isInteger(lengthMinutes) && lengthMinutes >= 10 && lengthMinutes <= 480
  const isReady = minutes.trim().length > 1 && presentIds.length > 0 && isLength
  const send = () =>
    save.mutate({
      params: { id: session.id },
      body: { minutes, lengthMinutes, presentIds: [...presentIds], fileIds: files.map(({ id }) => id) },
    })
  return (
    <div className="study-form">
      <TextArea label={t('study.minutes')} required rows={8} maxLength={10_000} value={minutes} onChange={setMinutes} />
      <TextInput
        label={t('study.length')}
        help={t('study.lengthHelp')}
        required
        inputMode="numeric"
        maxLength={3}
        value={length}
        onChange={setLength}
      />
      <fieldset className="study-form">
        <legend>{t('study.whoWasThere')}</legend>
        {group.seats.map(({ memberId, name }) => (
          <label key={memberId} className="study-check">
            <input
              type="checkbox"
              checked={presentIds.includes(memberId)}
              onChange={({ target }) =>
                setPresent(target.checked ? [...presentIds, memberId] : presentIds.filter((id) => id !== memberId))
              }
            />
            {name}
          </label>
        ))}
      </fieldset>
      <FileField
        key={files.length}
        label={t('study.file')}
        help={files.map(({ name }) => name).join('、')}
        accept="image/jpeg,image/png,image/webp,application/pdf,.docx,.xlsx,.pptx"
        purpose="document"
        words={{ sending: t('study.sending'), ready: (name) => name }}
        file={null}
        onChange={(file) => file && setFiles([...files, file])}
      />
      <RefusalText error={save.error} />
      <Button
        wide
        kind="primary"
        isBusy={save.isPending}
        whyNot={isReady ? undefined : t('study.fillFirst')}
        onClick={send}
      >
        {t('study.keep')}
      </Button>
    </div>
  )
}

/** A few words to one member; nobody else reads them. */
export function FeedbackForm({ group, session, onDone }: Props<StudySession>) {
  const { t } = useTranslation()
  const others = group.seats.filter(({ memberId }) => memberId !== group.ownMemberId)
  const [toMemberId, setTo] = useState(others[0]?.memberId ?? '')
  const [body, setBody] = useState('')
  const save = useWrite(giveStudyFeedback, useDone(onDone))
  return (
    <div className="study-form">
      <p className="hint">{t('study.feedbackHint')}</p>
      <Select
        label={t('study.to')}
        required
        value={toMemberId}
        onChange={setTo}
        options={others.map(({ memberId, name }) => ({ value: memberId, label: name }))}
      />
      <TextArea label={t('study.words2')} required rows={3} maxLength={500} value={body} onChange={setBody} />
      <RefusalText error={save.error} />
      <Button
        wide
        kind="primary"
        isBusy={save.isPending}
        whyNot={toMemberId !== '' && body.trim().length > 1 ? undefined : t('study.fillFirst')}
        onClick={() => save.mutate({ params: { id: session.id }, body: { toMemberId, body } })}
      >
        {t('study.say')}
      </Button>
    </div>
  )
}
