import { Link } from '@tanstack/react-router'
import type { VoteRecord } from '@tongxin/contract/voting'
import { Lamp } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'

/** What is asked, by which rule it is decided, and what voters are told about secrecy. */
export function VoteFacts({ vote }: { vote: VoteRecord }) {
  const { t } = useTranslation()
  const { rule } = vote
  const facts = [
    { label: t('voting.what'), value: t(`voting.subject.${vote.subject.kind}`) },
    { label: t('voting.ruleLabel'), value: t(`voting.rule.${rule.kind}`) },
    ...(rule.kind === 'poll'
      ? [
          {
            label: t('voting.quorum'),
            value: rule.quorumPercent === null ? t('voting.notAsked') : `${rule.quorumPercent} %`,
          },
          {
            label: t('voting.share'),
            value: rule.sharePercent === null ? t('voting.mostVotes') : `${rule.sharePercent} %`,
          },
        ]
      : []),
    { label: t('voting.should'), value: t('voting.people', { people: vote.shouldAttend }) },
    ...(vote.grade ? [{ label: t('voting.grade'), value: <Lamp state="info">{t('voting.gradeV2')}</Lamp> }] : []),
    ...(vote.cancelledReason ? [{ label: t('voting.cancelReason'), value: vote.cancelledReason }] : []),
  ]
  return (
    <>
      <Facts facts={facts} />
      {vote.meetingId ? (
        <p>
          <Link to={paths.meetings.one(vote.meetingId)}>{t('voting.toMeeting')}</Link>
        </p>
      ) : null}
      {vote.grade ? <p className="hint vote-note">{t('voting.gradeHint')}</p> : null}
      <h2>{t('voting.questions')}</h2>
      <ol className="vote-questions">
        {vote.questions.map((question) => (
          <li key={question.id}>
            <strong>{question.title}</strong>{' '}
            <span className="hint">
              {t(`voting.paperRule.${question.kind}`, { seats: question.seats, of: question.options.length })}
              {question.writeIn ? ` · ${t('voting.writeInAllowed')}` : ''}
            </span>
            <ul>
              {question.options.map((option) => (
                <li key={option.id}>{option.label}</li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </>
  )
}
