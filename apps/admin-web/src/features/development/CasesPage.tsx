import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import type { CaseRow } from '@tongxin/contract/development'
import { CASE_STATES, DEVELOPMENT_LISTS, DEVELOPMENT_STAGES, LAMPS } from '@tongxin/contract/development.words'
import { EmptyState, say } from '@tongxin/ui'
import { Sprout } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { BulkAct, Column, Filter } from '../../shared/list/types.ts'
import { useSavedFilters } from '../../shared/list/use-saved-filters.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { confirmLateSteps } from './confirm-late-steps.ts'
import { ALL_DEVELOPMENT, casesQuery, DEVELOPMENT_EVENTS, saveExport, stepsQuery } from './development.api.ts'
import { lampOf } from './development.format.ts'
import { PrintListButton } from './PrintListButton.tsx'
import { StageStrip } from './StageStrip.tsx'
import './development.css'

export const loader = ({ search, queryClient }: LoaderInput) =>
  Promise.all([queryClient.ensureQueryData(casesQuery(search)), queryClient.ensureQueryData(stepsQuery())])

function useStepName(): (row: Pick<CaseRow, 'step'>) => string {
  const { t, i18n } = useTranslation()
  const { data } = useQuery(stepsQuery())
  return ({ step }) => {
    const name = data?.rows.find(({ number }) => number === step)?.name
    return t('development.stepTitle', { step, name: (i18n.language === 'en' ? name?.en : name?.zh) ?? '' })
  }
}

function useColumns(): Column<CaseRow>[] {
  const { t } = useTranslation()
  const stepName = useStepName()
  const date = (key: 'appliedOn' | 'activistOn' | 'objectOn' | 'admittedOn' | 'probationEnd'): Column<CaseRow> => ({
    key,
    textKey: `words.development.column.${key}`,
    render: (row) => row[key] ?? '',
    width: 120,
    isHiddenAtFirst: key !== 'appliedOn',
  })
  return [
    { key: 'name', textKey: 'words.development.column.name', render: (row) => row.name, isSortable: true, width: 120 },
    { key: 'orgName', textKey: 'words.development.column.orgName', render: (row) => row.orgName },
    {
      key: 'category',
      textKey: 'words.development.column.category',
      render: (row) => t(`words.development.category.${row.category}`),
      width: 130,
    },
    {
      key: 'step',
      textKey: 'development.nextStep',
      render: (row) => (
        <>
          {stepName(row)}
          {row.waitsAbove ? <span className="hint"> {t('development.waitsAbove')}</span> : null}
        </>
      ),
      width: 260,
    },
    {
      key: 'due',
      textKey: 'words.development.column.dueOn',
      render: (row) => row.dueOn ?? '',
      isSortable: true,
      width: 120,
    },
    {
      key: 'contacts',
      textKey: 'words.development.column.contacts',
      render: (row) => row.contacts.join(t('development.listComma')),
      width: 140,
    },
    date('appliedOn'),
    date('activistOn'),
    date('objectOn'),
    date('admittedOn'),
    date('probationEnd'),
    {
      key: 'planYear',
      textKey: 'words.development.column.planYear',
      render: (row) => row.planYear ?? '',
      width: 100,
      isHiddenAtFirst: true,
    },
    {
      key: 'state',
      textKey: 'words.development.column.state',
      render: (row) => t(`words.development.state.${row.state}`),
      width: 100,
      isHiddenAtFirst: true,
    },
  ]
}

