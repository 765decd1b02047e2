import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useSession } from '@tongxin/client/session'
import { useLive } from '@tongxin/client/stream'
import type { MyVote } from '@tongxin/contract/voting.own'
import { Lamp } from '@tongxin/ui'
import type { TFunction } from 'i18next'
import { type ReactNode, useReducer } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { isAllIn, papersKept } from './ballot-box.ts'
import { CastScreen } from './CastScreen.tsx'
import { DrawScreen } from './DrawScreen.tsx'
import { KeepCodeScreen } from './KeepCodeScreen.tsx'
import { NamedScreen } from './NamedScreen.tsx'
import { Receipts } from './Receipts.tsx'
import { RecoverScreen } from './RecoverScreen.tsx'
import { Result } from './Result.tsx'
import { Asked, Limits } from './VoteFacts.tsx'
import { ALL_VOTING, VOTING_EVENTS, voteQuery } from './voting.api.ts'
import { lampOf, untilText } from './voting.format.ts'
import { WhoDrew } from './WhoDrew.tsx'
import './voting.css'

export const loader = ({ params, queryClient }: LoaderInput) => queryClient.ensureQueryData(voteQuery(params.id ?? ''))

/** One vote, from the notice to the result; the screen is that of the one thing to do now. */
export function Page({ params }: ScreenProps) {
  useLive(VOTING_EVENTS, ALL_VOTING)
  const { data: vote } = useSuspenseQuery(voteQuery(params.id ?? ''))
  const { person } = useSession()
  // What this device holds lives in its store, not in React: acts tell when it changed.
  const [, look] = useReducer((count: number) => count + 1, 0)
  const personId = person?.id ?? ''
  const papers = papersKept(personId, vote.id, vote.electionId)
  const at = { vote, personId, onChanged: look }
  if (vote.todo === 'vote' || (vote.state === 'casting' && vote.choices.length > 0)) return <NamedScreen vote={vote} />
  if (vote.grade === null) return <Told vote={vote} />
  const isOpen = vote.state === 'drawing' || vote.state === 'drawing_closed' || vote.state === 'casting'
  const isDrawn = vote.papers.length > 0
  if (isOpen && isDrawn && papers && !papers.isCodeKept) return <KeepCodeScreen {...at} papers={papers} />
  if (vote.state === 'drawing' && !isDrawn && vote.way === null) return <DrawScreen {...at} />
  if (isOpen && isDrawn && papers === null) return <RecoverScreen {...at} />
  if (vote.state === 'casting' && isDrawn && papers && !isAllIn(papers)) return <CastScreen {...at} papers={papers} />
  return (
    <Told vote={vote} isIn={papers !== null && isAllIn(papers)}>
      {papers && isAllIn(papers) ? <Receipts vote={vote} papers={papers} /> : null}
      {papers && isDrawn && !isAllIn(papers) && isOpen ? <Waiting vote={vote} /> : null}
    </Told>
  )
}

/** Nothing to do at this moment: where the vote stands, what is asked, and the result once it is published. */
function Told({ vote, isIn = false, children }: { vote: MyVote; isIn?: boolean; children?: ReactNode }) {
  const { t, i18n } = useTranslation()
  return (
    <PageFrame title={vote.title} lead={<p className="lead">{vote.orgName}</p>}>
      <section className="card" aria-label={t('voting.where')}>
        <p>
          <Lamp state={lampOf(vote.state)}>{t(`voting.state.${vote.state}`)}</Lamp>
        </p>
        <p>{isIn && vote.state === 'casting' ? t('voting.allIn') : whereText(vote, t)}</p>
        {vote.until ? <p className="hint">{untilText(vote.until, i18n.language, t)}</p> : null}
        {vote.cancelledReason ? <p>{t('voting.cancelledBecause', { reason: vote.cancelledReason })}</p> : null}
      </section>
      {children}
      {vote.outcome ? <Result vote={vote} outcome={vote.outcome} /> : <Asked vote={vote} />}
      {vote.outcome || vote.grade === null || isIn ? null : <Limits vote={vote} />}
      {vote.grade !== null && vote.drawn > 0 ? <WhoDrew id={vote.id} /> : null}
    </PageFrame>
  )
}

function whereText(vote: MyVote, t: TFunction): string {
  if (vote.way === 'paper') return t('voting.onPaper')
  if (vote.way === 'written') return t('voting.byOpinion')
  if (vote.channel === 'paper') return t('voting.paperOnly')
  const hasMissed = vote.grade !== null && vote.papers.length === 0
  if (hasMissed && (vote.state === 'drawing_closed' || vote.state === 'casting')) return t('voting.notDrawn')
  return t(`voting.whereNow.${vote.state}`)
}

/** Drawn, and casting is not open yet: nobody can tell later who voted how when all cast in the same minutes. */
function Waiting({ vote }: { vote: MyVote }) {
  const { t } = useTranslation()
  return (
    <section className="card vote-waiting" aria-live="polite">
      <Lamp state="ok">{t('voting.drawnTick')}</Lamp>
      <p>{t('voting.waitForCasting')}</p>
      <p className="hint">{t('voting.drawnSoFar', { drawn: vote.drawn, voters: vote.voters })}</p>
    </section>
  )
}
