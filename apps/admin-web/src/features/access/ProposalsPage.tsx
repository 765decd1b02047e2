import { useQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { confirmGrant, type RequestRow, returnGrant } from '@tongxin/contract/access.grants'
import { Button, ConfirmDialog, dateOf, EmptyState, RefusalText, say } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { ACCESS, proposalsQuery } from './access.api.ts'
import { Reach } from './GrantsPage.tsx'
import { Decision, RoleName } from './words.tsx'
import './access.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(proposalsQuery(search))

const columns: Column<RequestRow>[] = [
  { key: 'name', textKey: 'access.name', render: (row) => row.name },
  { key: 'role', textKey: 'access.role', render: (row) => <RoleName role={row.role} /> },
  { key: 'organisation', textKey: 'access.organisation', render: (row) => row.orgName },
  { key: 'state', textKey: 'access.decisionState', render: (row) => <Decision state={row.state} /> },
  { key: 'madeBy', textKey: 'access.madeBy', render: (row) => row.madeBy },
  { key: 'made', textKey: 'access.madeAt', render: (row) => dateOf(row.madeAt), isSortable: true },
]

/** Proposed posts: the second person looks at exactly what was proposed and confirms or returns it. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  return (
    <ListPage
      title={t('access.proposals')}
      columns={columns}
      rowKey={(row) => row.id}
      query={useQuery(proposalsQuery(search))}
      search={search}
      setSearch={setSearch}
      filters={[
        {
          key: 'state',
          label: t('access.decisionState'),
          kind: 'choice',
          options: ['open', 'confirmed', 'returned', 'withdrawn'].map((value) => ({
            value,
            label: t(`access.decision.${value}`),
          })),
        },
      ]}
      drawer={(row) => ({ title: row.name, body: <Proposal row={row} /> })}
      empty={<EmptyState title={t('access.noProposals')}>{t('access.noProposalsHint')}</EmptyState>}
    />
  )
}

function Proposal({ row }: { row: RequestRow }) {
  const { t } = useTranslation()
  const facts = [
    ['role', <RoleName key="role" role={row.role} />],
    ['organisation', row.orgName],
    ['reach', <Reach key="reach" reach={row.reach} />],
    ['from', dateOf(row.from)],
    ['until', row.until ? dateOf(row.until) : t('access.noEnd')],
    ['reason', row.reason],
    ['madeBy', row.madeBy],
    ...(row.decidedBy ? ([['decidedBy', row.decidedBy]] as const) : []),
    ...(row.decisionReason ? ([['decisionReason', row.decisionReason]] as const) : []),
  ] as const
  return (
    <>
      <Decision state={row.state} />
      <dl className="facts">
        {facts.map(([key, value]) => (
          <div key={key}>
            <dt>{t(`access.${key}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {row.state === 'open' ? <Decide row={row} /> : null}
    </>
  )
}

function Decide({ row }: { row: RequestRow }) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const confirming = useWrite(confirmGrant, { refreshes: [ACCESS], onDone: () => say(t('access.confirmed')) })
  const returning = useWrite(returnGrant, { refreshes: [ACCESS], onDone: () => setAsking(false) })
  const verb = t(row.isMine ? 'access.withdraw' : 'access.return')
  return (
    <>
      <RefusalText error={confirming.error} />
      <div className="access-acts">
        <Button
          kind="primary"
          isBusy={confirming.isPending}
          whyNot={row.isMine ? t('refusal.access.maker_is_checker.reason') : undefined}
          onClick={() => confirming.mutate({ params: { id: row.id }, body: { hash: row.hash } })}
        >
          {t('access.confirm')}
        </Button>
        <Button onClick={() => setAsking(true)}>{verb}</Button>
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={verb}
        verb={verb}
        reasonLabel={t('access.reason')}
        isBusy={returning.isPending}
        error={returning.error}
        onConfirm={(reason) => returning.mutate({ params: { id: row.id }, body: { reason } })}
      />
    </>
  )
}
