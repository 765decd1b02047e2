import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import { Button, ErrorState, Skeleton } from '@tongxin/ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

type Pages<Row> = { readonly pages: readonly { readonly rows: readonly Row[] }[] }

/** Rows of all pages read so far: loading, failing, empty, and the next page. */
export function Rows<Row extends { readonly id: string }>(props: {
  query: UseInfiniteQueryResult<Pages<Row>>
  empty: ReactNode
  children: (row: Row) => ReactNode
}) {
  const { t } = useTranslation()
  const { query } = props
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? []
  if (query.isPending) return <Skeleton lines={6} />
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (rows.length === 0) return props.empty
  return (
    <>
      <ul className="study-list">
        {rows.map((row) => (
          <li key={row.id}>{props.children(row)}</li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('study.more')}
        </Button>
      ) : null}
    </>
  )
}
