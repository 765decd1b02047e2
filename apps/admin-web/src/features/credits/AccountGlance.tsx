import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import { download } from '@tongxin/client/download'
import { useWrite } from '@tongxin/client/use-write'
import { issueTranscript, reverseEntry } from '@tongxin/contract/credits'
import type { CreditEntry } from '@tongxin/contract/credits.words'
import { hoursText } from '@tongxin/domain/learning/hours'
import { Button, ConfirmDialog, ErrorState, RefusalText, Skeleton } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { accountQuery } from './credits.api.ts'
import { Articles, StandingLamp, useDone } from './parts.tsx'

/** One account beside the list: sums, every line with its rule, the transcript, and taking back what is wrong. */
export function AccountGlance({ memberId, year }: { memberId: string; year: number }) {
  const { t, i18n } = useTranslation()
  const query = useQuery(accountQuery(memberId, year))
  const [refused, setRefused] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  if (query.isPending) return <Skeleton lines={8} />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  const { account, entries, articles } = query.data
  const take = async () => {
    setBusy(true)
    setRefused(null)
    const language = i18n.language === 'en' ? 'en' : 'zh-CN'
    await download(issueTranscript, { params: { memberId }, body: { year, language } }).catch(setRefused)
    setBusy(false)
  }
  return (
    <div className="credits-glance">
      <StandingLamp standing={account.standing} />
      <Facts
        facts={[
          { label: t('words.credits.columns.orgName'), value: account.orgName },
          { label: t('words.credits.columns.post'), value: t(`words.credits.post.${account.post}`) },
          {
            label: t('words.credits.columns.target'),
            value: account.target === null ? '—' : hoursText(account.target),
          },
          { label: t('words.credits.columns.earned'), value: hoursText(account.earned) },
          { label: t('words.credits.columns.required'), value: hoursText(account.required) },
          { label: t('words.credits.columns.elective'), value: hoursText(account.elective) },
        ]}
      />
      <RefusalText error={refused} />
      <Button isBusy={isBusy} onClick={() => void take()}>
        {t('credits.transcript')}
      </Button>
      <Lines entries={entries} />
      <Articles articles={articles} />
    </div>
  )
}

function Lines({ entries }: { entries: readonly CreditEntry[] }) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('learning.review')
  const [wrong, setWrong] = useState<CreditEntry | null>(null)
  const save = useWrite(
    reverseEntry,
    useDone(() => setWrong(null), 'credits.reversed'),
  )
  if (entries.length === 0) return <p className="hint">{t('credits.noLines')}</p>
  return (
    <>
      <table className="credits-lines">
        <tbody>
          {entries.map((row) => (
            <tr key={row.id} data-void={row.isReversed || undefined}>
              <td>{row.on}</td>
              <td>
                <strong>{row.reverses ? t('credits.takenBack', { title: row.title }) : row.title}</strong>
                <span>
                  {row.reverses
                    ? row.reason
                    : `${t(`words.credits.part.${row.part}`)} · ${t(`words.credits.rule.${row.rule}`)}`}
                </span>
              </td>
              <td>{hoursText(row.hundredths)}</td>
              <td>
                {row.reverses || row.isReversed || whyNot ? null : (
                  <Button kind="quiet" onClick={() => setWrong(row)}>
                    {t('credits.reverse')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ConfirmDialog
        isOpen={wrong !== null}
        title={t('credits.reverseTitle', { title: wrong?.title ?? '' })}
        verb={t('credits.reverse')}
        isDanger
        reasonLabel={t('credits.reason')}
        isBusy={save.isPending}
        error={save.error}
        onClose={() => setWrong(null)}
        onConfirm={(reason) => wrong && save.mutate({ params: { id: wrong.id }, body: { reason } })}
      >
        {t('credits.reverseLead', { hours: hoursText(wrong?.hundredths ?? 0) })}
      </ConfirmDialog>
    </>
  )
}
