import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { RecordPage, type RecordTab } from '../../shared/pages/RecordPage.tsx'
import { gradesQuery, roundQuery } from './appraisal.api.ts'
import { CommentsTab } from './CommentsTab.tsx'
import { FeedbackTab } from './FeedbackTab.tsx'
import { GradesTab } from './GradesTab.tsx'
import { PapersTab } from './PapersTab.tsx'
import { ProgressTab } from './ProgressTab.tsx'
import { RoundActs } from './RoundActs.tsx'
import { StateLamp } from './words.tsx'
import './appraisal.css'

export const loader = ({ params, queryClient }: LoaderInput) =>
  Promise.all([
    queryClient.ensureQueryData(roundQuery(params.id ?? '')),
    queryClient.ensureQueryData(gradesQuery(params.id ?? '')),
  ])

const EVENTS = [
  'appraisal.sheet_returned',
  'appraisal.self_review_handed_in',
  'appraisal.result_signed',
  'appraisal.result_objected',
] as const
const COUNTED = new Set(['grading', 'checking', 'feedback', 'reported', 'closed'])
const TOLD = new Set(['feedback', 'reported', 'closed'])

/** One appraisal: its steps, how far everybody has come, grades, feedback and papers. */
export function Page({ params, search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const id = params.id ?? ''
  useLive(EVENTS, [roundQuery(id).queryKey, gradesQuery(id).queryKey])
  const { data: round } = useSuspenseQuery(roundQuery(id))
  const { data: table } = useSuspenseQuery(gradesQuery(id))
  const tabs: RecordTab[] = [
    { key: 'progress', label: t('appraisal.tab.progress'), body: <ProgressTab round={round} /> },
    { key: 'comments', label: t('appraisal.tab.comments'), body: <CommentsTab round={round} /> },
    ...(COUNTED.has(round.state)
      ? [
          {
            key: 'grades',
            label: t('appraisal.tab.grades'),
            body: <GradesTab key={table.version} round={round} table={table} />,
          },
        ]
      : []),
    ...(TOLD.has(round.state)
      ? [{ key: 'feedback', label: t('appraisal.tab.feedback'), body: <FeedbackTab round={round} table={table} /> }]
      : []),
    { key: 'papers', label: t('appraisal.tab.papers'), body: <PapersTab round={round} table={table} /> },
  ]
  return (
    <RecordPage
      trail={[{ label: t('appraisal.title'), path: paths.appraisal.list() }]}
      name={t('appraisal.nameOf', { org: round.orgName, year: round.year })}
      seal={t('appraisal.seal')}
      state={<StateLamp row={round} />}
      facts={[
        { label: t('words.appraisal.column.people'), value: round.people },
        { label: t('words.appraisal.column.dueOn'), value: round.dueOn ?? '—' },
        { label: t('appraisal.openedBy'), value: round.openedBy },
      ]}
      acts={<RoundActs round={round} />}
      search={search}
      setSearch={setSearch}
      tabs={tabs}
    />
  )
}
