import { useQuery } from '@tanstack/react-query'
import { useWrite } from '@tongxin/client/use-write'
import { type MeetingSet, showMeeting, takeMeetingOff } from '@tongxin/contract/television.sets'
import { Button, Dialog, EmptyState, ErrorState, Lamp, RefusalText, Skeleton, TextInput } from '@tongxin/ui'
import { MonitorSmartphone } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { televisionQuery } from './meetings.api.ts'
import './meetings.css'

/** Puts the rotating code of the meeting on the television of the room: who checks in there comes to the meeting. */
export function TelevisionDialog({ meetingId, onClose }: { meetingId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const { data, error, refetch } = useQuery(televisionQuery(meetingId, text.trim()))
  const done = { refreshes: [['meetings', 'television'], ['television']] as const }
  const show = useWrite(showMeeting, done)
  const takeOff = useWrite(takeMeetingOff, done)
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('meetings.television')}
      acts={<Button onClick={onClose}>{t('ui.back')}</Button>}
    >
      <div className="dialog-form">
        <p className="hint">{t('meetings.televisionLead')}</p>
        <RefusalText error={show.error ?? takeOff.error} />
        <TextInput label={t('meetings.televisionFind')} maxLength={60} value={text} onChange={setText} />
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
        {data || error ? null : <Skeleton lines={3} />}
        {data?.rows.length === 0 ? (
          <EmptyState title={t('meetings.noTelevision')} icon={<MonitorSmartphone aria-hidden="true" />}>
            {t('meetings.noTelevisionHint')}
          </EmptyState>
        ) : null}
        <ul className="room-sets">
          {data?.rows.map((set) => (
            <RoomSet
              key={set.id}
              set={set}
              isBusy={show.isPending || takeOff.isPending}
              onShow={() => show.mutate({ params: { id: set.id }, body: { meetingId } })}
              onTakeOff={() => takeOff.mutate({ params: { id: set.id }, body: {} })}
            />
          ))}
        </ul>
      </div>
    </Dialog>
  )
}

function RoomSet(props: { set: MeetingSet; isBusy: boolean; onShow: () => void; onTakeOff: () => void }) {
  const { t } = useTranslation()
  const { set, isBusy, onShow, onTakeOff } = props
  const { name, place, orgName, isOnline, shows, otherTitle } = set
  return (
    <li>
      <div>
        <strong>{name}</strong>
        <p className="hint">{[place, orgName].filter(Boolean).join(' · ')}</p>
        <Lamp state={shows === 'this' ? 'ok' : isOnline ? 'info' : 'warn'}>
          {shows === 'this' ? t('meetings.onTelevision') : t(isOnline ? 'meetings.setOn' : 'meetings.setOff')}
        </Lamp>
        {otherTitle ? <p className="hint">{t('meetings.otherOnTelevision', { title: otherTitle })}</p> : null}
      </div>
      {shows === 'this' ? (
        <Button isBusy={isBusy} onClick={onTakeOff}>
          {t('meetings.takeOffTelevision')}
        </Button>
      ) : (
        <Button isBusy={isBusy} onClick={onShow}>
          {t('meetings.putOnTelevision')}
        </Button>
      )}
    </li>
  )
}
