import type { MyVote } from '@tongxin/contract/voting.own'
import { Lamp } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'

/** What is voted on, before there is a paper to fill in. */
export function Asked({ vote }: { vote: MyVote }) {
  const { t } = useTranslation()
  return (
    <section className="card" aria-labelledby="asked">
      <h2 id="asked">{t('voting.asked')}</h2>
      <ol className="questions">
        {vote.questions.map((question) => (
          <li key={question.id}>
            <strong>{question.title}</strong>
            <span className="hint">
              {t(`voting.rule.${question.kind}`, { seats: question.seats, of: question.options.length })}
            </span>
            <span>{question.options.map(({ label }) => label).join(t('voting.comma'))}</span>
          </li>
        ))}
      </ol>
      <p className="hint">{t('voting.entitled', { voters: vote.voters, should: vote.shouldAttend })}</p>
    </section>
  )
}

const LIMITS = ['watched', 'device', 'few', 'traffic', 'paper'] as const

/** The grade and, before anybody votes, what it cannot do. */
export function Limits({ vote }: { vote: MyVote }) {
  const { t } = useTranslation()
  return (
    <section className="card" aria-labelledby="limits">
      <h2 id="limits">{t('voting.grade')}</h2>
      <Lamp state="info">{t('voting.gradeV2')}</Lamp>
      <p>{t('voting.gradeWords')}</p>
      {vote.isSmall ? (
        <p>
          <Lamp state="warn">{t('voting.small', { voters: vote.voters })}</Lamp>
        </p>
      ) : null}
      <details open>
        <summary>{t('voting.limits')}</summary>
        <ol className="limits">
          {LIMITS.map((key) => (
            <li key={key}>{t(`voting.limit.${key}`)}</li>
          ))}
        </ol>
      </details>
    </section>
  )
}
