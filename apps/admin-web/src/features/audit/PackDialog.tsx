import { download } from '@tongxin/client/download'
import { chosenLanguage } from '@tongxin/client/texts'
import { packIncident } from '@tongxin/contract/audit'
import { Button, DateInput, Dialog, RefusalText, say, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Asks since when and for what; the file comes by itself. */
export function PackDialog(props: { personId: string; name: string; since: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [since, setSince] = useState(props.since)
  const [purpose, setPurpose] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const pack = async () => {
    setBusy(true)
    setError(null)
    try {
      const body = { personId: props.personId, since, purpose: purpose.trim(), language: chosenLanguage() }
      await download(packIncident, { body })
      say(t('audit.packed'))
      props.onClose()
    } catch (refused) {
      setError(refused)
      setBusy(false)
    }
  }
  const isReady = since !== '' && purpose.trim().length >= 2
  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      title={t('audit.packTitle', { name: props.name })}
      acts={
        <Button
          kind="primary"
          isBusy={isBusy}
          whyNot={isReady ? undefined : t('audit.purposeFirst')}
          onClick={() => void pack()}
        >
          {t('audit.pack')}
        </Button>
      }
    >
      <p className="hint">{t('audit.packHint')}</p>
      <DateInput label={t('audit.since')} value={since} onChange={setSince} />
      <TextInput label={t('audit.purpose')} required maxLength={200} value={purpose} onChange={setPurpose} />
      <RefusalText error={error} />
    </Dialog>
  )
}
