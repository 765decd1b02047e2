import type { TaskPartRow } from '@tongxin/contract/tasks.words'
import { Lamp } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'

const LAMPS = {
  unsigned: 'idle',
  doing: 'info',
  handed_in: 'info',
  returned: 'warn',
  done: 'ok',
  withdrawn: 'idle',
} as const

export function PartLamp({ part }: { part: TaskPartRow }) {
  const { t } = useTranslation()
  const word = t(`words.tasks.partState.${part.state}`)
  return part.isLate ? (
    <Lamp state="late">{t('tasks.lateWord', { word })}</Lamp>
  ) : (
    <Lamp state={LAMPS[part.state]}>{word}</Lamp>
  )
}
