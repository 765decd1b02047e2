import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import { useLive } from '@tongxin/client/stream'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { CHANGE_EVENTS, changesQuery } from './members.api.ts'

/** Proposals that wait for this person's first or second review. */
export function Part() {
  const { t } = useTranslation()
  const can = useCan()
  const mayFirst = can('members.review').whyNot === undefined
  const maySecond = can('members.approve').whyNot === undefined
  useLive(CHANGE_EVENTS, [['member-changes']])
  const first = useQuery({ ...changesQuery('first', { limit: '100' }), enabled: mayFirst })
  const second = useQuery({ ...changesQuery('second', { limit: '100' }), enabled: maySecond })
  const lines = [
    { view: 'first', key: 'members.waitingFirst', count: first.data?.rows.length ?? 0 },
    { view: 'second', key: 'members.waitingSecond', count: second.data?.rows.length ?? 0 },
  ].filter((line) => line.count > 0)
  if (lines.length === 0) return null
  return (
    <section className="panel">
      <h2>{t('members.waiting')}</h2>
      <ul className="due-rows">
        {lines.map(({ view, key, count }) => (
          <li key={view}>
            <Link to={paths.memberChanges.list()} search={{ view } as never}>
              {t(key, { count })}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
