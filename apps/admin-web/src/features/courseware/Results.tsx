import { useQuery } from '@tanstack/react-query'
import type { Search } from '@tongxin/client/screen'
import type { PackageRecord, PackageResult } from '@tongxin/contract/courseware'
import { ATTEMPT_STATES } from '@tongxin/contract/courseware.words'
import { dateOf, EmptyState } from '@tongxin/ui'
import { ChartColumn } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { resultsQuery, saveResults } from './courseware.api.ts'
import { Registration } from './Registration.tsx'

const LAMPS = { begun: 'idle', completed: 'ok', passed: 'ok', failed: 'late' } as const
const scoreOf = (scaled: number | null): string => (scaled === null ? '—' : `${Math.round(scaled * 100)}`)

const columns: Column<PackageResult>[] = [
  { key: 'memberName', textKey: 'words.courseware.columns.memberName', render: (row) => row.memberName },
  { key: 'orgName', textKey: 'words.courseware.columns.orgName', render: (row) => row.orgName },
  { key: 'number', textKey: 'words.courseware.columns.number', isNumber: true, width: 80, render: (row) => row.number },
  {
    key: 'scaled',
    textKey: 'words.courseware.columns.score',
    isNumber: true,
    isSortable: true,
    width: 110,
    render: (row) => scoreOf(row.scaled),
  },
  {
    key: 'done',
    textKey: 'words.courseware.columns.itemsDone',
    isNumber: true,
    width: 110,
    render: (row) => `${row.itemsDone} / ${row.items}`,
  },
  {
    key: 'minutes',
    textKey: 'words.courseware.columns.minutes',
    isNumber: true,
    width: 120,
    render: (row) => Math.ceil(row.seconds / 60),
  },
  {
    key: 'lastAt',
    textKey: 'words.courseware.columns.lastOn',
    isSortable: true,
    width: 120,
    render: (row) => dateOf(row.lastAt),
  },
]

/** Attempts of people of the scope. */
export function Results(props: {
  one: PackageRecord
  search: Search
  setSearch: (change: Readonly<Record<string, string>>) => void
}) {
  const { t, i18n } = useTranslation()
  const { tab: _, ...search } = props.search
  const states = ATTEMPT_STATES.map((value) => ({ value, label: t(`words.courseware.state.${value}`) }))
  return (
    <ListPage
      title={t('courseware.results')}
      columns={columns}
      rowKey={(row) => row.id}
      query={useQuery(resultsQuery(props.one.id, search))}
      search={props.search}
      setSearch={props.setSearch}
      filters={[
        { key: 'text', label: t('words.courseware.columns.memberName'), kind: 'text' },
        { key: 'state', label: t('words.courseware.columns.state'), kind: 'choice', options: states },
      ]}
      lamp={(row) => ({ state: LAMPS[row.state], word: t(`words.courseware.state.${row.state}`) })}
      {...(props.one.kind === 'cmi5'
        ? { drawer: (row: PackageResult) => ({ title: row.memberName, body: <Registration id={row.id} /> }) }
        : {})}
      onExport={(told) => saveResults(props.one.id, search, { ...told, language: i18n.language })}
      empty={
        <EmptyState title={t('courseware.noResults')} icon={<ChartColumn aria-hidden="true" />}>
          {t('courseware.noResultsHint')}
        </EmptyState>
      }
    />
  )
}
