import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { endSecondHome, type SecondHomeRow, setSecondHome } from '@tongxin/contract/meetings.joint'
import { Button, ConfirmDialog, DateInput, dateOf, EmptyState, Lamp } from '@tongxin/ui'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { MemberPicker } from '../../shared/MemberPicker.tsx'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { secondHomesQuery } from './life.api.ts'
import { useDone } from './use-done.ts'
import './year.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(secondHomesQuery(search))

/** 双重组织生活: leading members who also attend in a second branch, and how often they came this year. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('meetings.convene')
  const [isAdding, setAdding] = useState(false)
  const columns: Column<SecondHomeRow>[] = [
    { key: 'name', textKey: 'meetings.person', render: (row) => row.name, isSortable: true, width: 130 },
    { key: 'org', textKey: 'meetings.home.branch', render: (row) => row.orgName },
    { key: 'since', textKey: 'meetings.home.since', render: (row) => row.sinceOn, width: 130 },
    {
      key: 'came',
      textKey: 'meetings.home.came',
      isNumber: true,
      render: (row) => `${row.present} / ${row.called}`,
      width: 140,
    },
    {
      key: 'state',
      textKey: 'meetings.stateLabel',
      render: (row) =>
        row.endedOn ? (
          <Lamp state="idle">{t('meetings.home.endedOn', { on: row.endedOn })}</Lamp>
        ) : (
          <Lamp state="ok">{t('meetings.home.runs')}</Lamp>
        ),
      width: 180,
    },
  ]
  return (
    <>
      <ListPage
        title={t('meetings.home.list')}
        columns={columns}
        rowKey={(row) => row.id}
        query={useQuery(secondHomesQuery(search))}
        search={search}
        setSearch={setSearch}
        primary={
          <Button
            kind="primary"
            icon={<Plus size="1.1em" aria-hidden="true" />}
            whyNot={whyNot}
            onClick={() => setAdding(true)}
          >
            {t('meetings.home.add')}
          </Button>
        }
        filters={[{ key: 'orgId', label: t('meetings.branch'), kind: 'organisation' }]}
        drawer={(row) => ({ title: row.name, body: <End row={row} /> })}
        empty={<EmptyState title={t('meetings.home.none')}>{t('meetings.home.noneHint')}</EmptyState>}
      />
      {isAdding ? <AddDialog onClose={() => setAdding(false)} /> : null}
    </>
  )
}

function AddDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [memberId, setMember] = useState('')
  const [orgId, setOrg] = useState('')
  const [sinceOn, setSince] = useState(dateOf(Date.now()))
  const add = useWrite(setSecondHome, useDone(onClose, 'meetings.home.added'))
  const errorAt = useFieldErrors(add.error)
  return (
    <FormDialog
      title={t('meetings.home.add')}
      verb={t('meetings.home.save')}
      lead={t('meetings.home.lead')}
      labels={{ '/body/memberId': t('meetings.person'), '/body/orgId': t('meetings.home.branch') }}
      whyNot={memberId === '' || orgId === '' || sinceOn === '' ? t('meetings.home.fillFirst') : undefined}
      isBusy={add.isPending}
      error={add.error}
      onClose={onClose}
      onSubmit={() => add.mutate({ body: { memberId, orgId, sinceOn } })}
    >
      <MemberPicker
        label={t('meetings.person')}
        required
        value={memberId}
        onChange={setMember}
        error={errorAt('/body/memberId')}
      />
      <OrgPicker label={t('meetings.home.branch')} required value={orgId} onChange={setOrg} />
      <DateInput label={t('meetings.home.since')} required value={sinceOn} onChange={setSince} />
    </FormDialog>
  )
}

function End({ row }: { row: SecondHomeRow }) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('meetings.convene')
  const [isAsking, setAsking] = useState(false)
  const end = useWrite(
    endSecondHome,
    useDone(() => setAsking(false), 'meetings.home.ended'),
  )
  return (
    <div className="life-part">
      <p>{t('meetings.home.says', { name: row.name, branch: row.orgName, since: row.sinceOn })}</p>
      <p>{t('meetings.home.cameSays', { present: row.present, called: row.called })}</p>
      {row.endedOn ? null : (
        <Button whyNot={whyNot} onClick={() => setAsking(true)}>
          {t('meetings.home.end')}
        </Button>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('meetings.home.endTitle', { name: row.name })}
        verb={t('meetings.home.end')}
        reasonLabel={t('meetings.reason')}
        isBusy={end.isPending}
        error={end.error}
        onConfirm={(reason) => end.mutate({ params: { id: row.id }, body: { reason } })}
      />
    </div>
  )
}
