import { useQuery } from '@tanstack/react-query'
import type { ScreenProps } from '@tongxin/client/screen'
import { postOf, useSession } from '@tongxin/client/session'
import type { SettingRow } from '@tongxin/contract/settings'
import { DateInput, Drawer, EmptyState, ErrorState, Skeleton } from '@tongxin/ui'
import { Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { SettingBody } from './SettingBody.tsx'
import { SettingsNav } from './SettingsNav.tsx'
import { settingsQuery } from './settings.api.ts'
import { valueText } from './settings.format.ts'
import './settings.css'

const KINDS = ['setting', 'switch', 'parameter'] as const

/** What an organisation has set, by kind; a row opens with its rule, its history and the form to change it. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const own = postOf(useSession())?.orgId ?? ''
  const orgId = search.orgId || own
  const query = useQuery(settingsQuery(orgId, search.on))
  const kind = KINDS.find((one) => one === search.tab) ?? 'setting'
  const rows = (query.data?.rows ?? []).filter((row) => row.kind === kind)
  const open = query.data?.rows.find((row) => row.code === search.open)
  return (
    <div className="page">
      <title>{`${t('settings.title')} · ${t('shell.name')}`}</title>
      <header className="page-head">
        <h1>{t('settings.title')}</h1>
      </header>
      <SettingsNav />
      <div className="filter-row">
        <OrgPicker label={t('settings.org')} value={orgId} onChange={(id) => setSearch({ orgId: id, open: '' })} />
        <DateInput label={t('settings.onDay')} value={search.on ?? ''} onChange={(on) => setSearch({ on })} />
      </div>
      <div className="panel settings-body">
        <Tabs
          activeKey={kind}
          items={KINDS.map((key) => ({ key, label: t(`settings.kind.${key}`) }))}
          onChange={(tab) => setSearch({ tab, open: '' })}
        />
        <p className="hint">{t(`settings.lead.${kind}`)}</p>
        {query.isPending ? <Skeleton lines={8} /> : null}
        {query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
        {query.isSuccess && rows.length === 0 ? <EmptyState title={t('settings.none')} /> : null}
        {rows.length > 0 ? <SettingsTable rows={rows} onOpen={(code) => setSearch({ open: code })} /> : null}
      </div>
      {open && query.data ? (
        <Drawer isOpen onClose={() => setSearch({ open: '' })} title={t(`settings.code.${open.code}`)}>
          <SettingBody key={open.code} row={open} orgId={query.data.orgId} orgName={query.data.orgName} />
        </Drawer>
      ) : null}
    </div>
  )
}

function SettingsTable({ rows, onOpen }: { rows: readonly SettingRow[]; onOpen: (code: string) => void }) {
  const { t } = useTranslation()
  return (
    <table className="settings-table">
      <thead>
        <tr>
          <th>{t('settings.name')}</th>
          <th>{t('settings.value')}</th>
          <th>{t('settings.from')}</th>
          <th>{t('settings.waiting')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.code}>
            <td>
              <button type="button" className="settings-open" onClick={() => onOpen(row.code)}>
                {t(`settings.code.${row.code}`)}
              </button>
            </td>
            <td>
              <strong>{valueText(row, row.value, t)}</strong>
            </td>
            <td>
              {row.setBy
                ? t('settings.setBy', { name: row.setBy.orgName, on: row.setBy.effectiveFrom })
                : t('settings.shipped')}
            </td>
            <td>
              {row.waiting
                ? t('settings.waitingValue', {
                    value: valueText(row, row.waiting.value, t),
                    on: row.waiting.effectiveFrom,
                  })
                : '—'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
