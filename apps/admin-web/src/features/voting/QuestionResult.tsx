import type { QuestionShape, QuestionVerdict, VoteOutcome } from '@tongxin/contract/voting.words'
import { Lamp } from '@tongxin/ui'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'

/** One question: the verdict in a sentence, the figures in a table, the rounds of a ranking below. */
export function QuestionResult({ question, outcome }: { question: QuestionShape; outcome: VoteOutcome }) {
  const { t } = useTranslation()
  const count = outcome.questions.find(({ questionId }) => questionId === question.id)
  const verdict = outcome.verdicts.find(({ questionId }) => questionId === question.id)
  if (!count) return null
  const isApproval = question.kind === 'approval'
  const hasOpinions = count.options.some((one) => one.writtenFor + one.writtenAgainst > 0)
  const label = (id: string) => question.options.find((option) => option.id === id)?.label ?? id
  return (
    <section className="vote-part" aria-label={question.title}>
      <h2>{question.title}</h2>
      {verdict ? <Verdict verdict={verdict} label={label} /> : null}
      <p>{t('voting.figures', count)}</p>
      <table className="vote-table">
        <thead>
          <tr>
            <th scope="col">{t('voting.option')}</th>
            <th scope="col">{t(isApproval ? 'voting.mark.for' : 'voting.votesFor')}</th>
            {isApproval ? <th scope="col">{t('voting.mark.against')}</th> : null}
            {isApproval ? <th scope="col">{t('voting.mark.abstain')}</th> : null}
            {hasOpinions ? <th scope="col">{t('voting.opinionsForAgainst')}</th> : null}
          </tr>
        </thead>
        <tbody>
          {count.options.map((option) => (
            <tr key={option.optionId}>
              <th scope="row">
                {label(option.optionId)}{' '}
                {verdict?.passed.includes(option.optionId) ? <Lamp state="ok">{t('voting.through')}</Lamp> : null}
                {verdict?.tied.includes(option.optionId) ? <Lamp state="warn">{t('voting.even')}</Lamp> : null}
              </th>
              <td>{option.for}</td>
              {isApproval ? <td>{option.against}</td> : null}
              {isApproval ? <td>{option.abstain}</td> : null}
              {hasOpinions ? <td>{`${option.writtenFor} / ${option.writtenAgainst}`}</td> : null}
            </tr>
          ))}
          {count.writtenIn.map(({ memberId, name, votes }) => (
            <tr key={memberId}>
              <th scope="row">{t('voting.writtenInName', { name: name ?? memberId })}</th>
              <td>{votes}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {verdict && verdict.rounds.length > 1 ? <Rounds rounds={verdict.rounds} label={label} /> : null}
    </section>
  )
}

function Verdict({ verdict, label }: { verdict: QuestionVerdict; label: (id: string) => string }) {
  const { t } = useTranslation()
  return (
    <>
      <p>
        <Lamp state={!verdict.quorum || !verdict.holds ? 'late' : verdict.passed.length > 0 ? 'ok' : 'idle'}>
          {verdictText(verdict, label, t)}
        </Lamp>
      </p>
      <p className="hint">
        {verdict.needed === null
          ? t('voting.mostVotes')
          : t(`voting.needed.${verdict.base.kind}`, { needed: verdict.needed, people: verdict.base.people })}
        {verdict.article ? ` ${t('voting.byArticle', { article: verdict.article })}` : null}
        {verdict.remaining > 0 ? ` ${t('voting.remaining', { seats: verdict.remaining })}` : null}
      </p>
    </>
  )
}

function verdictText(verdict: QuestionVerdict, label: (id: string) => string, t: TFunction): string {
  if (!verdict.quorum) return t('voting.noQuorum')
  if (!verdict.holds) return t('voting.void')
  const names = (ids: readonly string[]) => ids.map(label).join(t('voting.comma'))
  const passed =
    verdict.passed.length > 0 ? t('voting.passed', { names: names(verdict.passed) }) : t('voting.nonePassed')
  return verdict.tied.length > 0 ? `${passed} ${t('voting.tied', { names: names(verdict.tied) })}` : passed
}

function Rounds({ rounds, label }: { rounds: QuestionVerdict['rounds']; label: (id: string) => string }) {
  const { t } = useTranslation()
  return (
    <details>
      <summary>{t('voting.rounds', { count: rounds.length })}</summary>
      <ol>
        {rounds.map((round) => (
          <li key={round.map(({ optionId }) => optionId).join(' ')}>
            {round.map(({ optionId, votes }) => `${label(optionId)} ${votes}`).join(t('voting.comma'))}
          </li>
        ))}
      </ol>
    </details>
  )
}
