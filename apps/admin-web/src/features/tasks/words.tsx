import type { TaskPartRow, TaskText } from '@tongxin/contract/tasks.words'
import { Lamp, type LampState } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import type { RowLamp } from '../../shared/list/types.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'

const LAMPS = {
  unsigned: 'idle',
  doing: 'info',
  handed_in: 'info',
  returned: 'warn',
  done: 'ok',
  withdrawn: 'idle',
} as const satisfies Record<TaskPartRow['state'], LampState>

/** State of a part: what is late says so, whatever it waits for. */
export function usePartLamp(): (part: TaskPartRow) => RowLamp {
  const { t } = useTranslation()
  return (part) => {
    const word = t(`words.tasks.partState.${part.state}`)
    return part.isLate ? { state: 'late', word: t('tasks.lateWord', { word }) } : { state: LAMPS[part.state], word }
  }
}
export function PartLamp({ part }: { part: TaskPartRow }) {
  const { state, word } = usePartLamp()(part)
  return <Lamp state={state}>{word}</Lamp>
}

/** What is asked, as it was written above, with what units on the way down added. */
export function TextShown({ text }: { text: TaskText }) {
  const { t } = useTranslation()
  const basis = text.documentNumber === null ? text.basis : `${text.basis}（${text.documentNumber}）`
  const evidence = text.evidence.map((kind) => t(`words.tasks.evidence.${kind}`)).join('、')
  return (
    <div className="tasks-part">
      <p className="tasks-text">{text.body}</p>
      <Facts
        facts={[
          { label: t('tasks.basis'), value: basis },
          { label: t('tasks.standard'), value: text.standard },
          { label: t('tasks.evidence'), value: evidence === '' ? t('tasks.noEvidence') : evidence },
        ]}
      />
      {text.additions.map((one, at) => (
        <blockquote key={at} className="tasks-addition">
          <strong>{t('tasks.addedBy', { org: one.orgName })}</strong>
          <p className="tasks-text">{one.words}</p>
        </blockquote>
      ))}
    </div>
  )
}
