import { useCan } from '@tongxin/client/can'
import type { DossierLoan } from '@tongxin/contract/members.dossier'
import { Button, dateOf, Lamp } from '@tongxin/ui'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LoanActs, useLoanLamp } from './LoanActs.tsx'
import { AskDialog } from './LoanDialogs.tsx'

/** Who asked for the folder, who agreed, when it is due and when it came back. */
export function Loans({ memberId, loans }: { memberId: string; loans: readonly DossierLoan[] }) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('members.write')
  const [isAsking, setAsking] = useState(false)
  const isOpen = loans.some((loan) => loan.state === 'asked' || loan.state === 'out')
  return (
    <section aria-label={t('members.dossier.loans')}>
      <header className="merge-head">
        <h3>{t('members.dossier.loans')}</h3>
        <Button
          kind="quiet"
          icon={<Plus size="1.1em" aria-hidden="true" />}
          whyNot={whyNot ?? (isOpen ? t('members.dossier.outAlready') : undefined)}
          onClick={() => setAsking(true)}
        >
          {t('members.dossier.ask')}
        </Button>
      </header>
      {loans.length === 0 ? <p className="hint">{t('members.dossier.noLoans')}</p> : null}
      <ul className="entry-list">
        {loans.map((loan) => (
          <OneLoan key={loan.id} memberId={memberId} loan={loan} />
        ))}
      </ul>
      {isAsking ? <AskDialog memberId={memberId} onClose={() => setAsking(false)} /> : null}
    </section>
  )
}

function OneLoan({ memberId, loan }: { memberId: string; loan: DossierLoan }) {
  const { t } = useTranslation()
  const lamp = useLoanLamp()(loan)
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
        <Lamp state={lamp.state}>{lamp.word}</Lamp>
        <LoanActs memberId={memberId} loan={loan} />
      </span>
    </li>
  )
}
