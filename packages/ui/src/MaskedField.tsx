import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { RefusalText } from './RefusalText.tsx'
import { TextInput } from './TextInput.tsx'

/**
 * A sensitive value, masked. The eye asks for the purpose; `onReveal` fetches the value under that purpose, which the
 * person concerned can read later. The value is forgotten when the field is hidden again.
 */
export function MaskedField(props: {
  label: string
  masked: string
  onReveal: (purpose: string) => Promise<string>
  whyNot?: string | undefined
}) {
  const { t } = useTranslation()
  const [clear, setClear] = useState<string | null>(null)
  const [isAsking, setAsking] = useState(false)
  const toggle = () => {
    if (props.whyNot !== undefined) return
    if (clear === null) setAsking(true)
    else setClear(null)
  }
  return (
    <span className="tx-masked">
      {clear ?? props.masked}
      <button
        type="button"
        aria-disabled={props.whyNot !== undefined || undefined}
        title={props.whyNot}
        aria-label={`${t(clear === null ? 'ui.reveal' : 'ui.hide', { label: props.label })}${props.whyNot ? ` (${props.whyNot})` : ''}`}
        onClick={toggle}
      >
        {clear === null ? <Eye size="1.1em" aria-hidden="true" /> : <EyeOff size="1.1em" aria-hidden="true" />}
      </button>
      {isAsking ? (
        <PurposeDialog
          label={props.label}
          onReveal={async (purpose) => {
            setClear(await props.onReveal(purpose))
            setAsking(false)
          }}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </span>
  )
}

function PurposeDialog(props: { label: string; onReveal: (purpose: string) => Promise<void>; onClose: () => void }) {
  const { t } = useTranslation()
  const [purpose, setPurpose] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const reveal = () => {
    setBusy(true)
    props.onReveal(purpose.trim()).catch((refused: unknown) => {
      setError(refused)
      setBusy(false)
    })
  }
  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      title={t('ui.reveal', { label: props.label })}
      acts={
        <>
          <Button onClick={props.onClose}>{t('ui.back')}</Button>
          <Button
            kind="primary"
            isBusy={isBusy}
            whyNot={purpose.trim() ? undefined : t('ui.purposeFirst')}
            onClick={reveal}
          >
            {t('ui.show')}
          </Button>
        </>
      }
    >
      <TextInput
        label={t('ui.purpose')}
        help={t('ui.purposeHelp')}
        required
        maxLength={200}
        value={purpose}
        onChange={setPurpose}
      />
      <RefusalText error={error} />
    </Dialog>
  )
}
