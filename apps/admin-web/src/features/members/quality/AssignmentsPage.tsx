import { useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import type { Reply } from '@tongxin/contract/endpoint'
import { DATA_SETS, endAssignment, type listAssignments } from '@tongxin/contract/members.assignments'
import { Button, EmptyState, Lamp } from '@tongxin/ui'
import { UserCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../../../shared/list/ListPage.tsx'
import type { Column } from '../../../shared/list/types.ts'
import { AssignDialog } from './AssignDialog.tsx'
import { QualityViews } from './QualityViews.tsx'
import { ALL_QUALITY, assignmentsQuery, QUALITY_EVENTS } from './quality.api.ts'
import '../members.css'
import './quality.css'

type Row = Reply<typeof listAssignments>['rows'][number]

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(assignmentsQuery(search))

const columns: Column<Row>[] = [
  { key: 'org', textKey: 'quality.org', render: (row) => row.orgName, isSortable: true },
  { key: 'dataSet', textKey: 'quality.assign.dataSet', render: (row) => <DataSetWord row={row} />, width: 120 },
  { key: 'maker', textKey: 'quality.assign.maker', render: (row) => <Holder row={row} step="entry" />, width: 150 },
  { key: 'first', textKey: 'quality.assign.first', render: (row) => <Holder row={row} step="first" />, width: 150 },
  { key: 'second', textKey: 'quality.assign.second', render: (row) => <Holder row={row} step="second" />, width: 150 },
  { key: 'due', textKey: 'quality.assign.dueOn', render: (row) => <Due row={row} />, isSortable: true, width: 190 },
]

function DataSetWord({ row }: { row: Row }) {
  const { t } = useTranslation()
  return t(`quality.assign.set.${row.dataSet}`)
}

const NAMES = { entry: 'maker', first: 'first', second: 'second' } as const

/** Who has the step, and what waits there. */
function Holder({ row, step }: { row: Row; step: keyof typeof NAMES }) {
  const { t } = useTranslation()
  const count = row.waiting[step] + (step === 'entry' ? row.incomplete : 0)
  return (
    <span className="merge-side">
      {row[NAMES[step]]}
      {count === 0 ? null : (
        <span className="hint" data-late={row.isLate || undefined}>
          {t(step === 'entry' ? 'quality.assign.toEnter' : 'quality.assign.toReview', { count })}
        </span>
      )}
    </span>
  )
}

function Due({ row }: { row: Row }) {
  const { t } = useTranslation()
  if (row.dueOn === null) return t('quality.assign.noDay')
  return row.isLate ? <Lamp state="late">{t('quality.assign.late', { day: row.dueOn })}</Lamp> : row.dueOn
}

/** Who enters and who reviews, by when, and who is late. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const can = useCan()
  const client = useQueryClient()
  const [isAdding, setAdding] = useState(false)
  useLive(QUALITY_EVENTS, ALL_QUALITY)
  const add = (
    <Button
      kind="primary"
      icon={<UserCheck size="1.1em" aria-hidden="true" />}
      {...can('members.approve')}
      onClick={() => setAdding(true)}
    >
      {t('quality.assign.add')}
    </Button>
  )
  const end = async (rows: readonly Row[]) => {
    for (const { id } of rows) await call(endAssignment, { params: { id } })
    await client.invalidateQueries({ queryKey: ['quality'] })
  }
  return (
    <>
      <ListPage
        title={t('quality.view.assignments')}
        columns={columns}
        rowKey={(row) => row.id}
        query={useQuery(assignmentsQuery(search))}
        search={search}
        setSearch={setSearch}
        primary={add}
        filters={[
          { key: 'orgId', label: t('quality.org'), kind: 'organisation' },
          {
            key: 'dataSet',
            label: t('quality.assign.dataSet'),
            kind: 'choice',
            options: DATA_SETS.map((value) => ({ value, label: t(`quality.assign.set.${value}`) })),
          },
          {
            key: 'late',
            label: t('quality.assign.dueOn'),
            kind: 'choice',
            options: [{ value: 'true', label: t('quality.assign.lateOnly') }],
          },
        ]}
        bulk={[
          {
            key: 'end',
            verb: t('quality.assign.end'),
            question: (count) => t('quality.assign.endTitle', { count }),
            isDanger: true,
            whyNot: can('members.approve').whyNot,
            run: end,
          },
        ]}
        lead={
          <>
            <QualityViews now="assignments" />
            <p className="hint">{t('quality.assign.hint')}</p>
          </>
        }
        empty={
          <EmptyState title={t('quality.assign.none')} act={add}>
            {t('quality.assign.noneHint')}
          </EmptyState>
        }
      />
      {isAdding ? <AssignDialog onClose={() => setAdding(false)} /> : null}
    </>
  )
}
