import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import { useWrite } from '@tongxin/client/use-write'
import type { AgendaRow } from '@tongxin/contract/meetings'
import { prepareBallot, takeBallot } from '@tongxin/contract/meetings.work'
import { Button, RefusalText, Select } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { FormDialog } from '../../shared/FormDialog.tsx'
import type { Meeting } from './meetings.types.ts'
import { useDone } from './use-done.ts'

/** The electronic vote on an item: prepared here, held at its own page, its counted result taken into the record. */
export function BallotPart({ meeting, item }: { meeting: Meeting; item: AgendaRow }) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('meetings.convene')
  const [isPreparing, setPreparing] = useState(false)
  const take = useWrite(
    takeBallot,
    useDone(() => {}, 'meetings.ballot.taken'),
  )
  const mayPrepare = meeting.state === 'noticed' || meeting.state === 'in_progress'
  const mayTake = meeting.state === 'in_progress' || meeting.state === 'record_pending'
  if (whyNot || (item.ballotId === null && !mayPrepare)) return null
  if (item.ballotId === null)
    return (
      <>
        <Button onClick={() => setPreparing(true)}>{t('meetings.ballot.prepare')}</Button>
        {isPreparing ? <PrepareDialog meeting={meeting} item={item} onClose={() => setPreparing(false)} /> : null}
      </>
    )
  return (
    <div className="tx-acts">
      <Link className="tx-button" to={paths.voting.one(item.ballotId)}>
        {t('meetings.ballot.open')}
      </Link>
      {mayTake && !item.vote ? (
        <Button
          kind="primary"
          isBusy={take.isPending}
          onClick={() => take.mutate({ params: { id: meeting.id, itemId: item.id }, body: {} })}
        >
          {t('meetings.ballot.take')}
        </Button>
      ) : null}
      <RefusalText error={take.error} />
    </div>
  )
}

const CHANNELS = ['electronic', 'mixed', 'paper'] as const

function PrepareDialog({ meeting, item, onClose }: { meeting: Meeting; item: AgendaRow; onClose: () => void }) {
  const { t } = useTranslation()
  const [secrecy, setSecrecy] = useState<'secret' | 'named' | ''>('secret')
  const [channel, setChannel] = useState<(typeof CHANNELS)[number] | ''>('electronic')
  const prepare = useWrite(prepareBallot, useDone(onClose, 'meetings.ballot.prepared'))
  // Admission is decided by secret ballot only (细则 art. 20).
  const secrecies = item.votes === 'admission' ? (['secret'] as const) : (['secret', 'named'] as const)
  return (
    <FormDialog
      title={item.title}
      verb={t('meetings.ballot.prepare')}
      lead={t('meetings.ballot.lead')}
      isBusy={prepare.isPending}
      error={prepare.error}
      onClose={onClose}
      onSubmit={() =>
        prepare.mutate({
          params: { id: meeting.id, itemId: item.id },
          body: { secrecy: secrecy || 'secret', channel: channel || 'electronic' },
        })
      }
    >
      <Select
        label={t('meetings.ballot.secrecy')}
        required
        value={secrecy}
        onChange={setSecrecy}
        options={secrecies.map((value) => ({ value, label: t(`meetings.ballot.${value}`) }))}
      />
      <Select
        label={t('meetings.ballot.channel')}
        required
        value={channel}
        onChange={setChannel}
        options={CHANNELS.map((value) => ({ value, label: t(`meetings.ballot.${value}`) }))}
      />
    </FormDialog>
  )
}
