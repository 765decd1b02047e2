import { useQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import {
  answerTopicProposal,
  missTopicProposal,
  runMatching,
  scheduleTopicProposal,
} from '@tongxin/contract/topics.lessons'
import { TOPIC_PROPOSAL_STATES, type TopicProposalShown, type TopicProposalState } from '@tongxin/contract/topics.words'
import { Button, dateOf, EmptyState, type LampState, RefusalText, TextInput, timeOf } from '@tongxin/ui'
import { Handshake } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AskedAct } from '../../shared/AskedAct.tsx'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { lastMatchingQuery, proposalsQuery } from './topics.api.ts'
import { useDone } from './use-done.ts'
import './topics.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(proposalsQuery(search))

const LAMPS: Readonly<Record<TopicProposalState, LampState>> = {
  waiting: 'idle',
  proposed: 'warn',
  agreed: 'warn',
  scheduled: 'ok',
  taught: 'ok',
  declined: 'idle',
  lapsed: 'idle',
  no_show: 'late',
}
const columns: Column<TopicProposalShown>[] = [
  { key: 'title', textKey: 'topics.name', render: (row) => row.title },
  { key: 'orgName', textKey: 'topics.org', render: (row) => row.orgName },
  { key: 'lecturer', textKey: 'topics.lecturer', render: (row) => row.lecturer, width: 110 },
  { key: 'onDate', textKey: 'topics.day', render: (row) => row.onDate, isSortable: true, width: 120 },
]

