import { useQuery } from '@tanstack/react-query'
import type { ArticleRecord } from '@tongxin/contract/publishing'
import { Button, dateOf, ErrorState, Skeleton } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextShown } from './ArticleShown.tsx'
import { versionQuery } from './publishing.api.ts'

/** Every version with its three hands; one is opened to be read. */
export function VersionsTab({ article }: { article: ArticleRecord }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<number | null>(null)
  return (
    <ul className="publishing-versions">
      {article.versions.map(({ number, note, editor, reviewer, finisher, shownAt }) => (
        <li key={number} className="publishing-box">
          <strong>{t('publishing.versionNumber', { number })}</strong>
          <span>{[editor, reviewer, finisher].filter((one) => one !== null).join(' → ')}</span>
          <span className="hint">
            {shownAt === null ? t('publishing.neverShown') : t('publishing.shownOn', { on: dateOf(shownAt) })}
            {note === null ? '' : ` · ${note}`}
          </span>
          <Button kind="quiet" aria-expanded={open === number} onClick={() => setOpen(open === number ? null : number)}>
            {t(open === number ? 'publishing.closeVersion' : 'publishing.readVersion')}
          </Button>
          {open === number ? <Version id={article.id} number={number} /> : null}
        </li>
      ))}
    </ul>
  )
}

function Version({ id, number }: { id: string; number: number }) {
  const query = useQuery(versionQuery(id, number))
  if (query.isPending) return <Skeleton lines={6} />
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return (
    <div className="publishing-stack">
      <TextShown text={query.data.text} />
    </div>
  )
}
