import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import { download } from '@tongxin/client/download'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { exportRounds, type RoundRow } from '@tongxin/contract/appraisal'
import { ROUND_STATES } from '@tongxin/contract/appraisal.words'
import { Button, EmptyState } from '@tongxin/ui'
import { ClipboardCheck, Plus, Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ListPage } from '../../shared/list/ListPage.tsx'
import { inPlace, listQuery } from '../../shared/list/list-search.ts'
import type { Column, Filter } from '../../shared/list/types.ts'
import { useSavedFilters } from '../../shared/list/use-saved-filters.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { roundsQuery } from './appraisal.api.ts'
import { OpenDialog } from './OpenDialog.tsx'
import { StateLamp } from './words.tsx'
import './appraisal.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(roundsQuery(search))

const COUNTS = ['selfHandedIn', 'sheetsReturned', 'told'] as const

function useColumns(): Column<RoundRow>[] {
  const { t } = useTranslation()
  return [
    { key: 'orgName', textKey: 'words.appraisal.column.orgName', render: (row) => row.orgName, isSortable: true },
    { key: 'year', textKey: 'words.appraisal.column.year', render: (row) => row.year, isSortable: true, width: 90 },
    { key: 'state', textKey: 'words.appraisal.column.state', render: (row) => <StateLamp row={row} />, width: 170 },
    ...COUNTS.map((key) => ({
      key,
      textKey: `words.appraisal.column.${key}`,
      render: (row: RoundRow) => t('appraisal.ofPeople', { count: row[key], people: row.people }),
      isNumber: true,
      width: 110,
    })),
    {
      key: 'dueOn',
      textKey: 'words.appraisal.column.dueOn',
      render: (row) => row.dueOn ?? '',
      isSortable: true,
      width: 120,
    },
  ]
}

const YEARS = 6

function useFilters(): Filter[] {
  const { t } = useTranslation()
  const year = new Date().getFullYear()
  return [
    { key: 'text', label: t('words.appraisal.column.orgName'), kind: 'text' },
    {
      key: 'year',
      label: t('words.appraisal.column.year'),
      kind: 'choice',
      options: Array.from({ length: YEARS }, (_, ago) => `${year - ago}`).map((value) => ({ value, label: value })),
    },
    {
      key: 'state',
      label: t('words.appraisal.column.state'),
      kind: 'choice',
      options: ROUND_STATES.map((value) => ({ value, label: t(`words.appraisal.state.${value}`) })),
    },
    {
      key: 'overdue',
      label: t('appraisal.overdue'),
      kind: 'choice',
      options: [{ value: 'true', label: t('appraisal.overdueOnly') }],
    },
    { key: 'orgId', label: t('appraisal.organisation'), kind: 'organisation', isMore: true },
  ]
}

/** Appraisals of the scope: one a branch and year, where it stands and how many have come how far. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t, i18n } = useTranslation()
  const { whyNot } = useCan()('appraisal.write')
  const [isOpening, setOpening] = useState(false)
  const save = (format: 'xlsx' | 'csv' | 'pdf') => {
    const {
      limit: _,
      sort: __,
      cursor: ___,
      below,
      overdue,
      year,
      ...texts
    } = listQuery<Record<string, string>>(inPlace(search))
    const filter = {
      ...texts,
      ...(below ? { below: below === 'true' } : {}),
      ...(overdue ? { overdue: overdue === 'true' } : {}),
      ...(year ? { year: Number(year) } : {}),
    }
    const language = i18n.language === 'en' ? ('en' as const) : ('zh-CN' as const)
    return download(exportRounds, { body: { filter: filter as never, format, language } })
  }
  const open = (
    <Button kind="primary" whyNot={whyNot} onClick={() => setOpening(true)}>
      <Plus aria-hidden="true" />
      {t('appraisal.open')}
    </Button>
  )
  return (
    <>
      <ListPage
        title={t('appraisal.title')}
        columns={useColumns()}
        rowKey={(row) => row.id}
        query={useQuery(roundsQuery(search))}
        search={search}
        setSearch={setSearch}
        filters={useFilters()}
        savedFilters={useSavedFilters('appraisal.rounds')}
        onExport={({ format }) => save(format)}
        primary={
          <>
            <Button icon={<Printer size="1.1em" aria-hidden="true" />} onClick={() => void save('pdf')}>
              {t('appraisal.print')}
            </Button>
            {open}
          </>
        }
        drawer={(row) => ({
          title: `${row.orgName} · ${row.year}`,
          path: paths.appraisal.one(row.id),
          body: <Glance row={row} />,
        })}
        empty={
          <EmptyState title={t('appraisal.none')} icon={<ClipboardCheck aria-hidden="true" />} act={open}>
            {t('appraisal.noneHint')}
          </EmptyState>
        }
      />
      {isOpening ? <OpenDialog onClose={() => setOpening(false)} /> : null}
    </>
  )
}

function Glance({ row }: { row: RoundRow }) {
  const { t } = useTranslation()
  return (
    <Facts
      facts={[
        { label: t('words.appraisal.column.state'), value: <StateLamp row={row} /> },
        { label: t('words.appraisal.column.people'), value: row.people },
        ...COUNTS.map((key) => ({ label: t(`words.appraisal.column.${key}`), value: row[key] })),
        ...(['selfDueOn', 'sheetDueOn', 'gradeDueOn', 'reportDueOn'] as const).map((key) => ({
          label: t(`appraisal.${key}`),
          value: row.dates[key],
        })),
      ]}
    />
  )
}
