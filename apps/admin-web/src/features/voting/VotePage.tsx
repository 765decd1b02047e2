import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import type { VoteRecord } from '@tongxin/contract/voting'
import { Lamp } from '@tongxin/ui'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { RecordPage } from '../../shared/pages/RecordPage.tsx'
import { CountTab } from './CountTab.tsx'
import { KeysTab } from './KeysTab.tsx'
import { NamedTab } from './NamedTab.tsx'
import { ResultTab } from './ResultTab.tsx'
import { RollTab } from './RollTab.tsx'
import { VoteActs } from './VoteActs.tsx'
import { VoteFacts } from './VoteFacts.tsx'
import { ALL_VOTING, VOTING_EVENTS, voteQuery } from './voting.api.ts'
import { lampOf, untilText } from './voting.format.ts'
import './voting.css'

export const loader = ({ params, queryClient }: LoaderInput) => queryClient.ensureQueryData(voteQuery(params.id ?? ''))

/** One vote from its preparation to the published result; tabs appear when there is something in them. */
export function Page({ params, search, setSearch }: ScreenProps) {
  const { t, i18n } = useTranslation()
  useLive(VOTING_EVENTS, ALL_VOTING)
  const { data: vote } = useSuspenseQuery(voteQuery(params.id ?? ''))
  const until = untilText(vote, t, i18n.language)
  return (
    <RecordPage
      trail={[{ label: t('voting.title'), path: paths.voting.list() }]}
      seal={t('voting.seal')}
      name={vote.title}
      state={<Lamp state={lampOf(vote.state)}>{t(`voting.state.${vote.state}`)}</Lamp>}
      facts={[
        { label: t('voting.org'), value: vote.orgName },
        {
          label: t('voting.how'),
          value: `${t(`voting.secrecy.${vote.secrecy}`)} · ${t(`voting.channel.${vote.channel}`)}`,
        },
        { label: t('voting.roll'), value: rollText(vote, t) },
        ...(until ? [{ label: t('voting.untilLabel'), value: until }] : []),
      ]}
      acts={
        <>
          <VoteActs vote={vote} />
          <Link className="tx-button" to={paths.voting.screen(vote.id)} target="_blank">
            {t('voting.hallScreen')}
          </Link>
        </>
      }
      tabs={tabsOf(vote, t, { search, setSearch })}
      search={search}
      setSearch={setSearch}
    />
  )
}

/** Drawn is what the hall may know; who has cast nobody knows. */
const rollText = (vote: VoteRecord, t: TFunction): string =>
  vote.secrecy === 'named'
    ? t('voting.people', { people: vote.voters })
    : t('voting.drawnOf', { drawn: vote.drawn, voters: vote.voters })

function tabsOf(vote: VoteRecord, t: TFunction, at: Pick<ScreenProps, 'search' | 'setSearch'>) {
  const isBallot = vote.secrecy === 'secret' && vote.channel !== 'paper'
  const isCounting = vote.channel !== 'electronic' || vote.writtenOpinions || isBallot
  const isOver = vote.state === 'closed' || vote.state === 'counted' || vote.state === 'published'
  const tabs = [
    { key: 'facts', label: t('voting.overview'), body: <VoteFacts vote={vote} />, isThere: true },
    { key: 'keys', label: t('voting.keys'), body: <KeysTab vote={vote} />, isThere: isBallot },
    { key: 'roll', label: t('voting.roll'), body: <RollTab vote={vote} {...at} />, isThere: true },
    { key: 'count', label: t('voting.count'), body: <CountTab vote={vote} />, isThere: isCounting },
    {
      key: 'named',
      label: t('voting.namedVotes'),
      body: <NamedTab vote={vote} {...at} />,
      isThere: vote.secrecy === 'named' && isOver,
    },
    {
      key: 'result',
      label: t('voting.result'),
      body: <ResultTab vote={vote} />,
      isThere: vote.outcome !== null,
    },
  ]
  return tabs.filter(({ isThere }) => isThere)
}
