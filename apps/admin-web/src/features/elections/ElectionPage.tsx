import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import type { ElectionRecord } from '@tongxin/contract/elections'
import { Button } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { RecordPage } from '../../shared/pages/RecordPage.tsx'
import { ActDialog, isPlainAct, type PlainAct } from './ActDialog.tsx'
import { CongressTab } from './CongressTab.tsx'
import { electionQuery } from './elections.api.ts'
import { GroupDialog } from './GroupDialog.tsx'
import { HandoverTab } from './HandoverTab.tsx'
import { PapersTab } from './PapersTab.tsx'
import { CandidatesDialog, ReportDialog, TellersDialog } from './PeopleDialogs.tsx'
import { PlanDialog } from './PlanDialog.tsx'
import { Road } from './Road.tsx'
import { RollTab } from './RollTab.tsx'
import { RoundsTab } from './RoundsTab.tsx'
import { StateLamp, useElectionName } from './words.tsx'
import './elections.css'

export const loader = ({ params, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(electionQuery(params.id ?? ''))

const EVENTS = [
  'elections.count_entered',
  'elections.round_counted',
  'elections.nominated',
  'elections.approved',
  'elections.completed',
  'elections.handover_confirmed',
] as const

type Asked = PlainAct | 'change' | 'appointGroup' | 'reportCandidates' | 'appointTellers' | 'report' | null

/** One election: its steps, people, roll, rounds and papers. */
export function Page({ params, search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const nameOf = useElectionName()
  const { data } = useSuspenseQuery(electionQuery(params.id ?? ''))
  useLive(EVENTS, [
    ['elections', 'one', data.id],
    ['elections', 'handovers', data.id],
  ])
  const [asked, setAsked] = useState<Asked>(null)
  const ask = (act: string) => {
    if (act === 'allot') setSearch({ tab: 'congress' })
    else if (act === 'roll') setSearch({ tab: 'roll' })
    else if (act === 'openRound' || act === 'count' || act === 'reduce') setSearch({ tab: 'rounds' })
    else setAsked(act as Asked)
  }
  return (
    <>
      <RecordPage
        trail={[{ label: t('elections.title'), path: paths.elections.list() }]}
        name={`${data.orgName} · ${nameOf(data)}`}
        seal={t('elections.seal')}
        state={<StateLamp state={data.state} />}
        facts={[
          { label: t('elections.plannedOn'), value: data.plannedOn },
          {
            label: t(data.kind === 'delegates' ? 'elections.delegateSeats' : 'elections.seats'),
            value: data.seats === 0 ? t('elections.noCommittee') : t('elections.people', { n: data.seats }),
          },
          ...(data.delegates === null
            ? []
            : [{ label: t('elections.field.delegates'), value: t('elections.people', { n: data.delegates }) }]),
          ...(data.congress ? [{ label: t('elections.congressOf'), value: data.congress.orgName }] : []),
          ...(data.termUntil ? [{ label: t('elections.termUntil'), value: data.termUntil }] : []),
        ]}
        acts={<HeadActs election={data} onAsk={ask} />}
        search={search}
        setSearch={setSearch}
        tabs={[
          { key: 'road', label: t('elections.tab.road'), body: <Road election={data} onAsk={ask} /> },
          ...(data.delegates === null
            ? []
            : [{ key: 'congress', label: t('elections.tab.congress'), body: <CongressTab election={data} /> }]),
          { key: 'roll', label: t('elections.tab.roll'), body: <RollTab election={data} /> },
          { key: 'rounds', label: t('elections.tab.rounds'), body: <RoundsTab election={data} /> },
          { key: 'papers', label: t('elections.tab.papers'), body: <PapersTab election={data} /> },
          ...(data.kind === 'delegates'
            ? []
            : [{ key: 'handover', label: t('elections.tab.handover'), body: <HandoverTab election={data} /> }]),
        ]}
      />
      <Asking election={data} asked={asked} onClose={() => setAsked(null)} />
    </>
  )
}

const RETURNABLE = ['approve', 'approveCandidates', 'approveResult'] as const

function HeadActs({ election, onAsk }: { election: ElectionRecord; onAsk: (act: string) => void }) {
  const { t } = useTranslation()
  const { can } = election
  const quiet = ['cancel', 'change', 'appointGroup'].filter((act) => can.includes(act as never))
  return (
    <>
      {quiet.map((act) => (
        <Button key={act} onClick={() => onAsk(act)}>
          {t(`elections.act.${act}`)}
        </Button>
      ))}
      {RETURNABLE.some((act) => can.includes(act)) ? (
        <Button onClick={() => onAsk('return')}>{t('elections.act.return')}</Button>
      ) : null}
    </>
  )
}

function Asking({ election, asked, onClose }: { election: ElectionRecord; asked: Asked; onClose: () => void }) {
  const props = { election, onClose }
  if (asked === null) return null
  if (asked === 'change') return <PlanDialog {...props} />
  if (asked === 'appointGroup') return <GroupDialog {...props} />
  if (asked === 'reportCandidates') return <CandidatesDialog {...props} />
  if (asked === 'appointTellers') return <TellersDialog {...props} />
  if (asked === 'report') return <ReportDialog {...props} />
  return isPlainAct(asked) ? <ActDialog {...props} act={asked} /> : null
}
