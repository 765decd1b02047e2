import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import './year.css'

const PAGES = [
  ['meetings.yearPlan.title', paths.meetings.year()],
  ['meetings.proposal.list', paths.meetings.proposals()],
  ['meetings.todo.list', paths.meetings.tasks()],
  ['meetings.talk.list', paths.meetings.talks()],
  ['meetings.joint.list', paths.meetings.joint()],
  ['meetings.home.list', paths.meetings.secondHomes()],
  ['meetings.att.title', paths.meetings.attendance()],
] as const

/** The other pages of the organised life, one row above the list. */
export function LifeLinks() {
  const { t } = useTranslation()
  return (
    <nav className="life-links no-print" aria-label={t('meetings.lifeLinks')}>
      {PAGES.map(([textKey, path]) => (
        <Link key={path} to={path} activeProps={{ 'aria-current': 'page' }}>
          {t(textKey)}
        </Link>
      ))}
    </nav>
  )
}
