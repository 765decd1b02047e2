import { useQuery } from '@tanstack/react-query'
import type { Search } from '@tongxin/client/screen'
import type { VoteRecord } from '@tongxin/contract/voting'
import type { ChoiceShape } from '@tongxin/contract/voting.words'
import { Button, EmptyState, ErrorState, Skeleton } from '@tongxin/ui'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { namedQuery } from './voting.api.ts'

/** Who voted how, after the closing. */
export function NamedTab(props: {
  vote: VoteRecord
  search: Search
  setSearch: (change: Readonly<Record<string, string>>) => void
}) {
  const { t } = useTranslation()
  const { vote, search, setSearch } = props
  const { data, error, refetch } = useQuery(namedQuery(vote.id, search.cursor ?? ''))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton lines={8} />
  if (data.rows.length === 0) return <EmptyState title={t('voting.nobody')} />
  return (
    <>
      <table className="vote-table">
        <thead>
          <tr>
            <th scope="col">{t('voting.person')}</th>
            <th scope="col">{t('voting.question')}</th>
            <th scope="col">{t('voting.choice')}</th>
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <tr key={`${row.memberId} ${row.questionId}`}>
              <th scope="row">{row.name}</th>
              <td>{vote.questions.find(({ id }) => id === row.questionId)?.title}</td>
              <td>{choiceText(vote, row.questionId, row.choice, t)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {data.next ? <Button onClick={() => setSearch({ cursor: data.next ?? '' })}>{t('voting.more')}</Button> : null}
    </>
  )
}

function choiceText(vote: VoteRecord, questionId: string, choice: ChoiceShape | null, t: TFunction): string {
  if (choice === null) return t('voting.didNotVote')
  const question = vote.questions.find(({ id }) => id === questionId)
  const label = (id: string) => question?.options.find((option) => option.id === id)?.label ?? id
  if (choice.marks)
    return Object.entries(choice.marks)
      .map(([id, mark]) => t('voting.markedAs', { name: label(id), mark: t(`voting.mark.${mark}`) }))
      .join(t('voting.comma'))
  const options = choice.options ?? []
  if (options.length === 0) return t('voting.mark.abstain')
  return options.map(label).join(question?.kind === 'ranked' ? ' > ' : t('voting.comma'))
}
