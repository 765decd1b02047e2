import type { MyVote } from '@tongxin/contract/voting.own'
import type { QuestionCount, QuestionVerdict, VoteOutcome } from '@tongxin/contract/voting.words'
import { Lamp } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'

/** The published result of every question: figures, what the rule makes of them, and of what the shares are taken. */
export function Result({ vote, outcome }: { vote: MyVote; outcome: VoteOutcome }) {
  const { t } = useTranslation()
  return (
    <>
      {vote.questions.map((question) => {
        const count = outcome.questions.find(({ questionId }) => questionId === question.id)
        const verdict = outcome.verdicts.find(({ questionId }) => questionId === question.id)
        return (
          <section key={question.id} className="card" aria-label={question.title}>
            <h2>{question.title}</h2>
            {verdict ? <Verdict verdict={verdict} question={question} /> : null}
            {count ? <Counts count={count} question={question} /> : null}
          </section>
        )
      })}
      <p className="hint">{t('voting.present', { present: outcome.present, should: outcome.shouldAttend })}</p>
      {outcome.board ? (
        <section className="card" aria-labelledby="board-root">
          <h2 id="board-root">{t('voting.root')}</h2>
          <p className="root-words">{outcome.board.words.join(' ')}</p>
          <p className="hint">{t('voting.rootHint')}</p>
        </section>
      ) : null}
    </>
  )
}

type Question = MyVote['questions'][number]

function Verdict({ verdict, question }: { verdict: QuestionVerdict; question: Question }) {
  const { t } = useTranslation()
  const names = (ids: readonly string[]) =>
    ids.map((id) => question.options.find((option) => option.id === id)?.label ?? id).join(t('voting.comma'))
  if (!verdict.quorum) return <Lamp state="late">{t('voting.noQuorum')}</Lamp>
  if (!verdict.holds) return <Lamp state="late">{t('voting.void')}</Lamp>
  return (
    <>
      <p>
        <Lamp state={verdict.passed.length > 0 ? 'ok' : 'idle'}>
          {verdict.passed.length > 0 ? t('voting.passed', { names: names(verdict.passed) }) : t('voting.nonePassed')}
        </Lamp>
      </p>
      {verdict.tied.length > 0 ? (
        <p>
          <Lamp state="warn">{t('voting.tied', { names: names(verdict.tied) })}</Lamp>
        </p>
      ) : null}
      <p className="hint">
        {verdict.needed === null
          ? t('voting.mostVotes')
          : t(`voting.needed.${verdict.base.kind}`, { needed: verdict.needed, people: verdict.base.people })}
        {verdict.article ? ` ${t('voting.byArticle', { article: verdict.article })}` : null}
      </p>
    </>
  )
}

function Counts({ count, question }: { count: QuestionCount; question: Question }) {
  const { t } = useTranslation()
  const label = (id: string) => question.options.find((option) => option.id === id)?.label ?? id
  const isApproval = question.kind === 'approval'
  const most = Math.max(1, ...count.options.map((option) => option.for))
  return (
    <>
      <ul className="tally">
        {count.options.map((option) => (
          <li key={option.optionId}>
            <span>{label(option.optionId)}</span>
            <strong>{t('voting.votes', { count: option.for })}</strong>
            <progress max={most} value={option.for} aria-label={label(option.optionId)} />
            {isApproval ? (
              <span className="hint">
                {t('voting.againstAbstain', { against: option.against, abstain: option.abstain })}
              </span>
            ) : null}
            {option.writtenFor + option.writtenAgainst > 0 ? (
              <span className="hint">
                {t('voting.opinions', { for: option.writtenFor, against: option.writtenAgainst })}
              </span>
            ) : null}
          </li>
        ))}
        {count.writtenIn.map(({ memberId, name, votes }) => (
          <li key={memberId}>
            <span>{t('voting.writtenIn', { name: name ?? '' })}</span>
            <strong>{t('voting.votes', { count: votes })}</strong>
          </li>
        ))}
      </ul>
      <p className="hint">
        {t('voting.figures', {
          issued: count.issued,
          returned: count.returned,
          valid: count.valid,
          invalid: count.invalid,
        })}
      </p>
    </>
  )
}
