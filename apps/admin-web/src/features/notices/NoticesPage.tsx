import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import { NOTICE_LEVELS } from '@tongxin/contract/notices'
import { CIRCULAR_STATES, type NoticeRow } from '@tongxin/contract/notices.circulars'
import { dateOf, EmptyState, type LampState, timeOf } from '@tongxin/ui'
import { Megaphone, Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column, Filter, RowLamp } from '../../shared/list/types.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { LevelLamp } from './InboxPage.tsx'
import { ALL_NOTICES, ARRIVALS, noticesQuery, RECEIPTS } from './notices.api.ts'
import './notices.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(noticesQuery(search))

const whenOf = (at: string | null) => (at ? `${dateOf(at)} ${timeOf(at)}` : '—')
export const share = (part: number, whole: number) => `${part} / ${whole}`

const columns: Column<NoticeRow>[] = [
  {
    key: 'title',
    textKey: 'notices.subject',
    render: (row) => <Link to={paths.notices.one(row.id)}>{row.title}</Link>,
  },
  { key: 'level', textKey: 'notices.levelLabel', render: (row) => <LevelLamp level={row.level} />, width: 90 },
  { key: 'org', textKey: 'notices.issuer', render: (row) => row.orgName, width: 180 },
  {
    key: 'updatedAt',
    textKey: 'notices.sentAt',
    render: (row) => whenOf(row.sentAt ?? row.sendAt),
    isSortable: true,
    width: 150,
  },
  { key: 'sentBy', textKey: 'notices.sentBy', render: (row) => row.sentBy, width: 100, isHiddenAtFirst: true },
  {
    key: 'read',
    textKey: 'notices.readBy',
    render: (row) => (row.sentAt ? share(row.read, row.people) : '—'),
    isNumber: true,
    width: 110,
  },
  {
    key: 'confirmed',
    textKey: 'notices.confirmedBy',
    render: (row) => (row.sentAt && row.needsConfirm ? share(row.confirmed, row.people) : '—'),
    isNumber: true,
    width: 110,
  },
  { key: 'relayed', textKey: 'notices.relayedBy', render: (row) => row.relayed || '—', isNumber: true, width: 80 },
]

const LAMPS: Readonly<Record<NoticeRow['state'], LampState>> = {
  draft: 'idle',
  scheduled: 'info',
  sent: 'ok',
  recalled: 'warn',
}
export function useStateLamp(): (row: Pick<NoticeRow, 'state'>) => RowLamp {
  const { t } = useTranslation()
  return ({ state }) => ({ state: LAMPS[state], word: t(`notices.state.${state}`) })
}

function useFilters(): Filter[] {
  const { t } = useTranslation()
  return [
    { key: 'text', label: t('notices.subject'), kind: 'text' },
    {
      key: 'from',
      label: t('notices.from'),
      kind: 'choice',
      options: (['here', 'above'] as const).map((value) => ({ value, label: t(`notices.fromOf.${value}`) })),
    },
    {
      key: 'state',
      label: t('notices.stateLabel'),
      kind: 'choice',
      options: CIRCULAR_STATES.map((value) => ({ value, label: t(`notices.state.${value}`) })),
    },
    {
      key: 'level',
      label: t('notices.levelLabel'),
      kind: 'choice',
      options: NOTICE_LEVELS.map((value) => ({ value, label: t(`notices.level.${value}`) })),
    },
    { key: 'sent', label: t('notices.sentAt'), kind: 'dates' },
  ]
}

/** Notices written in the scope, and those from above to be passed on. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('notices.send')
  useLive([...ARRIVALS, ...RECEIPTS], ALL_NOTICES)
  const lamp = useStateLamp()
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
      filters={useFilters()}
      lamp={lamp}
      drawer={(row) => ({ title: row.title, path: paths.notices.one(row.id), body: <Glance row={row} /> })}
      empty={
        <EmptyState title={t('notices.noneSent')} icon={<Megaphone aria-hidden="true" />} act={add}>
          {t('notices.noneSentHint')}
        </EmptyState>
      }
    />
  )
}

function Glance({ row }: { row: NoticeRow }) {
  const { t } = useTranslation()
  return (
    <Facts
      facts={[
        { label: t('notices.issuer'), value: row.orgName },
        { label: t('notices.sentAt'), value: whenOf(row.sentAt ?? row.sendAt) },
        { label: t('notices.sentBy'), value: row.sentBy },
        { label: t('notices.readBy'), value: share(row.read, row.people) },
        ...(row.needsConfirm ? [{ label: t('notices.confirmedBy'), value: share(row.confirmed, row.people) }] : []),
        ...(row.answerKind === 'none'
          ? []
          : [{ label: t('notices.answeredBy'), value: share(row.answered, row.people) }]),
        ...(row.confirmBy ? [{ label: t('notices.confirmBy'), value: whenOf(row.confirmBy) }] : []),
      ]}
    />
  )
}
