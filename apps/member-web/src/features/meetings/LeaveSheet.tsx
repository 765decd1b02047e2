import { useWrite } from '@tongxin/client/use-write'
import { askLeave } from '@tongxin/contract/meetings.own'
import { Button, RefusalText, Sheet, say, TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ALL_MEETINGS } from './meetings.api.ts'

/** Asking for leave with a reason; common reasons are one touch. */
export function LeaveSheet({ meeting, onClose }: { meeting: { id: string; title: string }; onClose: () => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const leave = useWrite(askLeave, {
    refreshes: ALL_MEETINGS,
    onDone: () => {
      say(t('meetings.leaveAsked'))
      onClose()
    },
  })
  const common = [t('meetings.reason.duty'), t('meetings.reason.ill'), t('meetings.reason.trip')]
  return (
    <Sheet
      isOpen
      title={t('meetings.leaveTitle', { title: meeting.title })}
      onClose={onClose}
      acts={
        <Button
          kind="primary"
          wide
          isBusy={leave.isPending}
          whyNot={reason.trim().length < 2 ? t('meetings.reasonNeeded') : undefined}
          onClick={() => leave.mutate({ params: { id: meeting.id }, body: { reason: reason.trim() } })}
        >
          {t('meetings.sendLeave')}
        </Button>
      }
    >
      <div className="quick">
        {common.map((text) => (
          <Button key={text} onClick={() => setReason(text)}>
            {text}
          </Button>
        ))}
      </div>
      <TextArea
        label={t('meetings.leaveReason')}
        help={t('meetings.leaveReasonHelp')}
        required
        value={reason}
        onChange={setReason}
        rows={3}
        maxLength={500}
      />
      <RefusalText error={leave.error} />
    </Sheet>
  )
}
