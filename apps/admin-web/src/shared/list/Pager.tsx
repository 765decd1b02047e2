import type { Search } from '@tongxin/client/screen'
import { Button } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PAGE_SIZES } from './list-search.ts'

/** Forward by the cursor of the page, back by the cursors passed on the way, and how many rows a page has. */
export function Pager(props: {
  search: Search
  setSearch: (change: Readonly<Record<string, string>>) => void
  next: string | null
  shown: number
  total: number | null
}) {
  const { t } = useTranslation()
  const { search, setSearch, next } = props
  const [passed, setPassed] = useState<readonly string[]>([])
  const cursor = search.cursor ?? ''
  // A page reached by a link has no way behind it: back leads to the first page.
  const back = () => {
    setSearch({ cursor: passed.at(-1) ?? '' })
    setPassed(passed.slice(0, -1))
  }
  const forward = () => {
    setPassed([...passed, cursor])
    setSearch({ cursor: next ?? '' })
  }
  return (
    <nav className="pager no-print" aria-label={t('shared.pages')}>
      <span className="hint">
        {props.total === null
          ? t('shared.rowsShown', { count: props.shown })
          : t('shared.rowsOf', { shown: props.shown, count: props.total })}
      </span>
      <label>
        {t('shared.perPage')}
        <select
          className="tx-input"
          value={search.limit ?? PAGE_SIZES[0]}
          onChange={(event) => setSearch({ limit: event.target.value, cursor: '' })}
        >
          {PAGE_SIZES.map((size) => (
            <option key={size}>{size}</option>
          ))}
        </select>
      </label>
      {cursor === '' ? null : <Button onClick={back}>{t('shared.previousPage')}</Button>}
      {next === null ? null : <Button onClick={forward}>{t('shared.nextPage')}</Button>}
    </nav>
  )
}
