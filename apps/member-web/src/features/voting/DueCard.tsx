import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useSession } from '@tongxin/client/session'
import { useLive } from '@tongxin/client/stream'
import type { MyVoteRow } from '@tongxin/contract/voting.own'
import { Vote } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { isDoneHere } from './ballot-box.ts'
import { ALL_VOTING, myVotes, VOTING_EVENTS } from './voting.api.ts'
import { untilText } from './voting.format.ts'
import './voting.css'

/** The votes that wait for me: to draw a ballot paper, to cast it, to vote by name. */
export function Card() {
  useLive(VOTING_EVENTS, ALL_VOTING)
  const { person } = useSession()
  const { data } = useQuery(myVotes)
  // Whether a secret ballot is in the box only this device knows, never the server.
  const rows = (data?.rows ?? []).filter(
    (row) => row.todo !== null && !(row.todo === 'cast' && isDoneHere(person?.id ?? '', row.id)),
  )
  return rows.slice(0, 2).map((row) => <VoteCard key={row.id} vote={row} />)
}

function VoteCard({ vote }: { vote: MyVoteRow }) {
  const { t, i18n } = useTranslation()
  return (
    <section className="card" aria-label={vote.title}>
      <div className="vote-line">
        <Vote aria-hidden="true" />
        <span>
          <strong>{vote.title}</strong>
          <span className="hint">{vote.orgName}</span>
          {vote.until ? <span className="hint">{untilText(vote.until, i18n.language, t)}</span> : null}
        </span>
      </div>
      <Link className="tx-button" data-kind="primary" data-wide to={paths.votes.one(vote.id)}>
        {t(`voting.todo.${vote.todo}`)}
      </Link>
    </section>
  )
}
