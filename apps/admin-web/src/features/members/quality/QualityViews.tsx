import { Link } from '@tanstack/react-router'
import { useSession } from '@tongxin/client/session'
import type { Permission } from '@tongxin/contract/permissions'
import { useTranslation } from 'react-i18next'
import { paths } from '../../../paths.ts'

const VIEWS = ['scores', 'findings', 'papers', 'errors', 'samples', 'assignments'] as const
type View = (typeof VIEWS)[number]
const NEEDED: Readonly<Record<View, Permission>> = {
  scores: 'members.read',
  findings: 'members.read',
  papers: 'members.read',
  errors: 'members.read',
  samples: 'members.review',
  assignments: 'members.read',
}

/** On a narrow screen the part that is open is brought into view. */
const reveal = (link: HTMLAnchorElement | null) => link?.scrollIntoView({ block: 'nearest', inline: 'center' })

/** The parts of data quality, one page each. */
export function QualityViews({ now }: { now: View }) {
  const { t } = useTranslation()
  const { permissions } = useSession()
  return (
    <nav className="views" aria-label={t('quality.views')}>
      {VIEWS.filter((view) => permissions.includes(NEEDED[view])).map((view) => (
        <Link
          key={view}
          ref={view === now ? reveal : undefined}
          to={paths.quality[view]()}
          aria-current={view === now ? 'page' : undefined}
        >
          {t(`quality.view.${view}`)}
        </Link>
      ))}
    </nav>
  )
}
