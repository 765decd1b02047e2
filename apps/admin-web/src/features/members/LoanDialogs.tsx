import { useWrite } from '@tongxin/client/use-write'
import {
  askForDossier,
  type DossierLoan,
  decideDossierLoan,
  extendDossierLoan,
  returnDossier,
  withdrawDossierLoan,
} from '@tongxin/contract/members.dossier'
import { addDays } from '@tongxin/domain/general/dates'
import { ConfirmDialog, DateInput, dateOf, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { useSaved } from './DossierDialogs.tsx'
import { loanKeys } from './dossier.api.ts'

export function AskDialog({ memberId, onClose }: { memberId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [borrower, setBorrower] = useState('')
  const [purpose, setPurpose] = useState('')
  const [dueOn, setDue] = useState('')
  const save = useWrite(askForDossier, { refreshes: loanKeys(memberId), onDone: useSaved(onClose) })
  const errorAt = useFieldErrors(save.error)
  const isWhole = borrower.trim() !== '' && purpose.trim().length > 1 && dueOn !== ''
  return (
    <FormDialog
      title={t('members.dossier.ask')}
      verb={t('members.dossier.send')}
      lead={t('members.dossier.askLead')}
      isBusy={save.isPending}
      error={save.error}
      whyNot={isWhole ? undefined : t('members.dossier.allFirst')}
      onClose={onClose}
      onSubmit={() => save.mutate({ params: { id: memberId }, body: { borrower, purpose, dueOn } })}
    >
      <TextInput
        label={t('members.dossier.borrower')}
        required
        value={borrower}
        maxLength={100}
        onChange={setBorrower}
      />
      <TextInput label={t('members.dossier.purpose')} required value={purpose} maxLength={500} onChange={setPurpose} />
      <DateInput
        label={t('members.dossier.dueOn')}
        required
        value={dueOn}
        onChange={setDue}
        error={errorAt('/body/dueOn')}
      />
    </FormDialog>
  )
}

type One = { memberId: string; loan: DossierLoan; onClose: () => void }

function RefuseDialog({ memberId, loan, onClose }: One) {
  const { t } = useTranslation()
  const refuse = useWrite(decideDossierLoan, { refreshes: loanKeys(memberId), onDone: useSaved(onClose) })
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('members.dossier.refuseTitle', { name: loan.borrower })}
      verb={t('members.dossier.refuse')}
      reasonLabel={t('members.reason')}
      isBusy={refuse.isPending}
      error={refuse.error}
      onConfirm={(reason) =>
        refuse.mutate({ params: { id: memberId, loanId: loan.id }, body: { verdict: 'refuse', reason } })
      }
    />
  )
}

function ReturnDialog({ memberId, loan, onClose }: One) {
  const { t } = useTranslation()
  const [on, setOn] = useState(dateOf(new Date().toISOString()))
  const save = useWrite(returnDossier, { refreshes: loanKeys(memberId), onDone: useSaved(onClose) })
  const errorAt = useFieldErrors(save.error)
  return (
    <FormDialog
      title={t('members.dossier.giveBack')}
      verb={t('members.dossier.save')}
      isBusy={save.isPending}
      error={save.error}
      whyNot={on === '' ? t('members.dossier.allFirst') : undefined}
      onClose={onClose}
      onSubmit={() => save.mutate({ params: { id: memberId, loanId: loan.id }, body: { on } })}
    >
      <DateInput
        label={t('members.dossier.returnedOn')}
        required
        value={on}
        onChange={setOn}
        error={errorAt('/body/on')}
      />
    </FormDialog>
  )
}

/** A later day of return, with the reason; a week more is proposed. */
function ExtendDialog({ memberId, loan, onClose }: One) {
  const { t } = useTranslation()
  const today = dateOf(new Date().toISOString())
  const [dueOn, setDue] = useState(addDays(loan.dueOn > today ? loan.dueOn : today, 7))
  const [reason, setReason] = useState('')
  const save = useWrite(extendDossierLoan, { refreshes: loanKeys(memberId), onDone: useSaved(onClose) })
  const errorAt = useFieldErrors(save.error)
  const isWhole = dueOn !== '' && reason.trim().length > 1
  return (
    <FormDialog
      title={t('members.dossier.extend')}
      verb={t('members.dossier.save')}
      lead={t('members.dossier.extendLead', { name: loan.borrower, day: loan.dueOn })}
      isBusy={save.isPending}
      error={save.error}
      whyNot={isWhole ? undefined : t('members.dossier.allFirst')}
      onClose={onClose}
      onSubmit={() => save.mutate({ params: { id: memberId, loanId: loan.id }, body: { dueOn, reason } })}
    >
      <DateInput
        label={t('members.dossier.newDueOn')}
        required
        value={dueOn}
        onChange={setDue}
        error={errorAt('/body/dueOn')}
      />
      <TextInput label={t('members.reason')} required value={reason} maxLength={500} onChange={setReason} />
    </FormDialog>
  )
}

function WithdrawDialog({ memberId, loan, onClose }: One) {
  const { t } = useTranslation()
  const withdraw = useWrite(withdrawDossierLoan, { refreshes: loanKeys(memberId), onDone: useSaved(onClose) })
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('members.dossier.withdrawTitle', { name: loan.borrower })}
      verb={t('members.dossier.withdraw')}
      isBusy={withdraw.isPending}
      error={withdraw.error}
      onConfirm={() => withdraw.mutate({ params: { id: memberId, loanId: loan.id }, body: {} })}
    />
  )
}

/** What is asked about a loan before it is done: a reason, a day, or only whether it is meant. */
export type LoanAct = 'refuse' | 'return' | 'extend' | 'withdraw'
const DIALOGS = { refuse: RefuseDialog, return: ReturnDialog, extend: ExtendDialog, withdraw: WithdrawDialog } as const

export function LoanDialog({ act, ...one }: One & { act: LoanAct }) {
  const Dialog = DIALOGS[act]
  return <Dialog {...one} />
}
