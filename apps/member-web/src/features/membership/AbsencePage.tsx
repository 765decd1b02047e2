import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import type { Reply } from '@tongxin/contract/endpoint'
import { type listMyAbsences, reportMyself } from '@tongxin/contract/membership'
import type { listMyDecisions } from '@tongxin/contract/membership.decisions'
import { Button, EmptyState, Lamp, RefusalText, say, TextArea } from '@tongxin/ui'
import { MapPinned } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { AppealForm } from './AppealForm.tsx'
import { ALL_MEMBERSHIP, ownAbsencesQuery, ownDecisionsQuery } from './membership.api.ts'
import './membership.css'

type Absence = Reply<typeof listMyAbsences>['rows'][number]
type Decision = Reply<typeof listMyDecisions>['rows'][number]

export const loader = ({ queryClient }: LoaderInput) =>
  Promise.all([queryClient.ensureQueryData(ownAbsencesQuery), queryClient.ensureQueryData(ownDecisionsQuery)])

const LAMPS = { green: 'ok', yellow: 'warn', red: 'late' } as const

/** Where I am when I am away, the contact that is due, and decisions about my membership with the way to appeal. */
export function Page() {
  const { t } = useTranslation()
  const { data: absences } = useSuspenseQuery(ownAbsencesQuery)
  const { data: decisions } = useSuspenseQuery(ownDecisionsQuery)
  return (
    <PageFrame title={t('membership.title')}>
      {absences.rows.length + decisions.rows.length === 0 ? (
        <EmptyState title={t('membership.none')} icon={<MapPinned aria-hidden="true" />}>
          {t('membership.noneHint')}
        </EmptyState>
      ) : null}
      {absences.rows.map((one) => (
        <AbsenceCard key={one.id} one={one} />
      ))}
      {decisions.rows.map((one) => (
        <DecisionCard key={one.id} one={one} />
      ))}
    </PageFrame>
  )
}

function AbsenceCard({ one }: { one: Absence }) {
  const { t } = useTranslation()
  const [note, setNote] = useState('')
  const save = useWrite(reportMyself, {
    refreshes: ALL_MEMBERSHIP,
    onDone: () => {
      setNote('')
      say(t('membership.told'))
    },
  })
  const tell = (isBack: boolean) => save.mutate({ params: { id: one.id }, body: { note: note.trim(), isBack } })
  const whyNot = note.trim().length < 2 ? t('membership.noteFirst') : undefined
  return (
    <section className="card membership-card">
      <h2>{t(`membership.kind.${one.kind}`)}</h2>
      <p>{t('membership.since', { on: one.startedOn, org: one.orgName })}</p>
      {one.toOrgName ? <p>{t('membership.host', { org: one.toOrgName })}</p> : null}
      {one.state === 'ended' ? (
        <Lamp state="idle">{t('membership.ended', { on: one.endedOn ?? '' })}</Lamp>
      ) : (
        <>
          {one.lamp && one.contactDueOn ? (
            <Lamp state={LAMPS[one.lamp]}>{t(`membership.contact.${one.lamp}`, { on: one.contactDueOn })}</Lamp>
          ) : null}
          <TextArea label={t('membership.note')} rows={3} maxLength={1000} value={note} onChange={setNote} />
          <RefusalText error={save.error} />
          <Button wide kind="primary" isBusy={save.isPending} whyNot={whyNot} onClick={() => tell(false)}>
            {t('membership.tell')}
          </Button>
          <Button wide isBusy={save.isPending} whyNot={whyNot} onClick={() => tell(true)}>
            {t('membership.tellBack')}
          </Button>
        </>
      )}
    </section>
  )
}

function DecisionCard({ one }: { one: Decision }) {
  const { t, i18n } = useTranslation()
  return (
    <section className="card membership-card">
      <h2>{t(`membership.decision.${one.kind}`)}</h2>
      <p>
        {t('membership.decidedBy', { org: one.approvingOrg ?? one.orgName, number: one.documentNumber ?? '' })}
        {one.effectiveOn ? ` · ${t('membership.from', { on: one.effectiveOn })}` : ''}
      </p>
      {one.rules.map((rule) => (
        <p key={rule.ruleId} className="hint">
          {i18n.language === 'en' ? rule.citation.en : rule.citation.zh}
        </p>
      ))}
      {one.appealedOn ? (
        <Lamp state="info">{t(`membership.appealState.${one.state}`, { on: one.appealedOn })}</Lamp>
      ) : null}
      {one.appealOpinion ? <p>{one.appealOpinion}</p> : null}
      {one.canAppeal ? <AppealForm id={one.id} /> : null}
    </section>
  )
}
