import type { CourseRow } from '@tongxin/contract/learning'
import type { AudienceShown, CourseState, PlanState, VersionState } from '@tongxin/contract/learning.words'
import { Lamp, type LampState } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'

const STATES: Readonly<Record<CourseState, LampState>> = { draft: 'idle', live: 'ok', withdrawn: 'late' }
const OPEN: Readonly<Record<VersionState, LampState>> = {
  draft: 'info',
  submitted: 'warn',
  reviewed: 'warn',
  released: 'ok',
}
const PLANS: Readonly<Record<PlanState, LampState>> = { draft: 'idle', published: 'ok', closed: 'idle' }

/** Where a course stands for learners, and what is being done to its next version. */
export function CourseLamps({ row }: { row: Pick<CourseRow, 'state' | 'openState'> }) {
  const { t } = useTranslation()
  return (
    <span className="learning-lamps">
      {row.state === 'draft' && row.openState ? null : (
        <Lamp state={STATES[row.state]}>{t(`words.learning.courseState.${row.state}`)}</Lamp>
      )}
      {row.openState ? (
        <Lamp state={OPEN[row.openState]}>{t(`words.learning.versionState.${row.openState}`)}</Lamp>
      ) : null}
    </span>
  )
}

export function PlanLamp({ state }: { state: PlanState }) {
  const { t } = useTranslation()
  return <Lamp state={PLANS[state]}>{t(`words.learning.planState.${state}`)}</Lamp>
}

/** An audience in words: where, who, holding which post. */
export function useAudienceWords(): (audience: AudienceShown, isPublic?: boolean) => string {
  const { t } = useTranslation()
  return ({ orgName, kinds, posts, levels }, isPublic = false) => {
    const who = kinds.map((kind) => t(`words.learning.audienceKind.${kind}`)).join('、')
    const held = posts.map((post) => t(`words.learning.audiencePost.${post}`)).join('、')
    const where = levels.map((level) => t(`words.learning.audienceLevel.${level}`)).join('、')
    const parts = [orgName, who, held && (where ? `${held}（${where}）` : held), isPublic ? t('learning.public') : '']
    return parts.filter(Boolean).join(' · ')
  }
}

/** Hours of study of so many quarters. */
export const hoursOf = (quarters: number): string => String(quarters / 4)
export const percentOf = (part: number, whole: number): string =>
  whole === 0 ? '—' : `${Math.round((part * 100) / whole)}%`

/** A bar of how many of how many, with both figures in words for those who do not see it. */
export function Share({ part, whole }: { part: number; whole: number }) {
  return (
    <span className="learning-share">
      <meter min={0} max={Math.max(whole, 1)} value={part} aria-label={`${part}/${whole}`} />
      <span>
        {part} / {whole}
      </span>
    </span>
  )
}
