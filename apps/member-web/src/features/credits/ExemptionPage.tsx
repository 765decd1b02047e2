import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { applyForMyself, type OwnExemption, withdrawExemption } from '@tongxin/contract/credits.own'
import { EXEMPTION_GROUNDS, type ExemptionGround } from '@tongxin/contract/credits.words'
import {
  Button,
  ConfirmDialog,
  Lamp,
  type LampState,
  RefusalText,
  Select,
  say,
  TextArea,
  WhyArticle,
} from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { ALL_CREDITS, accountQuery, exemptionsQuery } from './credits.api.ts'
import './credits.css'

export const loader = ({ queryClient }: LoaderInput) =>
  Promise.all([queryClient.ensureQueryData(exemptionsQuery), queryClient.ensureQueryData(accountQuery(null))])

const LAMPS: Readonly<Record<OwnExemption['state'], LampState>> = {
  applied: 'warn',
  approved: 'ok',
  declined: 'late',
  withdrawn: 'idle',
  ended: 'idle',
}

/** Asking to be freed from the hours of this year because of age or illness, with the article that allows it. */
export function Page() {
  const { t, i18n } = useTranslation()
  const { data } = useSuspenseQuery(exemptionsQuery)
  const { data: own } = useSuspenseQuery(accountQuery(null))
  const { year } = own.account
  const hasOne = data.rows.some((one) => one.year === year && (one.state === 'applied' || one.state === 'approved'))
  const language = i18n.language === 'en' ? 'en' : 'zh'
  return (
    <PageFrame title={t('credits.exemption')}>
      <section className="card credits-card">
        <p>{t('credits.exemptionLead')}</p>
        <WhyArticle source={data.article.ruleId} article={data.article.citation[language]}>
          {data.article.text[language]}
        </WhyArticle>
      </section>
      {data.rows.map((one) => (
        <Exemption key={one.id} one={one} />
      ))}
      {hasOne ? null : <Apply year={year} />}
    </PageFrame>
  )
}

function Exemption({ one }: { one: OwnExemption }) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const save = useWrite(withdrawExemption, {
    refreshes: ALL_CREDITS,
    onDone: () => {
      setAsking(false)
      say(t('credits.withdrawn'))
    },
  })
  const canEnd = one.state === 'applied' || one.state === 'approved'
  const verb = t(one.state === 'approved' ? 'credits.endExemption' : 'credits.withdraw')
  return (
    <section className="card credits-card">
      <h2>{t('credits.exemptionOf', { year: one.year, ground: t(`words.credits.ground.${one.ground}`) })}</h2>
      <Lamp state={LAMPS[one.state]}>{t(`words.credits.exemption.${one.state}`)}</Lamp>
      <p>{one.reason}</p>
      {one.answer ? <p>{t('credits.answer', { answer: one.answer })}</p> : null}
      {one.bySelf ? null : <p className="hint">{t('credits.byBranch')}</p>}
      <RefusalText error={save.error} />
      {canEnd ? <Button onClick={() => setAsking(true)}>{verb}</Button> : null}
      <ConfirmDialog
        isOpen={isAsking}
        title={verb}
        verb={verb}
        isBusy={save.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() => save.mutate({ params: { id: one.id }, body: {} })}
      >
        {t('credits.endQuestion')}
      </ConfirmDialog>
    </section>
  )
}

function Apply({ year }: { year: number }) {
  const { t } = useTranslation()
  const [ground, setGround] = useState<ExemptionGround | ''>('')
  const [reason, setReason] = useState('')
  const save = useWrite(applyForMyself, { refreshes: ALL_CREDITS, onDone: () => say(t('credits.applied')) })
  const isReady = ground !== '' && reason.trim().length > 1
  return (
    <section className="card credits-card">
      <h2>{t('credits.applyFor', { year })}</h2>
      <Select
        label={t('credits.ground')}
        required
        value={ground}
        onChange={setGround}
        options={EXEMPTION_GROUNDS.map((value) => ({ value, label: t(`words.credits.ground.${value}`) }))}
      />
      <TextArea
        label={t('credits.reason')}
        help={t('credits.reasonHelp')}
        required
        maxLength={500}
        value={reason}
        onChange={setReason}
      />
      <RefusalText error={save.error} />
      <Button
        wide
        kind="primary"
        isBusy={save.isPending}
        whyNot={isReady ? undefined : t('credits.fillFirst')}
        onClick={() => ground !== '' && save.mutate({ body: { year, ground, reason: reason.trim() } })}
      >
        {t('credits.apply')}
      </Button>
    </section>
  )
}
