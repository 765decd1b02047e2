import type { InboxRow } from '@tongxin/contract/notices'
import { dateOf, timeOf } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'

const INSTANT = /^\d{4}-\d\d-\d\dT/

/** Title and text of a notice: as written by a person, or the words of its kind filled with its facts. */
export function useNoticeWords(): (notice: Pick<InboxRow, 'kind' | 'title' | 'body' | 'facts'>) => {
  title: string
  body: string
} {
  const { t } = useTranslation()
  return ({ kind, title, body, facts }) => {
    const filled = Object.fromEntries(
      Object.entries(facts).map(([name, value]) => [
        name,
        INSTANT.test(String(value)) ? `${dateOf(value)} ${timeOf(value)}` : value,
      ]),
    )
    return {
      title: title ?? t(`notices.kind.${kind}.title`, filled),
      body: body ?? t(`notices.kind.${kind}.body`, filled),
    }
  }
}
