import { useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { useCan } from '@tongxin/client/can'
import { download } from '@tongxin/client/download'
import type { LoaderInput, ScreenProps, Search } from '@tongxin/client/screen'
import {
  exportTaskParts,
  remindTaskParts,
  TASK_SIDES,
  TASK_STANDINGS,
  type TaskPartFilter,
} from '@tongxin/contract/tasks.parts'
import type { TASK_FILES, TaskPartRow } from '@tongxin/contract/tasks.words'
import { PART_STATES } from '@tongxin/domain/tasks/parts'
import { Button, EmptyState, RefusalText, say } from '@tongxin/ui'
import { ListTodo, Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { BulkAct, Column, Filter } from '../../shared/list/types.ts'
import { PartGlance } from './PartGlance.tsx'
import { ALL_TASKS, partsQuery } from './tasks.api.ts'
import { usePartLamp } from './words.tsx'
import './tasks.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(partsQuery(search))

function useColumns(): Column<TaskPartRow>[] {
  const { t } = useTranslation()
  return [
    { key: 'name', textKey: 'tasks.name', render: (row) => row.title },
    { key: 'orgName', textKey: 'tasks.asked', render: (row) => row.personName ?? row.orgName, width: 190 },
    { key: 'issuerName', textKey: 'tasks.issuer', render: (row) => row.issuerName, width: 170 },
    { key: 'role', textKey: 'tasks.role', render: (row) => t(`words.tasks.role.${row.role}`), width: 80 },
    { key: 'dueOn', textKey: 'tasks.dueOn', render: (row) => row.dueOn, isSortable: true, width: 120 },
    {
      key: 'askedDueOn',
      textKey: 'tasks.askedDueOn',
      render: (row) => row.askedDueOn ?? '—',
      width: 120,
      isHiddenAtFirst: true,
    },
    { key: 'remindedOn', textKey: 'tasks.remindedOn', render: (row) => row.remindedOn ?? '—', width: 120 },
    { key: 'passedOn', textKey: 'tasks.passedOn', render: (row) => row.passedOn, isNumber: true, width: 90 },
  ]
}

function useFilters(): Filter[] {
  const { t } = useTranslation()
  const choice = (key: string, words: string, of: readonly string[]): Filter => ({
    key,
    label: t(`tasks.${key}`),
    kind: 'choice',
    options: of.map((value) => ({ value, label: t(`${words}.${value}` as string) })),
  })
  return [
    choice('side', 'tasks.sideOf', TASK_SIDES),
    choice('standing', 'tasks.standingOf', TASK_STANDINGS),
    choice('state', 'words.tasks.partState', PART_STATES),
    { key: 'text', label: t('tasks.name'), kind: 'text' },
    { key: 'basis', label: t('tasks.basisOrNumber'), kind: 'text', isMore: true },
    { key: 'due', label: t('tasks.dueOn'), kind: 'dates', isMore: true },
    { key: 'orgId', label: t('tasks.asked'), kind: 'organisation' },
  ]
}

const FILTERS = ['side', 'standing', 'state', 'taskId', 'orgId', 'text', 'basis', 'dueFrom', 'dueTo'] as const
/** The filter of the list as the export asks it. */
function filterOf(search: Search): TaskPartFilter {
  const given = FILTERS.map((key) => [key, search[key]]).filter(([, value]) => value)
  return { ...Object.fromEntries(given), ...(search.orgId ? { below: search.below === 'true' } : {}) }
}

function useRemind(): BulkAct<TaskPartRow> {
  const { t } = useTranslation()
  const client = useQueryClient()
  return {
    key: 'remind',
    verb: t('tasks.remind'),
    question: (count) => t('tasks.remindQuestion', { count }),
    whyNot: useCan()('tasks.write').whyNot,
    run: async (rows) => {
      const done = await call(remindTaskParts, { body: { ids: rows.map(({ id }) => id) } })
      await Promise.all(ALL_TASKS.map((queryKey) => client.invalidateQueries({ queryKey })))
      say(t('tasks.reminded', done))
    },
  }
}

/** What units and people are asked: the own parts, what waits to be checked, and the list of supervision. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t, i18n } = useTranslation()
  const [error, setError] = useState<unknown>(null)
  const lamp = usePartLamp()
  const language = i18n.language === 'en' ? ('en' as const) : ('zh-CN' as const)
  const take = (format: (typeof TASK_FILES)[number], purpose?: string) =>
    download(exportTaskParts, {
      body: { filter: filterOf(search), format, language, ...(purpose ? { purpose } : {}) },
    })
  return (
    <ListPage
      title={t('tasks.parts')}
      columns={useColumns()}
      rowKey={(row) => row.id}
      query={useQuery(partsQuery(search))}
      search={search}
      setSearch={setSearch}
      filters={useFilters()}
      lamp={lamp}
      bulk={[useRemind()]}
      onExport={({ format, purpose }) => take(format, purpose)}
      primary={
        <Button
          onClick={() => {
            setError(null)
            take('pdf').catch(setError)
          }}
        >
          <Printer aria-hidden="true" />
          {t('tasks.print')}
        </Button>
      }
      lead={<RefusalText error={error} />}
      drawer={(row) => ({
        title: row.title,
        path: paths.tasks.part(row.id),
        body: <PartGlance key={row.id} id={row.id} />,
      })}
      empty={
        <EmptyState title={t('tasks.noParts')} icon={<ListTodo aria-hidden="true" />}>
          {t('tasks.noPartsHint')}
        </EmptyState>
      }
    />
  )
}