function useFilters(): Filter[] {
  const { t } = useTranslation()
  const stepName = useStepName()
  const words = (list: readonly string[], group: string) =>
    list.map((value) => ({ value, label: t(`words.development.${group}.${value}`) }))
  const year = new Date().getFullYear()
  const years = [year - 1, year, year + 1].map(String)
  const steps = Array.from({ length: 25 }, (_, index) => index + 1)
  return [
    { key: 'search', label: t('development.person'), kind: 'text' },
    { key: 'list', label: t('development.list'), kind: 'choice', options: words(DEVELOPMENT_LISTS, 'list') },
    { key: 'lamp', label: t('words.development.column.lamp'), kind: 'choice', options: words(LAMPS, 'lamp') },
    {
      key: 'waitsAbove',
      label: t('development.decision'),
      kind: 'choice',
      options: [{ value: 'true', label: t('development.waitsAbove') }],
    },
    { key: 'orgId', label: t('development.branch'), kind: 'organisation' },
    { key: 'contact', label: t('words.development.column.contacts'), kind: 'text', isMore: true },
    {
      key: 'stage',
      label: t('development.stage'),
      kind: 'choice',
      options: words(DEVELOPMENT_STAGES, 'stage'),
      isMore: true,
    },
    {
      key: 'step',
      label: t('development.nextStep'),
      kind: 'choice',
      options: steps.map((step) => ({ value: String(step), label: stepName({ step }) })),
      isMore: true,
    },
    {
      key: 'planYear',
      label: t('words.development.column.planYear'),
      kind: 'choice',
      options: years.map((value) => ({ value, label: value })),
      isMore: true,
    },
    {
      key: 'state',
      label: t('words.development.column.state'),
      kind: 'choice',
      options: words(CASE_STATES, 'state'),
      isMore: true,
    },
  ]
}

/** Steps that were entered late and only wait for that: the level above has read the reasons and confirms them. */
function useBulk(): BulkAct<CaseRow>[] {
  const { t } = useTranslation()
  const { whyNot } = useCan()('development.approve')
  const client = useQueryClient()
  return [
    {
      key: 'confirmLate',
      verb: t('development.confirmLate'),
      question: (count) => t('development.confirmLateMany', { count }),
      whyNot,
      run: async (rows) => {
        const { confirmed, left } = await confirmLateSteps(rows)
        await client.invalidateQueries({ queryKey: ['development'] })
        say(t('development.confirmedMany', { count: confirmed }))
        if (left.length > 0) say(t('development.leftMany', { names: left.join(t('development.listComma')) }), 'late')
      },
    },
  ]
}

/** Everybody on the road into the Party: five stages above, then the people, the most urgent first. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t, i18n } = useTranslation()
  const { whyNot } = useCan()('development.write')
  useLive(DEVELOPMENT_EVENTS, ALL_DEVELOPMENT)
  const add =
    whyNot === undefined ? (
      <Link className="tx-button" data-kind="primary" to={paths.development.add()}>
        {t('development.add')}
      </Link>
    ) : null
  return (
    <ListPage
      title={t('development.title')}
      columns={useColumns()}
      rowKey={(row) => row.id}
      query={useQuery(casesQuery(search))}
      search={search}
      setSearch={setSearch}
      filters={useFilters()}
      savedFilters={useSavedFilters('development.cases')}
      bulk={useBulk()}
      lamp={(row) => {
        const { state, key } = lampOf(row)
        return { state, word: t(key) }
      }}
      lead={<StageStrip search={search} setSearch={setSearch} />}
      onExport={(request) => saveExport(search, request, i18n.language)}
      primary={
        <>
          <PrintListButton search={search} />
          <Link className="tx-button" to={paths.development.quotas()}>
            {t('development.quotas')}
          </Link>
          {add}
        </>
      }
      drawer={(row) => ({ title: row.name, path: paths.development.one(row.id), body: <Glance row={row} /> })}
      empty={
        <EmptyState title={t('development.none')} icon={<Sprout aria-hidden="true" />} act={add}>
          {t('development.noneHint')}
        </EmptyState>
      }
    />
  )
}

function Glance({ row }: { row: CaseRow }) {
  const { t } = useTranslation()
  const stepName = useStepName()
  const dates = (['appliedOn', 'activistOn', 'objectOn', 'admittedOn', 'probationEnd', 'dueOn'] as const).flatMap(
    (key) => {
      const value = row[key]
      return value ? [{ label: t(`words.development.column.${key}`), value }] : []
    },
  )
  return (
    <Facts
      facts={[
        { label: t('development.branch'), value: row.orgName },
        { label: t('development.stage'), value: t(`words.development.stage.${row.stage}`) },
        { label: t('development.nextStep'), value: stepName(row) },
        ...dates,
        ...(row.contacts.length > 0
          ? [{ label: t('words.development.column.contacts'), value: row.contacts.join(t('development.listComma')) }]
          : []),
      ]}
    />
  )
}
