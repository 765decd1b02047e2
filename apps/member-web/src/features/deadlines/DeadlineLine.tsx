import { Link } from '@tanstack/react-router'
import { postOf, useSession } from '@tongxin/client/session'
import type { DeadlineRow } from '@tongxin/contract/deadlines'
import { type DeadlineWords, deadlineTitle } from '@tongxin/contract/deadlines.words'
import { Lamp } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { ADMIN_ROOT } from '../../paths.ts'
import './deadlines.css'

type Files = Record<string, DeadlineWords>
const chinese = import.meta.glob<DeadlineWords>('../../../../../packages/contract/src/words/deadlines/*.zh-CN.json', {
  eager: true,
  import: 'default',
}) as Files
const english = import.meta.glob<DeadlineWords>('../../../../../packages/contract/src/words/deadlines/*.en.json', {
  eager: true,
  import: 'default',
}) as Files
const wordsOf = (files: Files): ReadonlyMap<string, DeadlineWords> =>
  new Map(Object.entries(files).map(([path, words]) => [path.split('/').at(-1)?.split('.')[0] ?? '', words]))
const WORDS = { 'zh-CN': wordsOf(chinese), en: wordsOf(english) }
const LAMPS = { green: 'ok', yellow: 'warn', red: 'late' } as const

/** One thing that is due: what, by when, and the way to where it is done. */
export function DeadlineLine({ row }: { row: DeadlineRow }) {
  const { t, i18n } = useTranslation()
  const isOfficer = postOf(useSession()) !== null
  const title = deadlineTitle(i18n.language === 'en' ? WORDS.en : WORDS['zh-CN'], row)
  const { lamp, daysLeft } = row
  const left =
    lamp === 'red'
      ? t('deadlines.late', { count: -daysLeft })
      : t(daysLeft === 0 ? 'deadlines.today' : 'deadlines.left', { count: daysLeft })
  return (
    <>
      <strong className="deadline-what">
        {row.phonePath ? (
          <Link to={row.phonePath}>{title}</Link>
        ) : row.deskPath && isOfficer ? (
          <a href={`${ADMIN_ROOT}${row.deskPath.slice(1)}`}>{title}</a>
        ) : (
          title
        )}
      </strong>
      <span className="deadline-when">
        <Lamp state={LAMPS[lamp]}>{left}</Lamp>
        <span className="hint">{t('deadlines.by', { on: row.dueOn })}</span>
      </span>
    </>
  )
}
