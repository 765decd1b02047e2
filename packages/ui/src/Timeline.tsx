import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { whenText } from './when.ts'

export type TimelineEntry = {
  readonly id: string
  /** Instant, UTC. */
  readonly at: string
  readonly who: string
  readonly what: ReactNode
  readonly changes?: readonly { readonly field: string; readonly old: string | null; readonly new: string | null }[]
  readonly reason?: string
  /** The article or document behind it. */
  readonly cite?: ReactNode
}

/** Who did what, when, what changed from old to new, and on what ground; newest first as given. */
export function Timeline({ entries, now }: { entries: readonly TimelineEntry[]; now?: number }) {
  const { t, i18n } = useTranslation()
  const seenAt = now ?? Date.now()
  return (
    <ol className="tx-timeline">
      {entries.map((entry) => (
        <li key={entry.id}>
          <strong>{entry.what}</strong>
          <span className="tx-who">
            {entry.who} · <time dateTime={entry.at}>{whenText(entry.at, seenAt, i18n.language)}</time>
          </span>
          {entry.changes?.map((change) => (
            <span key={change.field} className="tx-change">
              {change.field}
              <del>{change.old ?? t('ui.nothing')}</del>
              <span aria-hidden="true">→</span>
              <ins>{change.new ?? t('ui.nothing')}</ins>
            </span>
          ))}
          {entry.reason ? <span className="tx-cite">{t('ui.because', { reason: entry.reason })}</span> : null}
          {entry.cite ? <span className="tx-cite">{entry.cite}</span> : null}
        </li>
      ))}
    </ol>
  )
}
