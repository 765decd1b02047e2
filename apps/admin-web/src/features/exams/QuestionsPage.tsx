import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { call } from '@tongxin/client/call'
import { useCan } from '@tongxin/client/can'
import { download } from '@tongxin/client/download'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { exportQuestions, moveQuestions, type QuestionRow } from '@tongxin/contract/exams'
import { DIFFICULTIES, EXAM_QUESTION_KINDS, QUESTION_STATES } from '@tongxin/contract/exams.words'
import { Button, EmptyState, say } from '@tongxin/ui'
import { FileUp, LibraryBig, Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ListPage } from '../../shared/list/ListPage.tsx'
import { listQuery } from '../../shared/list/list-search.ts'
import type { BulkAct, Column, Filter } from '../../shared/list/types.ts'
import { useSavedFilters } from '../../shared/list/use-saved-filters.ts'
import { ALL_EXAMS, questionsQuery, topicsQuery } from './exams.api.ts'
import { QuestionView } from './QuestionView.tsx'
import { QuestionLamp, useChoices } from './words.tsx'
import './exams.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(questionsQuery(search))

function useColumns(): Column<QuestionRow>[] {
  const { t } = useTranslation()
  return [
    { key: 'stem', textKey: 'exams.stem', render: (row) => <span className="exam-stem">{row.stem}</span> },
    { key: 'kind', textKey: 'exams.kind', render: (row) => t(`words.exams.kind.${row.kind}`), width: 100 },
    {
      key: 'difficulty',
      textKey: 'exams.difficulty',
      render: (row) => t(`words.exams.difficulty.${row.difficulty}`),
      width: 80,
    },
    { key: 'topic', textKey: 'exams.topic', render: (row) => row.topic, isSortable: true, width: 150 },
    { key: 'state', textKey: 'exams.state', render: (row) => <QuestionLamp state={row.state} />, width: 120 },
    { key: 'no', textKey: 'exams.versionNo', render: (row) => row.no, isNumber: true, width: 80 },
    { key: 'orgName', textKey: 'exams.org', render: (row) => row.orgName, width: 180, isHiddenAtFirst: true },
    {
      key: 'updatedAt',
      textKey: 'exams.updatedAt',
      render: (row) => row.updatedAt.slice(0, 10),
      isSortable: true,
      width: 120,
    },
  ]
}

function useFilters(): Filter[] {
  const { t } = useTranslation()
  const choices = useChoices()
  const { data: topics } = useQuery(topicsQuery)
  const names = [...new Set((topics ?? []).map(({ topic }) => topic))]
  return [
    { key: 'text', label: t('exams.stem'), kind: 'text' },
    { key: 'topic', label: t('exams.topic'), kind: 'choice', options: names.map((value) => ({ value, label: value })) },
    { key: 'kind', label: t('exams.kind'), kind: 'choice', options: choices(EXAM_QUESTION_KINDS, 'kind') },
    { key: 'difficulty', label: t('exams.difficulty'), kind: 'choice', options: choices(DIFFICULTIES, 'difficulty') },
    { key: 'state', label: t('exams.state'), kind: 'choice', options: choices(QUESTION_STATES, 'questionState') },
    { key: 'orgId', label: t('exams.org'), kind: 'organisation', isMore: true },
  ]
}

function useBulk(): BulkAct<QuestionRow>[] {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { whyNot } = useCan()('exams.write')
  const move = (act: 'submit' | 'approve') => async (rows: readonly QuestionRow[]) => {
    const { done, refused } = await call(moveQuestions, { body: { act, ids: rows.map(({ id }) => id) } })
    await Promise.all(ALL_EXAMS.map((queryKey) => client.invalidateQueries({ queryKey })))
    const more = refused.length > 0 ? ` ${t('exams.refusedSome', { count: refused.length })}` : ''
    say(`${t('exams.movedSome', { count: done })}${more}`)
  }
  return (['submit', 'approve'] as const).map((key) => ({
    key,
    verb: t(`exams.act.${key}`),
    question: (count) => t(`exams.ask.${key}`, { count }),
    whyNot,
    run: move(key),
  }))
}

/** The question bank: filters, review in bulk, import and export. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t, i18n } = useTranslation()
  const { whyNot } = useCan()('exams.write')
  const language = i18n.language === 'en' ? ('en' as const) : ('zh-CN' as const)
  const save = () => {
    const { limit: _, sort: __, cursor: ___, ...filter } = listQuery<Record<string, unknown>>(search)
    return download(exportQuestions, { body: { filter: filter as never, language } })
  }
  const primary = (
    <>
      <Link className="tx-button" to={paths.exams.imports()}>
        <FileUp size="1.1em" aria-hidden="true" /> {t('exams.import')}
      </Link>
      {whyNot === undefined ? (
        <Link className="tx-button" data-kind="primary" to={paths.exams.newQuestion()}>
          <Plus size="1.1em" aria-hidden="true" /> {t('exams.addQuestion')}
        </Link>
      ) : (
        <Button kind="primary" whyNot={whyNot}>
          {t('exams.addQuestion')}
        </Button>
      )}
    </>
  )
  return (
    <ListPage
      title={t('exams.bank')}
      columns={useColumns()}
      rowKey={(row) => row.id}
      query={useQuery(questionsQuery(search))}
      search={search}
      setSearch={setSearch}
      filters={useFilters()}
      savedFilters={useSavedFilters('exams.questions')}
      bulk={useBulk()}
      onExport={save}
      primary={primary}
      drawer={(row) => ({
        title: row.stem.slice(0, 40),
        path: paths.exams.question(row.id),
        body: <QuestionView id={row.id} />,
      })}
      empty={
        <EmptyState title={t('exams.noQuestions')} icon={<LibraryBig aria-hidden="true" />} act={primary}>
          {t('exams.noQuestionsHint')}
        </EmptyState>
      }
    />
  )
}
