import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import type { Structure } from '@tongxin/contract/members.structure'
import { STRUCTURE_DIMENSIONS } from '@tongxin/domain/members/structure'
import { Button, DateInput, EmptyState, ErrorState, RefusalText, Skeleton, whenText } from '@tongxin/ui'
import { FileSpreadsheet, Printer } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { listBehind, type StructureFormat, saveStructure, structureQuery } from './structure.api.ts'
import { useMemberWords } from './use-member-words.ts'
import './structure.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(structureQuery(search))

/** Members by what they are, unit by unit, as of a day; every figure leads to its people. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { word } = useMemberWords()
  const query = useQuery(structureQuery(search))
  const by = STRUCTURE_DIMENSIONS.find((one) => one === search.by) ?? 'age'
  return (
    <div className="page">
      <title>{`${t('members.structure.title')} · ${t('shell.name')}`}</title>
      <header className="page-head">
        <h1>{t('members.structure.title')}</h1>
        <Acts search={search} />
      </header>
      <section className="filters no-print" aria-label={t('shared.filters')}>
        <div className="filter-row">
          <OrgPicker label={t('members.org')} value={search.orgId ?? ''} onChange={(orgId) => setSearch({ orgId })} />
          <DateInput
            label={t('members.structure.on')}
            value={search.on || (query.data?.on ?? '')}
            onChange={(on) => setSearch({ on })}
          />
        </div>
      </section>
      <nav className="structure-views no-print" aria-label={t('members.structure.by')}>
        {STRUCTURE_DIMENSIONS.map((one) => (
          <button
            key={one}
            type="button"
            aria-current={one === by ? 'page' : undefined}
            onClick={() => setSearch({ by: one })}
          >
            {word('structureBy', one)}
          </button>
        ))}
      </nav>
      {query.isPending ? <Skeleton lines={10} /> : null}
      {query.isError ? (
        <ErrorState
          error={query.error}
          labels={{ '/query/on': t('members.structure.on'), '/query/orgId': t('members.org') }}
          onRetry={() => void query.refetch()}
        />
      ) : null}
      {query.data && !query.isError ? <Table table={query.data} isStale={query.isPlaceholderData} /> : null}
    </div>
  )
}

function Acts({ search }: Pick<ScreenProps, 'search'>) {
  const { t, i18n } = useTranslation()
  const can = useCan()('members.export')
  const save = useMutation({ mutationFn: (format: StructureFormat) => saveStructure(search, format, i18n.language) })
  const act = (format: StructureFormat, Icon: typeof Printer) => (
    <Button
      icon={<Icon size="1.1em" aria-hidden="true" />}
      isBusy={save.isPending && save.variables === format}
      {...can}
      onClick={() => save.mutate(format)}
    >
      {t(`members.structure.save.${format}`)}
    </Button>
  )
  return (
    <div className="page-acts no-print">
      {act('csv', FileSpreadsheet)}
      {act('xlsx', FileSpreadsheet)}
      {act('docx', Printer)}
      {act('pdf', Printer)}
      <RefusalText error={save.error} />
    </div>
  )
}

function Table({ table, isStale }: { table: Structure; isStale: boolean }) {
  const { t, i18n } = useTranslation()
  const { word } = useMemberWords()
  const name = useValueNames(table.by)
  if (table.people === 0)
    return (
      <div className="panel">
        <EmptyState title={t('members.structure.nobody')}>{t('members.structure.nobodyHint')}</EmptyState>
      </div>
    )
  const rows = [
    { key: 'whole', orgId: table.orgId, below: true, name: word('structure', 'whole'), ...figuresOf(table) },
    ...table.rows.map((row) => ({
      key: row.isItself ? 'itself' : row.orgId,
      orgId: row.orgId,
      below: !row.isItself,
      name: row.isItself ? word('structure', 'itself') : row.orgName,
      ...figuresOf(row),
    })),
  ]
  return (
    <>
      <p className="structure-note">
        {t('members.structure.counted', {
          name: table.orgName,
          on: table.on,
          at: whenText(table.countedAt, Date.now(), i18n.language),
        })}
        {table.by === 'post' ? ` ${t('members.structure.postsNow')}` : ''}
        {table.isKept ? ` ${t('members.structure.kept', { days: table.keptDays.join(t('members.between')) })}` : ''}
      </p>
      <div className="rows panel structure-frame" data-stale={isStale || undefined}>
        <table className="structure-table" aria-label={t('members.structure.title')}>
          <thead>
            <tr>
              <th scope="col">{word('structure', 'unit')}</th>
              <th scope="col">{word('structure', 'people')}</th>
              {table.values.map((value) => (
                <th key={value} scope="col">
                  {name(value)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key} data-whole={row.key === 'whole' || undefined}>
                <th scope="row">{row.name}</th>
                <Cell table={table} row={row} value={null} people={row.people} />
                {table.values.map((value) => (
                  <Cell key={value} table={table} row={row} value={value} people={row.counts[value] ?? 0} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

const figuresOf = ({ people, counts }: Pick<Structure, 'people' | 'counts'>) => ({ people, counts })

/** A figure, with its share of the row where it is a part; it leads to its people as the records stand now. */
function Cell(props: {
  table: Structure
  row: { orgId: string; below: boolean; people: number; key: string }
  value: string | null
  people: number
}) {
  const { table, row, value, people } = props
  if (people === 0) return <td className="structure-none">0</td>
  const search = listBehind(table, row.orgId, row.below, value)
  return (
    <td>
      <Link to={paths.members.list()} search={search as never}>
        {people}
      </Link>
      {row.key === 'whole' && value !== null ? <small>{((people * 100) / row.people).toFixed(1)} %</small> : null}
    </td>
  )
}

/** What the columns are called. */
function useValueNames(by: Structure['by']): (value: string) => string {
  const { word, valueText } = useMemberWords()
  const groups = { age: 'structureAge', partyAge: 'structurePartyAge', education: 'structureEducation' } as const
  return (value) => {
    if (by === 'post') return word('post', value)
    if (value === 'none') return word('structure', by === 'partyAge' ? 'noneParty' : 'none')
    return by in groups ? word(groups[by as keyof typeof groups], value) : (valueText(by, value) ?? value)
  }
}
