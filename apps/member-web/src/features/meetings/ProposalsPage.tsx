import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { type ProposalRow, propose, withdrawProposal } from '@tongxin/contract/meetings.work'
import {
  Button,
  dateOf,
  EmptyState,
  Lamp,
  type LampState,
  RefusalText,
  Sheet,
  say,
  TextArea,
  TextInput,
} from '@tongxin/ui'
import { MessageSquarePlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { ownProposals } from './life.api.ts'
import { ALL_MEETINGS } from './meetings.api.ts'
import './meetings.css'

const LAMPS: Readonly<Record<ProposalRow['state'], LampState>> = {
  open: 'warn',
  accepted: 'ok',
  declined: 'idle',
  withdrawn: 'idle',
}

export const loader = ({ search, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(ownProposals(search.cursor ?? ''))

/** What I propose for the agenda of my branch, and what became of it. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(ownProposals(search.cursor ?? ''))
  const [isWriting, setWriting] = useState(false)
  return (
    <PageFrame
      title={t('meetings.proposal.title')}
      primary={
        <Button kind="primary" wide onClick={() => setWriting(true)}>
          {t('meetings.proposal.write')}
        </Button>
      }
    >
      {data.rows.length === 0 ? (
        <EmptyState title={t('meetings.proposal.none')} icon={<MessageSquarePlus aria-hidden="true" />}>
          {t('meetings.proposal.noneHint')}
        </EmptyState>
      ) : (
        <ul className="card meeting-rows">
          {data.rows.map((row) => (
            <Proposal key={row.id} row={row} />
          ))}
        </ul>
      )}
      {data.next ? (
        <Button wide onClick={() => setSearch({ cursor: data.next ?? '' })}>
          {t('meetings.older')}
        </Button>
      ) : null}
      {isWriting ? <WriteSheet onClose={() => setWriting(false)} /> : null}
    </PageFrame>
  )
}

function Proposal({ row }: { row: ProposalRow }) {
  const { t } = useTranslation()
  const withdraw = useWrite(withdrawProposal, {
    refreshes: ALL_MEETINGS,
    onDone: () => say(t('meetings.proposal.withdrawn')),
  })
  return (
    <li className="life-row">
      <strong>{row.title}</strong>
      <span>{row.why}</span>
      <span className="hint">{dateOf(row.at)}</span>
      <Lamp state={LAMPS[row.state]}>{t(`meetings.proposal.state.${row.state}`)}</Lamp>
      {row.answer ? <span className="hint">{t('meetings.proposal.answer', { answer: row.answer })}</span> : null}
      {row.state === 'open' ? (
        <Button
          kind="quiet"
          isBusy={withdraw.isPending}
          onClick={() => withdraw.mutate({ params: { id: row.id }, body: {} })}
        >
          {t('meetings.proposal.withdraw')}
        </Button>
      ) : null}
      <RefusalText error={withdraw.error} />
    </li>
  )
}

function WriteSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [title, setTitle] = useState('')
  const [why, setWhy] = useState('')
  const send = useWrite(propose, {
    refreshes: ALL_MEETINGS,
    onDone: () => {
      say(t('meetings.proposal.sent'))
      onClose()
    },
  })
  const isIncomplete = title.trim().length < 2 || why.trim().length < 2
  return (
    <Sheet
      isOpen
      title={t('meetings.proposal.write')}
      onClose={onClose}
      acts={
        <Button
          kind="primary"
          wide
          isBusy={send.isPending}
          whyNot={isIncomplete ? t('meetings.proposal.fillFirst') : undefined}
          onClick={() => send.mutate({ body: { title: title.trim(), why: why.trim() } })}
        >
          {t('meetings.proposal.send')}
        </Button>
      }
    >
      <TextInput label={t('meetings.proposal.item')} required maxLength={120} value={title} onChange={setTitle} />
      <TextArea label={t('meetings.proposal.why')} required rows={4} maxLength={500} value={why} onChange={setWhy} />
      <RefusalText error={send.error} />
    </Sheet>
  )
}
