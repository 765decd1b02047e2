import { useQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { cancelRecovery, confirmRecovery, RECOVERY_STATES, type RecoveryRow } from '@tongxin/contract/access.recovery'
import { Button, EmptyState, RefusalText, useRefusalWords, whenText } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { ACCESS, recoveriesQuery } from './access.api.ts'
import { RecoveryOnScreen } from './CodeOnScreen.tsx'
import { RecoveryState, Yes } from './words.tsx'
import './access.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(recoveriesQuery(search))

/** Recoveries of accounts: one officer starts, another confirms, the person chooses a new password. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t, i18n } = useTranslation()
  const columns: Column<RecoveryRow>[] = [
    { key: 'name', textKey: 'access.name', render: (row) => row.name },
    { key: 'state', textKey: 'access.recoveryState', render: (row) => <RecoveryState state={row.state} /> },
    { key: 'reason', textKey: 'access.reason', render: (row) => row.reason },
    {
      key: 'factor',
      textKey: 'access.resetsFactorShort',
      render: (row) => <Yes is={row.resetsFactor} word={t('access.yes')} />,
    },
    { key: 'startedBy', textKey: 'access.startedBy', render: (row) => row.startedBy },
    {
      key: 'started',
      textKey: 'access.startedAt',
      render: (row) => whenText(row.startedAt, Date.now(), i18n.language),
      isSortable: true,
    },
    { key: 'confirmedBy', textKey: 'access.confirmedBy', render: (row) => row.confirmedBy ?? '—' },
  ]
  return (
    <ListPage
      title={t('access.recoveries')}
      columns={columns}
      rowKey={(row) => row.id}
      query={useQuery(recoveriesQuery(search))}
      search={search}
      setSearch={setSearch}
      filters={[
        {
          key: 'state',
          label: t('access.recoveryState'),
          kind: 'choice',
          options: RECOVERY_STATES.map((value) => ({ value, label: t(`access.recovery.${value}`) })),
        },
      ]}
      drawer={(row) => ({ title: row.name, body: <Recovery row={row} /> })}
      empty={<EmptyState title={t('access.noRecoveries')}>{t('access.noRecoveriesHint')}</EmptyState>}
    />
  )
}

function Recovery({ row }: { row: RecoveryRow }) {
  const { t } = useTranslation()
  const words = useRefusalWords()
  const [isShown, setShown] = useState(false)
  const confirming = useWrite(confirmRecovery, { refreshes: [ACCESS], onDone: () => setShown(true) })
  const cancelling = useWrite(cancelRecovery, { refreshes: [ACCESS] })
  const isUnderWay = row.state === 'started' || row.state === 'confirmed'
  return (
    <>
      <RecoveryState state={row.state} />
      <p>{row.reason}</p>
      {row.resetsFactor ? <p>{t('access.resetsFactor')}</p> : null}
      <p className="hint">{t('access.recoveryWhy')}</p>
      <RefusalText error={confirming.error ?? cancelling.error} />
      {isUnderWay ? (
        <div className="access-acts">
          {row.state === 'started' ? (
            <Button
              kind="primary"
              isBusy={confirming.isPending}
              whyNot={row.whyNot ? words(row.whyNot).reason : undefined}
              onClick={() => confirming.mutate({ params: { id: row.id } })}
            >
              {t('access.confirmRecovery')}
            </Button>
          ) : null}
          {row.mayShow ? (
            <Button kind="primary" onClick={() => setShown(true)}>
              {t('access.showCode')}
            </Button>
          ) : null}
          <Button
            kind="danger"
            isBusy={cancelling.isPending}
            onClick={() => cancelling.mutate({ params: { id: row.id } })}
          >
            {t('access.cancelRecovery')}
          </Button>
        </div>
      ) : null}
      {isShown ? <RecoveryOnScreen id={row.id} onClose={() => setShown(false)} /> : null}
    </>
  )
}
