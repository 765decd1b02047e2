import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { applyForMember, decideExemption, type ExemptionRow, openExemption } from '@tongxin/contract/credits.review'
import {
  EXEMPTION_GROUNDS,
  EXEMPTION_STATES,
  type ExemptionGround,
  type ExemptionState,
} from '@tongxin/contract/credits.words'
import { Button, ConfirmDialog, dateOf, EmptyState, type LampState, RefusalText, Select, TextArea } from '@tongxin/ui'
import { HeartHandshake, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column, Filter } from '../../shared/list/types.ts'
import { MemberPicker } from '../../shared/MemberPicker.tsx'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { exemptionsQuery, runningYear, yearsOffered } from './credits.api.ts'
import { Articles, useDone, YearChoice } from './parts.tsx'
import './credits.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(exemptionsQuery(search))

const LAMPS: Readonly<Record<ExemptionState, LampState>> = {
  applied: 'warn',
  approved: 'ok',
  declined: 'idle',
  withdrawn: 'idle',
  ended: 'idle',
}

const columns = (t: (key: string) => string): Column<ExemptionRow>[] => [
  { key: 'name', textKey: 'words.credits.columns.name', render: (row) => row.name, isSortable: true, width: 110 },
  { key: 'orgName', textKey: 'words.credits.columns.orgName', render: (row) => row.orgName },
  { key: 'year', textKey: 'credits.year', render: (row) => row.year, width: 90 },
  { key: 'ground', textKey: 'credits.ground', render: (row) => t(`words.credits.ground.${row.ground}`), width: 120 },
  { key: 'appliedBy', textKey: 'credits.appliedBy', render: (row) => row.appliedBy, width: 120 },
  {
    key: 'appliedAt',
    textKey: 'credits.submittedAt',
    render: (row) => dateOf(row.appliedAt),
    isSortable: true,
    width: 120,
  },
]

function useFilters(): Filter[] {
  const { t } = useTranslation()
  return [
    {
      key: 'state',
      label: t('credits.state'),
      kind: 'choice',
      options: EXEMPTION_STATES.map((value) => ({ value, label: t(`words.credits.exemption.${value}`) })),
    },
    {
      key: 'year',
      label: t('credits.year'),
      kind: 'choice',
      options: yearsOffered().map((year) => ({ value: String(year), label: t('credits.yearOf', { year }) })),
    },
    { key: 'orgId', label: t('words.credits.columns.orgName'), kind: 'organisation' },
  ]
}

