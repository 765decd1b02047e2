import type { MyPlanned } from '@tongxin/contract/learning.own'
import { Lamp } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'

/** Until when a course of a plan is asked for; without a day the plan itself. */
export function Due({ row }: { row: MyPlanned }) {
  const { t } = useTranslation()
  if (row.dueOn === null) return <span className="hint">{row.planTitle}</span>
  return (
    <Lamp state={row.isOverdue ? 'late' : 'warn'}>
      {t(row.isOverdue ? 'learning.overdueSince' : 'learning.dueBy', { on: row.dueOn })}
    </Lamp>
  )
}
