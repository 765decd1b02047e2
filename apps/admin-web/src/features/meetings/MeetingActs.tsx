import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import { useWrite } from '@tongxin/client/use-write'
import { cancelMeeting, conveneMeeting } from '@tongxin/contract/meetings'
import { archiveMeeting, closeMeeting, openMeeting, submitRecord } from '@tongxin/contract/meetings.record'
import { Button, ConfirmDialog, RefusalText, say } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ALL_MEETINGS } from './meetings.api.ts'
import type { Meeting } from './meetings.types.ts'
import { TelevisionDialog } from './TelevisionDialog.tsx'

/** What may be done in the state the meeting is in, the usual next act first. */
export function MeetingActs({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const can = useCan()
  const { whyNot } = can('meetings.convene')
  const done = (key: string) => ({ refreshes: ALL_MEETINGS, onDone: () => say(t(`meetings.done.${key}`)) })
  const convene = useWrite(conveneMeeting, done('convened'))
  const open = useWrite(openMeeting, done('opened'))
  const close = useWrite(closeMeeting, done('closed'))
  const submit = useWrite(submitRecord, done('submitted'))
  const archive = useWrite(archiveMeeting, done('archived'))
  const [isOnTelevision, setOnTelevision] = useState(false)
  const { id, state, version } = meeting
  const input = { params: { id }, body: {} }
  if (whyNot) return null
  return (
    <>
      {state === 'planned' ? (
        <Button
          kind="primary"
          isBusy={convene.isPending}
          onClick={() => convene.mutate({ ...input, ifMatch: version })}
        >
          {t('meetings.convene')}
        </Button>
      ) : null}
      {state === 'noticed' ? (
        <Button kind="primary" isBusy={open.isPending} onClick={() => open.mutate(input)}>
          {t('meetings.open')}
        </Button>
      ) : null}
      {state === 'noticed' || state === 'in_progress' ? (
        <Link className="tx-button" to={paths.meetings.screen(id)} target="_blank">
          {t('meetings.checkInScreen')}
        </Link>
      ) : null}
      {state === 'noticed' || state === 'in_progress' ? (
        <Button onClick={() => setOnTelevision(true)}>{t('meetings.television')}</Button>
      ) : null}
      {state === 'in_progress' ? (
        <Button kind="primary" isBusy={close.isPending} onClick={() => close.mutate(input)}>
          {t('meetings.close')}
        </Button>
      ) : null}
      {state === 'record_pending' ? (
        <Button kind="primary" isBusy={submit.isPending} onClick={() => submit.mutate(input)}>
          {t('meetings.submit')}
        </Button>
      ) : null}
      {state === 'awaiting_signatures' ? (
        <Button kind="primary" isBusy={archive.isPending} onClick={() => archive.mutate(input)}>
          {t('meetings.archive')}
        </Button>
      ) : null}
      {state === 'planned' || state === 'noticed' ? (
        <Link className="tx-button" to={paths.meetings.change(id)}>
          {t('meetings.change')}
        </Link>
      ) : null}
      {state === 'planned' || state === 'noticed' ? <Cancel meeting={meeting} /> : null}
      {isOnTelevision ? <TelevisionDialog meetingId={id} onClose={() => setOnTelevision(false)} /> : null}
      <RefusalText error={convene.error ?? open.error ?? close.error ?? submit.error ?? archive.error} />
    </>
  )
}

function Cancel({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const cancel = useWrite(cancelMeeting, {
    refreshes: ALL_MEETINGS,
    onDone: () => {
      setAsking(false)
      say(t('meetings.done.cancelled'))
    },
  })
  return (
    <>
      <Button kind="danger" onClick={() => setAsking(true)}>
        {t('meetings.cancel')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('meetings.cancelTitle', { title: meeting.title })}
        verb={t('meetings.cancel')}
        isDanger
        reasonLabel={t('meetings.cancelReason')}
        isBusy={cancel.isPending}
        error={cancel.error}
        onConfirm={(reason) =>
          cancel.mutate({ params: { id: meeting.id }, body: { reason }, ifMatch: meeting.version })
        }
      >
        {t('meetings.cancelHint')}
      </ConfirmDialog>
    </>
  )
}
