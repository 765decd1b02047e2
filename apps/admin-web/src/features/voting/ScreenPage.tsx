import { useQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import type { VoteRecord } from '@tongxin/contract/voting'
import { ErrorState, Skeleton } from '@tongxin/ui'
import encodeQR from 'qr'
import { useTranslation } from 'react-i18next'
import { outside } from '../../paths.ts'
import { ALL_VOTING, VOTING_EVENTS, voteQuery } from './voting.api.ts'
import { untilText } from './voting.format.ts'
import './voting.css'

export const loader = ({ params, queryClient }: LoaderInput) => queryClient.ensureQueryData(voteQuery(params.id ?? ''))

/** For the wall of the hall: what is voted on, what to do now, how many papers are drawn, and the published result. */
export function Page({ params }: ScreenProps) {
  const { t, i18n } = useTranslation()
  useLive(VOTING_EVENTS, ALL_VOTING)
  const { data: vote, error, refetch } = useQuery({ ...voteQuery(params.id ?? ''), refetchInterval: 5_000 })
  if (error) return <ErrorState isPage error={error} onRetry={() => void refetch()} />
  if (!vote) return <Skeleton lines={12} />
  const isRunning = vote.state === 'drawing' || vote.state === 'drawing_closed' || vote.state === 'casting'
  const until = untilText(vote, t, i18n.language)
  return (
    <div className="vote-screen">
      <title>{`${t('voting.hallScreen')} · ${vote.title}`}</title>
      <header>
        <h1>{vote.title}</h1>
        <p>{vote.orgName}</p>
      </header>
      {vote.state === 'published' && vote.outcome ? (
        <Published vote={vote} />
      ) : (
        <div className="vote-wall">
          {isRunning && vote.channel !== 'paper' ? (
            <figure>
              <Code text={`${location.origin}${outside.vote(vote.id)}`} label={t('voting.screenCode')} />
              <figcaption>{t('voting.screenCode')}</figcaption>
            </figure>
          ) : null}
          <div aria-live="polite">
            <strong className="vote-phase">{t(`voting.state.${vote.state}`)}</strong>
            <p>{t(`voting.screenDo.${vote.secrecy}.${vote.state}`)}</p>
            {until ? <p>{t('voting.screenUntil', { until })}</p> : null}
            {vote.electionWords && (vote.state === 'announced' || vote.state === 'drawing') ? (
              <section aria-label={t('voting.screenWords')}>
                <p>{t('voting.screenWords')}</p>
                <p className="vote-words">{vote.electionWords.join(' ')}</p>
                <p>{vote.trustees.map(({ name, duty }) => `${duty} ${name}`).join(' · ')}</p>
              </section>
            ) : null}
          </div>
        </div>
      )}
      <footer>
        {vote.secrecy === 'secret' ? (
          <span>
            {t('voting.screenDrawn')} <b>{vote.drawn}</b>
          </span>
        ) : null}
        <span>
          {t('voting.screenRoll')} <b>{vote.voters}</b>
        </span>
        <span>
          {t('voting.should')} <b>{vote.shouldAttend}</b>
        </span>
      </footer>
    </div>
  )
}

function Published({ vote }: { vote: VoteRecord }) {
  const { t } = useTranslation()
  const { outcome } = vote
  if (outcome === null) return null
  return (
    <div className="vote-results">
      {vote.questions.map((question) => {
        const count = outcome.questions.find(({ questionId }) => questionId === question.id)
        const verdict = outcome.verdicts.find(({ questionId }) => questionId === question.id)
        const most = Math.max(1, ...(count?.options ?? []).map((option) => option.for))
        return (
          <section key={question.id} aria-label={question.title}>
            <h2>{question.title}</h2>
            <ul>
              {count?.options.map((option) => {
                const label = question.options.find(({ id }) => id === option.optionId)?.label
                return (
                  <li key={option.optionId} data-through={verdict?.passed.includes(option.optionId) || undefined}>
                    <span>{label}</span>
                    <progress max={most} value={option.for} aria-label={label} />
                    <b>{t('voting.votes', { count: option.for })}</b>
                    <em>{verdict?.passed.includes(option.optionId) ? t('voting.through') : ''}</em>
                  </li>
                )
              })}
            </ul>
            {count ? <p>{t('voting.figures', count)}</p> : null}
          </section>
        )
      })}
      {outcome.board ? <p className="vote-words">{outcome.board.words.join(' ')}</p> : null}
    </div>
  )
}

/** The address of the vote as a QR code, drawn here: dark on white in every theme. */
function Code({ text, label }: { text: string; label: string }) {
  const rows = encodeQR(text, 'raw', { border: 4 })
  const dark = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg
      className="qr"
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path fill="#fff" d={`M0 0h${rows.length}v${rows.length}h-${rows.length}z`} />
      <path fill="#000" d={dark.join('')} />
    </svg>
  )
}
