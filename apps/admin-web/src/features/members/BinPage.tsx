import { useQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import type { Reply } from '@tongxin/contract/endpoint'
import { type listDeletedMembers, restoreMember } from '@tongxin/contract/members'
import { Button, ConfirmDialog, dateOf, EmptyState, say } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { deletedQuery } from './members.api.ts'
import { useMemberWords } from './use-member-words.ts'
import './members.css'

type Deleted = Reply<typeof listDeletedMembers>['rows'][number]

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(deletedQuery(search))

const columns: Column<Deleted>[] = [
  { key: 'name', textKey: 'words.members.columns.name', render: (row) => row.name },
  { key: 'memberNo', textKey: 'words.members.columns.memberNo', render: (row) => row.memberNo },
  { key: 'category', textKey: 'words.members.columns.category', render: (row) => <Category of={row} /> },
  { key: 'org', textKey: 'words.members.columns.orgName', render: (row) => row.orgName },
  { key: 'reason', textKey: 'members.reason', render: (row) => row.reason },
  { key: 'by', textKey: 'members.deletedBy', render: (row) => row.deletedBy },
  { key: 'deleted', textKey: 'members.deletedOn', isSortable: true, render: (row) => dateOf(row.deletedAt) },
  { key: 'gone', textKey: 'members.goneOn', render: (row) => row.goneOn },
  { key: 'act', textKey: 'members.act', render: (row) => <Restore row={row} /> },
]

function Category({ of }: { of: Deleted }) {
  return useMemberWords().word('category', of.category)
}

/** Records deleted in the last thirty days; each can be taken back with a reason. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  return (
    <ListPage
      title={t('members.bin')}
      columns={columns}
      rowKey={(row) => row.id}
      query={useQuery(deletedQuery(search))}
      search={search}
      setSearch={setSearch}
      lead={<p className="hint">{t('members.binHint')}</p>}
      empty={<EmptyState title={t('members.binEmpty')} />}
    />
  )
}

function Restore({ row }: { row: Deleted }) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const restore = useWrite(restoreMember, {
    refreshes: [['members']],
    onDone: () => say(t('members.restoredSaid', { name: row.name })),
  })
  return (
    <>
      <Button kind="quiet" onClick={() => setAsking(true)}>
        {t('members.restore')}
      </Button>
      {isAsking ? (
        <ConfirmDialog
          isOpen
          onClose={() => setAsking(false)}
          title={t('members.restoreTitle', { name: row.name })}
          verb={t('members.restore')}
          reasonLabel={t('members.reason')}
          isBusy={restore.isPending}
          error={restore.error}
          onConfirm={(reason) => restore.mutate({ params: { id: row.id }, body: { reason } })}
        />
      ) : null}
    </>
  )
}
