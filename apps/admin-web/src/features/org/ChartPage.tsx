import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import type { ChartNode } from '@tongxin/contract/org.record'
import { PrintPage } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { chartQuery } from './org.api.ts'
import './org.css'

export const loader = ({ params, queryClient }: LoaderInput) => queryClient.ensureQueryData(chartQuery(params.id ?? ''))

/** 组织架构图: an organisation and everything below it, as it comes out of the printer. */
export function Page({ params }: ScreenProps) {
  const { t } = useTranslation()
  const id = params.id ?? ''
  const { data } = useSuspenseQuery(chartQuery(id))
  const below = new Map<string, ChartNode[]>()
  for (const node of data.rows) below.set(node.parentId ?? '', [...(below.get(node.parentId ?? '') ?? []), node])
  const top = data.rows.find((node) => node.id === id)
  if (!top) return null
  return (
    <div className="page">
      <title>{`${t('org.chart')} · ${t('shell.name')}`}</title>
      <PrintPage title={t('org.chartOf', { name: top.name })}>
        <ul className="org-chart">
          <Branch node={top} below={below} />
        </ul>
      </PrintPage>
    </div>
  )
}

function Branch({ node, below }: { node: ChartNode; below: ReadonlyMap<string, readonly ChartNode[]> }) {
  const { t } = useTranslation()
  const children = below.get(node.id) ?? []
  return (
    <li>
      <div>
        <strong>{node.name}</strong>
        <span>
          {t('org.chartLine', {
            kind: t(`words.org.kind.${node.kind}`),
            secretary: node.secretary ?? t('org.nobody'),
            count: node.members,
          })}
        </span>
      </div>
      {children.length > 0 ? (
        <ul>
          {children.map((child) => (
            <Branch key={child.id} node={child} below={below} />
          ))}
        </ul>
      ) : null}
    </li>
  )
}
