import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput } from '@tongxin/client/screen'
import { useSession } from '@tongxin/client/session'
import { useLive } from '@tongxin/client/stream'
import type { MyVoteRow } from '@tongxin/contract/voting.own'
import { EmptyState, Lamp } from '@tongxin/ui'
import { Vote } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { isDoneHere } from './ballot-box.ts'
import { ALL_VOTING, myVotes, VOTING_EVENTS } from './voting.api.ts'
import { lampOf, untilText } from './voting.format.ts'
import './voting.css'

export const loader = ({ queryClient }: LoaderInput) => queryClient.ensureQueryData(myVotes)

const OVER = new Set<MyVoteRow['state']>(['published', 'cancelled'])

/** All votes in which I may vote: running ones first, those that are over below. */
export function Page() {
  const { t } = useTranslation()
  useLive(VOTING_EVENTS, ALL_VOTING)
  const { data } = useSuspenseQuery(myVotes)
  const running = data.rows.filter((row) => !OVER.has(row.state))
  const over = data.rows.filter((row) => OVER.has(row.state))
  return (
    <PageFrame title={t('voting.title')}>
      {running.length === 0 ? (
        <EmptyState title={t('voting.none')} icon={<Vote aria-hidden="true" />}>
          {t('voting.noneHint')}
        </EmptyState>
      ) : (
        <section aria-labelledby="running">
          <h2 id="running">{t('voting.running')}</h2>
          <Rows rows={running} />
        </section>
      )}
      {over.length === 0 ? null : (
        <section aria-labelledby="over">
          <h2 id="over">{t('voting.over')}</h2>
          <Rows rows={over} />
        </section>
      )}
    </PageFrame>
  )
}

function Rows({ rows }: { rows: readonly MyVoteRow[] }) {
  const { t, i18n } = useTranslation()
  const { person } = useSession()
  return (
    <ul className="card vote-rows">
      {rows.map((row) => (
        <li key={row.id}>
          <Link to={paths.votes.one(row.id)}>
            <strong>{row.title}</strong>
            <span className="hint">{row.orgName}</span>
            {row.todo === 'cast' && isDoneHere(person?.id ?? '', row.id) ? (
              <Lamp state="ok">{t('voting.inBox')}</Lamp>
            ) : (
              <Lamp state={lampOf(row.state)}>{t(`voting.state.${row.state}`)}</Lamp>
            )}
            {row.until && row.todo ? <span className="hint">{untilText(row.until, i18n.language, t)}</span> : null}
          </Link>
        </li>
      ))}
    </ul>
  )
}
