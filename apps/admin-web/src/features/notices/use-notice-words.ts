import type { InboxRow } from '@tongxin/contract/notices'
import { dateOf, timeOf } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'

const INSTANT = /^\d{4}-\d\d-\d\dT/
type Words = Pick<InboxRow, 'kind' | 'title' | 'body' | 'facts'>

/** Title and text of a notice: as written by a person, or the words of its kind filled with its facts. */
export function useNoticeWords(): (notice: Words) => { title: string; body: string } {
  const { t } = useTranslation()
  return ({ kind, title, body, facts }) => {
    const filled = Object.fromEntries(
      Object.entries(facts).map(([name, value]) => {
        if (name === 'kinds') {
          const kinds = String(value).split(',')
          return [name, kinds.map((one) => t(`meetings.kinds.${one}`)).join(t('notices.comma'))]
        }
        return [name, INSTANT.test(String(value)) ? `${dateOf(value)} ${timeOf(value)}` : value]
      }),
    )
    return {
      title: title ?? t(`notices.kind.${kind}.title`, filled),
      body: body ?? t(`notices.kind.${kind}.body`, filled),
    }
  }
}

/** The page of the desk where the matter of a notice is. */
export function placeOf(notice: Pick<InboxRow, 'kind' | 'path'>): string | null {
  if (notice.kind === 'kinds_missing') return paths.meetings.ledger()
  if (notice.kind === 'import_waiting' || notice.kind === 'import_returned') return paths.imports.list()
  if (notice.kind === 'change_returned') return paths.memberChanges.list()
  if (notice.kind.startsWith('error_')) return `${paths.quality.errors()}?view=mine`
  return notice.path
}
