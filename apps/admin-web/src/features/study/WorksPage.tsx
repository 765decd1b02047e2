import { useQuery } from '@tanstack/react-query'
import { download } from '@tongxin/client/download'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { exportStudyWorks } from '@tongxin/contract/study'
import { STUDY_GRADES, STUDY_TASK_KINDS, STUDY_WORK_STATES, type StudyWorkCard } from '@tongxin/contract/study.words'
import { Button, dateOf, EmptyState, RefusalText } from '@tongxin/ui'
import { FileCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { BulkAct, Column, Filter } from '../../shared/list/types.ts'
import { Marking } from './Marking.tsx'
import { MarkManyDialog } from './MarkManyDialog.tsx'
import { worksQuery } from './study.api.ts'
import './study.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(worksQuery(search))
const LAMPS = { handed_in: 'warn', returned: 'info', marked: 'ok' } as const

function useColumns(): Column<StudyWorkCard>[] {
  const { t } = useTranslation()
  const grade = (row: StudyWorkCard) => (row.grade ? t(`words.study.grade.${row.grade}`) : '—')
  return [
    { key: 'writer', textKey: 'study.writer', render: (row) => row.writer, isSortable: true, width: 110 },
    { key: 'title', textKey: 'study.name', render: (row) => row.title },
    { key: 'orgName', textKey: 'study.org', render: (row) => row.orgName, width: 180 },
    {
      key: 'handedInAt',
      textKey: 'study.handedInAt',
      render: (row) => `${dateOf(row.handedInAt)}${row.isLate ? ` · ${t('study.late')}` : ''}`,
      isSortable: true,
      width: 150,
    },
    { key: 'words', textKey: 'study.words', render: (row) => row.words, isNumber: true, width: 90 },
    { key: 'round', textKey: 'study.roundNo', render: (row) => row.round, isNumber: true, width: 80 },
    { key: 'grade', textKey: 'study.grade', render: grade, width: 90 },
  ]
}

function useFilters(): Filter[] {
  const { t } = useTranslation()
  const choice = (key: string, words: string, of: readonly string[]): Filter => ({
    key,
    label: t(`study.${key}`),
    kind: 'choice',
    options: of.map((value) => ({ value, label: t(`words.study.${words}.${value}` as string) })),
  })
  return [
    { key: 'text', label: t('study.writerOrTitle'), kind: 'text' },
    choice('state', 'workState', STUDY_WORK_STATES),
    choice('grade', 'grade', STUDY_GRADES),
    choice('kind', 'kind', STUDY_TASK_KINDS),
    { key: 'orgId', label: t('study.org'), kind: 'organisation' },
  ]
}

function useBulk(): BulkAct<StudyWorkCard>[] {
  const { t } = useTranslation()
  return (['mark', 'sendBack'] as const).map((key) => ({
    key,
    verb: t(`study.${key}`),
    form: (part) => <MarkManyDialog isReturn={key === 'sendBack'} {...part} />,
  }))
}

type Filters = { state?: never; grade?: never; kind?: never }
/** What was handed in: read, marked, returned, shown. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t, i18n } = useTranslation()
  const [error, setError] = useState<unknown>(null)
  const language = i18n.language === 'en' ? ('en' as const) : ('zh-CN' as const)
  const take = () => {
    const { state, grade, kind, orgId, taskId, text, below } = search
    const given = Object.entries({ state, grade, kind, orgId, taskId, text }).filter(([, value]) => value)
    const place = orgId && below ? { below: below === 'true' } : {}
    const filter = { ...(Object.fromEntries(given) as Filters), ...place }
    setError(null)
    download(exportStudyWorks, { body: { filter, language } }).catch(setError)
  }
  return (
    <ListPage
      title={t('study.works')}
      columns={useColumns()}
      rowKey={(row) => row.id}
      query={useQuery(worksQuery(search))}
      search={search}
      setSearch={setSearch}
      filters={useFilters()}
      primary={<Button onClick={take}>{t('study.export')}</Button>}
      lead={
        <>
          <RefusalText error={error} />
          {search.taskId ? (
            <p>
              {t('study.oneTask')} <Button onClick={() => setSearch({ taskId: '' })}>{t('study.allTasks')}</Button>
            </p>
          ) : null}
        </>
      }
      lamp={(row) => ({ state: LAMPS[row.state], word: t(`words.study.workState.${row.state}`) })}
      bulk={useBulk()}
      drawer={(row) => ({ title: row.title, body: <Marking key={`${row.id}${row.state}`} id={row.id} /> })}
      empty={
        <EmptyState title={t('study.noWorks')} icon={<FileCheck aria-hidden="true" />}>
          {t('study.noWorksHint')}
        </EmptyState>
      }
    />
  )
}
