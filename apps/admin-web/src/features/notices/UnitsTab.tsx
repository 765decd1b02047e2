import { useQuery } from '@tanstack/react-query'
import type { Search } from '@tongxin/client/screen'
import { Button, EmptyState, ErrorState, Skeleton } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { useOrgName } from '../../shared/OrgPicker.tsx'
import { unitsQuery } from './notices.api.ts'

type Props = {
  id: string
  needsConfirm: boolean
  search: Search
  setSearch: (change: Readonly<Record<string, string>>) => void
}

/** Receipts by unit, from the units that were named down to the branches. */
export function UnitsTab({ id, needsConfirm, search, setSearch }: Props) {
  const { t } = useTranslation()
  const parent = search.unit ?? ''
  const name = useOrgName(parent)
  const units = useQuery(unitsQuery(id, parent))
  if (units.isPending) return <Skeleton lines={5} />
  if (units.isError) return <ErrorState error={units.error} onRetry={() => void units.refetch()} />
  const { rows } = units.data
  return (
    <>
      {parent === '' ? null : (
        <p>
          <Button kind="quiet" onClick={() => setSearch({ unit: '' })}>
            {t('notices.toTop')}
          </Button>{' '}
          {name}
        </p>
      )}
      {rows.length === 0 ? (
        <EmptyState title={t('notices.noUnits')}>{t('notices.noUnitsHint')}</EmptyState>
      ) : (
        <table className="tx-diff notice-units">
          <caption className="tx-hidden">{t('notices.byUnit')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('notices.unit')}</th>
              {(
                ['meantCount', 'readBy', ...(needsConfirm ? (['confirmedBy'] as const) : []), 'answeredBy'] as const
              ).map((key) => (
                <th key={key} scope="col" className="number">
                  {t(`notices.${key}`)}
                </th>
              ))}
              <th scope="col">
                <span className="tx-hidden">{t('notices.look')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">
                  {row.hasBelow ? (
                    <Button kind="quiet" onClick={() => setSearch({ unit: row.id })}>
                      {row.name}
                    </Button>
                  ) : (
                    row.name
                  )}
                </th>
                <td className="number">{row.people}</td>
                <td className="number">{row.read}</td>
                {needsConfirm ? <td className="number">{row.confirmed}</td> : null}
                <td className="number">{row.answered}</td>
                <td>
                  <Button
                    kind="quiet"
                    onClick={() => setSearch({ tab: 'people', view: 'missing', orgId: row.id, cursor: '' })}
                  >
                    {t('notices.whoIsMissing')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}
