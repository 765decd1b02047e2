import { download } from '@tongxin/client/download'
import { exportMyNotes, NOTE_FILES } from '@tongxin/contract/study.own'
import { Button, DateInput, RefusalText, Select, Sheet, say } from '@tongxin/ui'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** The own notes as a file to take along. */
export function NotesFile() {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <Button icon={<Download aria-hidden="true" />} onClick={() => setAsking(true)}>
        {t('study.takeNotes')}
      </Button>
      <Sheet isOpen={isAsking} title={t('study.takeNotes')} onClose={() => setAsking(false)}>
        <Form onDone={() => setAsking(false)} />
      </Sheet>
    </>
  )
}

function Form({ onDone }: { onDone: () => void }) {
  const { t, i18n } = useTranslation()
  const [format, setFormat] = useState<(typeof NOTE_FILES)[number]>('docx')
  const [fromOn, setFrom] = useState('')
  const [untilOn, setUntil] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const take = async () => {
    setBusy(true)
    setError(null)
    const language = i18n.language === 'en' ? ('en' as const) : ('zh-CN' as const)
    const days = { ...(fromOn ? { fromOn } : {}), ...(untilOn ? { untilOn } : {}) }
    try {
      await download(exportMyNotes, { body: { format, language, ...days } })
      say(t('study.notesTaken'))
      onDone()
    } catch (refused) {
      setError(refused)
      setBusy(false)
    }
  }
  return (
    <div className="study-form">
      <p className="hint">{t('study.takeNotesLead')}</p>
      <Select
        label={t('study.fileKind')}
        required
        value={format}
        onChange={(chosen) => chosen !== '' && setFormat(chosen)}
        options={NOTE_FILES.map((value) => ({ value, label: t(`study.noteFile.${value}`) }))}
      />
      <DateInput label={t('study.notedFrom')} value={fromOn} onChange={setFrom} />
      <DateInput label={t('study.notedUntil')} value={untilOn} onChange={setUntil} />
      <RefusalText error={error} />
      <Button wide kind="primary" isBusy={isBusy} onClick={() => void take()}>
        {t('study.takeNotesNow')}
      </Button>
    </div>
  )
}
