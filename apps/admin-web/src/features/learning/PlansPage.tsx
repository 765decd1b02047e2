import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import type { PlanRow } from '@tongxin/contract/learning.plans'
import { PLAN_KINDS, PLAN_STATES } from '@tongxin/contract/learning.words'
import { Button, EmptyState } from '@tongxin/ui'
import { CalendarCheck, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column, Filter } from '../../shared/list/types.ts'
import { useSavedFilters } from '../../shared/list/use-saved-filters.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { plansQuery } from './learning.api.ts'
import { PlanDialog } from './PlanDialog.tsx'
import { PlanLamp, useAudienceWords } from './words.tsx'
import './learning.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(plansQuery(search))

function useColumns(): Column<PlanRow>[] {
  const { t } = useTranslation()
  return [
    { key: 'title', textKey: 'learning.plan', render: (row) => row.title, isSortable: true },
    { key: 'year', textKey: 'learning.year', render: (row) => row.year, isSortable: true, width: 80 },
    { key: 'kind', textKey: 'learning.kind', render: (row) => t(`words.learning.planKind.${row.kind}`), width: 130 },
    { key: 'orgName', textKey: 'learning.organisation', render: (row) => row.orgName, width: 180 },
    { key: 'state', textKey: 'learning.state', render: (row) => <PlanLamp state={row.state} />, width: 110 },
    { key: 'required', textKey: 'learning.requiredCourses', render: (row) => row.required, isNumber: true, width: 100 },
    { key: 'courses', textKey: 'learning.allCourses', render: (row) => row.courses, isNumber: true, width: 100 },
    { key: 'dueOn', textKey: 'learning.nextDue', render: (row) => row.dueOn ?? '—', isSortable: true, width: 120 },
  ]
}

const YEARS = 4

function useFilters(): Filter[] {
  const { t } = useTranslation()
  const year = new Date().getFullYear()
  return [
    { key: 'text', label: t('learning.plan'), kind: 'text' },
    {
      key: 'year',
      label: t('learning.year'),
      kind: 'choice',
      options: Array.from({ length: YEARS }, (_, ago) => `${year + 1 - ago}`).map((value) => ({ value, label: value })),
    },
    {
      key: 'kind',
      label: t('learning.kind'),
      kind: 'choice',
      options: PLAN_KINDS.map((value) => ({ value, label: t(`words.learning.planKind.${value}`) })),
    },
    {
      key: 'state',
      label: t('learning.state'),
      kind: 'choice',
      options: PLAN_STATES.map((value) => ({ value, label: t(`words.learning.planState.${value}`) })),
    },
    { key: 'orgId', label: t('learning.organisation'), kind: 'organisation', isMore: true },
  ]
}

/** Yearly plans and assignments: what whom is asked to learn by when. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('learning.write')
  const [isMaking, setMaking] = useState(false)
  const make = (
    <Button kind="primary" whyNot={whyNot} onClick={() => setMaking(true)}>
      <Plus aria-hidden="true" />
      {t('learning.makePlan')}
    </Button>
  )
  return (
    <>
      <ListPage
        title={t('learning.plans')}
        columns={useColumns()}
        rowKey={(row) => row.id}
        query={useQuery(plansQuery(search))}
        search={search}
        setSearch={setSearch}
        filters={useFilters()}
        savedFilters={useSavedFilters('learning.plans')}
        primary={make}
        drawer={(row) => ({ title: row.title, path: paths.learning.plan(row.id), body: <Glance row={row} /> })}
        empty={
          <EmptyState title={t('learning.noPlan')} icon={<CalendarCheck aria-hidden="true" />} act={make}>
            {t('learning.noPlanHint')}
          </EmptyState>
        }
      />
      {isMaking ? <PlanDialog onClose={() => setMaking(false)} /> : null}
    </>
  )
}

function Glance({ row }: { row: PlanRow }) {
  const { t } = useTranslation()
  const audience = useAudienceWords()
  return (
    <Facts
      facts={[
        { label: t('learning.state'), value: <PlanLamp state={row.state} /> },
        { label: t('learning.audience'), value: audience(row.audience) },
        { label: t('learning.requiredCourses'), value: row.required },
        { label: t('learning.nextDue'), value: row.dueOn ?? '—' },
      ]}
    />
  )
}
