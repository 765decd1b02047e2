import { Link } from '@tanstack/react-router'
import { useWrite } from '@tongxin/client/use-write'
import { reviewChangeFirst, reviewChangeSecond, withdrawChange } from '@tongxin/contract/members.review'
import { Button, ConfirmDialog, Dialog, RefusalText, say, TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import type { OpenChange } from './ChangePage.tsx'
import { type Decisions, sentDecisions, unsettled } from './decisions.ts'
import { ALL_MEMBERS } from './members.api.ts'
import { useMemberWords } from './use-member-words.ts'

type Asked = 'pass' | 'return' | 'withdraw' | null

/** What this person may do with the proposal: review it, or as its maker correct or withdraw it. */
export function ChangeActs({ open, decisions }: { open: OpenChange; decisions: Decisions }) {
  const { t } = useTranslation()
  const { fieldLabel } = useMemberWords()
  const [asked, setAsked] = useState<Asked>(null)
  const { can, change } = open
  const isWaiting = change.state === 'first_review' || change.state === 'second_review'
  const whyNot = can.first || can.second ? undefined : t(`members.whyNot.${can.whyNot ?? 'not_permitted'}`)
  const wanting = can.second ? unsettled(open.differences, decisions) : []
  const chooseFirst =
    wanting.length > 0
      ? t('shared.chooseFirst', { count: wanting.length, fields: fieldLabel(wanting[0] ?? '') })
      : undefined
  const close = () => setAsked(null)
  return (
    <footer className="review-acts no-print">
      {can.withdraw ? <Button onClick={() => setAsked('withdraw')}>{t('members.withdraw')}</Button> : null}
      {can.edit && (change.kind === 'correction' || change.kind === 'new_record') ? (
        <Link
          className="tx-button"
          to={change.memberId ? paths.members.edit(change.memberId) : paths.members.add()}
          search={{ change: change.id } as never}
        >
          {t('members.editProposal')}
        </Link>
      ) : null}
      {isWaiting ? (
        <>
          <Button whyNot={whyNot} onClick={() => setAsked('return')}>
            {t('shared.return')}
          </Button>
          <Button kind="primary" whyNot={whyNot ?? chooseFirst} onClick={() => setAsked('pass')}>
            {t(change.state === 'second_review' ? 'members.approve' : 'members.passOn')}
          </Button>
        </>
      ) : null}
      {asked === 'pass' || asked === 'return' ? (
        <Verdict open={open} verdict={asked} decisions={decisions} onClose={close} />
      ) : null}
      {asked === 'withdraw' ? <Withdraw id={change.id} onClose={close} /> : null}
    </footer>
  )
}

function Verdict(props: { open: OpenChange; verdict: 'pass' | 'return'; decisions: Decisions; onClose: () => void }) {
  const { t } = useTranslation()
  const { open, verdict, decisions, onClose } = props
  const [opinion, setOpinion] = useState('')
  const isSecond = open.can.second
  const done = () => {
    say(t(verdict === 'return' ? 'members.returnedSaid' : isSecond ? 'members.approvedSaid' : 'members.passedSaid'))
    onClose()
  }
  const first = useWrite(reviewChangeFirst, { refreshes: ALL_MEMBERS, onDone: done })
  const second = useWrite(reviewChangeSecond, { refreshes: ALL_MEMBERS, onDone: done })
  const said = opinion.trim()
  const decide = () => {
    const params = { id: open.change.id }
    const body = { verdict, payloadHash: open.payloadHash, ...(said ? { opinion: said } : {}) }
    const others = sentDecisions(decisions)
    if (isSecond)
      second.mutate({ params, body: { ...body, ...(others.length > 0 ? { decisions: others as never } : {}) } })
    else first.mutate({ params, body })
  }
  const verb = verdict === 'return' ? t('shared.return') : t(isSecond ? 'members.approve' : 'members.passOn')
  const isMissing = verdict === 'return' && said.length < 2
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={verdict === 'return' ? t('shared.returnTitle') : verb}
      acts={
        <>
          <Button onClick={onClose}>{t('ui.back')}</Button>
          <Button
            kind="primary"
            isBusy={first.isPending || second.isPending}
            whyNot={isMissing ? t('ui.reasonFirst') : undefined}
            onClick={decide}
          >
            {verb}
          </Button>
        </>
      }
    >
      <p className="hint">{t(isSecond ? 'members.secondHint' : 'members.firstHint')}</p>
      <TextArea
        label={t(verdict === 'return' ? 'shared.returnReason' : 'members.opinion')}
        required={verdict === 'return'}
        rows={3}
        maxLength={500}
        value={opinion}
        onChange={setOpinion}
      />
      <RefusalText error={second.error ?? first.error} />
    </Dialog>
  )
}

function Withdraw({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const withdraw = useWrite(withdrawChange, { refreshes: ALL_MEMBERS, onDone: onClose })
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('members.withdrawTitle')}
      verb={t('members.withdraw')}
      isBusy={withdraw.isPending}
      error={withdraw.error}
      onConfirm={() => withdraw.mutate({ params: { id }, body: {} })}
    />
  )
}
