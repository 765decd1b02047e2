import type { Search } from '@tongxin/client/screen'
import { Lamp } from '@tongxin/ui'
import { Table, type TableProps } from 'antd'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column, RowLamp } from './types.ts'

type Props<Row> = {
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  title: string
  lamp?: (row: Row) => RowLamp | null
  search: Search
  setSearch: (change: Readonly<Record<string, string>>) => void
  /** The rows of the previous query stay, dimmed, while the next ones come. */
  isStale: boolean
  selected: readonly string[]
  onSelect: ((keys: readonly string[]) => void) | undefined
  onOpen: ((row: Row) => void) | undefined
}

/**
 * The table proper. The header and the totals stay in view by our own style sheet: Ant Design's `sticky` and `scroll`
 * measure the scroll bar with a style element that has no nonce. Arrow keys move through the rows, Enter opens, Space selects.
 */
export function RowsTable<Row>(props: Props<Row>) {
  const { rows, rowKey, onOpen, onSelect, selected } = props
  const frame = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState(0)
  const focusRow = (index: number) => {
    setAt(index)
    frame.current?.querySelectorAll<HTMLElement>('[data-row-index]')[index]?.focus()
  }
  const flip = (key: string) =>
    onSelect?.(selected.includes(key) ? selected.filter((one) => one !== key) : [...selected, key])
  const press = (event: KeyboardEvent<HTMLElement>, row: Row, index: number) => {
    // Keys inside a cell's own button or link belong to it.
    if (event.target !== event.currentTarget) return
    if (event.key === 'ArrowDown') focusRow(Math.min(index + 1, rows.length - 1))
    else if (event.key === 'ArrowUp') focusRow(Math.max(index - 1, 0))
    else if (event.key === 'Enter') onOpen?.(row)
    else if (event.key === ' ') flip(rowKey(row))
    else return
    event.preventDefault()
  }
  const onRow: NonNullable<TableProps<Row>['onRow']> = (row, index = 0) => ({
    tabIndex: index === Math.min(at, rows.length - 1) ? 0 : -1,
    'data-row-index': index,
    'aria-selected': onSelect ? selected.includes(rowKey(row)) : undefined,
    'data-opens': onOpen ? true : undefined,
    onFocus: () => setAt(index),
    onKeyDown: (event) => press(event, row, index),
    onClick: (event) => {
      if (event.target instanceof HTMLElement && event.target.closest('a, button, input, label')) return
      onOpen?.(row)
    },
  })
  return (
    <div ref={frame} className="rows panel" data-stale={props.isStale || undefined}>
      <Table<Row>
        size="small"
        tableLayout="auto"
        pagination={false}
        rowKey={rowKey}
        dataSource={rows as Row[]}
        // A row may have a member `children` of its own; the table would take it for rows below.
        expandable={{ childrenColumnName: 'rowsBelow' }}
        onRow={onRow}
        {...useTableParts(props)}
      />
    </div>
  )
}

function useTableParts<Row>(props: Props<Row>): TableProps<Row> {
  const { t } = useTranslation()
  const { columns, rows, lamp, search, setSearch, selected, onSelect } = props
  const orderOf = (key: string): 'ascend' | 'descend' | null =>
    search.sort === key ? 'ascend' : search.sort === `-${key}` ? 'descend' : null
  const parts: TableProps<Row> = {
    columns: [
      ...(lamp
        ? [{ key: 'lamp', title: t('shared.state'), width: 110, render: (_: unknown, row: Row) => lampOf(lamp(row)) }]
        : []),
      ...columns.map((column) => ({
        key: column.key,
        title: t(column.textKey),
        ...(column.width ? { width: column.width } : {}),
        ...(column.isNumber ? { align: 'end' as const } : {}),
        ...(column.isSortable ? { sorter: true, sortOrder: orderOf(column.key) } : {}),
        render: (_: unknown, row: Row) => column.render(row),
      })),
    ],
    onChange: (_pages, _filters, sorter) => {
      const one = Array.isArray(sorter) ? sorter[0] : sorter
      const sort = one?.order ? `${one.order === 'descend' ? '-' : ''}${String(one.columnKey)}` : ''
      setSearch({ sort, cursor: '' })
    },
  }
  if (onSelect)
    parts.rowSelection = {
      selectedRowKeys: [...selected],
      onChange: (keys) => onSelect(keys.map(String)),
      columnWidth: 44,
    }
  if (columns.some((column) => column.total)) {
    const before = (onSelect ? 1 : 0) + (lamp ? 1 : 0)
    parts.summary = () => (
      <Table.Summary>
        <Table.Summary.Row>
          {before > 0 ? <Table.Summary.Cell index={0} colSpan={before} /> : null}
          {columns.map((column, index) => (
            <Table.Summary.Cell
              key={column.key}
              index={before + index}
              {...(column.isNumber ? { align: 'end' as const } : {})}
            >
              {column.total?.(rows) ?? (index === 0 ? t('shared.totals') : null)}
            </Table.Summary.Cell>
          ))}
        </Table.Summary.Row>
      </Table.Summary>
    )
  }
  return parts
}

const lampOf = (lamp: RowLamp | null) => (lamp ? <Lamp state={lamp.state}>{lamp.word}</Lamp> : null)
