import { Link } from '@tanstack/react-router'
import { useWrite } from '@tongxin/client/use-write'
import { advanceVote, cancelVoteRoute, type VoteRecord } from '@tongxin/contract/voting'
import type { VoteStep } from '@tongxin/contract/voting.words'
import { Button, ConfirmDialog, say, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { ALL_VOTING } from './voting.api.ts'
import { nextStep } from './voting.format.ts'

/** The next step of the vote, with what it means; nothing of it can be taken back. */
export function VoteActs({ vote }: { vote: VoteRecord }) {
  const { t } = useTranslation()
  const [step, setStep] = useState<VoteStep | null>(null)
  const [isCancelling, setCancelling] = useState(false)
  const next = nextStep(vote)
  return (
    <>
      {vote.can.steps.map((one) => (
        <Button key={one} kind={one === next ? 'primary' : 'plain'} onClick={() => setStep(one)}>
          {t(`voting.step.${one}`)}
        </Button>
      ))}
      {vote.can.change && vote.subject.kind === 'poll' ? (
        <Link className="tx-button" to={paths.voting.change(vote.id)}>
          {t('voting.changePoll')}
        </Link>
      ) : null}
      {vote.can.cancel ? (
        <Button kind="danger" onClick={() => setCancelling(true)}>
          {t('voting.cancel')}
        </Button>
      ) : null}
      {step ? <Step vote={vote} step={step} onClose={() => setStep(null)} /> : null}
      {isCancelling ? <Cancel vote={vote} onClose={() => setCancelling(false)} /> : null}
    </>
  )
}

const WHOLE = /^\d{1,6}$/

function Step({ vote, step, onClose }: { vote: VoteRecord; step: VoteStep; onClose: () => void }) {
  const { t } = useTranslation()
  const [minutes, setMinutes] = useState('')
  const [present, setPresent] = useState('')
  const isTimed = step === 'drawing' || step === 'casting'
  // In a meeting those present are counted by check-in; outside one somebody has to say it.
  const asksPresent = step === 'closed' && vote.meetingId === null && vote.channel !== 'electronic'
  const go = useWrite(advanceVote, {
    refreshes: ALL_VOTING,
    onDone: () => {
      say(t(`voting.stepDone.${step}`))
      onClose()
    },
  })
  const isWrong = (isTimed && minutes !== '' && !WHOLE.test(minutes)) || (asksPresent && !WHOLE.test(present))
  return (
    <FormDialog
      title={t(`voting.step.${step}`)}
      verb={t(`voting.step.${step}`)}
      lead={t(`voting.stepMeans.${vote.secrecy}.${step}`)}
      labels={{ '/body/minutes': t('voting.minutes'), '/body/present': t('voting.presentLabel') }}
      whyNot={isWrong ? t('voting.wholeNumber') : undefined}
      isBusy={go.isPending}
      error={go.error}
      onClose={onClose}
      onSubmit={() =>
        go.mutate({
          params: { id: vote.id },
          body: {
            to: step,
            ...(isTimed && minutes !== '' ? { minutes: Number(minutes) } : {}),
            ...(asksPresent ? { present: Number(present) } : {}),
          },
        })
      }
    >
      {isTimed ? (
        <TextInput
          label={t('voting.minutes')}
          help={t('voting.minutesHelp')}
          inputMode="numeric"
          value={minutes}
          onChange={(text) => setMinutes(text.trim())}
        />
      ) : null}
      {asksPresent ? (
        <TextInput
          label={t('voting.presentLabel')}
          help={t('voting.presentHelp')}
          required
          inputMode="numeric"
          value={present}
          onChange={(text) => setPresent(text.trim())}
        />
      ) : null}
    </FormDialog>
  )
}

function Cancel({ vote, onClose }: { vote: VoteRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const cancel = useWrite(cancelVoteRoute, {
    refreshes: ALL_VOTING,
    onDone: () => {
      say(t('voting.cancelled'))
      onClose()
    },
  })
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('voting.cancelTitle', { title: vote.title })}
      verb={t('voting.cancel')}
      isDanger
      reasonLabel={t('voting.cancelReason')}
      isBusy={cancel.isPending}
      error={cancel.error}
      onConfirm={(reason) => cancel.mutate({ params: { id: vote.id }, body: { reason } })}
    >
      {t('voting.cancelHint')}
    </ConfirmDialog>
  )
}
