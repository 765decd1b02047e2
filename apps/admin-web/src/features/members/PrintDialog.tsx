import { ConfirmDialog, say } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Asks what a printed list of names is for before it is made; the purpose is kept. */
export function PrintDialog(props: {
  title: string
  onPrint: (purpose: string) => Promise<void>
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const print = async (purpose: string) => {
    setBusy(true)
    setError(null)
    try {
      await props.onPrint(purpose)
      say(t('shared.exportStarted'))
      props.onClose()
    } catch (refused) {
      setError(refused)
    } finally {
      setBusy(false)
    }
  }
  return (
    <ConfirmDialog
      isOpen
      onClose={props.onClose}
      title={props.title}
      verb={props.title}
      reasonLabel={t('shared.exportPurpose')}
      isBusy={isBusy}
      error={error}
      onConfirm={(purpose) => void print(purpose)}
    />
  )
}
