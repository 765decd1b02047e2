import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import type { ScoredRecord } from '@tongxin/contract/members.quality'
import { SCORE_PARTS } from '@tongxin/domain/members/score'
import { dateOf, EmptyState, Lamp } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../../paths.ts'
import { ListPage } from '../../../shared/list/ListPage.tsx'
import type { Column } from '../../../shared/list/types.ts'
import { useOrgName } from '../../../shared/OrgPicker.tsx'
import { useMemberWords } from '../use-member-words.ts'
import { recordsQuery } from './quality.api.ts'
import '../members.css'
import './quality.css'

export const loader = ({ params, search, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(recordsQuery(params.id ?? '', search))

/** As many fields are named as fit into a cell. */
const MOST_NAMED = 6

const columns: Column<ScoredRecord>[] = [
  {
    key: 'name',
    textKey: 'words.members.columns.name',
    render: (row) => <Link to={paths.members.one(row.id)}>{row.name}</Link>,
    isSortable: true,
    width: 120,
  },
  { key: 'memberNo', textKey: 'words.members.columns.memberNo', render: (row) => row.memberNo, width: 140 },
  { key: 'toMend', textKey: 'quality.toMend', render: (row) => <ToMend row={row} /> },
  {
    key: 'completeness',
    textKey: 'members.completeness',
    render: (row) => `${row.completeness} %`,
    isNumber: true,
    width: 110,
  },
  { key: 'updated', textKey: 'members.updated', render: (row) => dateOf(row.updatedAt), width: 120 },
  { key: 'act', textKey: 'members.act', render: (row) => <Mend row={row} />, width: 110 },
]

function ToMend({ row }: { row: ScoredRecord }) {
  const { t } = useTranslation()
  const { word, fieldLabel } = useMemberWords()
  const rest = row.fields.length - MOST_NAMED
  return (
    <span className="doubts">
      {row.codes.map((code) => (
        <Lamp key={code} state="warn">
          {word('quality', code)}
        </Lamp>
      ))}
      {row.fields.length === 0 ? null : (
        <span className="hint">
          {t('members.list', { names: row.fields.slice(0, MOST_NAMED).map(fieldLabel) })}
          {rest > 0 ? t('quality.andMore', { count: rest }) : null}
        </span>
      )}
    </span>
  )
}

function Mend({ row }: { row: ScoredRecord }) {
  const { t } = useTranslation()
  return <Link to={paths.members.edit(row.id)}>{t('quality.mend')}</Link>
}

/** The records behind one cell of the table; from each the form that mends it opens. */
export function Page({ params, search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const part = SCORE_PARTS.find((one) => one === search.part) ?? 'completeness'
  const orgName = useOrgName(params.id ?? '')
  return (
    <ListPage
      title={t('quality.recordsOf', { org: orgName, part: t(`quality.part.${part}`) })}
      columns={columns}
      rowKey={(row) => row.id}
      query={useQuery(recordsQuery(params.id ?? '', search))}
      search={search}
      setSearch={setSearch}
      lead={
        <>
          <nav className="views" aria-label={t('quality.parts')}>
            <Link to={paths.quality.scores()} activeOptions={{ exact: true }}>
              {t('quality.backToScores')}
            </Link>
            {SCORE_PARTS.map((one) => (
              <button
                key={one}
                type="button"
                aria-current={one === part ? 'page' : undefined}
                onClick={() => setSearch({ part: one, cursor: '' })}
              >
                {t(`quality.part.${one}`)}
              </button>
            ))}
          </nav>
          <p className="hint">{t(`quality.partHint.${part}`)}</p>
        </>
      }
      empty={<EmptyState title={t('quality.nothingToMend')} />}
    />
  )
}
