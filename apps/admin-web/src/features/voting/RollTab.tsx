import { useQuery } from '@tanstack/react-query'
import type { Search } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import type { VoteRecord } from '@tongxin/contract/voting'
import { givePapers } from '@tongxin/contract/voting.count'
import { VOTE_WAYS } from '@tongxin/contract/voting.words'
import {
  Button,
  ConfirmDialog,
  EmptyState,
  ErrorState,
  Lamp,
  Select,
  Skeleton,
  say,
  TextInput,
  timeOf,
} from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ALL_VOTING, rollQuery } from './voting.api.ts'

type Props = {
  vote: VoteRecord
  search: Search
  setSearch: (change: Readonly<Record<string, string>>) => void
}

/** Who may vote and who has drawn. Who has cast is on no list, because nobody knows it. */
export function RollTab({ vote, search, setSearch }: Props) {
  const { t } = useTranslation()
  const asked = { way: search.way ?? '', text: search.text ?? '', cursor: search.cursor ?? '' }
  const roll = useQuery(rollQuery(vote.id, asked))
  return (
    <>
      {vote.secrecy === 'secret' ? <p className="hint">{t('voting.rollHint')}</p> : null}
      <div className="vote-two">
        <TextInput
          label={t('voting.person')}
          value={asked.text}
          maxLength={60}
          onChange={(text) => setSearch({ text, cursor: '' })}
        />
        <Select
          label={t('voting.way')}
          value={asked.way}
          whenEmpty={t('voting.everybody')}
          onChange={(way) => setSearch({ way, cursor: '' })}
          options={[...VOTE_WAYS, 'none' as const].map((value) => ({ value, label: t(`voting.ways.${value}`) }))}
        />
      </div>
      {roll.error ? <ErrorState error={roll.error} onRetry={() => void roll.refetch()} /> : null}
      {roll.isPending ? <Skeleton lines={8} /> : null}
      {roll.data?.rows.length === 0 ? <EmptyState title={t('voting.nobody')} /> : null}
      {roll.data && roll.data.rows.length > 0 ? <Rows vote={vote} rows={roll.data.rows} /> : null}
      {roll.data?.next ? (
        <Button onClick={() => setSearch({ cursor: roll.data.next ?? '' })}>{t('voting.more')}</Button>
      ) : null}
    </>
  )
}

type Row = {
  memberId: string
  name: string
  hasAccount: boolean
  way: (typeof VOTE_WAYS)[number] | null
  drawnAt: string | null
}

function Rows({ vote, rows }: { vote: VoteRecord; rows: readonly Row[] }) {
  const { t } = useTranslation()
  const [given, setGiven] = useState<Row | null>(null)
  const give = useWrite(givePapers, {
    refreshes: ALL_VOTING,
    onDone: () => {
      setGiven(null)
      say(t('voting.paperGiven'))
    },
  })
  return (
    <>
      <table className="vote-table">
        <thead>
          <tr>
            <th scope="col">{t('voting.person')}</th>
            <th scope="col">{t('voting.way')}</th>
            <th scope="col">{t('voting.drawnAt')}</th>
            {vote.can.givePaper ? <th scope="col">{t('voting.act')}</th> : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.memberId}>
              <th scope="row">
                {row.name} {row.hasAccount ? null : <Lamp state="idle">{t('voting.noAccount')}</Lamp>}
              </th>
              <td>
                <Lamp state={row.way ? 'ok' : 'idle'}>{t(`voting.ways.${row.way ?? 'none'}`)}</Lamp>
              </td>
              <td>{row.drawnAt ? timeOf(row.drawnAt) : ''}</td>
              {vote.can.givePaper ? (
                <td>{row.way ? null : <Button onClick={() => setGiven(row)}>{t('voting.givePaper')}</Button>}</td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
      <ConfirmDialog
        isOpen={given !== null}
        onClose={() => setGiven(null)}
        title={t('voting.givePaperTitle', { name: given?.name })}
        verb={t('voting.givePaper')}
        isBusy={give.isPending}
        error={give.error}
        onConfirm={() => given && give.mutate({ params: { id: vote.id }, body: { memberIds: [given.memberId] } })}
      >
        {t('voting.givePaperMeans')}
      </ConfirmDialog>
    </>
  )
}
