import { useQuery, useQueryClient } from '@tanstack/react-query'
import { download } from '@tongxin/client/download'
import { issueMyTranscript } from '@tongxin/contract/credits.own'
import { hoursText } from '@tongxin/domain/learning/hours'
import { Button, dateOf, Lamp, RefusalText, say } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ALL_CREDITS, transcriptsQuery } from './credits.api.ts'

/** The sheet with the check code: made anew on demand; older ones say whether a newer account exists. */
export function TranscriptCard({ year }: { year: number }) {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const { data } = useQuery(transcriptsQuery)
  const take = async () => {
    setBusy(true)
    setError(null)
    try {
      await download(issueMyTranscript, { body: { year, language: i18n.language === 'en' ? 'en' : 'zh-CN' } })
      say(t('credits.issued'))
      await client.invalidateQueries({ queryKey: ALL_CREDITS[0] })
    } catch (refused) {
      setError(refused)
    } finally {
      setBusy(false)
    }
  }
  const rows = (data?.rows ?? []).slice(0, 5)
  return (
    <section className="card credits-card">
      <h2>{t('credits.transcript')}</h2>
      <p className="hint">{t('credits.transcriptLead')}</p>
      <RefusalText error={error} />
      <Button wide kind="primary" isBusy={isBusy} onClick={() => void take()}>
        {t('credits.take', { year })}
      </Button>
      {rows.length > 0 ? (
        <ul className="credits-lines">
          {rows.map((row) => (
            <li key={row.id}>
              <div>
                <strong>{t('credits.yearOf', { year: row.year })}</strong>
                <span>{t('credits.issuedOn', { on: dateOf(row.issuedAt), hours: hoursText(row.hundredths) })}</span>
              </div>
              <Lamp state={row.isSuperseded ? 'idle' : 'ok'}>
                {t(row.isSuperseded ? 'credits.superseded' : 'credits.current')}
              </Lamp>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}
