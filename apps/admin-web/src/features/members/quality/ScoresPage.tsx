import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import type { ScoreRow } from '@tongxin/contract/members.quality'
import { RED_BELOW, SCORE_PARTS, type ScorePart } from '@tongxin/domain/members/score'
import { EmptyState } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../../paths.ts'
import { ListPage } from '../../../shared/list/ListPage.tsx'
import type { Column } from '../../../shared/list/types.ts'
import { QualityViews } from './QualityViews.tsx'
import { ALL_QUALITY, percentOf, QUALITY_EVENTS, saveScores, scoresQuery } from './quality.api.ts'
import '../members.css'
import './quality.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(scoresQuery(search))

const LEFT = { completeness: 'incomplete', conflicts: 'doubtful', freshness: 'stale', errors: 'wrong' } as const

const columns: Column<ScoreRow>[] = [
  { key: 'org', textKey: 'quality.branch', render: (row) => row.orgName, isSortable: true },
  { key: 'people', textKey: 'quality.people', render: (row) => row.people, isNumber: true, width: 90 },
  {
    key: 'score',
    textKey: 'quality.score',
    render: (row) => <strong>{percentOf(row.score)}</strong>,
    isSortable: true,
    isNumber: true,
    width: 110,
  },
  ...SCORE_PARTS.map((part) => ({
    key: part,
    textKey: `quality.part.${part}`,
    render: (row: ScoreRow) => <Cell row={row} part={part} />,
    width: 150,
  })),
]

/** A part of the score; what is below the line is red, and each cell with something to mend opens it. */
function Cell({ row, part }: { row: ScoreRow; part: ScorePart }) {
  const { t } = useTranslation()
  const left = row[LEFT[part]]
  if (left === 0) return <span className="score-cell">{percentOf(row[part])}</span>
  return (
    <Link
      className="score-cell"
      data-red={row[part] < RED_BELOW || undefined}
      to={paths.quality.records(row.orgId)}
      search={{ part } as never}
    >
      {percentOf(row[part])}
      <span className="hint">{t('quality.left', { count: left })}</span>
    </Link>
  )
}

/** The quality of the records, branch by branch. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t, i18n } = useTranslation()
  const { whyNot } = useCan()('members.export')
  useLive(QUALITY_EVENTS, ALL_QUALITY)
  const query = useQuery(scoresQuery(search))
  const { whole, weights } = query.data ?? {}
  return (
    <ListPage
      title={t('quality.title')}
      columns={columns}
      rowKey={(row) => row.orgId}
      query={query}
      search={search}
      setSearch={setSearch}
      filters={[{ key: 'orgId', label: t('quality.org'), kind: 'organisation' }]}
      lead={
        <>
          <QualityViews now="scores" />
          {whole ? (
            <p className="score-whole">
              {t('quality.whole', { score: percentOf(whole.score), people: whole.people })}
              {weights ? <span className="hint">{t('quality.weights', weights)}</span> : null}
            </p>
          ) : null}
        </>
      }
      onExport={({ format, purpose }) => saveScores(search, { format, purpose }, i18n.language)}
      exportWhyNot={whyNot}
      empty={<EmptyState title={t('quality.noScores')}>{t('quality.noScoresHint')}</EmptyState>}
    />
  )
}
