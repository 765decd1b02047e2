import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { inShanghai } from '@tongxin/contract/audit.sentence'
import type { Outlet } from '@tongxin/contract/channels'
import { REACH_OF } from '@tongxin/contract/channels.kinds'
import { Button, Drawer, EmptyState, ErrorState, Lamp, Skeleton } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { AnnounceDialog } from './AnnounceDialog.tsx'
import { outletsQuery } from './channels.api.ts'
import { OutletBody } from './OutletBody.tsx'
import { OutletForm } from './OutletForm.tsx'
import './channels.css'

export const loader = ({ queryClient }: LoaderInput) => queryClient.ensureQueryData(outletsQuery)

type Opened = { readonly outlet: Outlet | null } | 'announce' | null

/** The ways by which notices leave the platform. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const can = useCan()
  const query = useQuery(outletsQuery)
  const [opened, setOpened] = useState<Opened>(null)
  const rows = query.data?.rows ?? []
  const groups = rows.filter(({ kind, state }) => REACH_OF[kind] === 'group' && state === 'on')
  const open = rows.find(({ id }) => id === search.open)
  const announcing = groups.length > 0 ? can('settings.write') : { whyNot: t('channels.noGroups') }
  return (
    <div className="page">
      <title>{`${t('channels.title')} · ${t('shell.name')}`}</title>
      <header className="page-head">
        <h1>{t('channels.title')}</h1>
        <div className="page-acts">
          <Link className="tx-button" to={paths.channels.messages()}>
            {t('channels.log')}
          </Link>
          <Button {...announcing} onClick={() => setOpened('announce')}>
            {t('channels.announce')}
          </Button>
          <Button kind="primary" {...can('settings.write')} onClick={() => setOpened({ outlet: null })}>
            {t('channels.make')}
          </Button>
        </div>
      </header>
      <p className="hint">{t('channels.lead')}</p>
      {query.isPending ? <Skeleton lines={6} /> : null}
      {query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isSuccess && rows.length === 0 ? (
        <EmptyState title={t('channels.none')}>{t('channels.noneLead')}</EmptyState>
      ) : null}
      {rows.length > 0 ? <OutletsTable rows={rows} onOpen={(id) => setSearch({ open: id })} /> : null}
      {open ? (
        <Drawer isOpen onClose={() => setSearch({ open: '' })} title={open.name}>
          <OutletBody outlet={open} onChange={() => setOpened({ outlet: open })} />
        </Drawer>
      ) : null}
      {opened === 'announce' ? <AnnounceDialog outlets={groups} onClose={() => setOpened(null)} /> : null}
      {opened && opened !== 'announce' ? <OutletForm outlet={opened.outlet} onClose={() => setOpened(null)} /> : null}
    </div>
  )
}

function OutletsTable({ rows, onOpen }: { rows: readonly Outlet[]; onOpen: (id: string) => void }) {
  const { t } = useTranslation()
  return (
    <div className="panel channels-table">
      <table>
        <thead>
          <tr>
            {['name', 'kind', 'state', 'waiting', 'failed', 'lastSent'].map((key) => (
              <th key={key} scope="col">
                {t(`channels.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                <button type="button" className="link" onClick={() => onOpen(row.id)}>
                  {row.name}
                </button>
              </th>
              <td>{t(`channels.kinds.${row.kind}`)}</td>
              <td>
                <State row={row} />
              </td>
              <td className="num">{row.waiting}</td>
              <td className="num">{row.failed}</td>
              <td>{row.lastSentAt ? inShanghai(row.lastSentAt) : '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function State({ row }: { row: Outlet }) {
  const { t } = useTranslation()
  if (row.state !== 'on') return <Lamp state="idle">{t('channels.states.off')}</Lamp>
  const isFailing = row.lastErrorAt !== null && (row.lastSentAt === null || row.lastErrorAt > row.lastSentAt)
  return isFailing ? (
    <Lamp state="warn">{t('channels.states.failing')}</Lamp>
  ) : (
    <Lamp state="ok">{t('channels.states.on')}</Lamp>
  )
}
