import { useMutation } from '@tanstack/react-query'
import { receiptCode } from '@tongxin/ballot/receipt'
import type { MyVote } from '@tongxin/contract/voting.own'
import { Button, Lamp } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import type { OwnPapers } from './ballot-box.ts'
import { placesOnBoard } from './board.ts'
import { VotingError } from './VotingError.tsx'

/** What shows that my ballots are in the box, without saying what is on them; after the closing, their place on the board. */
export function Receipts({ vote, papers }: { vote: MyVote; papers: OwnPapers }) {
  const { t } = useTranslation()
  const isOver = vote.state === 'closed' || vote.state === 'counted' || vote.state === 'published'
  const look = useMutation({ mutationFn: () => placesOnBoard(vote, papers), retry: false })
  return (
    <section className="card" aria-labelledby="receipts">
      <h2 id="receipts">{t('voting.receipts')}</h2>
      <ul className="receipts">
        {papers.ballots.map(({ questionId, leafHash, acceptance }) => {
          const question = vote.questions.find(({ id }) => id === questionId)
          const place = look.data?.[leafHash ?? '']
          return (
            <li key={questionId}>
              <span>{question?.title}</span>
              <code>{receiptCode(leafHash ?? '')}</code>
              {place === undefined ? (
                <Lamp state={acceptance ? 'ok' : 'warn'}>{t(acceptance ? 'voting.inBox' : 'voting.notInBox')}</Lamp>
              ) : (
                <Lamp state={place === null ? 'late' : 'ok'}>
                  {place === null ? t('voting.notOnBoard') : t('voting.onBoard', { place })}
                </Lamp>
              )}
            </li>
          )
        })}
      </ul>
      <p className="hint">{t('voting.receiptHint')}</p>
      {isOver ? (
        <Button wide isBusy={look.isPending} onClick={() => look.mutate()}>
          {t('voting.lookOnBoard')}
        </Button>
      ) : null}
      <VotingError error={look.error} />
    </section>
  )
}
