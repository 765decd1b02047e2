import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import { download } from '@tongxin/client/download'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { type CourseRow, exportCourses } from '@tongxin/contract/learning'
import { AUDIENCE_KINDS, COURSE_COLUMNS, COURSE_KINDS, COURSE_STATES } from '@tongxin/contract/learning.words'
import { Button, EmptyState } from '@tongxin/ui'
import { BookOpen, Plus, Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ListPage } from '../../shared/list/ListPage.tsx'
import { listQuery } from '../../shared/list/list-search.ts'
import type { Column, Filter } from '../../shared/list/types.ts'
import { useSavedFilters } from '../../shared/list/use-saved-filters.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { BeginDialog } from './BeginDialog.tsx'
import { coursesQuery } from './learning.api.ts'
import { CourseLamps, hoursOf, percentOf, useAudienceWords } from './words.tsx'
import './learning.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(coursesQuery(search))

function useColumns(): Column<CourseRow>[] {
  const { t } = useTranslation()
  return [
    { key: 'title', textKey: 'learning.course', render: (row) => row.title, isSortable: true },
    {
      key: 'column',
      textKey: 'learning.column',
      render: (row) => t(`words.learning.column.${row.column}`),
      width: 110,
    },
    { key: 'kind', textKey: 'learning.kind', render: (row) => t(`words.learning.kind.${row.kind}`), width: 90 },
    { key: 'orgName', textKey: 'learning.organisation', render: (row) => row.orgName, width: 180 },
    { key: 'state', textKey: 'learning.state', render: (row) => <CourseLamps row={row} />, width: 190 },
    {
      key: 'isRequired',
      textKey: 'learning.required',
      render: (row) => t(`words.learning.required.${row.isRequired ? 'yes' : 'no'}`),
      width: 80,
    },
    { key: 'hours', textKey: 'learning.hours', render: (row) => hoursOf(row.quarters), isNumber: true, width: 70 },
    {
      key: 'enrolled',
      textKey: 'learning.enrolled',
      render: (row) => row.enrolled,
      isNumber: true,
      isSortable: true,
      width: 100,
    },
    {
      key: 'rate',
      textKey: 'learning.rate',
      render: (row) => percentOf(row.completed, row.enrolled),
      isNumber: true,
      width: 90,
    },
    {
      key: 'changedAt',
      textKey: 'learning.changedAt',
      render: (row) => row.changedAt.slice(0, 10),
      isSortable: true,
      width: 110,
    },
  ]
}

const BELOW = ['30', '60', '90'] as const

function useFilters(): Filter[] {
  const { t } = useTranslation()
  const choice = (key: string, label: string, of: string, values: readonly string[]): Filter => ({
    key,
    label: t(`learning.${label}`),
    kind: 'choice',
    options: values.map((value) => ({ value, label: t(`words.learning.${of}.${value}`) })),
  })
  return [
    { key: 'text', label: t('learning.course'), kind: 'text' },
    choice('column', 'column', 'column', COURSE_COLUMNS),
    {
      key: 'audience',
      label: t('learning.audience'),
      kind: 'choice',
      options: [
        ...AUDIENCE_KINDS.map((value) => ({ value, label: t(`words.learning.audienceKind.${value}`) })),
        { value: 'public', label: t('learning.public') },
      ],
    },
    choice('state', 'state', 'courseState', COURSE_STATES),
    choice('openState', 'openState', 'versionState', ['draft', 'submitted', 'reviewed']),
    {
      key: 'completedBelow',
      label: t('learning.rate'),
      kind: 'choice',
      options: BELOW.map((value) => ({ value, label: t('learning.below', { percent: value }) })),
    },
    {
      key: 'required',
      label: t('learning.required'),
      kind: 'choice',
      isMore: true,
      options: [
        { value: 'true', label: t('words.learning.required.yes') },
        { value: 'false', label: t('words.learning.required.no') },
      ],
    },
    { ...choice('kind', 'kind', 'kind', COURSE_KINDS), isMore: true },
    { key: 'orgId', label: t('learning.organisation'), kind: 'organisation', isMore: true },
  ]
}

/** Courses: own ones and those from above; what is written, reviewed and learned. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t, i18n } = useTranslation()
  const { whyNot } = useCan()('learning.write')
  const [isBeginning, setBeginning] = useState(false)
  const save = (format: 'xlsx' | 'csv' | 'pdf') => {
    const { limit: _, sort: __, cursor: ___, ...filter } = listQuery<Record<string, unknown>>(search)
    const language = i18n.language === 'en' ? ('en' as const) : ('zh-CN' as const)
    return download(exportCourses, { body: { filter: filter as never, format, language } })
  }
  const begin = (
    <Button kind="primary" whyNot={whyNot} onClick={() => setBeginning(true)}>
      <Plus aria-hidden="true" />
      {t('learning.begin')}
    </Button>
  )
  return (
    <>
      <ListPage
        title={t('learning.title')}
        columns={useColumns()}
        rowKey={(row) => row.id}
        query={useQuery(coursesQuery(search))}
        search={search}
        setSearch={setSearch}
        filters={useFilters()}
        savedFilters={useSavedFilters('learning.courses')}
        onExport={({ format }) => save(format)}
        primary={
          <>
            <Button icon={<Printer size="1.1em" aria-hidden="true" />} onClick={() => void save('pdf')}>
              {t('learning.print')}
            </Button>
            {begin}
          </>
        }
        drawer={(row) => ({ title: row.title, path: paths.learning.course(row.id), body: <Glance row={row} /> })}
        empty={
          <EmptyState title={t('learning.none')} icon={<BookOpen aria-hidden="true" />} act={begin}>
            {t('learning.noneHint')}
          </EmptyState>
        }
      />
      {isBeginning ? <BeginDialog onClose={() => setBeginning(false)} /> : null}
    </>
  )
}

function Glance({ row }: { row: CourseRow }) {
  const { t } = useTranslation()
  const audience = useAudienceWords()
  return (
    <Facts
      facts={[
        { label: t('learning.state'), value: <CourseLamps row={row} /> },
        { label: t('learning.column'), value: t(`words.learning.column.${row.column}`) },
        { label: t('learning.audience'), value: audience(row.audience, row.isPublic) },
        { label: t('learning.hours'), value: hoursOf(row.quarters) },
        { label: t('learning.enrolled'), value: row.enrolled },
        { label: t('learning.completed'), value: row.completed },
        {
          label: t('learning.rating'),
          value: row.rating === null ? t('learning.fewRatings') : `${row.rating / 10} / 5`,
        },
      ]}
    />
  )
}