/** Lessons that the matching proposes: both sides answer, then the unit schedules. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const run = useWrite(runMatching, useDone())
  return (
    <ListPage
      title={t('topics.proposals')}
      columns={columns}
      rowKey={(row) => row.id}
      query={useQuery(proposalsQuery(search))}
      search={search}
      setSearch={setSearch}
      primary={
        <Button kind="primary" isBusy={run.isPending} onClick={() => run.mutate({ body: {} })}>
          {t('topics.match')}
        </Button>
      }
      lead={
        <>
          <RefusalText error={run.error} />
          <LastRun />
        </>
      }
      filters={[
        {
          key: 'state',
          label: t('topics.state'),
          kind: 'choice',
          options: TOPIC_PROPOSAL_STATES.map((value) => ({ value, label: t(`words.topics.proposal.${value}`) })),
        },
      ]}
      lamp={(row) => ({ state: LAMPS[row.state], word: t(`words.topics.proposal.${row.state}`) })}
      drawer={(row) => ({ title: row.title, body: <Glance key={`${row.id}${row.state}`} row={row} /> })}
      empty={
        <EmptyState title={t('topics.noProposals')} icon={<Handshake aria-hidden="true" />}>
          {t('topics.noProposalsHint')}
        </EmptyState>
      }
    />
  )
}

function LastRun() {
  const { t } = useTranslation()
  const run = useQuery(lastMatchingQuery).data?.run
  if (!run) return null
  const { wishes, lecturers, placed, demand, greedyDemand: greedy } = run
  const proof = t(run.isOptimal ? 'topics.proved' : 'topics.timeOver')
  const at = `${dateOf(run.at)} ${timeOf(run.at)}`
  return (
    <>
      <p className="hint">{t('topics.matchLead', { at, wishes, lecturers, placed, demand, greedy, proof })}</p>
      {run.leftOut.length > 0 ? (
        <details>
          <summary>{t('topics.leftOut')}</summary>
          <ul>
            {run.leftOut.map((one) => (
              <li key={one.topicId}>
                {one.title}：
                {one.hurdle === null
                  ? t('topics.outbid', { others: one.takenBy.map(({ title }) => title).join('、') })
                  : t(`words.topics.hurdle.${one.hurdle}`)}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  )
}

function Glance({ row }: { row: TopicProposalShown }) {
  const { t } = useTranslation()
  const said = (yes: boolean) => t(yes ? 'topics.yes' : 'topics.waiting')
  const { reasons } = row
  const facts = [
    { label: t('topics.lecturer'), value: row.lecturer },
    { label: t('topics.day'), value: `${row.onDate} ${t(`words.topics.part.${row.part}`)}` },
    { label: t('topics.unit'), value: said(row.unitSaidYes) },
    { label: t('topics.lecturerSide'), value: said(row.lecturerSaidYes) },
    ...(row.reason ? [{ label: t('topics.reason'), value: row.reason }] : []),
  ]
  return (
    <div className="topics-glance">
      <Facts facts={facts} />
      {reasons ? (
        <p>
          {t('topics.reasons', {
            supporters: reasons.supporters,
            tags: reasons.sharedTags.join('、'),
            load: reasons.load,
            max: reasons.maxPerMonth,
            others: reasons.others,
          })}
        </p>
      ) : null}
      {row.state === 'proposed' ? <Answers row={row} /> : null}
      {row.state === 'agreed' ? <Schedule row={row} /> : null}
      {row.state === 'agreed' || row.state === 'scheduled' ? <Miss row={row} /> : null}
    </div>
  )
}

function Answers({ row }: { row: TopicProposalShown }) {
  const { t } = useTranslation()
  const save = useWrite(answerTopicProposal, useDone())
  const params = { id: row.id }
  const yes = (side: 'unit' | 'lecturer') => save.mutate({ params, body: { side, isAccepted: true } })
  return (
    <div className="topics-acts">
      <RefusalText error={save.error} />
      {row.unitSaidYes ? null : (
        <>
          <Button kind="primary" isBusy={save.isPending} onClick={() => yes('unit')}>
            {t('topics.unitYes')}
          </Button>
          <AskedAct
            verb={t('topics.no')}
            lead={t('topics.noLead')}
            reasonLabel={t('topics.reason')}
            save={save}
            input={(reason) => ({ params, body: { side: 'unit' as const, isAccepted: false, reason } })}
          />
        </>
      )}
      {row.isOutside && !row.lecturerSaidYes ? (
        <Button isBusy={save.isPending} onClick={() => yes('lecturer')}>
          {t('topics.lecturerYes')}
        </Button>
      ) : null}
    </div>
  )
}

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/

function Schedule({ row }: { row: TopicProposalShown }) {
  const { t } = useTranslation()
  const [from, setFrom] = useState('')
  const [until, setUntil] = useState('')
  const [place, setPlace] = useState('')
  const save = useWrite(scheduleTopicProposal, useDone())
  const isReady = CLOCK.test(from) && CLOCK.test(until) && place.trim() !== ''
  const instant = (clock: string) => new Date(`${row.onDate}T${clock}:00+08:00`).toISOString()
  return (
    <>
      <TextInput label={t('topics.startsAt')} required maxLength={5} value={from} onChange={setFrom} />
      <TextInput label={t('topics.endsAt')} required maxLength={5} value={until} onChange={setUntil} />
      <TextInput label={t('topics.lessonPlace')} required maxLength={120} value={place} onChange={setPlace} />
      <RefusalText error={save.error} />
      <Button
        kind="primary"
        isBusy={save.isPending}
        whyNot={isReady ? undefined : t('topics.scheduleFirst')}
        onClick={() => {
          const body = { startsAt: instant(from), endsAt: instant(until), place: place.trim() }
          save.mutate({ params: { id: row.id }, body })
        }}
      >
        {t('topics.schedule')}
      </Button>
    </>
  )
}

function Miss({ row }: { row: TopicProposalShown }) {
  const { t } = useTranslation()
  const save = useWrite(missTopicProposal, useDone())
  return (
    <AskedAct
      verb={t('topics.miss')}
      lead={t('topics.missLead')}
      reasonLabel={t('topics.reason')}
      save={save}
      input={(reason) => ({ params: { id: row.id }, body: { reason } })}
    />
  )
}
