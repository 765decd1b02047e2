import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import { download } from '@tongxin/client/download'
import { useWrite } from '@tongxin/client/use-write'
import { type CampaignRecord, exportViews, moveCampaign, summarizeCampaign } from '@tongxin/contract/study.campaigns'
import { Button, ErrorState, RefusalText, Skeleton, TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AskedAct } from '../../shared/AskedAct.tsx'
import { usePeopleWords } from '../../shared/AudienceFields.tsx'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { CampaignDialog } from './CampaignDialog.tsx'
import { Posts } from './Posts.tsx'
import { campaignQuery } from './study.api.ts'
import { useDone } from './use-done.ts'

/** One campaign: how far people are, what is said, and the acts of its stage. */
export function CampaignGlance({ id }: { id: string }) {
  const { t } = useTranslation()
  const peopleWords = usePeopleWords()
  const { data: campaign, error, refetch } = useQuery(campaignQuery(id))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!campaign) return <Skeleton lines={8} />
  const facts = [
    { label: t('study.org'), value: campaign.orgName },
    { label: t('study.days'), value: `${campaign.fromOn} – ${campaign.untilOn}` },
    { label: t('study.campaignTheme'), value: campaign.theme },
    { label: t('study.audience'), value: peopleWords(campaign.audience) },
  ]
  return (
    <div className="study-glance">
      <p className="study-text">{campaign.about}</p>
      <Facts facts={facts} />
      <Acts campaign={campaign} />
      {campaign.tasks.length > 0 ? <HowFar campaign={campaign} /> : null}
      {campaign.summary ? (
        <section className="study-part">
          <h3>{t('study.summaryBy', { by: campaign.summaryBy })}</h3>
          <p className="study-text">{campaign.summary}</p>
        </section>
      ) : null}
      {campaign.outcome ? (
        <section className="study-part">
          <h3>{t('study.outcome')}</h3>
          <p className="study-text">{campaign.outcome}</p>
        </section>
      ) : null}
      {campaign.questions.length > 0 && campaign.state !== 'draft' ? <Posts campaign={campaign} /> : null}
    </div>
  )
}

function HowFar({ campaign }: { campaign: CampaignRecord }) {
  const { t } = useTranslation()
  const most = Math.max(1, campaign.people)
  return (
    <section className="study-part">
      <h3>{t('study.finished', { n: campaign.finished, of: campaign.people })}</h3>
      <p className="hint">{t('study.countsOnly')}</p>
      {campaign.tasks.map((task, at) => (
        <div key={task.id} className="study-far">
          <span>
            {`${t(`words.study.campaignTask.${task.kind}`)} · ${task.title}`}
            {task.courseTitle ? <span className="hint">{t('study.onCourse', { title: task.courseTitle })}</span> : null}
          </span>
          <progress value={campaign.done[at] ?? 0} max={most} aria-label={task.title} />
          <span>{`${campaign.done[at] ?? 0}/${campaign.people}`}</span>
        </div>
      ))}
    </section>
  )
}

type Form = 'change' | 'summary' | 'close'

function Acts({ campaign }: { campaign: CampaignRecord }) {
  const { t, i18n } = useTranslation()
  const { whyNot } = useCan()('learning.write')
  const [form, setForm] = useState<Form | null>(null)
  const [error, setError] = useState<unknown>(null)
  const move = useWrite(moveCampaign, useDone())
  const params = { id: campaign.id }
  const language = i18n.language === 'en' ? ('en' as const) : ('zh-CN' as const)
  const take = (format: 'docx' | 'pdf') => {
    setError(null)
    download(exportViews, { params, body: { format, language } }).catch(setError)
  }
  const button = (name: Form, text: string) => (
    <Button whyNot={whyNot} onClick={() => setForm(name)}>
      {text}
    </Button>
  )
  return (
    <>
      <div className="study-acts">
        {campaign.state === 'draft' ? (
          <AskedAct
            verb={t('study.open')}
            lead={t('study.openLead')}
            whyNot={whyNot}
            save={move}
            input={() => ({ params, body: { state: 'open' as const } })}
          />
        ) : null}
        {campaign.state === 'closed' ? null : button('change', t('study.change'))}
        {campaign.questions.length > 0 && campaign.state !== 'draft' ? button('summary', t('study.sum')) : null}
        {campaign.state === 'draft' ? null : (
          <>
            <Button whyNot={whyNot} onClick={() => take('docx')}>
              {t(campaign.questions.length > 0 ? 'study.views' : 'study.report')}
            </Button>
            <Button whyNot={whyNot} onClick={() => take('pdf')}>
              {t('study.asPdf')}
            </Button>
          </>
        )}
        {campaign.state === 'open' ? button('close', t('study.closeCampaign')) : null}
      </div>
      <RefusalText error={error} />
      {form === 'change' ? <CampaignDialog campaign={campaign} onClose={() => setForm(null)} /> : null}
      {form === 'summary' ? <SummaryDialog campaign={campaign} onClose={() => setForm(null)} /> : null}
      {form === 'close' ? <CloseDialog campaign={campaign} onClose={() => setForm(null)} /> : null}
    </>
  )
}

type DialogProps = { campaign: CampaignRecord; onClose: () => void }

function SummaryDialog({ campaign, onClose }: DialogProps) {
  const { t } = useTranslation()
  const [summary, setSummary] = useState(campaign.summary ?? '')
  const save = useWrite(summarizeCampaign, useDone(onClose))
  return (
    <FormDialog
      title={t('study.sum')}
      verb={t('study.keep')}
      lead={t('study.sumLead')}
      whyNot={summary.trim().length > 1 ? undefined : t('study.fillFirst')}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate({ params: { id: campaign.id }, body: { summary } })}
      onClose={onClose}
    >
      <TextArea label={t('study.sum')} required rows={10} maxLength={10_000} value={summary} onChange={setSummary} />
    </FormDialog>
  )
}

function CloseDialog({ campaign, onClose }: DialogProps) {
  const { t } = useTranslation()
  const [outcome, setOutcome] = useState('')
  const save = useWrite(moveCampaign, useDone(onClose))
  return (
    <FormDialog
      title={t('study.closeCampaign')}
      verb={t('study.closeCampaign')}
      lead={t('study.closeCampaignLead')}
      whyNot={outcome.trim().length > 1 ? undefined : t('study.fillFirst')}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate({ params: { id: campaign.id }, body: { state: 'closed', outcome } })}
      onClose={onClose}
    >
      <TextArea label={t('study.outcome')} required rows={6} maxLength={5000} value={outcome} onChange={setOutcome} />
    </FormDialog>
  )
}
