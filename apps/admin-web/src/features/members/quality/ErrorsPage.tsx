import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import { ERROR_STATES, type ErrorRow } from '@tongxin/contract/members.errors'
import { dateOf, EmptyState, Lamp, type LampState } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../../paths.ts'
import { ListPage } from '../../../shared/list/ListPage.tsx'
import type { Column } from '../../../shared/list/types.ts'
import { useMemberWords } from '../use-member-words.ts'
import { QualityViews } from './QualityViews.tsx'
import { ALL_QUALITY, errorsQuery, QUALITY_EVENTS } from './quality.api.ts'
import '../members.css'
import './quality.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(errorsQuery(search))

export const ERROR_LAMPS: Readonly<Record<ErrorRow['state'], LampState>> = {
  open: 'warn',
  handled: 'info',
  appealed: 'warn',
  closed: 'idle',
}

const columns: Column<ErrorRow>[] = [
  { key: 'field', textKey: 'quality.error.field', render: (row) => <Field row={row} /> },
  {
    key: 'name',
    textKey: 'quality.about',
    render: (row) => <Link to={paths.members.one(row.memberId)}>{row.name}</Link>,
    width: 120,
  },
  { key: 'org', textKey: 'quality.org', render: (row) => row.orgName },
  { key: 'how', textKey: 'quality.error.foundHow', render: (row) => <How row={row} />, width: 130 },
  { key: 'found', textKey: 'quality.foundAt', render: (row) => dateOf(row.foundAt), isSortable: true, width: 120 },
  { key: 'state', textKey: 'quality.state', render: (row) => <State row={row} />, width: 210 },
]

function Field({ row }: { row: ErrorRow }) {
  const { fieldLabel } = useMemberWords()
  return <Link to={paths.quality.error(row.id)}>{fieldLabel(row.field)}</Link>
}

function How({ row }: { row: ErrorRow }) {
  const { t } = useTranslation()
  return t(`quality.error.how.${row.foundHow}`)
}

function State({ row }: { row: ErrorRow }) {
  const { t } = useTranslation()
  return (
    <span className="doubts">
      <Lamp state={ERROR_LAMPS[row.state]}>{t(`quality.error.states.${row.state}`)}</Lamp>
      {row.state !== 'closed' && row.isMended ? <Lamp state="ok">{t('quality.error.mended')}</Lamp> : null}
    </span>
  )
}

/** Errors found in approved records; `view=mine`: those in which I am named. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  useLive(QUALITY_EVENTS, ALL_QUALITY)
  const isMine = search.view === 'mine'
  return (
    <ListPage
      title={t('quality.view.errors')}
      columns={columns}
      rowKey={(row) => row.id}
      query={useQuery(errorsQuery(search))}
      search={search}
      setSearch={setSearch}
      filters={
        isMine
          ? []
          : [
              { key: 'orgId', label: t('quality.org'), kind: 'organisation' },
              {
                key: 'state',
                label: t('quality.state'),
                kind: 'choice',
                options: ERROR_STATES.map((value) => ({ value, label: t(`quality.error.states.${value}`) })),
              },
            ]
      }
      lead={
        <>
          <QualityViews now="errors" />
          <nav className="views" aria-label={t('quality.error.which')}>
            {(['all', 'mine'] as const).map((view) => (
              <button
                key={view}
                type="button"
                aria-current={(isMine ? 'mine' : 'all') === view ? 'page' : undefined}
                onClick={() => setSearch({ view: view === 'mine' ? view : '', cursor: '', state: '' })}
              >
                {t(`quality.error.${view}`)}
              </button>
            ))}
          </nav>
          <p className="hint">{t('quality.error.hint')}</p>
        </>
      }
      empty={<EmptyState title={t('quality.error.none')}>{t('quality.error.noneHint')}</EmptyState>}
    />
  )
}
