import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import { download } from '@tongxin/client/download'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { postOf, sessionQuery, useSession } from '@tongxin/client/session'
import { useLive } from '@tongxin/client/stream'
import { HOST_NATURES, ORG_KINDS, type OrgRow } from '@tongxin/contract/org'
import { exportOrgs } from '@tongxin/contract/org.record'
import { Button, DateInput, EmptyState } from '@tongxin/ui'
import { ChevronRight, Network, Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column, Filter } from '../../shared/list/types.ts'
import { useSavedFilters } from '../../shared/list/use-saved-filters.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { ALL_ORGS, ORG_EVENTS, orgQuery, orgsQuery } from './org.api.ts'
import './org.css'

export const loader = async ({ search, queryClient }: LoaderInput) => {
  const session = await queryClient.ensureQueryData(sessionQuery)
  return queryClient.ensureQueryData(orgsQuery(search, postOf(session)?.orgId ?? ''))
}

function useColumns(search: ScreenProps['search']): Column<OrgRow>[] {
  const { t } = useTranslation()
  const below = (row: OrgRow) =>
    row.children === 0 ? (
      '—'
    ) : (
      <Link
        className="go-below"
        to={paths.org.list()}
        search={{ parentId: row.id, ...(search.asOf ? { asOf: search.asOf } : {}) } as never}
        onClick={(event) => event.stopPropagation()}
      >
        {t('org.belowCount', { count: row.children })}
        <ChevronRight aria-hidden="true" size="1em" />
      </Link>
    )
  return [
    { key: 'name', textKey: 'words.org.column.name', render: (row) => row.name, isSortable: true },
    { key: 'kind', textKey: 'words.org.column.kind', render: (row) => t(`words.org.kind.${row.kind}`), width: 120 },
    { key: 'secretary', textKey: 'words.org.column.secretary', render: (row) => row.secretary ?? '—', width: 110 },
    {
      key: 'members',
      textKey: 'words.org.column.members',
      isNumber: true,
      render: (row) => row.members ?? '—',
      width: 90,
    },
    { key: 'children', textKey: 'org.below', render: below, width: 130 },
    { key: 'termUntil', textKey: 'words.org.column.termUntil', render: (row) => row.termUntil ?? '—', width: 120 },
    { key: 'code', textKey: 'words.org.column.code', render: (row) => row.code ?? '', isHiddenAtFirst: true },
  ]
}

/** What the tree of an earlier day can be narrowed by. */
const THEN = new Set(['search', 'kind'])

function useFilters(): Filter[] {
  const { t } = useTranslation()
  return [
    { key: 'search', label: t('org.keyword'), kind: 'text' },
    {
      key: 'kind',
      label: t('words.org.column.kind'),
      kind: 'choice',
      options: ORG_KINDS.map((value) => ({ value, label: t(`words.org.kind.${value}`) })),
    },
    {
      key: 'withoutSecretary',
      label: t('words.org.column.secretary'),
      kind: 'choice',
      options: [{ value: 'true', label: t('org.withoutSecretary') }],
    },
    {
      key: 'termEndsWithin',
      label: t('words.org.column.termUntil'),
      kind: 'choice',
      options: ['0', '1', '3', '6', '12'].map((value) => ({
        value,
        label: value === '0' ? t('org.termEnded') : t('org.termEndsWithin', { count: Number(value) }),
      })),
    },
    { key: 'members', label: t('words.org.column.members'), kind: 'numbers', isMore: true },
    {
      key: 'nature',
      label: t('org.fact.hostUnitNature'),
      kind: 'choice',
      options: HOST_NATURES.map((value) => ({ value, label: t(`words.org.nature.${value}`) })),
    },
    {
      key: 'stars',
      label: t('org.fact.stars'),
      kind: 'choice',
      options: ['5', '4', '3', '2', '1', '0'].map((value) => ({ value, label: t('org.starsOf', { stars: value }) })),
    },
  ]
}

/** The organisations of the scope, level by level, filtered, or as they were on an earlier day. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t, i18n } = useTranslation()
  const can = useCan()
  const top = postOf(useSession())?.orgId ?? ''
  useLive(ORG_EVENTS, ALL_ORGS)
  const parentId = search.parentId || top
  const { whyNot } = can('org.write')
  return (
    <ListPage
      title={t('org.title')}
      columns={useColumns(search)}
      rowKey={(row) => row.id}
      query={useQuery(orgsQuery(search, top))}
      search={search}
      setSearch={setSearch}
      savedFilters={useSavedFilters('org.list')}
      filters={useFilters().filter(({ key }) => !search.asOf || THEN.has(key))}
      lead={<Level parentId={parentId} search={search} setSearch={setSearch} />}
      primary={
        whyNot === undefined ? (
          <Link className="tx-button" data-kind="primary" to={paths.org.found()} search={{ parentId } as never}>
            <Plus size="1.1em" aria-hidden="true" />
            {t('org.found')}
          </Link>
        ) : null
      }
      drawer={(row) => ({ title: row.name, path: paths.org.one(row.id), body: <Glance row={row} /> })}
      onExport={({ purpose }) =>
        download(exportOrgs, {
          body: {
            purpose,
            parentId,
            language: i18n.language === 'en' ? 'en' : 'zh-CN',
            ...(search.kind ? { kind: search.kind as OrgRow['kind'] } : {}),
          },
        })
      }
      empty={
        <EmptyState
          title={t('org.noneBelow')}
          act={
            <Link className="tx-button" to={paths.org.one(parentId)}>
              {t('org.openThis')}
            </Link>
          }
        >
          {t('org.noneBelowHint')}
        </EmptyState>
      }
    />
  )
}

/** Where the list stands in the tree, and on which day. */
function Level({ parentId, search, setSearch }: { parentId: string } & Pick<ScreenProps, 'search' | 'setSearch'>) {
  const { t } = useTranslation()
  const { data: unit } = useQuery(orgQuery(parentId))
  return (
    <div className="org-level">
      <nav className="trail" aria-label={t('shared.trail')}>
        {unit?.trail.map((step) => (
          <span key={step.id}>
            <Link to={paths.org.list()} search={{ parentId: step.id } as never}>
              {step.name}
            </Link>
            <ChevronRight aria-hidden="true" />
          </span>
        ))}
        {unit ? <Link to={paths.org.one(unit.id)}>{unit.name}</Link> : null}
      </nav>
      <div className="org-day">
        <DateInput
          label={t('org.asOf')}
          value={search.asOf ?? ''}
          onChange={(asOf) => setSearch({ asOf, cursor: '' })}
        />
        {search.asOf ? <Button onClick={() => setSearch({ asOf: '', cursor: '' })}>{t('org.today')}</Button> : null}
        <Link className="tx-button" to={paths.org.chart(parentId)}>
          <Network size="1.1em" aria-hidden="true" />
          {t('org.chart')}
        </Link>
      </div>
      {search.asOf ? (
        <p className="org-past" role="status">
          {t('org.asOfNote', { on: search.asOf })}
        </p>
      ) : null}
    </div>
  )
}

function Glance({ row }: { row: OrgRow }) {
  const { t } = useTranslation()
  return (
    <Facts
      facts={[
        { label: t('words.org.column.kind'), value: t(`words.org.kind.${row.kind}`) },
        { label: t('words.org.column.code'), value: row.code ?? '—' },
        { label: t('words.org.column.secretary'), value: row.secretary ?? '—' },
        { label: t('words.org.column.members'), value: row.members ?? '—' },
        { label: t('words.org.column.termUntil'), value: row.termUntil ?? '—' },
      ]}
    />
  )
}
