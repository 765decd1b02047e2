import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import { NOTICE_LEVELS, type NoticeRow } from '@tongxin/contract/notices'
import { dateOf, EmptyState, timeOf } from '@tongxin/ui'
import { Megaphone, Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { LevelLamp } from './InboxPage.tsx'
import { ALL_NOTICES, noticesQuery, RECEIPTS } from './notices.api.ts'
import { Receipts } from './Receipts.tsx'
import './notices.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(noticesQuery(search))

const share = (part: number, whole: number) => `${part} / ${whole}`

const columns: Column<NoticeRow>[] = [
  { key: 'title', textKey: 'notices.subject', render: (row) => row.title },
  { key: 'level', textKey: 'notices.levelLabel', render: (row) => <LevelLamp level={row.level} />, width: 100 },
  { key: 'org', textKey: 'notices.to', render: (row) => row.orgName },
  {
    key: 'sentAt',
    textKey: 'notices.sentAt',
    render: (row) => `${dateOf(row.sentAt)} ${timeOf(row.sentAt)}`,
    isSortable: true,
    width: 150,
  },
  { key: 'sentBy', textKey: 'notices.sentBy', render: (row) => row.sentBy, width: 110 },
  {
    key: 'read',
    textKey: 'notices.readBy',
    render: (row) => share(row.read, row.delivered),
    isNumber: true,
    width: 110,
  },
  {
    key: 'confirmed',
    textKey: 'notices.confirmedBy',
    render: (row) => (row.needsConfirm ? share(row.confirmed, row.delivered) : '—'),
    isNumber: true,
    width: 110,
  },
]

/** Notices written in the scope, with who has read and confirmed them. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('notices.send')
  useLive(RECEIPTS, ALL_NOTICES)
  const add =
    whyNot === undefined ? (
      <Link className="tx-button" data-kind="primary" to={paths.notices.send()}>
        <Plus aria-hidden="true" />
        {t('notices.write')}
      </Link>
    ) : null
  return (
    <ListPage
      title={t('notices.title')}
      columns={columns}
      rowKey={(row) => row.id}
      query={useQuery(noticesQuery(search))}
      search={search}
      setSearch={setSearch}
      primary={add}
      filters={[
        { key: 'text', label: t('notices.subject'), kind: 'text' },
        {
          key: 'level',
          label: t('notices.levelLabel'),
          kind: 'choice',
          options: NOTICE_LEVELS.map((value) => ({ value, label: t(`notices.level.${value}`) })),
        },
      ]}
      drawer={(row) => ({ title: row.title, body: <Receipts notice={row} /> })}
      empty={
        <EmptyState title={t('notices.noneSent')} icon={<Megaphone aria-hidden="true" />} act={add}>
          {t('notices.noneSentHint')}
        </EmptyState>
      }
    />
  )
}
