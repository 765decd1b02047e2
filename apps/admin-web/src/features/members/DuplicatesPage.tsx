import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps, Search } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import { useWrite } from '@tongxin/client/use-write'
import { dismissPair, type PairRow } from '@tongxin/contract/members.merge'
import { Button, ConfirmDialog, dateOf, EmptyState, Lamp, say } from '@tongxin/ui'
import { Merge } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { MergesList } from './MergesList.tsx'
import { ALL_DUPLICATES, MERGE_EVENTS, mergesQuery, pairsQuery } from './merge.api.ts'
import { useMemberWords } from './use-member-words.ts'
import './members.css'

const isMerges = (search: Search): boolean => search.view === 'merges'

export const loader = ({ search, queryClient }: LoaderInput) =>
  isMerges(search) ? queryClient.ensureQueryData(mergesQuery(search)) : queryClient.ensureQueryData(pairsQuery(search))

const columns: Column<PairRow>[] = [
  { key: 'a', textKey: 'members.merge.oneRecord', render: (row) => <Side of={row.a} /> },
  { key: 'b', textKey: 'members.merge.otherRecord', render: (row) => <Side of={row.b} /> },
  { key: 'signs', textKey: 'members.merge.alike', render: (row) => <Signs row={row} />, width: 220 },
  { key: 'found', textKey: 'members.merge.found', isSortable: true, render: (row) => dateOf(row.foundAt), width: 120 },
  { key: 'act', textKey: 'members.act', render: (row) => <Acts row={row} />, width: 220 },
]

/** Pairs of records that may be one person, and the merges that were made. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  useLive(MERGE_EVENTS, ALL_DUPLICATES)
  const views = (
    <nav className="views" aria-label={t('members.views')}>
      {(['pairs', 'merges'] as const).map((view) => (
        <button
          key={view}
          type="button"
          aria-current={(isMerges(search) ? 'merges' : 'pairs') === view ? 'page' : undefined}
          onClick={() => setSearch({ view, cursor: '' })}
        >
          {t(`members.merge.view.${view}`)}
        </button>
      ))}
    </nav>
  )
  if (isMerges(search)) return <MergesList search={search} setSearch={setSearch} lead={views} />
  return <Pairs search={search} setSearch={setSearch} lead={views} />
}

function Pairs({ search, setSearch, lead }: Pick<ScreenProps, 'search' | 'setSearch'> & { lead: React.ReactNode }) {
  const { t } = useTranslation()
  return (
    <ListPage
      title={t('members.merge.title')}
      columns={columns}
      rowKey={(row) => row.id}
      query={useQuery(pairsQuery(search))}
      search={search}
      setSearch={setSearch}
      lead={
        <>
          {lead}
          <p className="hint">{t('members.merge.pairsHint')}</p>
        </>
      }
      primary={
        <Link className="tx-button" to={paths.members.merge()}>
          <Merge size="1.1em" aria-hidden="true" />
          {t('members.merge.byHand')}
        </Link>
      }
      empty={<EmptyState title={t('members.merge.noPairs')}>{t('members.merge.noPairsHint')}</EmptyState>}
    />
  )
}

function Side({ of }: { of: PairRow['a'] }) {
  const { word } = useMemberWords()
  return (
    <span className="merge-side">
      <Link to={paths.members.one(of.id)}>{of.name}</Link>
      <span className="hint">
        {of.orgName} · {word('category', of.category)} · {of.memberNo}
      </span>
    </span>
  )
}

function Signs({ row }: { row: PairRow }) {
  const { t } = useTranslation()
  return (
    <span className="doubts">
      {row.signs.map((sign) => (
        <Lamp key={sign} state="warn">
          {t(`members.merge.sign.${sign}`)}
        </Lamp>
      ))}
    </span>
  )
}

function Acts({ row }: { row: PairRow }) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const dismiss = useWrite(dismissPair, {
    refreshes: [['member-pairs']],
    onDone: () => {
      say(t('members.merge.dismissedSaid'))
      setAsking(false)
    },
  })
  // The fuller record is the likelier one to go on.
  const [kept, gone] = row.a.completeness >= row.b.completeness ? [row.a, row.b] : [row.b, row.a]
  return (
    <span className="entry-acts">
      <Link to={paths.members.merge()} search={{ keptId: kept.id, goneId: gone.id } as never}>
        {t('members.merge.compare')}
      </Link>
      <Button kind="quiet" onClick={() => setAsking(true)}>
        {t('members.merge.dismiss')}
      </Button>
      {isAsking ? (
        <ConfirmDialog
          isOpen
          onClose={() => setAsking(false)}
          title={t('members.merge.dismissTitle', { name: row.a.name, other: row.b.name })}
          verb={t('members.merge.dismiss')}
          reasonLabel={t('members.reason')}
          isBusy={dismiss.isPending}
          error={dismiss.error}
          onConfirm={(reason) => dismiss.mutate({ params: { id: row.id }, body: { reason } })}
        />
      ) : null}
    </span>
  )
}
