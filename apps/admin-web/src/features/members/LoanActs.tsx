import { useCan } from '@tongxin/client/can'
import { useWrite } from '@tongxin/client/use-write'
import { type DossierLoan, decideDossierLoan } from '@tongxin/contract/members.dossier'
import { Button, type LampState } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSaved } from './DossierDialogs.tsx'
import { loanKeys } from './dossier.api.ts'
import { type LoanAct, LoanDialog } from './LoanDialogs.tsx'
import { useMemberWords } from './use-member-words.ts'

const LAMPS: Readonly<Record<DossierLoan['state'], LampState>> = {
  asked: 'warn',
  out: 'info',
  back: 'ok',
  refused: 'idle',
  withdrawn: 'idle',
}

/** The state of a loan at a glance; what is out after its day of return is late. */
export function useLoanLamp() {
  const { word } = useMemberWords()
  return (loan: DossierLoan): { state: LampState; word: string } => ({
    state: loan.isLate ? 'late' : LAMPS[loan.state],
    word: word('loanState', loan.isLate ? 'late' : loan.state),
  })
}

/** What can be done about a loan now, by the post that looks. */
export function LoanActs({ memberId, loan }: { memberId: string; loan: DossierLoan }) {
  const { t } = useTranslation()
  const can = useCan()
  const [asked, setAsked] = useState<LoanAct | null>(null)
  const agree = useWrite(decideDossierLoan, { refreshes: loanKeys(memberId), onDone: useSaved(() => undefined) })
  const write = can('members.write').whyNot
  const review = can('members.review').whyNot ?? (loan.isMine ? t('members.dossier.askedYourself') : undefined)
  const button = (act: LoanAct, textKey: string, whyNot: string | undefined) => (
    <Button kind="quiet" whyNot={whyNot} onClick={() => setAsked(act)}>
      {t(textKey)}
    </Button>
  )
  return (
    <span className="loan-acts">
      {loan.state === 'asked' && loan.isMine ? button('withdraw', 'members.dossier.withdraw', write) : null}
      {loan.state === 'asked' ? (
        <>
          <Button
            kind="quiet"
            whyNot={review}
            isBusy={agree.isPending}
            onClick={() => agree.mutate({ params: { id: memberId, loanId: loan.id }, body: { verdict: 'agree' } })}
          >
            {t('members.dossier.agree')}
          </Button>
          {button('refuse', 'members.dossier.refuse', review)}
        </>
      ) : null}
      {loan.state === 'out' ? (
        <>
          {button('return', 'members.dossier.giveBack', write)}
          {button('extend', 'members.dossier.extend', review)}
        </>
      ) : null}
      {asked === null ? null : (
        <LoanDialog act={asked} memberId={memberId} loan={loan} onClose={() => setAsked(null)} />
      )}
    </span>
  )
}
