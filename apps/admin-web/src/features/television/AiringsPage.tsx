import { useQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { addAiringPeople, strikePresence } from '@tongxin/contract/television.sets'
import { AIRING_STATES, type AiringRecord, type AiringRow, type AiringState } from '@tongxin/contract/television.words'
import { Button, dateOf, EmptyState, ErrorState, Lamp, type LampState, Skeleton, timeOf } from '@tongxin/ui'
import { Download, ListVideo } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AskedAct } from '../../shared/AskedAct.tsx'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column, Filter } from '../../shared/list/types.ts'
import { MemberPicker } from '../../shared/MemberPicker.tsx'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { airingQuery, airingsQuery, saveLog } from './television.api.ts'
import { useDone } from './use-done.ts'
import './television.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(airingsQuery(search))

const LAMPS: Readonly<Record<AiringState, LampState>> = { playing: 'ok', ended: 'idle', lost: 'late' }
const whenOf = (at: string | null): string => (at === null ? '—' : `${dateOf(at)} ${timeOf(at)}`)
const columns: Column<AiringRow>[] = [
  { key: 'title', textKey: 'television.programme', render: (row) => row.title },
  { key: 'setName', textKey: 'television.set', render: (row) => row.setName },
  { key: 'orgName', textKey: 'television.org', render: (row) => row.orgName },
  { key: 'channelName', textKey: 'television.channel', render: (row) => row.channelName, isHiddenAtFirst: true },
  {
    key: 'beganAt',
    textKey: 'television.beganAt',
    render: (row) => <Began row={row} />,
    isSortable: true,
    width: 180,
  },
  { key: 'endedAt', textKey: 'television.endedAt', render: (row) => whenOf(row.endedAt), width: 160 },
  { key: 'present', textKey: 'television.present', render: (row) => row.present, isNumber: true, width: 90 },
]

/** What a set told of only later, because it had no network, is marked: nobody here saw it begin. */
function Began({ row }: { row: AiringRow }) {
  const { t } = useTranslation()
  return (
    <>
      {whenOf(row.beganAt)}
      {row.isToldLate ? <Lamp state="info">{t('television.toldLate')}</Lamp> : null}
    </>
  )
}

/** The log of the sets: what was played where, from when to when, and who was there. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t, i18n } = useTranslation()
  const filters: Filter[] = [
    { key: 'text', label: t('television.programme'), kind: 'text' },
    {
      key: 'state',
      label: t('television.state'),
      kind: 'choice',
      options: AIRING_STATES.map((value) => ({ value, label: t(`television.airingState.${value}`) })),
    },
    { key: 'orgId', label: t('television.org'), kind: 'organisation' },
    { key: 'on', label: t('television.beganAt'), kind: 'dates' },
  ]
  return (
    <ListPage
      title={t('television.log')}
      columns={columns}
      rowKey={(row) => row.id}
      query={useQuery(airingsQuery(search))}
      search={search}
      setSearch={setSearch}
      filters={filters}
      primary={
        <Button icon={<Download aria-hidden="true" />} onClick={() => void saveLog(search, i18n.language)}>
          {t('television.xlsx')}
        </Button>
      }
      lamp={(row) => ({ state: LAMPS[row.state], word: t(`television.airingState.${row.state}`) })}
      drawer={(row) => ({ title: row.title, body: <Glance key={row.id} id={row.id} /> })}
      empty={
        <EmptyState title={t('television.noAirings')} icon={<ListVideo aria-hidden="true" />}>
          {t('television.noAiringsHint')}
        </EmptyState>
      }
    />
  )
}

function Glance({ id }: { id: string }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(airingQuery(id))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton lines={6} />
  return (
    <div className="television-tab">
      <Facts
        facts={[
          { label: t('television.set'), value: `${data.setName} · ${data.orgName}` },
          { label: t('television.channel'), value: data.channelName },
          { label: t('television.beganAt'), value: whenOf(data.beganAt) },
          { label: t('television.endedAt'), value: whenOf(data.endedAt) },
          { label: t('television.whole'), value: t(data.isWhole ? 'television.wholeYes' : 'television.wholeNo') },
          { label: t('television.present'), value: data.present },
        ]}
      />
      <People airing={data} />
    </div>
  )
}

function People({ airing }: { airing: AiringRecord }) {
  const { t } = useTranslation()
  const [isAdding, setAdding] = useState(false)
  const strike = useWrite(strikePresence, useDone())
  return (
    <section>
      <h2>{t('television.people')}</h2>
      {airing.people.length === 0 ? <p className="hint">{t('television.nobody')}</p> : null}
      <ul className="television-rows">
        {airing.people.map((one) => (
          <li key={one.memberId}>
            <span className="television-words">
              <strong>{one.name}</strong>
              <span className="hint">
                {one.struckReason === null
                  ? `${t(`television.way.${one.way}`)} ${timeOf(one.at)}`
                  : t('television.struck', { why: one.struckReason })}
              </span>
            </span>
            {airing.canStrike && one.struckReason === null ? (
              <AskedAct
                verb={t('television.strike')}
                lead={t('television.strikeLead', { name: one.name })}
                reasonLabel={t('television.reason')}
                isDanger
                save={strike}
                input={(reason) => ({ params: { id: airing.id }, body: { memberId: one.memberId, reason } })}
              />
            ) : null}
          </li>
        ))}
      </ul>
      {airing.canAdd ? <Button onClick={() => setAdding(true)}>{t('television.addPeople')}</Button> : null}
      {isAdding ? <AddDialog airing={airing} onClose={() => setAdding(false)} /> : null}
    </section>
  )
}

/** One after the other, because a picker finds one person; the list shows who was added. */
function AddDialog({ airing, onClose }: { airing: AiringRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const [memberId, setMemberId] = useState('')
  const add = useWrite(addAiringPeople, useDone(onClose))
  return (
    <FormDialog
      title={t('television.addPeople')}
      verb={t('television.addPeopleVerb')}
      lead={t('television.addPeopleLead')}
      whyNot={memberId === '' ? t('television.personFirst') : undefined}
      isBusy={add.isPending}
      error={add.error}
      onSubmit={() => add.mutate({ params: { id: airing.id }, body: { memberIds: [memberId] } })}
      onClose={onClose}
    >
      <MemberPicker label={t('television.person')} value={memberId} onChange={setMemberId} required />
    </FormDialog>
  )
}
