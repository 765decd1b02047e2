import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Search } from '@tongxin/client/screen'
import type { Page as PageOfRows } from '@tongxin/contract/page'
import { Button, Drawer, EmptyState, ErrorState, Skeleton } from '@tongxin/ui'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BulkBar } from './BulkBar.tsx'
import { ColumnChooser, useShownColumns } from './ColumnChooser.tsx'
import { ExportButton } from './ExportButton.tsx'
import { FilterBar } from './FilterBar.tsx'
import { cleared, filtersOn, labelsOf } from './list-search.ts'
import { Pager } from './Pager.tsx'
import { RowsTable } from './RowsTable.tsx'
import type { BulkAct, Column, ExportRequest, Filter, RowLamp, RowView, SavedFilters } from './types.ts'

export type ListPageProps<Row> = {
  readonly title: string
  readonly columns: readonly Column<Row>[]
  readonly rowKey: (row: Row) => string
  readonly query: UseQueryResult<PageOfRows<Row>>
  readonly search: Search
  readonly setSearch: (change: Readonly<Record<string, string>>) => void
  /** The one primary act, at the right of the title. */
  readonly primary?: ReactNode
  readonly filters?: readonly Filter[]
  readonly savedFilters?: SavedFilters
  /** Opens beside the list and keeps the place; the open row is in the URL. */
  readonly drawer?: (row: Row) => RowView
  readonly lamp?: (row: Row) => RowLamp | null
  readonly bulk?: readonly BulkAct<Row>[]
  readonly onExport?: (request: ExportRequest) => Promise<void>
  readonly exportWhyNot?: string | undefined
  /** Shown when there is nothing at all, not when filters hide everything. */
  readonly empty?: ReactNode
  /** Above the table: an alert, a note. */
  readonly lead?: ReactNode
}

/** Every list of the desk: title and count, filters, columns, rows with the keyboard, drawer, bulk acts, export, pages. */
export function ListPage<Row>(props: ListPageProps<Row>) {
  const { t } = useTranslation()
  const { query, search, setSearch, filters = [] } = props
  const columns = useShownColumns(props.title, props.columns)
  const total = query.data?.total ?? null
  return (
    <div className="page">
      <title>{`${props.title} · ${t('shell.name')}`}</title>
      <header className="page-head">
        <h1>
          {props.title}
          {total === null ? null : <small className="count">{t('shared.count', { count: total })}</small>}
        </h1>
        <div className="page-acts no-print">
          {props.onExport ? (
            <ExportButton
              columns={columns.shown.map(({ key }) => key)}
              count={total}
              whyNot={props.exportWhyNot}
              onExport={props.onExport}
            />
          ) : null}
          <ColumnChooser columns={props.columns} hidden={columns.hidden} flip={columns.flip} />
          {props.primary}
        </div>
      </header>
      {filters.length > 0 ? (
        <FilterBar filters={filters} search={search} setSearch={setSearch} saved={props.savedFilters} />
      ) : null}
      {props.lead}
      <Rows {...props} columns={columns.shown} />
    </div>
  )
}

function Rows<Row>(props: ListPageProps<Row>) {
  const { t } = useTranslation()
  const { query, search, setSearch, rowKey, filters = [] } = props
  const [selected, setSelected] = useState<readonly string[]>([])
  if (query.isPending) return <Skeleton lines={12} />
  if (query.isError)
    return <ErrorState error={query.error} labels={labelsOf(filters, t)} onRetry={() => void query.refetch()} />
  const { rows, next, total } = query.data
  if (rows.length === 0 && filtersOn(filters, search).length > 0) {
    return (
      <div className="panel">
        <EmptyState
          title={t('shared.noneMatch')}
          act={<Button onClick={() => setSearch(cleared(filters))}>{t('shared.clearFilters')}</Button>}
        >
          {t('shared.noneMatchHint')}
        </EmptyState>
      </div>
    )
  }
  if (rows.length === 0) return <div className="panel">{props.empty ?? <EmptyState title={t('shared.noneYet')} />}</div>
  const chosen = rows.filter((row) => selected.includes(rowKey(row)))
  const first = props.columns[0]
  return (
    <>
      {props.bulk && chosen.length > 0 ? (
        <BulkBar
          rows={chosen}
          acts={props.bulk}
          rowKey={rowKey}
          nameOf={(row) => first?.render(row)}
          onDone={() => setSelected([])}
        />
      ) : null}
      <RowsTable
        {...props}
        rows={rows}
        isStale={query.isPlaceholderData}
        selected={selected}
        onSelect={props.bulk ? setSelected : undefined}
        onOpen={props.drawer ? (row) => setSearch({ open: rowKey(row) }) : undefined}
      />
      <Pager search={search} setSearch={setSearch} next={next} shown={rows.length} total={total} />
      <OpenRow {...props} rows={rows} />
    </>
  )
}

function OpenRow<Row>({ rows, rowKey, search, setSearch, drawer }: ListPageProps<Row> & { rows: readonly Row[] }) {
  const { t } = useTranslation()
  const row = rows.find((one) => rowKey(one) === search.open)
  if (!drawer || !row) return null
  const view = drawer(row)
  return (
    <Drawer
      isOpen
      onClose={() => setSearch({ open: '' })}
      title={view.title}
      acts={
        view.path ? (
          <Link className="tx-button" to={view.path}>
            {t('shared.fullPage')}
          </Link>
        ) : null
      }
    >
      {view.body}
    </Drawer>
  )
}
