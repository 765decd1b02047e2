import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import { useWrite } from '@tongxin/client/use-write'
import { VOTE_RULES } from '@tongxin/contract/meetings.words'
import { acceptProposal, declineProposal, PROPOSAL_STATES, type ProposalRow } from '@tongxin/contract/meetings.work'
import { Button, ConfirmDialog, dateOf, EmptyState, Lamp, type LampState, Select } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { proposalsQuery } from './life.api.ts'
import { ALL_MEETINGS, meetingsQuery } from './meetings.api.ts'
import { spanOf } from './meetings.format.ts'
import { useDone } from './use-done.ts'
import './year.css'

const LAMPS: Readonly<Record<ProposalRow['state'], LampState>> = {
  open: 'warn',
  accepted: 'ok',
  declined: 'idle',
  withdrawn: 'idle',
}

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(proposalsQuery(search))

/** What members propose for the agenda: put it on a meeting, or decline with a reason they read. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  useLive(['meetings.proposed', 'meetings.proposal_withdrawn', 'meetings.proposal_decided'], ALL_MEETINGS)
  const columns: Column<ProposalRow>[] = [
    { key: 'title', textKey: 'meetings.proposal.title', render: (row) => row.title },
    { key: 'by', textKey: 'meetings.proposal.by', render: (row) => row.by, width: 110 },
    { key: 'org', textKey: 'meetings.branch', render: (row) => row.orgName },
    { key: 'at', textKey: 'meetings.proposal.at', render: (row) => dateOf(row.at), isSortable: true, width: 120 },
    {
      key: 'state',
      textKey: 'meetings.stateLabel',
      render: (row) => <Lamp state={LAMPS[row.state]}>{t(`meetings.proposal.state.${row.state}`)}</Lamp>,
      width: 120,
    },
  ]
  return (
    <ListPage
      title={t('meetings.proposal.list')}
      columns={columns}
      rowKey={(row) => row.id}
      query={useQuery(proposalsQuery(search))}
      search={search}
      setSearch={setSearch}
      filters={[
        {
          key: 'state',
          label: t('meetings.stateLabel'),
          kind: 'choice',
          options: PROPOSAL_STATES.map((value) => ({ value, label: t(`meetings.proposal.state.${value}`) })),
        },
        { key: 'orgId', label: t('meetings.branch'), kind: 'organisation' },
      ]}
      drawer={(row) => ({ title: row.title, body: <Proposal row={row} /> })}
      empty={<EmptyState title={t('meetings.proposal.none')}>{t('meetings.proposal.noneHint')}</EmptyState>}
    />
  )
}

function Proposal({ row }: { row: ProposalRow }) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('meetings.convene')
  const [asked, setAsked] = useState<'accept' | 'decline' | null>(null)
  const close = () => setAsked(null)
  const decline = useWrite(declineProposal, useDone(close, 'meetings.proposal.declined'))
  return (
    <div className="life-part">
      <p>{row.why}</p>
      <p className="hint">{t('meetings.proposal.from', { name: row.by, on: dateOf(row.at) })}</p>
      {row.decidedBy ? (
        <p className="hint">
          {t('meetings.proposal.decided', { name: row.decidedBy, on: dateOf(row.decidedAt ?? row.at) })} {row.answer}
        </p>
      ) : null}
      {row.state === 'open' ? (
        <div className="tx-acts">
          <Button whyNot={whyNot} onClick={() => setAsked('decline')}>
            {t('meetings.proposal.decline')}
          </Button>
          <Button kind="primary" whyNot={whyNot} onClick={() => setAsked('accept')}>
            {t('meetings.proposal.accept')}
          </Button>
        </div>
      ) : null}
      {asked === 'accept' ? <AcceptDialog row={row} onClose={close} /> : null}
      <ConfirmDialog
        isOpen={asked === 'decline'}
        onClose={close}
        title={t('meetings.proposal.declineTitle', { title: row.title })}
        verb={t('meetings.proposal.decline')}
        reasonLabel={t('meetings.proposal.reason')}
        isBusy={decline.isPending}
        error={decline.error}
        onConfirm={(reason) => decline.mutate({ params: { id: row.id }, body: { reason } })}
      />
    </div>
  )
}

/** Chooses one of the branch's coming meetings; the member who proposed it presents it. */
function AcceptDialog({ row, onClose }: { row: ProposalRow; onClose: () => void }) {
  const { t } = useTranslation()
  const [meetingId, setMeetingId] = useState('')
  const [votes, setVotes] = useState<(typeof VOTE_RULES)[number] | ''>('none')
  const { data } = useQuery(meetingsQuery({ orgId: row.orgId, limit: '100' }))
  const coming = (data?.rows ?? []).filter(
    (one) => one.orgId === row.orgId && (one.state === 'planned' || one.state === 'noticed'),
  )
  const accept = useWrite(acceptProposal, useDone(onClose, 'meetings.proposal.accepted'))
  return (
    <FormDialog
      title={t('meetings.proposal.acceptTitle', { title: row.title })}
      verb={t('meetings.proposal.accept')}
      lead={data && coming.length === 0 ? t('meetings.proposal.noMeeting') : undefined}
      whyNot={meetingId === '' ? t('meetings.proposal.meetingFirst') : undefined}
      isBusy={accept.isPending}
      error={accept.error}
      onClose={onClose}
      onSubmit={() => accept.mutate({ params: { id: row.id }, body: { meetingId, votes: votes || 'none' } })}
    >
      <Select
        label={t('meetings.proposal.meeting')}
        required
        value={meetingId}
        onChange={setMeetingId}
        options={coming.map((one) => ({ value: one.id, label: `${one.title} · ${spanOf(one)}` }))}
      />
      <Select
        label={t('meetings.votesLabel')}
        value={votes}
        onChange={setVotes}
        options={VOTE_RULES.map((value) => ({ value, label: t(`meetings.votes.${value}`) }))}
      />
    </FormDialog>
  )
}
