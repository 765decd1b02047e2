import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { OrgRecord } from '@tongxin/contract/org.record'
import { EmptyState, ErrorState, Skeleton } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { childrenQuery } from './org.api.ts'

/** The organisations directly below. */
export function BelowTab({ unit }: { unit: OrgRecord }) {
  const { t } = useTranslation()
  const { data, isPending, isError, error, refetch } = useQuery(childrenQuery(unit.id))
  if (isPending) return <Skeleton lines={5} />
  if (isError) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data.rows.length === 0) return <EmptyState title={t('org.noneBelow')}>{t('org.noneBelowHint')}</EmptyState>
  return (
    <>
      <table className="org-table">
        <thead>
          <tr>
            <th>{t('words.org.column.name')}</th>
            <th>{t('words.org.column.kind')}</th>
            <th>{t('words.org.column.secretary')}</th>
            <th className="number">{t('words.org.column.members')}</th>
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <tr key={row.id}>
              <td>
                <Link to={paths.org.one(row.id)}>{row.name}</Link>
              </td>
              <td>{t(`words.org.kind.${row.kind}`)}</td>
              <td>{row.secretary ?? '—'}</td>
              <td className="number">{row.members ?? '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {data.next ? (
        <p>
          <Link to={paths.org.list()} search={{ parentId: unit.id } as never}>
            {t('org.allBelow')}
          </Link>
        </p>
      ) : null}
    </>
  )
}
