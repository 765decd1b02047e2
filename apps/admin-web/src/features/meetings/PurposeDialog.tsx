import { Button, Select, say, TextInput } from '@tongxin/ui'
import { Download } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'

export type Language = 'zh-CN' | 'en'

/** A file that leaves the platform: asks for the purpose, which is kept, and the language of the paper. */
export function PurposeButton(props: {
  verb: string
  whyNot?: string | undefined
  onTake: (purpose: string, language: Language) => Promise<void>
}) {
  const { t, i18n } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const [purpose, setPurpose] = useState('')
  const [language, setLanguage] = useState<Language | ''>(i18n.language.startsWith('zh') ? 'zh-CN' : 'en')
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const take = async () => {
    setBusy(true)
    setError(null)
    try {
      await props.onTake(purpose.trim(), language || 'zh-CN')
      say(t('shared.exportStarted'))
      setOpen(false)
    } catch (refused) {
      setError(refused)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button icon={<Download size="1.1em" aria-hidden="true" />} whyNot={props.whyNot} onClick={() => setOpen(true)}>
        {props.verb}
      </Button>
      {isOpen ? (
        <FormDialog
          title={props.verb}
          verb={props.verb}
          lead={t('meetings.purposeLead')}
          isBusy={isBusy}
          error={error}
          whyNot={purpose.trim().length < 2 ? t('meetings.purposeFirst') : undefined}
          onClose={() => setOpen(false)}
          onSubmit={() => void take()}
        >
          {isBusy ? <Making /> : null}
          <TextInput label={t('meetings.purpose')} required maxLength={200} value={purpose} onChange={setPurpose} />
          <Select
            label={t('meetings.paperLanguage')}
            value={language}
            onChange={setLanguage}
            options={[
              { value: 'zh-CN', label: '中文' },
              { value: 'en', label: 'English' },
            ]}
          />
        </FormDialog>
      ) : null}
    </>
  )
}

const TICK_MS = 1000

/** A paper of many pages takes its time: from the first second on it says that it is being made, and for how long. */
function Making() {
  const { t } = useTranslation()
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const began = Date.now()
    const clock = setInterval(() => setSeconds(Math.floor((Date.now() - began) / TICK_MS)), TICK_MS)
    return () => clearInterval(clock)
  }, [])
  if (seconds === 0) return null
  return (
    <div className="making" role="status">
      <progress aria-label={t('meetings.making')} />
      <span aria-hidden="true">{t('meetings.makingFor', { seconds })}</span>
    </div>
  )
}
