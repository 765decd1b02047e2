import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { decideHonour, type HonourRow, reviewHonour } from '@tongxin/contract/credits.review'
import { HONOUR_STATES, type HonourState } from '@tongxin/contract/credits.words'
import { Button, ConfirmDialog, EmptyState, type LampState } from '@tongxin/ui'
import { Award, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column, Filter } from '../../shared/list/types.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { honoursQuery, yearsOffered } from './credits.api.ts'
import { ProposeDialog } from './ProposeDialog.tsx'
import { useDone } from './parts.tsx'
import './credits.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(honoursQuery(search))

const LAMPS: Readonly<Record<HonourState, LampState>> = {
  proposed: 'warn',
  reviewed: 'warn',
  confirmed: 'honour',
  declined: 'idle',
}

const columns: Column<HonourRow>[] = [
  { key: 'name', textKey: 'words.credits.columns.name', render: (row) => row.name, isSortable: true, width: 110 },
  { key: 'orgName', textKey: 'words.credits.columns.orgName', render: (row) => row.orgName },
  { key: 'year', textKey: 'credits.year', render: (row) => row.year, isSortable: true, width: 90 },
  { key: 'title', textKey: 'credits.honour', render: (row) => row.title },
  { key: 'proposedBy', textKey: 'credits.proposedBy', render: (row) => row.proposedBy, width: 120 },
  { key: 'certificateNo', textKey: 'credits.certificateNo', render: (row) => row.certificateNo ?? '', width: 160 },
]

function useFilters(): Filter[] {
  const { t } = useTranslation()
  return [
    {
      key: 'state',
      label: t('credits.state'),
      kind: 'choice',
      options: HONOUR_STATES.map((value) => ({ value, label: t(`words.credits.honour.${value}`) })),
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

/** Honours for study: one proposes from the list of a year, another reviews, a third decides. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('learning.write')
  const [isAdding, setAdding] = useState(false)
  const add = (
    <Button kind="primary" whyNot={whyNot} onClick={() => setAdding(true)}>
      <Plus size="1.2em" aria-hidden="true" />
      {t('credits.propose')}
    </Button>
  )
  return (
    <>
      <ListPage
        title={t('credits.honours')}
        columns={columns}
        rowKey={(row) => row.id}
        query={useQuery(honoursQuery(search))}
        search={search}
        setSearch={setSearch}
        filters={useFilters()}
        primary={add}
        lamp={(row) => ({ state: LAMPS[row.state], word: t(`words.credits.honour.${row.state}`) })}
        drawer={(row) => ({ title: row.name, body: <Glance key={`${row.id}${row.state}`} row={row} /> })}
        empty={
          <EmptyState title={t('credits.noHonours')} icon={<Award aria-hidden="true" />} act={add}>
            {t('credits.noHonoursHint')}
          </EmptyState>
        }
      />
      {isAdding ? <ProposeDialog onClose={() => setAdding(false)} /> : null}
    </>
  )
}

type Act = 'pass' | 'decline' | 'confirm'

function Glance({ row }: { row: HonourRow }) {
  const { t } = useTranslation()
  const [act, setAct] = useState<Act | null>(null)
  const close = () => setAct(null)
  const review = useWrite(reviewHonour, useDone(close, 'credits.decided'))
  const decide = useWrite(decideHonour, useDone(close, 'credits.decided'))
  const params = { id: row.id }
  const go = (text: string) => {
    if (act === 'confirm') decide.mutate({ params, body: { isConfirmed: true, certificateNo: text } })
    else if (row.can.decide) decide.mutate({ params, body: { isConfirmed: false, reason: text } })
    else review.mutate({ params, body: act === 'pass' ? { passes: true } : { passes: false, reason: text } })
  }
  const verb = t(`credits.act.${act ?? 'pass'}`)
  const asked = act === 'confirm' ? 'credits.certificateNo' : 'credits.reason'
  return (
    <div className="credits-glance">
      <Facts
        facts={[
          { label: t('words.credits.columns.orgName'), value: row.orgName },
          { label: t('credits.honour'), value: row.title },
          { label: t('credits.reason'), value: row.reason ?? '' },
          { label: t('credits.proposedBy'), value: row.proposedBy },
          ...(row.reviewedBy ? [{ label: t('credits.reviewedBy'), value: row.reviewedBy }] : []),
          ...(row.decidedBy ? [{ label: t('credits.decidedBy'), value: row.decidedBy }] : []),
          ...(row.certificateNo ? [{ label: t('credits.certificateNo'), value: row.certificateNo }] : []),
        ]}
      />
      {row.can.review || row.can.decide ? (
        <div className="page-acts">
          <Button onClick={() => setAct('decline')}>{t('credits.act.decline')}</Button>
          <Button kind="primary" onClick={() => setAct(row.can.review ? 'pass' : 'confirm')}>
            {t(row.can.review ? 'credits.act.pass' : 'credits.act.confirm')}
          </Button>
        </div>
      ) : null}
      <ConfirmDialog
        isOpen={act !== null}
        title={verb}
        verb={verb}
        {...(act === 'pass' ? {} : { reasonLabel: t(asked) })}
        isBusy={review.isPending || decide.isPending}
        error={review.error ?? decide.error}
        onClose={close}
        onConfirm={go}
      >
        {t('credits.actLead', { name: row.name, title: row.title })}
      </ConfirmDialog>
    </div>
  )
}
