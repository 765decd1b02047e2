import type { TaskPartRow, TaskStep, TaskText } from '@tongxin/contract/tasks.words'
import { dateOf, Lamp, type LampState } from '@tongxin/ui'
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

/** What was handed in last and what was said to it: whoever checks reads this first. */
export function Latest({ steps }: { steps: readonly TaskStep[] }) {
  const { t } = useTranslation()
  const handedIn = steps.find(({ kind }) => kind === 'handed_in')
  if (!handedIn) return null
  const answer = steps.find(
    ({ kind, round }) => round === handedIn.round && (kind === 'returned' || kind === 'accepted'),
  )
  const files = new Map(steps.flatMap((step) => step.files).map((file) => [file.id, file]))
  return (
    <section className="tasks-latest">
      <h3>{t('tasks.latest', { round: handedIn.round, by: handedIn.by, on: dateOf(handedIn.at) })}</h3>
      <p className="tasks-text">{handedIn.words}</p>
      {[...files.values()].map(({ id, name }) => (
        <a key={id} href={`/api/v1/files/${id}/content`} target="_blank" rel="noreferrer">
          {name}
        </a>
      ))}
      {answer ? (
        <p className="tasks-text">
          <strong>{t(`words.tasks.step.${answer.kind}`)}</strong> {answer.words}
        </p>
      ) : null}
    </section>
  )
}
