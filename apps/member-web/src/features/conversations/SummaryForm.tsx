import { download } from '@tongxin/client/download'
import { summarizeConversation } from '@tongxin/contract/conversations.own'
import { Button, DateInput, dateOf, RefusalText, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

const MONTH_MS = 30 * 86_400_000
/** What was said in a period as one document (观点汇编); the group is told. */
export function SummaryForm({ id }: { id: string }) {
  const { t, i18n } = useTranslation()
  const [title, setTitle] = useState('')
  const [fromOn, setFrom] = useState(() => dateOf(Date.now() - MONTH_MS))
  const [untilOn, setUntil] = useState(() => dateOf(Date.now()))
  const [hasNames, setNames] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const make = () => {
    setBusy(true)
    setError(null)
    const language = i18n.language === 'en' ? ('en' as const) : ('zh-CN' as const)
    const body = { title, fromOn, untilOn, hasNames, format: 'docx' as const, language }
    download(summarizeConversation, { params: { id }, body })
      .catch(setError)
      .finally(() => setBusy(false))
  }
  return (
    <details className="card">
      <summary>{t('conversations.summary')}</summary>
      <div className="talk-form">
        <p className="hint">{t('conversations.summaryHelp')}</p>
        <TextInput label={t('conversations.summaryTitle')} required maxLength={80} value={title} onChange={setTitle} />
        <DateInput label={t('conversations.fromOn')} value={fromOn} onChange={(on) => setFrom(on ?? '')} />
        <DateInput label={t('conversations.untilOn')} value={untilOn} onChange={(on) => setUntil(on ?? '')} />
        <label className="talk-check">
          <input type="checkbox" checked={hasNames} onChange={(event) => setNames(event.target.checked)} />
          {t('conversations.withNames')}
        </label>
        <RefusalText error={error} />
        <Button
          wide
          isBusy={isBusy}
          whyNot={title.trim().length > 1 && fromOn && untilOn ? undefined : t('conversations.fillFirst')}
          onClick={make}
        >
          {t('conversations.summaryMake')}
        </Button>
      </div>
    </details>
  )
}
