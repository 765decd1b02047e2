import { electionWords } from '@tongxin/ballot/receipt'
import type { MyVote } from '@tongxin/contract/voting.own'
import { useTranslation } from 'react-i18next'
import { planOf } from './ballot-acts.ts'
import { VotingError } from './VotingError.tsx'

/** Who signed the plan, and its number in words: what is compared with the wall of the hall before a paper is drawn. */
export function SignedPlan({ vote }: { vote: MyVote }) {
  const { t } = useTranslation()
  const signed = signedOf(vote)
  if (signed instanceof Error) return <VotingError error={signed} />
  const { plan, electionId } = signed
  return (
    <section className="card" aria-labelledby="signed-plan">
      <h2 id="signed-plan">{t('voting.signedBy')}</h2>
      <ul className="my-choice">
        {plan.trustees.map(({ name, role, key }) => (
          <li key={key}>
            {role} {name}
          </li>
        ))}
      </ul>
      <p className="root-words">{electionWords(electionId).join(' ')}</p>
      <p className="hint">{t('voting.signedHint')}</p>
    </section>
  )
}

function signedOf(vote: MyVote): ReturnType<typeof planOf> | Error {
  try {
    return planOf(vote)
  } catch (error) {
    return error as Error
  }
}
