import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import type { DecisionRecord } from '@tongxin/contract/membership.decisions'
import { Button, dateOf, Lamp } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { type Fact, Facts, RecordPage } from '../../shared/pages/RecordPage.tsx'
import { AppealDialog, ApproveDialog, MeetingDialog, ReasonDialog, ServeDialog } from './DecisionDialogs.tsx'
import { decisionQuery } from './membership.api.ts'
import { DECISION_LAMPS, RuleLine } from './words.tsx'
import './membership.css'

type Asked = 'meet' | 'approve' | 'return' | 'withdraw' | 'serve' | 'appeal' | null

export const loader = ({ params, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(decisionQuery(params.id ?? ''))

/** One decision about membership: what it rests on, each step, and who acts next. */
export function Page({ params, search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(decisionQuery(params.id ?? ''))
  const kind = t(`words.membership.decisionKind.${data.kind}`)
  return (
    <RecordPage
      trail={[{ label: t('membership.decisions'), path: paths.membership.decisions() }]}
      name={`${data.name} · ${kind}`}
      seal={data.name.slice(0, 1)}
      state={<Lamp state={DECISION_LAMPS[data.state]}>{t(`words.membership.decisionState.${data.state}`)}</Lamp>}
      facts={[
        { label: t('membership.branch'), value: data.orgName },
        { label: t('membership.proposedBy'), value: `${data.proposedBy ?? ''} ${dateOf(data.proposedAt)}` },
        ...(data.effectiveOn ? [{ label: t('membership.effectiveOn'), value: data.effectiveOn }] : []),
      ]}
      acts={<Acts decision={data} />}
      search={search}
      setSearch={setSearch}
      tabs={[
        { key: 'basis', label: t('membership.basis'), body: <Basis decision={data} /> },
        { key: 'steps', label: t('membership.steps'), body: <Steps decision={data} /> },
      ]}
    />
  )
}

function Acts({ decision }: { decision: DecisionRecord }) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<Asked>(null)
  const { can } = decision
  const close = () => setAsked(null)
  const dialog = { decision, onClose: close }
  return (
    <>
      <Link className="tx-button" to={paths.members.one(decision.memberId)}>
        {t('membership.openRecord')}
      </Link>
      {can.withdraw ? <Button onClick={() => setAsked('withdraw')}>{t('membership.withdraw')}</Button> : null}
      {can.decide ? <Button onClick={() => setAsked('return')}>{t('membership.return')}</Button> : null}
      {can.meet ? (
        <Button kind="primary" onClick={() => setAsked('meet')}>
          {t('membership.meet')}
        </Button>
      ) : null}
      {can.decide ? (
        <Button kind="primary" onClick={() => setAsked('approve')}>
          {t('membership.approve')}
        </Button>
      ) : null}
      {can.serve ? (
        <Button kind="primary" onClick={() => setAsked('serve')}>
          {t('membership.serve')}
        </Button>
      ) : null}
      {can.decideAppeal ? (
        <Button kind="primary" onClick={() => setAsked('appeal')}>
          {t('membership.decideAppeal')}
        </Button>
      ) : null}
      {asked === 'meet' ? <MeetingDialog {...dialog} /> : null}
      {asked === 'approve' ? <ApproveDialog {...dialog} /> : null}
      {asked === 'return' || asked === 'withdraw' ? <ReasonDialog {...dialog} act={asked} /> : null}
      {asked === 'serve' ? <ServeDialog {...dialog} /> : null}
      {asked === 'appeal' ? <AppealDialog {...dialog} /> : null}
    </>
  )
}

const MONTHS = new Set(['monthsNoActivity', 'monthsNoDues', 'monthsNoWork'])

function Basis({ decision }: { decision: DecisionRecord }) {
  const { t } = useTranslation()
  const facts = Object.entries(decision.facts).map(([name, value]): Fact => {
    const label = t(`membership.fact.${name === 'happenedOn' ? `${decision.kind}On` : name}`)
    if (typeof value === 'boolean') return { label, value: t(value ? 'membership.yes' : 'membership.no') }
    return { label, value: MONTHS.has(name) ? t('membership.months', { count: Number(value) }) : String(value) }
  })
  return (
    <>
      <h3>{t('membership.reason')}</h3>
      <p>{decision.reason}</p>
      {facts.length > 0 ? <Facts facts={facts} /> : null}
      {decision.absenceId ? (
        <p>
          <Link to={paths.membership.absence(decision.absenceId)}>{t('membership.openAbsence')}</Link>
        </p>
      ) : null}
      {decision.rules.length > 0 ? <h3>{t('membership.rules')}</h3> : null}
      {decision.rules.map((rule) => (
        <RuleLine key={rule.ruleId} rule={rule} />
      ))}
    </>
  )
}

function Steps({ decision }: { decision: DecisionRecord }) {
  const { t } = useTranslation()
  const { meeting } = decision
  const row = (label: string, value: string | null): Fact[] => (value ? [{ label, value }] : [])
  const facts = [
    ...row(t('membership.proposedBy'), `${decision.proposedBy ?? ''} ${dateOf(decision.proposedAt)}`),
    ...(meeting
      ? [
          { label: t('membership.heldOn'), value: meeting.heldOn },
          {
            label: t('membership.figures'),
            value: t('membership.figuresText', {
              shouldAttend: meeting.shouldAttend,
              present: meeting.present,
              inFavour: meeting.inFavour,
              result: t(meeting.carried ? 'membership.carried' : 'membership.notCarried'),
            }),
          },
          { label: t('membership.resolution'), value: meeting.resolution },
        ]
      : row(t('membership.heldOn'), decision.needsMeeting ? t('membership.notYet') : t('membership.noMeetingNeeded'))),
    ...row(t('membership.approvedBy'), [decision.approvingOrg, decision.approvedBy].filter(Boolean).join(' · ')),
    ...row(t('membership.documentNumber'), decision.documentNumber),
    ...row(t('membership.opinion'), decision.opinion),
    ...row(t('membership.returnedReason'), decision.returnedReason),
    ...row(t('membership.servedOn'), decision.servedOn),
    ...row(t('membership.servedWay'), decision.servedWay ? t(`membership.servedWayOf.${decision.servedWay}`) : null),
    ...row(t('membership.appealedOn'), decision.appealedOn),
    ...row(t('membership.appeal'), decision.appeal),
    ...row(t('membership.appealOpinion'), decision.appealOpinion),
  ]
  return <Facts facts={facts} />
}
