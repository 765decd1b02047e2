import { useWrite } from '@tongxin/client/use-write'
import { type MyVote, voteByName } from '@tongxin/contract/voting.own'
import { Button, Lamp, say, whenText } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { PaperScreen } from './PaperScreen.tsx'
import { answerIn, choiceOf, wordsOf } from './paper.ts'
import { ALL_VOTING } from './voting.api.ts'

/** A vote by name: the paper, or what I said, with a way to change it where that is allowed. */
export function NamedScreen({ vote }: { vote: MyVote }) {
  const { t } = useTranslation()
  const [isChanging, setChanging] = useState(false)
  const hand = useWrite(voteByName, {
    refreshes: ALL_VOTING,
    onDone: () => {
      setChanging(false)
      say(t('voting.handedIn'))
    },
  })
  if (vote.choices.length > 0 && !isChanging) return <Said vote={vote} onChange={() => setChanging(true)} />
  return (
    <PaperScreen
      vote={vote}
      isBusy={hand.isPending}
      error={hand.error}
      onVote={(answerOf) =>
        hand.mutate({
          params: { id: vote.id },
          body: {
            choices: vote.questions.map((question) => ({
              questionId: question.id,
              choice: choiceOf(question, answerOf(question.id)),
            })),
          },
        })
      }
    />
  )
}

function Said({ vote, onChange }: { vote: MyVote; onChange: () => void }) {
  const { t, i18n } = useTranslation()
  const at = vote.choices[0]?.at ?? ''
  return (
    <PageFrame
      title={vote.title}
      lead={<p className="lead">{vote.orgName}</p>}
      primary={
        vote.changeable ? (
          <Button wide onClick={onChange}>
            {t('voting.changeVote')}
          </Button>
        ) : null
      }
    >
      <section className="card" role="status">
        <Lamp state="ok">{t('voting.votedAt', { when: whenText(at, Date.now(), i18n.language) })}</Lamp>
        <p className="hint">{t('voting.namedHint')}</p>
      </section>
      {vote.questions.map((question) => {
        const mine = vote.choices.find(({ questionId }) => questionId === question.id)
        return mine ? (
          <section key={question.id} className="card" aria-label={question.title}>
            <h2>{question.title}</h2>
            <ul className="my-choice">
              {wordsOf(question, answerIn(mine.choice), t).map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
          </section>
        ) : null
      })}
    </PageFrame>
  )
}
