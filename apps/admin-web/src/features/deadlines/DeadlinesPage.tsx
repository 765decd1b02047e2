import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { download } from '@tongxin/client/download'
import { type LoaderInput, parseSearch, type ScreenProps } from '@tongxin/client/screen'
import { DEADLINE_LAMPS, DEADLINE_STATES, type DeadlineRow, exportDeadlines } from '@tongxin/contract/deadlines'
import { EmptyState, Lamp, type LampState } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column, Filter } from '../../shared/list/types.ts'
import { useSavedFilters } from '../../shared/list/use-saved-filters.ts'
import { countsQuery, deadlinesQuery } from './deadlines.api.ts'
import { LAMP_STATES, useDeadlineWords } from './use-deadline-words.ts'
import './deadlines.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(deadlinesQuery(search))

const lampOf = (row: DeadlineRow): LampState => (row.state === 'open' ? LAMP_STATES[row.lamp] : 'idle')

function useColumns(): Column<DeadlineRow>[] {
  const words = useDeadlineWords()
  return [
    {
      key: 'what',
      textKey: 'deadlines.what',
      render: (row) => <Place path={row.deskPath}>{words.title(row)}</Place>,
    },
    {
      key: 'lamp',
      textKey: 'deadlines.lampLabel',
      render: (row) => <Lamp state={lampOf(row)}>{words.left(row)}</Lamp>,
      width: 150,
    },
    { key: 'dueOn', textKey: 'deadlines.dueOn', render: (row) => row.dueOn, isSortable: true, width: 120 },
    { key: 'unit', textKey: 'deadlines.unit', render: (row) => row.unitName ?? '', width: 260 },
    { key: 'module', textKey: 'deadlines.module', render: (row) => words.module(row.kind), width: 120 },
    {
      key: 'startsOn',
      textKey: 'deadlines.startsOn',
      render: (row) => row.startsOn,
      width: 120,
      isHiddenAtFirst: true,
    },
  ]
}

function Place({ path, children }: { path: string | null; children: string }) {
  if (!path) return children
  const [to = '/', search = ''] = path.split('?')
  return (
    <Link to={to} search={parseSearch(search) as never}>
      {children}
    </Link>
  )
}

function useFilters(): Filter[] {
  const { t } = useTranslation()
  const { modules } = useDeadlineWords()
  return [
    {
      key: 'lamp',
      label: t('deadlines.lampLabel'),
      kind: 'choice',
      options: DEADLINE_LAMPS.map((value) => ({ value, label: t(`deadlines.lamp.${value}`) })),
    },
    { key: 'module', label: t('deadlines.module'), kind: 'choice', options: modules },
    { key: 'orgId', label: t('deadlines.unit'), kind: 'organisation' },
    { key: 'due', label: t('deadlines.dueOn'), kind: 'dates', isMore: true },
    {
      key: 'state',
      label: t('deadlines.stateLabel'),
      kind: 'choice',
      options: DEADLINE_STATES.map((value) => ({ value, label: t(`deadlines.state.${value}`) })),
      isMore: true,
    },
  ]
}

/** Everything of the scope that has to be done by a day and falls to this post, the nearest first. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t, i18n } = useTranslation()
  return (
    <ListPage
      title={t('deadlines.title')}
      columns={useColumns()}
      rowKey={(row) => row.id}
      query={useQuery(deadlinesQuery(search))}
      search={search}
      setSearch={setSearch}
      filters={useFilters()}
      savedFilters={useSavedFilters('deadlines.list')}
      lead={<Counts search={search} setSearch={setSearch} />}
      onExport={({ purpose }) => {
        const { lamp, module, orgId, below, dueFrom, dueTo, state } = search
        const asked = { lamp, module, orgId, dueFrom, dueTo, state, ...(orgId ? { below: below === 'true' } : {}) }
        const filters = Object.fromEntries(
          Object.entries(asked).filter(([, value]) => value !== undefined && value !== ''),
        )
        const language = i18n.language === 'en' ? 'en' : 'zh-CN'
        return download(exportDeadlines, { body: { ...filters, purpose, language } as never })
      }}
      empty={<EmptyState title={t('deadlines.none')}>{t('deadlines.noneHint')}</EmptyState>}
    />
  )
}

/** How many of each lamp there are; pressing one shows only these, pressing it again shows all. */
function Counts({ search, setSearch }: Pick<ScreenProps, 'search' | 'setSearch'>) {
  const { t } = useTranslation()
  const { data } = useQuery(countsQuery(search))
  if (!data || (search.state ?? '') !== '') return null
  return (
    <fieldset className="lamp-counts no-print">
      <legend className="tx-hidden">{t('deadlines.byLamp')}</legend>
      {(['red', 'yellow', 'green'] as const).map((lamp) => (
        <button
          key={lamp}
          type="button"
          aria-pressed={search.lamp === lamp}
          onClick={() => setSearch({ lamp: search.lamp === lamp ? '' : lamp, cursor: '' })}
        >
          <Lamp state={LAMP_STATES[lamp]}>{t(`deadlines.lamp.${lamp}`)}</Lamp>
          <strong>{data[lamp]}</strong>
        </button>
      ))}
    </fieldset>
  )
}
