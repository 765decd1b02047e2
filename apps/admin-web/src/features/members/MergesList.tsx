import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { type MergeRow, undoMerge } from '@tongxin/contract/members.merge'
import { Button, ConfirmDialog, dateOf, EmptyState, Lamp, say } from '@tongxin/ui'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { ALL_DUPLICATES, mergesQuery } from './merge.api.ts'

const columns: Column<MergeRow>[] = [
  {
    key: 'kept',
    textKey: 'members.merge.kept',
    render: (row) => (
      <span className="merge-side">
        <Link to={paths.members.one(row.keptId)}>{row.keptName}</Link>
        <span className="hint">
          {row.orgName} · {row.keptNo}
        </span>
      </span>
    ),
  },
  {
    key: 'gone',
    textKey: 'members.merge.gone',
    render: (row) => (
      <span className="merge-side">
        {row.goneName}
        <span className="hint">{row.goneNo}</span>
      </span>
    ),
  },
  { key: 'reason', textKey: 'members.reason', render: (row) => row.reason },
  { key: 'by', textKey: 'members.merge.by', render: (row) => row.by, width: 110 },
  { key: 'at', textKey: 'members.merge.at', isSortable: true, render: (row) => dateOf(row.at), width: 120 },
  { key: 'state', textKey: 'members.merge.state', render: (row) => <State row={row} />, width: 240 },
]

/** Merges that were made; each can be undone within thirty days. */
export function MergesList(props: Pick<ScreenProps, 'search' | 'setSearch'> & { lead: ReactNode }) {
  const { t } = useTranslation()
  return (
    <ListPage
      title={t('members.merge.title')}
      columns={columns}
      rowKey={(row) => row.id}
      query={useQuery(mergesQuery(props.search))}
      search={props.search}
      setSearch={props.setSearch}
      lead={
        <>
          {props.lead}
          <p className="hint">{t('members.merge.mergesHint')}</p>
        </>
      }
      empty={<EmptyState title={t('members.merge.noMerges')} />}
    />
  )
}

function State({ row }: { row: MergeRow }) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const undo = useWrite(undoMerge, {
    refreshes: ALL_DUPLICATES,
    onDone: () => {
      say(t('members.merge.undoneSaid', { name: row.keptName }))
      setAsking(false)
    },
  })
  if (row.state === 'undone')
    return <Lamp state="idle">{t('members.merge.undoneBecause', { reason: row.undoneReason })}</Lamp>
  if (!row.canUndo) return <Lamp state="idle">{t('members.merge.final')}</Lamp>
  return (
    <span className="entry-acts">
      <span className="hint">{t('members.merge.undoUntil', { day: row.undoUntil })}</span>
      <Button kind="quiet" onClick={() => setAsking(true)}>
        {t('members.merge.undo')}
      </Button>
      {isAsking ? (
        <ConfirmDialog
          isOpen
          onClose={() => setAsking(false)}
          title={t('members.merge.undoTitle', { name: row.keptName })}
          verb={t('members.merge.undo')}
          isDanger
          reasonLabel={t('members.reason')}
          isBusy={undo.isPending}
          error={undo.error}
          onConfirm={(reason) => undo.mutate({ params: { id: row.id }, body: { reason } })}
        >
          <p>{t('members.merge.undoHint')}</p>
        </ConfirmDialog>
      ) : null}
    </span>
  )
}
