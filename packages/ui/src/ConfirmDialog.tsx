import type { ReactNode } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { RefusalText } from './RefusalText.tsx'
import { TextArea } from './TextInput.tsx'

type Props = {
  isOpen: boolean
  onClose: () => void
  title: ReactNode
  /** What will happen, in one sentence. */
  children?: ReactNode
  /** The verb of the act: 退回修改, not 确定. */
  verb: string
  isDanger?: boolean
  /** Asks for a reason with this label; the act stays disabled until there is one. */
  reasonLabel?: string
  isBusy?: boolean
  error?: unknown
  onConfirm: (reason: string) => void
}

/** Asks before an act that others notice, with its reason when one is kept. Stays open while the server refuses. */
export function ConfirmDialog(props: Props) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const isReasonMissing = props.reasonLabel !== undefined && reason.trim() === ''
  return (
    <Dialog
      isOpen={props.isOpen}
      onClose={props.onClose}
      title={props.title}
      acts={
        <>
          <Button onClick={props.onClose}>{t('ui.back')}</Button>
          <Button
            kind={props.isDanger ? 'danger' : 'primary'}
            isBusy={props.isBusy ?? false}
            whyNot={isReasonMissing ? t('ui.reasonFirst') : undefined}
            onClick={() => props.onConfirm(reason.trim())}
          >
            {props.verb}
          </Button>
        </>
      }
    >
      {props.children}
      {props.reasonLabel === undefined ? null : (
        <TextArea label={props.reasonLabel} required value={reason} maxLength={500} onChange={setReason} />
      )}
      <RefusalText error={props.error} />
    </Dialog>
  )
}
