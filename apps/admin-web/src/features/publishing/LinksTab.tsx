import type { LinkState } from '@tongxin/contract/publishing.words'
import { dateOf, EmptyState, Lamp } from '@tongxin/ui'
import { Link2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'

const LAMPS = { unchecked: 'idle', sound: 'ok', broken: 'late' } as const

/** Where the text leads, and what was found there. */
export function LinksTab({ links }: { links: readonly LinkState[] }) {
  const { t } = useTranslation()
  const saidBy = (said: string | null) =>
    said === null ? null : /^\d+$/.test(said) ? `HTTP ${said}` : t('publishing.notReached')
  if (links.length === 0)
    return (
      <EmptyState title={t('publishing.noLinks')} icon={<Link2 aria-hidden="true" />}>
        {t('publishing.noLinksHint')}
      </EmptyState>
    )
  return (
    <ul className="publishing-versions">
      {links.map(({ url, state, said, checkedAt }) => (
        <li key={url} className="publishing-box">
          <Lamp state={LAMPS[state]}>{t(`words.publishing.linkState.${state}`)}</Lamp>
          <a href={url} target="_blank" rel="noopener noreferrer nofollow">
            {url}
          </a>
          <span className="hint">
            {[checkedAt === null ? null : t('publishing.checkedOn', { on: dateOf(checkedAt) }), saidBy(said)]
              .filter((one) => one !== null)
              .join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  )
}
