import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { download } from '@tongxin/client/download'
import { exportMovements } from '@tongxin/contract/membership.months'
import { DECREASES } from '@tongxin/contract/membership.words'
import { Button, ErrorState, Skeleton } from '@tongxin/ui'
import { Download, Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { movementsQuery } from './membership.api.ts'

const DOWN: ReadonlySet<string> = new Set(DECREASES)

/** The people behind the figures of one unit: by cause, then one by one. */
export function Movements(props: { unitId: string; month: string; causes: Readonly<Record<string, number>> }) {
  const { t, i18n } = useTranslation()
  const { unitId: orgId, month } = props
  const [cursor, setCursor] = useState('')
  const { data, error, refetch } = useQuery(movementsQuery({ month, orgId, ...(cursor ? { cursor } : {}) }))
  const language = i18n.language === 'en' ? 'en' : 'zh-CN'
  const causes = Object.entries(props.causes).filter(([, people]) => people !== 0)
  return (
    <div className="movements">
      <ul className="membership-list">
        {causes.map(([cause, people]) => (
          <li key={cause}>
            {t(`words.membership.cause.${cause}`)} {DOWN.has(cause) ? '−' : '+'}
            {people}
          </li>
        ))}
      </ul>
      <div className="tx-acts">
        {(['xlsx', 'pdf'] as const).map((format) => (
          <Button
            key={format}
            onClick={() => void download(exportMovements, { body: { filter: { month, orgId }, format, language } })}
          >
            {format === 'pdf' ? <Printer aria-hidden="true" /> : <Download aria-hidden="true" />}
            {t(format === 'pdf' ? 'membership.printMovements' : 'membership.exportMovements')}
          </Button>
        ))}
      </div>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data ? (
        <table className="membership-table">
          <caption className="tx-hidden">{t('membership.movements')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('membership.on')}</th>
              <th scope="col">{t('membership.cause')}</th>
              <th scope="col">{t('membership.person')}</th>
              <th scope="col">{t('membership.people')}</th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => (
              <tr key={row.id}>
                <td>{row.on}</td>
                <td>{t(`words.membership.cause.${row.cause}`)}</td>
                <td>
                  {row.memberId && row.name ? (
                    <Link to={paths.members.one(row.memberId)}>{row.name}</Link>
                  ) : row.batchId ? (
                    <Link to={paths.imports.one(row.batchId)}>{t('membership.import')}</Link>
                  ) : (
                    t('membership.recordGone')
                  )}
                </td>
                <td>
                  {DOWN.has(row.cause) ? '−' : '+'}
                  {row.people}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : error ? null : (
        <Skeleton />
      )}
      {data?.next ? <Button onClick={() => setCursor(data.next ?? '')}>{t('membership.nextPage')}</Button> : null}
    </div>
  )
}
