import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import { useWrite } from '@tongxin/client/use-write'
import { changeSet, endSet, pairSet } from '@tongxin/contract/television.sets'
import { SET_STATES, type SetRow, type SetState } from '@tongxin/contract/television.words'
import { Button, dateOf, EmptyState, type LampState, TextInput, timeOf } from '@tongxin/ui'
import { MonitorSmartphone, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AskedAct } from '../../shared/AskedAct.tsx'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column, Filter } from '../../shared/list/types.ts'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { ALL_TELEVISION, setsQuery } from './television.api.ts'
import { useDone } from './use-done.ts'
import './television.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(setsQuery(search))

const LAMPS: Readonly<Record<SetState, LampState>> = { online: 'ok', offline: 'warn', ended: 'idle' }
const whenOf = (at: string | null): string => (at === null ? '—' : `${dateOf(at)} ${timeOf(at)}`)
const columns: Column<SetRow>[] = [
  { key: 'name', textKey: 'television.set', render: (row) => row.name, isSortable: true },
  { key: 'place', textKey: 'television.place', render: (row) => row.place ?? '—' },
  { key: 'orgName', textKey: 'television.org', render: (row) => row.orgName },
  { key: 'playing', textKey: 'television.playing', render: (row) => row.playing ?? '—' },
  { key: 'lastSeenAt', textKey: 'television.lastSeen', render: (row) => whenOf(row.lastSeenAt), width: 160 },
  {
    key: 'pairedAt',
    textKey: 'television.pairedAt',
    render: (row) => dateOf(row.pairedAt),
    isSortable: true,
    width: 120,
  },
]
const EVENTS = ['television.set_paired', 'television.set_ended', 'television.began', 'television.ended'] as const

/** The sets of the scope: which are on and what they play; paired by the code that a set shows. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('television.write')
  const [isPairing, setPairing] = useState(false)
  useLive(EVENTS, ALL_TELEVISION)
  const pair = (
    <Button kind="primary" whyNot={whyNot} icon={<Plus aria-hidden="true" />} onClick={() => setPairing(true)}>
      {t('television.pair')}
    </Button>
  )
  const filters: Filter[] = [
    { key: 'text', label: t('television.keyword'), kind: 'text' },
    {
      key: 'state',
      label: t('television.state'),
      kind: 'choice',
      options: SET_STATES.map((value) => ({ value, label: t(`television.setState.${value}`) })),
    },
    { key: 'orgId', label: t('television.org'), kind: 'organisation' },
  ]
  return (
    <>
      <ListPage
        title={t('television.sets')}
        columns={columns}
        rowKey={(row) => row.id}
        query={useQuery(setsQuery(search))}
        search={search}
        setSearch={setSearch}
        filters={filters}
        primary={pair}
        lamp={(row) => ({ state: LAMPS[row.state], word: t(`television.setState.${row.state}`) })}
        drawer={(row) => ({ title: row.name, body: <Glance key={row.id} row={row} whyNot={whyNot} /> })}
        empty={
          <EmptyState title={t('television.noSets')} icon={<MonitorSmartphone aria-hidden="true" />} act={pair}>
            {t('television.noSetsHint', { address: `${location.origin}/tv/` })}
          </EmptyState>
        }
      />
      {isPairing ? <PairDialog onClose={() => setPairing(false)} /> : null}
    </>
  )
}

function Glance({ row, whyNot }: { row: SetRow; whyNot: string | undefined }) {
  const { t } = useTranslation()
  const [isChanging, setChanging] = useState(false)
  const end = useWrite(endSet, useDone())
  return (
    <div className="television-tab">
      <Facts
        facts={[
          { label: t('television.org'), value: row.orgName },
          { label: t('television.place'), value: row.place ?? '—' },
          { label: t('television.state'), value: t(`television.setState.${row.state}`) },
          { label: t('television.playing'), value: row.playing ?? '—' },
          ...(row.meeting ? [{ label: t('television.meeting'), value: row.meeting }] : []),
          { label: t('television.lastSeen'), value: whenOf(row.lastSeenAt) },
          { label: t('television.pairedBy'), value: `${row.pairedBy} ${whenOf(row.pairedAt)}` },
          ...(row.endReason ? [{ label: t('television.reason'), value: row.endReason }] : []),
        ]}
      />
      {row.state === 'ended' ? null : (
        <div className="television-acts">
          <Button whyNot={whyNot} onClick={() => setChanging(true)}>
            {t('television.change')}
          </Button>
          <AskedAct
            verb={t('television.endSet')}
            lead={t('television.endSetLead')}
            reasonLabel={t('television.reason')}
            isDanger
            whyNot={whyNot}
            save={end}
            input={(reason) => ({ params: { id: row.id }, body: { reason } })}
          />
        </div>
      )}
      {isChanging ? <ChangeDialog row={row} onClose={() => setChanging(false)} /> : null}
    </div>
  )
}

function NameFields(props: {
  name: string
  place: string
  onName: (value: string) => void
  onPlace: (value: string) => void
}) {
  const { t } = useTranslation()
  return (
    <>
      <TextInput
        label={t('television.setName')}
        help={t('television.setNameHelp')}
        required
        maxLength={60}
        value={props.name}
        onChange={props.onName}
      />
      <TextInput label={t('television.place')} maxLength={120} value={props.place} onChange={props.onPlace} />
    </>
  )
}

function PairDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const [name, setName] = useState('')
  const [place, setPlace] = useState('')
  const [orgId, setOrgId] = useState('')
  const pair = useWrite(pairSet, useDone(onClose))
  const body = { code, name, ...(place.trim() ? { place } : {}), ...(orgId ? { orgId } : {}) }
  return (
    <FormDialog
      title={t('television.pair')}
      verb={t('television.pairVerb')}
      lead={t('television.pairLead', { address: `${location.origin}/tv/` })}
      labels={{
        '/body/code': t('television.code'),
        '/body/name': t('television.setName'),
        '/body/orgId': t('television.org'),
      }}
      whyNot={code.trim().length < 6 || name.trim().length < 2 ? t('television.pairFirst') : undefined}
      isBusy={pair.isPending}
      error={pair.error}
      onSubmit={() => pair.mutate({ body })}
      onClose={onClose}
    >
      <TextInput
        label={t('television.code')}
        required
        autoComplete="off"
        autoCapitalize="characters"
        maxLength={20}
        value={code}
        onChange={(value) => setCode(value.toUpperCase())}
      />
      <NameFields name={name} place={place} onName={setName} onPlace={setPlace} />
      <OrgPicker label={t('television.orgOwn')} value={orgId} onChange={setOrgId} />
    </FormDialog>
  )
}

function ChangeDialog({ row, onClose }: { row: SetRow; onClose: () => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState(row.name)
  const [place, setPlace] = useState(row.place ?? '')
  const change = useWrite(changeSet, useDone(onClose))
  const body = { name, ...(place.trim() ? { place } : {}) }
  return (
    <FormDialog
      title={t('television.change')}
      verb={t('television.saveVerb')}
      labels={{ '/body/name': t('television.setName') }}
      whyNot={name.trim().length < 2 ? t('television.nameFirst') : undefined}
      isBusy={change.isPending}
      error={change.error}
      onSubmit={() => change.mutate({ params: { id: row.id }, ifMatch: row.version, body })}
      onClose={onClose}
    >
      <NameFields name={name} place={place} onName={setName} onPlace={setPlace} />
    </FormDialog>
  )
}
