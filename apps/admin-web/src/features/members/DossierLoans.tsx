import { useCan } from '@tongxin/client/can'
import { useWrite } from '@tongxin/client/use-write'
import { askForDossier, type DossierLoan, decideDossierLoan, returnDossier } from '@tongxin/contract/members.dossier'
import { Button, ConfirmDialog, DateInput, dateOf, Lamp, type LampState, TextInput } from '@tongxin/ui'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { useSaved } from './DossierDialogs.tsx'
import { dossierKey } from './dossier.api.ts'

const LAMPS: Readonly<Record<DossierLoan['state'], LampState>> = {
  asked: 'info',
  out: 'warn',
  back: 'ok',
  refused: 'idle',
}
type Asked = { readonly act: 'ask' } | { readonly act: 'refuse' | 'return'; readonly loan: DossierLoan } | null

/** Who asked for the folder, who agreed, when it is due and when it came back. */
export function Loans({ memberId, loans }: { memberId: string; loans: readonly DossierLoan[] }) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('members.write')
  const [asked, setAsked] = useState<Asked>(null)
  const close = () => setAsked(null)
  const isOpen = loans.some((loan) => loan.state === 'asked' || loan.state === 'out')
  return (
    <section aria-label={t('members.dossier.loans')}>
      <header className="merge-head">
        <h3>{t('members.dossier.loans')}</h3>
        <Button
          kind="quiet"
          icon={<Plus size="1.1em" aria-hidden="true" />}
          whyNot={whyNot ?? (isOpen ? t('members.dossier.outAlready') : undefined)}
          onClick={() => setAsked({ act: 'ask' })}
        >
          {t('members.dossier.ask')}
        </Button>
      </header>
      {loans.length === 0 ? <p className="hint">{t('members.dossier.noLoans')}</p> : null}
      <ul className="entry-list">
        {loans.map((loan) => (
          <OneLoan key={loan.id} memberId={memberId} loan={loan} onAsk={setAsked} />
        ))}
      </ul>
      {asked?.act === 'ask' ? <AskDialog memberId={memberId} onClose={close} /> : null}
      {asked?.act === 'refuse' ? <RefuseDialog memberId={memberId} loan={asked.loan} onClose={close} /> : null}
      {asked?.act === 'return' ? <ReturnDialog memberId={memberId} loan={asked.loan} onClose={close} /> : null}
    </section>
  )
}

function OneLoan(props: { memberId: string; loan: DossierLoan; onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation()
  const can = useCan()
  const { loan, memberId } = props
  const agree = useWrite(decideDossierLoan, { refreshes: [dossierKey(memberId)] })
  const review = can('members.review').whyNot
  const told = [
    t('members.dossier.askedBy', { name: loan.askedBy ?? t('members.nobody'), day: dateOf(loan.askedAt) }),
    t('members.dossier.dueBy', { day: loan.dueOn }),
    ...(loan.returnedOn ? [t('members.dossier.backOn', { day: loan.returnedOn })] : []),
    ...(loan.refusedReason ? [t('members.dossier.refusedBecause', { reason: loan.refusedReason })] : []),
  ]
  return (
    <li>
      <span className="merge-side">
        <span>
          {loan.borrower}
          {t('ui.colon')}
          {loan.purpose}
        </span>
        <span className="hint">{told.join(' · ')}</span>
      </span>
      <span className="loan-acts">
        <Lamp state={loan.isLate ? 'late' : LAMPS[loan.state]}>
          {t(loan.isLate ? 'members.dossier.late' : `members.dossier.loanState.${loan.state}`)}
        </Lamp>
        {loan.state === 'asked' && loan.isMine ? (
          <span className="hint">{t('members.dossier.askedYourself')}</span>
        ) : null}
        {loan.state === 'asked' && !loan.isMine ? (
          <>
            <Button
              kind="quiet"
              whyNot={review}
              isBusy={agree.isPending}
              onClick={() => agree.mutate({ params: { id: memberId, loanId: loan.id }, body: { verdict: 'agree' } })}
            >
              {t('members.dossier.agree')}
            </Button>
            <Button kind="quiet" whyNot={review} onClick={() => props.onAsk({ act: 'refuse', loan })}>
              {t('members.dossier.refuse')}
            </Button>
          </>
        ) : null}
        {loan.state === 'out' ? (
          <Button
            kind="quiet"
            whyNot={can('members.write').whyNot}
            onClick={() => props.onAsk({ act: 'return', loan })}
          >
            {t('members.dossier.giveBack')}
          </Button>
        ) : null}
      </span>
    </li>
  )
}

function AskDialog({ memberId, onClose }: { memberId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [borrower, setBorrower] = useState('')
  const [purpose, setPurpose] = useState('')
  const [dueOn, setDue] = useState('')
  const save = useWrite(askForDossier, { refreshes: [dossierKey(memberId)], onDone: useSaved(onClose) })
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
  const refuse = useWrite(decideDossierLoan, { refreshes: [dossierKey(memberId)], onDone: useSaved(onClose) })
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
  const save = useWrite(returnDossier, { refreshes: [dossierKey(memberId)], onDone: useSaved(onClose) })
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
