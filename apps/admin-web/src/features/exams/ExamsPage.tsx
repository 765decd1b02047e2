import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import type { ExamRow } from '@tongxin/contract/exams.sessions'
import { EXAM_STATES } from '@tongxin/contract/exams.words'
import { Button, EmptyState } from '@tongxin/ui'
import { PenLine, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column, Filter } from '../../shared/list/types.ts'
import { useSavedFilters } from '../../shared/list/use-saved-filters.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { examsQuery } from './exams.api.ts'
import { PlanDialog } from './PlanDialog.tsx'
import { ExamLamp, momentText, useChoices } from './words.tsx'
import './exams.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(examsQuery(search))

function useColumns(): Column<ExamRow>[] {
  const { t } = useTranslation()
  return [
    { key: 'name', textKey: 'exams.examName', render: (row) => row.name, isSortable: true },
    { key: 'state', textKey: 'exams.state', render: (row) => <ExamLamp state={row.state} />, width: 150 },
    {
      key: 'opensAt',
      textKey: 'exams.opensAt',
      render: (row) => momentText(row.opensAt),
      isSortable: true,
      width: 150,
    },
    { key: 'closesAt', textKey: 'exams.closesAt', render: (row) => momentText(row.closesAt), width: 150 },
    { key: 'seats', textKey: 'exams.seats', render: (row) => row.seats, isNumber: true, width: 80 },
    {
      key: 'handedIn',
      textKey: 'exams.handedIn',
      render: (row) => t('exams.ofPeople', { n: row.handedIn, all: row.seats }),
      isNumber: true,
      width: 100,
    },
    { key: 'toMark', textKey: 'exams.toMark', render: (row) => row.toMark, isNumber: true, width: 90 },
    { key: 'orgName', textKey: 'exams.org', render: (row) => row.orgName, width: 180, isHiddenAtFirst: true },
  ]
}

/** Exam sessions of the scope. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const choices = useChoices()
  const { whyNot } = useCan()('exams.write')
  const [isAdding, setAdding] = useState(false)
  const filters: Filter[] = [
    { key: 'text', label: t('exams.examName'), kind: 'text' },
    { key: 'state', label: t('exams.state'), kind: 'choice', options: choices(EXAM_STATES, 'examState') },
    { key: 'orgId', label: t('exams.org'), kind: 'organisation', isMore: true },
  ]
  const add = (
    <Button kind="primary" whyNot={whyNot} onClick={() => setAdding(true)}>
      <Plus aria-hidden="true" />
      {t('exams.addExam')}
    </Button>
  )
  return (
    <>
      <ListPage
        title={t('exams.title')}
        columns={useColumns()}
        rowKey={(row) => row.id}
        query={useQuery(examsQuery(search))}
        search={search}
        setSearch={setSearch}
        filters={filters}
        savedFilters={useSavedFilters('exams.sessions')}
        primary={add}
        drawer={(row) => ({
          title: row.name,
          path: paths.exams.session(row.id),
          body: (
            <Facts
              facts={[
                { label: t('exams.state'), value: <ExamLamp state={row.state} /> },
                { label: t('exams.paperName'), value: row.paperName },
                { label: t('exams.seats'), value: row.seats },
                { label: t('exams.handedIn'), value: row.handedIn },
                { label: t('exams.passed'), value: row.passed },
              ]}
            />
          ),
        })}
        empty={
          <EmptyState title={t('exams.noExams')} icon={<PenLine aria-hidden="true" />} act={add}>
            {t('exams.noExamsHint')}
          </EmptyState>
        }
      />
      {isAdding ? <PlanDialog onClose={() => setAdding(false)} /> : null}
    </>
  )
}
