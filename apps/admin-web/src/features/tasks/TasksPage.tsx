import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { type IssuedTaskRow, TASK_STATES } from '@tongxin/contract/tasks.words'
import { Button, EmptyState } from '@tongxin/ui'
import { ClipboardPen, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column, Filter, RowLamp } from '../../shared/list/types.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { IssueDialog } from './IssueDialog.tsx'
import { tasksQuery } from './tasks.api.ts'
import './tasks.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(tasksQuery(search))

const columns: Column<IssuedTaskRow>[] = [
  { key: 'name', textKey: 'tasks.name', render: (row) => row.title },
  { key: 'documentNumber', textKey: 'tasks.documentNumber', render: (row) => row.documentNumber ?? '—', width: 170 },
  { key: 'orgName', textKey: 'tasks.issuer', render: (row) => row.orgName, width: 190 },
  { key: 'dueOn', textKey: 'tasks.dueOn', render: (row) => row.dueOn, isSortable: true, width: 120 },
  {
    key: 'done',
    textKey: 'tasks.progress',
    render: ({ counts }) => `${counts.done} / ${counts.parts - counts.withdrawn}`,
    isNumber: true,
    width: 100,
  },
  { key: 'handedIn', textKey: 'tasks.toCheck', render: (row) => row.counts.handedIn, isNumber: true, width: 90 },
  { key: 'late', textKey: 'tasks.late', render: (row) => row.counts.late, isNumber: true, width: 80 },
]

function useFilters(): Filter[] {
  const { t } = useTranslation()
  return [
    { key: 'text', label: t('tasks.name'), kind: 'text' },
    {
      key: 'state',
      label: t('tasks.state'),
      kind: 'choice',
      options: TASK_STATES.map((value) => ({ value, label: t(`words.tasks.taskState.${value}`) })),
    },
    {
      key: 'late',
      label: t('tasks.late'),
      kind: 'choice',
      options: [{ value: 'true', label: t('tasks.onlyLate') }],
    },
    { key: 'basis', label: t('tasks.basisOrNumber'), kind: 'text' },
    { key: 'orgId', label: t('tasks.issuer'), kind: 'organisation' },
  ]
}

const LAMPS = { open: 'info', finished: 'ok', withdrawn: 'idle' } as const

/** Tasks that were issued: how many are done, which are late. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('tasks.write')
  const [isIssuing, setIssuing] = useState(false)
  const issue = (
    <Button kind="primary" whyNot={whyNot} onClick={() => setIssuing(true)}>
      <Plus aria-hidden="true" />
      {t('tasks.issue')}
    </Button>
  )
  const lamp = (row: IssuedTaskRow): RowLamp =>
    row.counts.late > 0
      ? { state: 'late', word: t('tasks.hasLate') }
      : { state: LAMPS[row.state], word: t(`words.tasks.taskState.${row.state}`) }
  return (
    <>
      <ListPage
        title={t('tasks.title')}
        columns={columns}
        rowKey={(row) => row.id}
        query={useQuery(tasksQuery(search))}
        search={search}
        setSearch={setSearch}
        filters={useFilters()}
        primary={issue}
        lamp={lamp}
        drawer={(row) => ({ title: row.title, path: paths.tasks.one(row.id), body: <Glance task={row} /> })}
        empty={
          <EmptyState title={t('tasks.none')} icon={<ClipboardPen aria-hidden="true" />} act={issue}>
            {t('tasks.noneHint')}
          </EmptyState>
        }
      />
      {isIssuing ? <IssueDialog onClose={() => setIssuing(false)} /> : null}
    </>
  )
}

const COUNTED = ['unsigned', 'doing', 'handedIn', 'returned', 'done', 'withdrawn', 'late'] as const
const WORD_OF = { handedIn: 'handed_in' } as const
/** How many parts stand where. */
export function Glance({ task }: { task: IssuedTaskRow }) {
  const { t } = useTranslation()
  const word = (key: (typeof COUNTED)[number]) =>
    key === 'late' ? t('tasks.late') : t(`words.tasks.partState.${key === 'handedIn' ? WORD_OF[key] : key}`)
  return (
    <div className="tasks-part">
      <Facts
        facts={[
          { label: t('tasks.basis'), value: task.basis },
          { label: t('tasks.madeBy'), value: `${task.orgName} · ${task.madeBy}` },
          { label: t('tasks.dueOn'), value: task.dueOn },
        ]}
      />
      <Facts facts={COUNTED.map((key) => ({ label: word(key), value: task.counts[key] }))} />
    </div>
  )
}
