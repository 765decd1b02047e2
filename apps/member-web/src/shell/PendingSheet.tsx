import { Button, Lamp, Sheet, timeOf, useRefusalWords } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { dismiss, type Noted } from '../shared/offline-queue.ts'

/** What waits on this device, in order, and what was refused with its reason. */
export function PendingSheet({ noted, onClose }: { noted: readonly Noted[]; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Sheet isOpen onClose={onClose} title={t('shell.pendingTitle')}>
      <ul className="plain-list">
        {noted.map((act) => (
          <PendingRow key={act.seq} act={act} />
        ))}
      </ul>
    </Sheet>
  )
}

function PendingRow({ act }: { act: Noted }) {
  const { t } = useTranslation()
  const words = useRefusalWords()
  const refusal = act.refusedWith === null ? null : words(act.refusedWith)
  return (
    <li>
      <strong>{act.label}</strong>
      <span className="hint">{timeOf(act.notedAt)}</span>
      {refusal ? (
        <>
          <Lamp state="late">{refusal.reason}</Lamp>
          <span>{refusal.remedy}</span>
          <Button onClick={() => void dismiss(act.seq)}>{t('shell.understood')}</Button>
        </>
      ) : (
        <Lamp state="warn">{t('shell.waits')}</Lamp>
      )}
    </li>
  )
}
