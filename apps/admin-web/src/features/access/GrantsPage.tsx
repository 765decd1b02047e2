import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import { download } from '@tongxin/client/download'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { endGrant, exportGrants, type GrantRow } from '@tongxin/contract/access.grants'
import { ROLE_NAMES } from '@tongxin/contract/roles'
import { Button, ConfirmDialog, dateOf, Lamp, say } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { ACCESS, grantsQuery } from './access.api.ts'
import { ProposeDialog } from './ProposeDialog.tsx'
import { RoleName } from './words.tsx'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(grantsQuery(search))

const columns: Column<GrantRow>[] = [
  { key: 'name', textKey: 'access.name', render: (row) => row.name, isSortable: true },
  { key: 'role', textKey: 'access.role', render: (row) => <RoleName role={row.role} /> },
  { key: 'organisation', textKey: 'access.organisation', render: (row) => row.orgName },
  { key: 'reach', textKey: 'access.reach', render: (row) => <Reach reach={row.reach} /> },
  { key: 'from', textKey: 'access.from', render: (row) => dateOf(row.from), isSortable: true },
  { key: 'until', textKey: 'access.until', render: (row) => (row.until ? dateOf(row.until) : '—') },
  { key: 'grantedBy', textKey: 'access.grantedBy', render: (row) => row.grantedBy ?? '—' },
]

export function Reach({ reach }: { reach: string }) {
  const { t } = useTranslation()
  return <>{t(`access.reaches.${reach}`)}</>
}

/** Who has what: every post of the scope, who gave it, why, and until when. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const can = useCan()
  const [isProposing, setProposing] = useState(false)
  const roles = ROLE_NAMES.filter((role) => role !== 'member').map((value) => ({
    value,
    label: t(`shell.role.${value}`),
  }))
  return (
    <>
      <ListPage
        title={t('access.grants')}
        columns={columns}
        rowKey={(row) => row.id}
        query={useQuery(grantsQuery(search))}
        search={search}
        setSearch={setSearch}
        filters={[
          { key: 'search', label: t('access.name'), kind: 'text' },
          { key: 'orgId', label: t('access.organisation'), kind: 'organisation' },
          { key: 'role', label: t('access.role'), kind: 'choice', options: roles },
          {
            key: 'ended',
            label: t('access.ended'),
            kind: 'choice',
            options: [{ value: 'true', label: t('access.withEnded') }],
          },
        ]}
        onExport={async ({ purpose }) => {
          const role = ROLE_NAMES.find((name) => name === search.role)
          await download(exportGrants, {
            body: { purpose, ...(search.orgId ? { orgId: search.orgId } : {}), ...(role ? { role } : {}) },
          })
        }}
        primary={
          <Button kind="primary" {...can('access.grant')} onClick={() => setProposing(true)}>
            {t('access.propose')}
          </Button>
        }
        lamp={(row) => (row.isValid ? null : { state: 'idle', word: t('access.notValid') })}
        drawer={(row) => ({ title: row.name, body: <Grant row={row} /> })}
      />
      {isProposing ? <ProposeDialog onClose={() => setProposing(false)} /> : null}
    </>
  )
}

function Grant({ row }: { row: GrantRow }) {
  const { t } = useTranslation()
  const can = useCan()
  const [isAsking, setAsking] = useState(false)
  const ending = useWrite(endGrant, {
    refreshes: [ACCESS],
    onDone: () => {
      setAsking(false)
      say(t('access.endedNow'))
    },
  })
  const facts = [
    ['role', <RoleName key="role" role={row.role} />],
    ['organisation', row.orgName],
    ['reach', <Reach key="reach" reach={row.reach} />],
    ['from', dateOf(row.from)],
    ['until', row.until ? dateOf(row.until) : t('access.noEnd')],
    ['grantedBy', row.grantedBy ?? '—'],
    ['reason', row.reason ?? '—'],
    ...(row.endedReason ? ([['endedWhy', `${row.endedBy ?? ''} ${row.endedReason}`]] as const) : []),
  ] as const
  const whyNot = row.isValid
    ? row.role === 'member'
      ? t('access.memberStays')
      : can('access.grant').whyNot
    : t('access.notValid')
  return (
    <>
      <Lamp state={row.isValid ? 'ok' : 'idle'}>{t(row.isValid ? 'access.valid' : 'access.notValid')}</Lamp>
      <dl className="facts">
        {facts.map(([key, value]) => (
          <div key={key}>
            <dt>{t(`access.${key}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className="access-acts">
        <Button kind="danger" whyNot={whyNot} onClick={() => setAsking(true)}>
          {t('access.end')}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('access.end')}
        verb={t('access.end')}
        isDanger
        reasonLabel={t('access.reason')}
        isBusy={ending.isPending}
        error={ending.error}
        onConfirm={(reason) => ending.mutate({ params: { id: row.id }, body: { reason }, ifMatch: row.version })}
      >
        {t('access.endWhat', { name: row.name })}
      </ConfirmDialog>
    </>
  )
}
