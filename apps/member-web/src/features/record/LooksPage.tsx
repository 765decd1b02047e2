import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import type { LoaderInput } from '@tongxin/client/screen'
import { Button, EmptyState, whenText } from '@tongxin/ui'
import { ShieldCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { looksQuery } from './record.api.ts'
import './record.css'

export const loader = ({ queryClient }: LoaderInput) => queryClient.ensureInfiniteQueryData(looksQuery)

/** Who looked at my sensitive data, when, at which field, and for what. */
export function Page() {
  const { t, i18n } = useTranslation()
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useSuspenseInfiniteQuery(looksQuery)
  const looks = data.pages.flatMap((page) => page.rows)
  return (
    <PageFrame title={t('record.looks')} lead={<p className="hint">{t('record.looksHint')}</p>}>
      {looks.length === 0 ? (
        <EmptyState title={t('record.noLooks')} icon={<ShieldCheck aria-hidden="true" />}>
          {t('record.noLooksHint')}
        </EmptyState>
      ) : (
        <ul className="looks">
          {looks.map((look) => (
            <li key={look.id} className="card">
              <strong>{t('record.looked', { by: look.by, field: t(`words.members.fields.${look.field}`) })}</strong>
              <p>{t('record.purpose', { purpose: look.purpose })}</p>
              <time dateTime={look.at}>{whenText(look.at, Date.now(), i18n.language)}</time>
            </li>
          ))}
        </ul>
      )}
      {hasNextPage ? (
        <Button wide isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('record.more')}
        </Button>
      ) : null}
    </PageFrame>
  )
}
