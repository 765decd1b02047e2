import { useQuery } from '@tanstack/react-query'
import type { MyVote } from '@tongxin/contract/voting.own'
import { Button, Skeleton } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { type Answer, EMPTY, faultOf, wordsOf } from './paper.ts'
import { Question } from './Question.tsx'
import { VotingError } from './VotingError.tsx'
import { directoryQuery } from './voting.api.ts'

/** Faults that stand in full at their question. */
const SAID_ABOVE = new Set(['tooMany', 'writeInWithoutAgainst'])

/** The ballot paper, then a second look at it: a full page of its own, since a sheet is easily pressed away. */
export function PaperScreen(props: {
  vote: MyVote
  isBusy: boolean
  error: unknown
  onVote: (answers: (questionId: string) => Answer) => void
}) {
  const { t } = useTranslation()
  const { vote } = props
  const [answers, setAnswers] = useState<Readonly<Record<string, Answer>>>({})
  const [isChecking, setChecking] = useState(false)
  const directory = useQuery(directoryQuery(vote))
  const answerOf = (id: string) => answers[id] ?? EMPTY
  const faults = vote.questions.flatMap((question) => faultOf(question, answerOf(question.id)) ?? [])
  if (isChecking)
    return (
      <LookOver
        {...props}
        answerOf={answerOf}
        onBack={() => setChecking(false)}
        onVote={() => props.onVote(answerOf)}
      />
    )
  const fault = faults[0]
  if (!directory.data)
    return (
      <PageFrame title={vote.title} lead={<p className="lead">{vote.orgName}</p>}>
        <VotingError error={directory.error} />
        {directory.error ? (
          <Button wide onClick={() => void directory.refetch()}>
            {t('ui.tryAgain')}
          </Button>
        ) : (
          <Skeleton lines={6} />
        )}
      </PageFrame>
    )
  return (
    <PageFrame
      title={vote.title}
      lead={<p className="lead">{vote.orgName}</p>}
      primary={
        <Button
          wide
          kind="primary"
          whyNot={fault ? t(`voting.fault.${SAID_ABOVE.has(fault.key) ? 'above' : fault.key}`, fault.facts) : undefined}
          onClick={() => setChecking(true)}
        >
          {t('voting.lookOver')}
        </Button>
      }
    >
      {vote.questions.map((question) => (
        <Question
          key={question.id}
          people={directory.data.get(question.id) ?? []}
          question={question}
          answer={answerOf(question.id)}
          onChange={(answer) => setAnswers((all) => ({ ...all, [question.id]: answer }))}
        />
      ))}
    </PageFrame>
  )
}

function LookOver(props: {
  vote: MyVote
  isBusy: boolean
  error: unknown
  answerOf: (id: string) => Answer
  onBack: () => void
  onVote: () => void
}) {
  const { t } = useTranslation()
  const { vote } = props
  const isSecret = vote.secrecy === 'secret'
  return (
    <PageFrame
      title={t('voting.lookOverTitle')}
      lead={<p className="lead">{vote.title}</p>}
      primary={
        <Button wide kind="primary" isBusy={props.isBusy} onClick={props.onVote}>
          {t(isSecret ? 'voting.putIn' : 'voting.handIn')}
        </Button>
      }
    >
      {vote.questions.map((question) => (
        <section key={question.id} className="card" aria-label={question.title}>
          <h2>{question.title}</h2>
          <ul className="my-choice">
            {wordsOf(question, props.answerOf(question.id), t).map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </section>
      ))}
      <p className="hint">
        {t(isSecret ? 'voting.final' : vote.changeable ? 'voting.mayChange' : 'voting.finalNamed')}
      </p>
      <VotingError error={props.error} />
      <Button wide onClick={props.onBack}>
        {t('voting.changePaper')}
      </Button>
    </PageFrame>
  )
}
