import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import type { readMyElection } from '@tongxin/contract/elections.own'
import type { Reply } from '@tongxin/contract/endpoint'
import { Lamp } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { CongressCard } from './CongressCard.tsx'
import { myElection } from './elections.api.ts'
import { HandoverCard } from './HandoverCard.tsx'
import { Nominate } from './Nominate.tsx'
import { useElectionName } from './use-election-name.ts'
import './elections.css'

type Election = Reply<typeof readMyElection>

export const loader = ({ params, queryClient }: LoaderInput) => queryClient.ensureQueryData(myElection(params.id ?? ''))

const EVENTS = [
  'elections.round_opened',
  'elections.completed',
  'elections.publicity_posted',
  'elections.handover_confirmed',
] as const

/** One election of my own organisation: propose, see the candidates, vote, see who was elected. */
export function Page({ params }: ScreenProps) {
  const { t } = useTranslation()
  const nameOf = useElectionName()
  const { data } = useSuspenseQuery(myElection(params.id ?? ''))
  useLive(EVENTS, [['elections', 'one', data.id]])
  const isOfDelegates = data.kind === 'delegates'
  const isCongress = data.congress !== null
  return (
    <PageFrame
      title={nameOf(data)}
      lead={<p>{data.orgName}</p>}
      primary={
        data.voteId ? (
          <Link className="tx-button" data-kind="primary" data-wide to={paths.votes.one(data.voteId)}>
            {t('elections.vote')}
          </Link>
        ) : null
      }
    >
      <section className="card election-card">
        <Lamp state={data.state === 'done' ? 'ok' : 'info'}>{t(`elections.state.${data.state}`)}</Lamp>
        <p>
          {t(
            isOfDelegates && data.state === 'nominating'
              ? 'elections.nowDelegates'
              : isCongress && (data.state === 'preparing' || data.state === 'voting')
                ? `elections.nowCongress.${data.state}`
                : `elections.now.${data.state}`,
          )}
        </p>
        <p className="hint">
          {t(isOfDelegates ? 'elections.factsDelegates' : isCongress ? 'elections.factsCongress' : 'elections.facts', {
            on: data.plannedOn,
            seats: data.seats === 0 ? t('elections.noCommittee') : t('elections.people', { n: data.seats }),
          })}
        </p>
      </section>
      {data.congress ? <CongressCard state={data.state} congress={data.congress} /> : null}
      {data.handovers.map((handover) => (
        <HandoverCard key={handover.id} electionId={data.id} handover={handover} />
      ))}
      {data.elected.length > 0 ? <People title={t('elections.elected')} people={data.elected} /> : null}
      {data.publicity ? <Publicity publicity={data.publicity} candidates={data.candidates} /> : null}
      {data.mayNominate || data.nominations.length > 0 ? <Nominate election={data} /> : null}
    </PageFrame>
  )
}

const BODIES = ['secretary', 'deputy', 'standing', 'committee', 'delegate'] as const

/** Names by what they stand for or were elected to, in the order of strokes. */
function People({ title, people }: { title: string; people: Election['candidates'] }) {
  const { t } = useTranslation()
  return (
    <section className="card election-card">
      <h2>{title}</h2>
      {BODIES.map((body) => {
        const of = people.filter((one) => one.body === body)
        if (of.length === 0) return null
        return (
          <div key={body}>
            <h3>{t(`elections.body.${body}`)}</h3>
            <ul className="election-names">
              {of.map((one) => (
                <li key={one.memberId}>{one.name}</li>
              ))}
            </ul>
          </div>
        )
      })}
      <p className="hint">{t('elections.strokes')}</p>
    </section>
  )
}

function Publicity({
  publicity,
  candidates,
}: {
  publicity: NonNullable<Election['publicity']>
  candidates: Election['candidates']
}) {
  const { t } = useTranslation()
  return (
    <>
      <section className="card election-card">
        <h2>{t('elections.publicity')}</h2>
        <p>{t('elections.publicityText', publicity)}</p>
        <p className="hint">{t('elections.objections')}</p>
      </section>
      <People title={t('elections.candidates')} people={candidates} />
    </>
  )
}
