import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { admitGuest, endGuest, type GroupRow } from '@tongxin/contract/conversations'
import { type GroupGuest, UNIT_KINDS } from '@tongxin/contract/conversations.words'
import { Button, ConfirmDialog, DateInput, EmptyState, ErrorState, Lamp, Skeleton, whenText } from '@tongxin/ui'
import { MessagesSquare } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { MemberPicker } from '../../shared/MemberPicker.tsx'
import { groupQuery, groupsQuery } from './conversations.api.ts'
import { useDone } from './use-done.ts'
import './conversations.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(groupsQuery(search))

function useColumns(): Column<GroupRow>[] {
  const { t } = useTranslation()
  return [
    { key: 'unitName', textKey: 'conversations.unit', render: (row) => row.unitName, isSortable: true },
    { key: 'kind', textKey: 'conversations.kindOf', render: (row) => t(`conversations.kind.${row.kind}`), width: 140 },
    { key: 'name', textKey: 'conversations.name', render: (row) => row.name, width: 240 },
    { key: 'guests', textKey: 'conversations.guests', render: (row) => row.guests, isNumber: true, width: 90 },
    { key: 'silenced', textKey: 'conversations.silenced', render: (row) => row.silenced, isNumber: true, width: 100 },
  ]
}

/** Groups of units: who keeps them lets guests in and sees silences, never a message. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  return (
    <ListPage
      title={t('conversations.groups')}
      columns={useColumns()}
      rowKey={(row) => row.id}
      query={useQuery(groupsQuery(search))}
      search={search}
      setSearch={setSearch}
      filters={[
        { key: 'text', label: t('conversations.unit'), kind: 'text' },
        {
          key: 'kind',
          label: t('conversations.kindOf'),
          kind: 'choice',
          options: UNIT_KINDS.map((value) => ({ value, label: t(`conversations.kind.${value}`) })),
        },
        { key: 'orgId', label: t('conversations.below'), kind: 'organisation' },
      ]}
      lamp={(row) => ({ state: row.state === 'open' ? 'ok' : 'idle', word: t(`conversations.state.${row.state}`) })}
      drawer={(row) => ({ title: row.name, body: <Glance key={row.id} id={row.id} /> })}
      empty={
        <EmptyState title={t('conversations.noGroups')} icon={<MessagesSquare aria-hidden="true" />}>
          {t('conversations.noGroupsHint')}
        </EmptyState>
      }
    />
  )
}

function Glance({ id }: { id: string }) {
  const { t, i18n } = useTranslation()
  const { whyNot } = useCan()('conversations.keep')
  const { data, error, refetch } = useQuery(groupQuery(id))
  const [isAdmitting, setAdmitting] = useState(false)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton lines={6} />
  return (
    <div className="talk-glance">
      <p className="hint">{t(`conversations.follows.${data.group.kind}`)}</p>
      <h3>{t('conversations.guests')}</h3>
      {data.guests.length === 0 ? <p className="hint">{t('conversations.noGuests')}</p> : null}
      {data.guests.map((guest) => (
        <Guest key={guest.id} groupId={id} guest={guest} whyNot={whyNot} />
      ))}
      {data.group.state === 'open' ? (
        <Button kind="primary" whyNot={whyNot} onClick={() => setAdmitting(true)}>
          {t('conversations.admit')}
        </Button>
      ) : null}
      <h3>{t('conversations.silenced')}</h3>
      {data.silences.length === 0 ? <p className="hint">{t('conversations.noSilences')}</p> : null}
      {data.silences.map((one) => (
        <p key={one.personId}>
          {t('conversations.silence', {
            name: one.name,
            until: whenText(one.until, Date.now(), i18n.language),
            reason: one.reason,
            by: one.by,
          })}
        </p>
      ))}
      {isAdmitting ? <AdmitDialog groupId={id} onClose={() => setAdmitting(false)} /> : null}
    </div>
  )
}

function Guest({ groupId, guest, whyNot }: { groupId: string; guest: GroupGuest; whyNot: string | undefined }) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const end = useWrite(
    endGuest,
    useDone(() => setAsking(false)),
  )
  return (
    <div className="talk-line">
      <span>{t('conversations.guest', { name: guest.name, on: guest.untilOn, by: guest.admittedBy })}</span>
      {guest.isOver ? <Lamp state="idle">{t('conversations.over')}</Lamp> : null}
      <Button kind="quiet" whyNot={whyNot} onClick={() => setAsking(true)}>
        {t('conversations.endGuest')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('conversations.endGuest')}
        verb={t('conversations.endGuest')}
        isDanger
        isBusy={end.isPending}
        error={end.error}
        onConfirm={() => end.mutate({ params: { id: groupId, guestId: guest.id }, body: {} })}
      >
        {t('conversations.endGuestWhat', { name: guest.name })}
      </ConfirmDialog>
    </div>
  )
}

function AdmitDialog({ groupId, onClose }: { groupId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [memberId, setMember] = useState('')
  const [untilOn, setUntil] = useState('')
  const save = useWrite(admitGuest, useDone(onClose))
  return (
    <FormDialog
      title={t('conversations.admit')}
      verb={t('conversations.admit')}
      lead={t('conversations.admitLead')}
      whyNot={memberId && untilOn ? undefined : t('conversations.fillFirst')}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate({ params: { id: groupId }, body: { memberId, untilOn } })}
      onClose={onClose}
    >
      <MemberPicker label={t('conversations.who')} required value={memberId} onChange={setMember} />
      <DateInput label={t('conversations.untilOn')} required value={untilOn} onChange={setUntil} />
    </FormDialog>
  )
}
