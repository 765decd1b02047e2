import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { type AccountRow, openOfficerAccount, switchAccount } from '@tongxin/contract/access.activation'
import { startRecovery } from '@tongxin/contract/access.recovery'
import { Button, ConfirmDialog, Dialog, dateOf, RefusalText, say, TextArea, TextInput } from '@tongxin/ui'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { ACCESS, accountsQuery } from './access.api.ts'
import { AccountState } from './words.tsx'
import './access.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(accountsQuery(search))

const columns: Column<AccountRow>[] = [
  { key: 'name', textKey: 'access.name', render: (row) => row.name, isSortable: true },
  { key: 'organisation', textKey: 'access.organisation', render: (row) => row.orgName },
  { key: 'state', textKey: 'access.accountState', render: (row) => <AccountState state={row.state} /> },
  { key: 'factors', textKey: 'access.factors', render: (row) => row.factors, isNumber: true },
  { key: 'posts', textKey: 'access.posts', render: (row) => row.posts, isNumber: true },
  {
    key: 'activated',
    textKey: 'access.activatedAt',
    render: (row) => (row.activatedAt ? dateOf(row.activatedAt) : '—'),
  },
]

/** Accounts of the scope: state, second factors, posts; recovery starts here. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const can = useCan()
  const [isOpening, setOpening] = useState(false)
  return (
    <>
      <ListPage
        title={t('access.accounts')}
        columns={columns}
        rowKey={(row) => row.personId}
        query={useQuery(accountsQuery(search))}
        search={search}
        setSearch={setSearch}
        filters={[
          { key: 'search', label: t('access.name'), kind: 'text' },
          { key: 'orgId', label: t('access.organisation'), kind: 'organisation' },
          {
            key: 'state',
            label: t('access.accountState'),
            kind: 'choice',
            options: ['pending', 'active', 'disabled'].map((value) => ({ value, label: t(`access.state.${value}`) })),
          },
        ]}
        primary={
          <Button kind="primary" {...can('access.grant')} onClick={() => setOpening(true)}>
            {t('access.openAccount')}
          </Button>
        }
        drawer={(row) => ({ title: row.name, body: <Acts row={row} /> })}
      />
      {isOpening ? <OpenDialog onClose={() => setOpening(false)} /> : null}
    </>
  )
}

function Acts({ row }: { row: AccountRow }) {
  const { t } = useTranslation()
  const can = useCan()
  const [asking, setAsking] = useState<'recover' | 'switch' | null>(null)
  const target = row.state === 'disabled' ? 'active' : 'disabled'
  const switching = useWrite(switchAccount, {
    refreshes: [ACCESS],
    onDone: () => {
      setAsking(null)
      say(t(`access.switched.${target}`, { name: row.name }))
    },
  })
  const isPending = row.state === 'pending'
  return (
    <>
      <AccountState state={row.state} />
      <p>{row.orgName}</p>
      <div className="access-acts">
        <Button
          kind="primary"
          whyNot={row.state === 'active' ? can('access.recover').whyNot : t('access.onlyActive')}
          onClick={() => setAsking('recover')}
        >
          {t('access.recover')}
        </Button>
        <Button
          kind={target === 'disabled' ? 'danger' : 'plain'}
          whyNot={isPending ? t('access.onlyActive') : can('access.grant').whyNot}
          onClick={() => setAsking('switch')}
        >
          {t(`access.switch.${target}`)}
        </Button>
      </div>
      {asking === 'recover' ? <RecoverDialog row={row} onClose={() => setAsking(null)} /> : null}
      <ConfirmDialog
        isOpen={asking === 'switch'}
        onClose={() => setAsking(null)}
        title={t(`access.switch.${target}`)}
        verb={t(`access.switch.${target}`)}
        isDanger={target === 'disabled'}
        reasonLabel={t('access.reason')}
        isBusy={switching.isPending}
        error={switching.error}
        onConfirm={(reason) =>
          switching.mutate({ params: { personId: row.personId }, body: { state: target, reason } })
        }
      >
        {t(`access.switchWhat.${target}`, { name: row.name })}
      </ConfirmDialog>
    </>
  )
}

function RecoverDialog({ row, onClose }: { row: AccountRow; onClose: () => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [resetsFactor, setResets] = useState(false)
  const starting = useWrite(startRecovery, {
    refreshes: [ACCESS],
    onDone: () => {
      say(t('access.recoverStarted'))
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    starting.mutate({ body: { personId: row.personId, resetsFactor, reason: reason.trim() } })
  }
  return (
    <Dialog isOpen onClose={onClose} title={t('access.recoverOf', { name: row.name })}>
      <form className="access-form" onSubmit={submit}>
        <p>{t('access.recoverLead')}</p>
        <TextArea
          label={t('access.reason')}
          help={t('access.recoverReasonHelp')}
          value={reason}
          onChange={setReason}
          minLength={4}
          maxLength={200}
          required
        />
        <label className="tick">
          <input type="checkbox" checked={resetsFactor} onChange={(event) => setResets(event.target.checked)} />{' '}
          {t('access.resetsFactor')}
        </label>
        <RefusalText error={starting.error} />
        <Button
          kind="primary"
          type="submit"
          isBusy={starting.isPending}
          whyNot={reason.trim().length < 4 ? t('access.reasonFirst') : undefined}
        >
          {t('access.recoverNow')}
        </Button>
      </form>
    </Dialog>
  )
}

function OpenDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [signInName, setSignInName] = useState('')
  const [orgId, setOrgId] = useState('')
  const opening = useWrite(openOfficerAccount, {
    refreshes: [ACCESS],
    onDone: () => {
      say(t('access.opened', { name }))
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    opening.mutate({ body: { name: name.trim(), signInName: signInName.trim(), orgId } })
  }
  return (
    <Dialog isOpen onClose={onClose} title={t('access.openAccount')}>
      <form className="access-form" onSubmit={submit}>
        <p>{t('access.openLead')}</p>
        <TextInput label={t('access.name')} value={name} onChange={setName} minLength={2} maxLength={60} required />
        <TextInput
          label={t('access.signInName')}
          help={t('access.signInNameHelp')}
          value={signInName}
          onChange={setSignInName}
          minLength={4}
          maxLength={60}
          autoComplete="off"
          required
        />
        <OrgPicker label={t('access.organisation')} value={orgId} onChange={setOrgId} required />
        <RefusalText error={opening.error} />
        <Button
          kind="primary"
          type="submit"
          isBusy={opening.isPending}
          whyNot={orgId ? undefined : t('access.chooseOrganisation')}
        >
          {t('access.openNow')}
        </Button>
      </form>
    </Dialog>
  )
}
