import { useMutation } from '@tanstack/react-query'
import type { MyVote } from '@tongxin/contract/voting.own'
import { Button } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { castBallots, sealBallots } from './ballot-acts.ts'
import { keepPapers, type OwnPapers } from './ballot-box.ts'
import { PaperScreen } from './PaperScreen.tsx'
import { choiceOf } from './paper.ts'
import { VotingError } from './VotingError.tsx'

type At = { vote: MyVote; personId: string; papers: OwnPapers; onChanged: () => void }

/** Fill in, look over, put in. What is sealed but not yet accepted is sent again as it is. */
export function CastScreen(at: At) {
  const { vote, personId, papers, onChanged } = at
  const act = useMutation({
    mutationFn: (sealed: OwnPapers) => castBallots(vote, sealed, (progress) => keepPapers(personId, vote.id, progress)),
    retry: false,
    onSettled: onChanged,
  })
  if (papers.ballots.length > 0)
    return <Unsent at={at} error={act.error} isBusy={act.isPending} onSend={() => act.mutate(papers)} />
  return (
    <PaperScreen
      vote={vote}
      isBusy={act.isPending}
      error={act.error}
      onVote={(answers) => {
        const choices = vote.questions.map((question) => ({
          questionId: question.id,
          choice: choiceOf(question, answers(question.id)),
        }))
        const sealed = sealBallots(vote, papers, choices)
        // On the device before it is sent: whatever happens now, the same ballot is sent again, never a second one.
        keepPapers(personId, vote.id, sealed)
        act.mutate(sealed)
      }}
    />
  )
}

function Unsent(props: { at: At; error: unknown; isBusy: boolean; onSend: () => void }) {
  const { t } = useTranslation()
  const { vote, papers } = props.at
  const missing = papers.ballots.filter(({ acceptance }) => acceptance === null).length
  return (
    <PageFrame
      title={vote.title}
      primary={
        <Button wide kind="primary" isBusy={props.isBusy} onClick={props.onSend}>
          {t('voting.sendAgain')}
        </Button>
      }
    >
      <section className="card" role="status">
        <h2>{t(props.isBusy ? 'voting.sending' : 'voting.notInBoxYet')}</h2>
        <p>{t('voting.missingBallots', { missing, of: papers.ballots.length })}</p>
        <p className="hint">{t('voting.sameBallot')}</p>
      </section>
      <VotingError error={props.error} />
    </PageFrame>
  )
}
