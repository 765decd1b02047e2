import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import type { ExamPaperRow } from '@tongxin/contract/exams.papers'
import { PAPER_PURPOSES, PAPER_STATES } from '@tongxin/contract/exams.words'
import { Button, EmptyState } from '@tongxin/ui'
import { FileText, Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column, Filter } from '../../shared/list/types.ts'
import { useSavedFilters } from '../../shared/list/use-saved-filters.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { papersQuery } from './exams.api.ts'
import { PaperLamp, useChoices } from './words.tsx'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(papersQuery(search))

function useColumns(): Column<ExamPaperRow>[] {
  const { t } = useTranslation()
  return [
    { key: 'name', textKey: 'exams.paperName', render: (row) => row.name, isSortable: true },
    { key: 'purpose', textKey: 'exams.purpose', render: (row) => t(`words.exams.purpose.${row.purpose}`), width: 170 },
    { key: 'way', textKey: 'exams.way', render: (row) => t(`words.exams.way.${row.way}`), width: 170 },
    { key: 'state', textKey: 'exams.state', render: (row) => <PaperLamp state={row.state} />, width: 110 },
    { key: 'questions', textKey: 'exams.questionCount', render: (row) => row.questions, isNumber: true, width: 80 },
    { key: 'points', textKey: 'exams.pointsAll', render: (row) => row.points, isNumber: true, width: 80 },
    { key: 'sittings', textKey: 'exams.sittings', render: (row) => row.sittings, isNumber: true, width: 100 },
    { key: 'orgName', textKey: 'exams.org', render: (row) => row.orgName, width: 180, isHiddenAtFirst: true },
  ]
}

/** Papers of the scope: quizzes for courses, papers for exams. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const choices = useChoices()
  const { whyNot } = useCan()('exams.write')
  const filters: Filter[] = [
    { key: 'text', label: t('exams.paperName'), kind: 'text' },
    { key: 'purpose', label: t('exams.purpose'), kind: 'choice', options: choices(PAPER_PURPOSES, 'purpose') },
    { key: 'state', label: t('exams.state'), kind: 'choice', options: choices(PAPER_STATES, 'paperState') },
    { key: 'orgId', label: t('exams.org'), kind: 'organisation', isMore: true },
  ]
  const add =
    whyNot === undefined ? (
      <Link className="tx-button" data-kind="primary" to={paths.exams.newPaper()}>
        <Plus size="1.1em" aria-hidden="true" /> {t('exams.addPaper')}
      </Link>
    ) : (
      <Button kind="primary" whyNot={whyNot}>
        {t('exams.addPaper')}
      </Button>
    )
  return (
    <ListPage
      title={t('exams.papers')}
      columns={useColumns()}
      rowKey={(row) => row.id}
      query={useQuery(papersQuery(search))}
      search={search}
      setSearch={setSearch}
      filters={filters}
      savedFilters={useSavedFilters('exams.papers')}
      primary={add}
      drawer={(row) => ({
        title: row.name,
        path: paths.exams.paper(row.id),
        body: (
          <Facts
            facts={[
              { label: t('exams.purpose'), value: t(`words.exams.purpose.${row.purpose}`) },
              { label: t('exams.state'), value: <PaperLamp state={row.state} /> },
              { label: t('exams.questionCount'), value: row.questions },
              { label: t('exams.pointsAll'), value: row.points },
              { label: t('exams.minutes'), value: row.minutes ?? t('exams.noLimit') },
            ]}
          />
        ),
      })}
      empty={
        <EmptyState title={t('exams.noPapers')} icon={<FileText aria-hidden="true" />} act={add}>
          {t('exams.noPapersHint')}
        </EmptyState>
      }
    />
  )
}
