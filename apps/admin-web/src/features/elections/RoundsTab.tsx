import { Link } from '@tanstack/react-router'
import { useWrite } from '@tongxin/client/use-write'
import type { ElectionRecord, ElectionRound } from '@tongxin/contract/elections'
import { collectRound } from '@tongxin/contract/elections.acts'
import { Button, EmptyState, Lamp, RefusalText, say } from '@tongxin/ui'
import { Vote } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { CountForm } from './CountForm.tsx'
import { ALL_ELECTIONS } from './elections.api.ts'
import { NextRound } from './NextRound.tsx'

/** Rounds of voting, the newest first: the one that is open with its count, then results. */
export function RoundsTab({ election }: { election: ElectionRecord }) {
  const { t } = useTranslation()
  const rounds = [...election.rounds].reverse()
  const isDue = election.nextRound !== null && election.can.includes('openRound')
  if (rounds.length === 0 && !isDue)
    return (
      <EmptyState title={t('elections.noRounds')} icon={<Vote aria-hidden="true" />}>
        {t('elections.noRoundsHint')}
      </EmptyState>
    )
  return (
    <div className="election-rounds">
      {isDue ? <NextRound key={rounds.length} election={election} /> : null}
      {rounds.map((round) => (
        <Round key={round.id} election={election} round={round} />
      ))}
    </div>
  )
}

function Round({ election, round }: { election: ElectionRecord; round: ElectionRound }) {
  const { t } = useTranslation()
  const title = t('elections.roundTitle', {
    n: round.number,
    body: t(`elections.body.${round.body}`),
    kind: t(`elections.round.${round.kind}`),
  })
  return (
    <section className="election-round" aria-label={title}>
      <h3>
        {title} <RoundLamp round={round} />
      </h3>
      <p className="hint">
        {t('elections.roundFacts', {
          seats: round.seats,
          present: round.present,
          shouldAttend: round.shouldAttend,
          channel: t(`elections.channel.${round.channel}`),
        })}
      </p>
      {round.state !== 'open' ? (
        <Results round={round} />
      ) : round.channel === 'paper' ? (
        <CountForm key={`${round.id}${round.enteredOnce}`} election={election} round={round} />
      ) : (
        <Electronic election={election} round={round} />
      )}
    </section>
  )
}

function RoundLamp({ round }: { round: ElectionRound }) {
  const { t } = useTranslation()
  if (!round.result) return <Lamp state="info">{t('elections.roundOpen')}</Lamp>
  const { action } = round.result
  return <Lamp state={action === 'complete' ? 'ok' : 'warn'}>{t(`elections.action.${action}`)}</Lamp>
}

/** The electronic ballot has its own page; here its result is taken over. */
function Electronic({ election, round }: { election: ElectionRecord; round: ElectionRound }) {
  const { t } = useTranslation()
  const collect = useWrite(collectRound, { refreshes: ALL_ELECTIONS, onDone: () => say(t('elections.collected')) })
  return (
    <>
      <p>{t('elections.electronicHint')}</p>
      <RefusalText error={collect.error} />
      <div className="election-acts">
        {round.voteId ? (
          <Link className="tx-button" to={paths.voting.one(round.voteId)}>
            {t('elections.openVote')}
          </Link>
        ) : null}
        <Button
          kind="primary"
          isBusy={collect.isPending}
          onClick={() => collect.mutate({ params: { id: election.id, roundId: round.id }, body: {} })}
        >
          {t('elections.collect')}
        </Button>
      </div>
    </>
  )
}

function Results({ round }: { round: ElectionRound }) {
  const { t } = useTranslation()
  const { count, result } = round
  if (!count || !result) return null
  const became = (memberId: string) => {
    if (result.elected.some((one) => one.memberId === memberId))
      return <Lamp state="ok">{t('elections.isElected')}</Lamp>
    if (result.tie.some((one) => one.memberId === memberId)) return <Lamp state="warn">{t('elections.isTied')}</Lamp>
    return t('elections.notElected')
  }
  const box = {
    issued: count.issued,
    returned: count.returned,
    valid: count.returned - count.invalid,
    invalid: count.invalid,
  }
  return (
    <>
      <p>
        {t('elections.boxText', box)}
        {result.needed === null ? '' : ` ${t('elections.neededText', { needed: result.needed })}`}
      </p>
      {result.valid ? (
        <table className="election-table">
          <thead>
            <tr>
              {['person', 'for', 'against', 'abstain', 'outcome'].map((key) => (
                <th key={key}>{t(`elections.${key}`)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {round.candidates.map(({ memberId, name }) => {
              const row = count.tallies.find((one) => one.memberId === memberId)
              return (
                <tr key={memberId}>
                  <td>{name}</td>
                  <td>{row?.for}</td>
                  <td>{row?.against}</td>
                  <td>{row?.abstain}</td>
                  <td>{became(memberId)}</td>
                </tr>
              )
            })}
            {count.writtenIn.map(({ memberId, votes }) => (
              <tr key={memberId}>
                <td>{t('elections.writtenInOf', { name: round.names[memberId] ?? '' })}</td>
                <td>{votes}</td>
                <td />
                <td />
                <td>{became(memberId)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </>
  )
}