/** Who asks to be freed from the hours of a year: applied for by one, decided by another, with the article. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('learning.write')
  const [isAdding, setAdding] = useState(false)
  const query = useQuery(exemptionsQuery(search))
  const add = (
    <Button kind="primary" whyNot={whyNot} onClick={() => setAdding(true)}>
      <Plus size="1.2em" aria-hidden="true" />
      {t('credits.applyFor')}
    </Button>
  )
  return (
    <>
      <ListPage
        title={t('credits.exemptions')}
        columns={columns(t)}
        rowKey={(row) => row.id}
        query={query}
        search={search}
        setSearch={setSearch}
        filters={useFilters()}
        primary={add}
        lead={query.data ? <Articles articles={[query.data.article]} /> : null}
        lamp={(row) => ({ state: LAMPS[row.state], word: t(`words.credits.exemption.${row.state}`) })}
        drawer={(row) => ({ title: row.name, body: <Glance key={`${row.id}${row.state}`} row={row} /> })}
        empty={
          <EmptyState title={t('credits.noExemptions')} icon={<HeartHandshake aria-hidden="true" />} act={add}>
            {t('credits.noExemptionsHint')}
          </EmptyState>
        }
      />
      {isAdding ? <ApplyDialog onClose={() => setAdding(false)} /> : null}
    </>
  )
}

function Glance({ row }: { row: ExemptionRow }) {
  const { t } = useTranslation()
  const [asks, setAsks] = useState<'open' | 'approve' | 'decline' | null>(null)
  const close = () => setAsks(null)
  const open = useWrite(openExemption, { onDone: close })
  const decide = useWrite(decideExemption, useDone(close, 'credits.decided'))
  const { whyNot } = useCan()('learning.review')
  const params = { id: row.id }
  return (
    <div className="credits-glance">
      <Facts
        facts={[
          { label: t('words.credits.columns.orgName'), value: row.orgName },
          { label: t('credits.year'), value: row.year },
          { label: t('credits.ground'), value: t(`words.credits.ground.${row.ground}`) },
          { label: t('credits.appliedBy'), value: row.appliedBy },
          ...(row.decidedBy ? [{ label: t('credits.decidedBy'), value: row.decidedBy }] : []),
          ...(row.answer ? [{ label: t('credits.answer'), value: row.answer }] : []),
        ]}
      />
      {open.data ? <p>{open.data.reason}</p> : null}
      {open.data ? null : (
        <Button whyNot={whyNot} onClick={() => setAsks('open')}>
          {t('credits.openReason')}
        </Button>
      )}
      {row.canDecide ? (
        <div className="page-acts">
          <Button onClick={() => setAsks('decline')}>{t('credits.decline')}</Button>
          <Button kind="primary" onClick={() => setAsks('approve')}>
            {t('credits.approve')}
          </Button>
        </div>
      ) : null}
      <RefusalText error={asks === null ? decide.error : null} />
      <ConfirmDialog
        isOpen={asks === 'open'}
        title={t('credits.openReason')}
        verb={t('credits.openReason')}
        reasonLabel={t('credits.purpose')}
        isBusy={open.isPending}
        error={open.error}
        onClose={close}
        onConfirm={(purpose) => open.mutate({ params, body: { purpose } })}
      >
        {t('credits.openLead')}
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={asks === 'approve' || asks === 'decline'}
        title={t(asks === 'approve' ? 'credits.approve' : 'credits.decline')}
        verb={t(asks === 'approve' ? 'credits.approve' : 'credits.decline')}
        reasonLabel={t('credits.answer')}
        isBusy={decide.isPending}
        error={decide.error}
        onClose={close}
        onConfirm={(answer) => decide.mutate({ params, body: { isApproved: asks === 'approve', answer } })}
      >
        {t('credits.decideLead')}
      </ConfirmDialog>
    </div>
  )
}

function ApplyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [memberId, setMemberId] = useState('')
  const [year, setYear] = useState(String(runningYear()))
  const [ground, setGround] = useState<ExemptionGround | ''>('')
  const [reason, setReason] = useState('')
  const save = useWrite(applyForMember, useDone(onClose, 'credits.applied'))
  const isReady = memberId !== '' && ground !== '' && reason.trim().length > 1
  return (
    <FormDialog
      title={t('credits.applyFor')}
      verb={t('credits.submit')}
      lead={t('credits.applyLead')}
      labels={{ '/body/memberId': t('words.credits.columns.name'), '/body/year': t('credits.year') }}
      whyNot={isReady ? undefined : t('credits.fillFirst')}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() =>
        ground !== '' && save.mutate({ body: { memberId, year: Number(year), ground, reason: reason.trim() } })
      }
    >
      <MemberPicker label={t('words.credits.columns.name')} required value={memberId} onChange={setMemberId} />
      <YearChoice year={Number(year)} onChange={setYear} />
      <Select
        label={t('credits.ground')}
        required
        value={ground}
        onChange={setGround}
        options={EXEMPTION_GROUNDS.map((value) => ({ value, label: t(`words.credits.ground.${value}`) }))}
      />
      <TextArea
        label={t('credits.reason')}
        help={t('credits.reasonHelp')}
        required
        maxLength={500}
        value={reason}
        onChange={setReason}
      />
    </FormDialog>
  )
}
