import type { QuestionShape } from '@tongxin/contract/voting.words'
import { Button } from '@tongxin/ui'
import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { type Answer, faultOf, type Mark, moved, namesChosen } from './paper.ts'
import { type Person, WriteIns } from './WriteIns.tsx'

const MARKS = ['for', 'against', 'abstain'] as const
type Props = { question: QuestionShape; answer: Answer; onChange: (answer: Answer) => void }

/** The paper of one question, in the order in which the organiser printed it (people: strokes of their names). */
export function Question(props: Props & { people: readonly Person[] }) {
  const { t } = useTranslation()
  const { question, answer } = props
  const fault = faultOf(question, answer)
  return (
    <fieldset className="card ballot">
      <legend>{question.title}</legend>
      <p className="hint">
        {t(`voting.rule.${question.kind}`, { seats: question.seats, of: question.options.length })}
      </p>
      {question.kind === 'approval' ? <Approval {...props} /> : null}
      {question.kind === 'single' || question.kind === 'several' ? <Choose {...props} /> : null}
      {question.kind === 'ranked' ? <Rank {...props} /> : null}
      {question.kind === 'approval' && props.people.length > 0 ? <WriteIns {...props} /> : null}
      {question.kind === 'approval' ? null : (
        <label className="option">
          <input
            type="checkbox"
            checked={answer.isAbstaining}
            onChange={(event) => props.onChange({ ...answer, options: [], isAbstaining: event.target.checked })}
          />
          <span>{t('voting.abstain')}</span>
        </label>
      )}
      {question.kind === 'several' || question.seats > 1 ? (
        <p className="count" aria-live="polite" data-over={fault?.key === 'tooMany' || undefined}>
          {t('voting.chosenOf', { chosen: namesChosen(question, answer), seats: question.seats })}
        </p>
      ) : null}
      {fault?.key === 'tooMany' ? (
        <p className="fault" role="alert">
          {t('voting.fault.tooMany', fault.facts)}
        </p>
      ) : null}
    </fieldset>
  )
}

function Approval({ question, answer, onChange }: Props) {
  const { t } = useTranslation()
  const mark = (id: string, value: Mark) => onChange({ ...answer, marks: { ...answer.marks, [id]: value } })
  return question.options.map(({ id, label }) => (
    <fieldset key={id} className="candidate">
      <legend>{label}</legend>
      <div className="marks">
        {MARKS.map((value) => (
          <label key={value} data-mark={value}>
            <input
              type="radio"
              name={`${question.id}.${id}`}
              checked={answer.marks[id] === value}
              onChange={() => mark(id, value)}
            />
            <span>{t(`voting.mark.${value}`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  ))
}

function Choose({ question, answer, onChange }: Props) {
  const isOne = question.kind === 'single'
  const choose = (id: string, isOn: boolean) => {
    const others = isOne ? [] : answer.options.filter((one) => one !== id)
    // In the order of the paper, so that the order of touching leaves no mark on the ballot.
    const chosen = question.options
      .map((option) => option.id)
      .filter((one) => (one === id ? isOn : others.includes(one)))
    onChange({ ...answer, options: chosen, isAbstaining: false })
  }
  return question.options.map(({ id, label }) => (
    <label key={id} className="option">
      <input
        type={isOne ? 'radio' : 'checkbox'}
        name={question.id}
        checked={answer.options.includes(id)}
        onChange={(event) => choose(id, event.target.checked)}
      />
      <span>{label}</span>
    </label>
  ))
}

/** Preferences by buttons: dragging is not for everybody's hands. */
function Rank({ question, answer, onChange }: Props) {
  const { t } = useTranslation()
  const labelOf = (id: string) => question.options.find((option) => option.id === id)?.label ?? ''
  const left = question.options.filter(({ id }) => !answer.options.includes(id))
  const order = (options: readonly string[]) => onChange({ ...answer, options, isAbstaining: false })
  return (
    <>
      <ol className="ranked" aria-label={t('voting.myOrder')}>
        {answer.options.map((id, at) => (
          <li key={id}>
            <b>{at + 1}</b>
            <span>{labelOf(id)}</span>
            <button
              type="button"
              aria-label={t('voting.up', { name: labelOf(id) })}
              aria-disabled={at === 0}
              onClick={() => order(moved(answer.options, id, -1))}
            >
              <ArrowUp aria-hidden="true" />
            </button>
            <button
              type="button"
              aria-label={t('voting.down', { name: labelOf(id) })}
              aria-disabled={at === answer.options.length - 1}
              onClick={() => order(moved(answer.options, id, 1))}
            >
              <ArrowDown aria-hidden="true" />
            </button>
            <button
              type="button"
              aria-label={t('voting.takeOut', { name: labelOf(id) })}
              onClick={() => order(answer.options.filter((one) => one !== id))}
            >
              <X aria-hidden="true" />
            </button>
          </li>
        ))}
      </ol>
      {left.map(({ id, label }) => (
        <Button key={id} wide onClick={() => order([...answer.options, id])}>
          {t('voting.placeNext', { place: answer.options.length + 1, name: label })}
        </Button>
      ))}
    </>
  )
}
