import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { closeColumn } from '@tongxin/contract/publishing'
import type { ColumnRow } from '@tongxin/contract/publishing.words'
import { COLUMN_KINDS } from '@tongxin/domain/publishing/stages'
import { Button, EmptyState } from '@tongxin/ui'
import { LayoutList, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { AskedAct } from '../../shared/AskedAct.tsx'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { ColumnDialog } from './ColumnDialog.tsx'
import { columnsQuery } from './publishing.api.ts'
import { useDone } from './use-done.ts'
import { useOptions } from './words.tsx'
import './publishing.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(columnsQuery(search))

function useColumns(): Column<ColumnRow>[] {
  const { t } = useTranslation()
  return [
    {
      key: 'position',
      textKey: 'publishing.position',
      render: (row) => row.position,
      isSortable: true,
      isNumber: true,
      width: 90,
    },
    { key: 'name', textKey: 'publishing.columnName', render: (row) => row.name },
    {
      key: 'kind',
      textKey: 'publishing.kind',
      render: (row) => t(`words.publishing.columnKind.${row.kind}`),
      width: 120,
    },
    { key: 'orgName', textKey: 'publishing.ownUnit', render: (row) => row.orgName, width: 200 },
    {
      key: 'audience',
      textKey: 'publishing.audience',
      render: (row) => t(`words.publishing.audience.${row.audience}`),
      width: 150,
    },
    {
      key: 'comments',
      textKey: 'publishing.comments',
      render: (row) => t(`words.publishing.comments.${row.comments}`),
      width: 130,
    },
    { key: 'articles', textKey: 'publishing.articles', render: (row) => row.articles, isNumber: true, width: 90 },
  ]
}

/** Columns: where articles stand, who reads them, what becomes of comments. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('publishing.release')
  const [editing, setEditing] = useState<ColumnRow | 'new' | null>(null)
  const optionsOf = useOptions()
  const add = (
    <Button kind="primary" whyNot={whyNot} onClick={() => setEditing('new')}>
      <Plus aria-hidden="true" />
      {t('publishing.addColumn')}
    </Button>
  )
  return (
    <>
      <ListPage
        title={t('publishing.columns')}
        columns={useColumns()}
        rowKey={(row) => row.id}
        query={useQuery(columnsQuery(search))}
        search={search}
        setSearch={setSearch}
        filters={[
          { key: 'kind', label: t('publishing.kind'), kind: 'choice', options: optionsOf(COLUMN_KINDS, 'columnKind') },
          {
            key: 'open',
            label: t('publishing.standing'),
            kind: 'choice',
            options: [
              { value: 'true', label: t('publishing.isOpen') },
              { value: 'false', label: t('publishing.isClosed') },
            ],
          },
        ]}
        primary={add}
        lamp={(row) =>
          row.isOpen ? { state: 'ok', word: t('publishing.isOpen') } : { state: 'idle', word: t('publishing.isClosed') }
        }
        drawer={(row) => ({ title: row.name, body: <Glance column={row} onEdit={() => setEditing(row)} /> })}
        empty={
          <EmptyState title={t('publishing.noColumns')} icon={<LayoutList aria-hidden="true" />} act={add}>
            {t('publishing.noColumnsHint')}
          </EmptyState>
        }
      />
      {editing ? <ColumnDialog column={editing === 'new' ? null : editing} onClose={() => setEditing(null)} /> : null}
    </>
  )
}

function Glance({ column, onEdit }: { column: ColumnRow; onEdit: () => void }) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('publishing.release')
  const close = useWrite(closeColumn, useDone())
  const verb = column.isOpen ? 'closeColumn' : 'openColumn'
  return (
    <div className="publishing-stack">
      <p className="hint">{column.note}</p>
      <Facts
        facts={[
          { label: t('publishing.ownUnit'), value: column.orgName },
          { label: t('publishing.audience'), value: t(`words.publishing.audience.${column.audience}`) },
          { label: t('publishing.comments'), value: t(`words.publishing.comments.${column.comments}`) },
          { label: t('publishing.linkHosts'), value: column.linkHosts.join('、') || t('publishing.anyHost') },
        ]}
      />
      <div className="publishing-acts">
        <Link className="tx-button" to={paths.publishing.list()} search={{ columnId: column.id } as never}>
          {t('publishing.toArticles')}
        </Link>
        <Button whyNot={whyNot} onClick={onEdit}>
          {t('publishing.change')}
        </Button>
        <AskedAct
          verb={t(`publishing.${verb}`)}
          lead={t(`publishing.${verb}Lead`)}
          reasonLabel={t('publishing.reason')}
          isDanger={column.isOpen}
          whyNot={whyNot}
          save={close}
          input={(reason) => ({ params: { id: column.id }, body: { isOpen: !column.isOpen, reason } })}
        />
      </div>
    </div>
  )
}
