import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { answerWithPasskey, isPersonsChoice } from '@tongxin/client/passkey'
import { RefusedError } from '@tongxin/client/refused-error'
import { drawPapers, type MyVote, optionsToDraw } from '@tongxin/contract/voting.own'
import { Button } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { blindPapers, checkPapers, newCode } from './ballot-acts.ts'
import { keepPapers, papersKept } from './ballot-box.ts'
import { demandSignatures } from './board.ts'
import { ProveSelf } from './ProveSelf.tsx'
import { SignedPlan } from './SignedPlan.tsx'
import { Asked, Limits } from './VoteFacts.tsx'
import { VotingError } from './VotingError.tsx'
import { ALL_VOTING } from './voting.api.ts'

type At = { vote: MyVote; personId: string; onChanged: () => void }

/**
 * Draws the ballot papers. The code is on this device before anything is sent, so that a lost answer loses no vote:
 * drawing again with the same code sends the same values and gets the same answer.
 */
async function draw({ vote, personId }: At): Promise<void> {
  await demandSignatures(vote)
  const kept = papersKept(personId, vote.id, vote.electionId)
  const code = kept?.code ?? newCode()
  const papers = blindPapers(vote, code)
  keepPapers(personId, vote.id, { electionId: vote.electionId ?? '', code, isCodeKept: false, ballots: [] })
  const assertion = vote.needsPasskey ? await askPasskey(vote.id, papers) : undefined
  const reply = await call(drawPapers, {
    params: { id: vote.id },
    body: { papers, ...(assertion ? { assertion } : {}) },
  })
  checkPapers(vote, code, reply.papers)
}

async function askPasskey(id: string, papers: { questionId: string; blinded: string }[]) {
  const { options } = await call(optionsToDraw, { params: { id }, body: { papers } })
  if (options === null) return undefined
  return answerWithPasskey(options)
}

/** Before drawing: what is asked, the grade and its limits; then one press. */
export function DrawScreen(at: At) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { vote } = at
  const act = useMutation({
    mutationFn: () => draw(at),
    retry: false,
    onSettled: async () => {
      await Promise.all(ALL_VOTING.map((queryKey) => client.invalidateQueries({ queryKey })))
      at.onChanged()
    },
  })
  const needsProof = act.error instanceof RefusedError && act.error.code === 'voting.proof_needed'
  return (
    <PageFrame
      title={vote.title}
      lead={<p className="lead">{vote.orgName}</p>}
      primary={
        needsProof ? null : (
          <Button wide kind="primary" isBusy={act.isPending} onClick={() => act.mutate()}>
            {t('voting.draw')}
          </Button>
        )
      }
    >
      {needsProof ? <ProveSelf onProved={() => act.mutate()} /> : null}
      {act.error && !needsProof && !isPersonsChoice(act.error) ? <VotingError error={act.error} /> : null}
      <p>{t(vote.needsPasskey ? 'voting.drawLeadPasskey' : 'voting.drawLead')}</p>
      <SignedPlan vote={vote} />
      <Asked vote={vote} />
      <Limits vote={vote} />
    </PageFrame>
  )
}
