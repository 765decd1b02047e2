import type { ExamQuestion } from '@tongxin/contract/exams.own'
import type { ExamResponse } from '@tongxin/contract/exams.words'
import { TextArea, TextInput } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'

const LETTERS = 'ABCDEFGHIJ'

/** One question, large, and the way to answer it. */
export function Answering({
  question,
  response,
  onAnswer,
}: {
  question: ExamQuestion
  response: ExamResponse | null
  onAnswer: (response: ExamResponse) => void
}) {
  const { t } = useTranslation()
  const { kind, blanks } = question
  if (kind === 'short')
    return (
      <TextArea
        label={t('exams.yourWords')}
        rows={9}
        maxLength={8000}
        value={response?.text ?? ''}
        onChange={(text) => onAnswer({ text })}
      />
    )
  if (kind === 'blank')
    return (
      <div className="exam-blanks">
        {Array.from({ length: blanks }, (_, at) => (
          <TextInput
            // The gaps of a question neither move nor change in number.
            key={at}
            label={t('exams.gap', { n: at + 1 })}
            maxLength={200}
            value={response?.blanks?.[at] ?? ''}
            onChange={(text) => {
              const texts = Array.from({ length: blanks }, (__, place) => response?.blanks?.[place] ?? '')
              texts[at] = text
              onAnswer({ blanks: texts })
            }}
          />
        ))}
      </div>
    )
  return <Options question={question} chosen={response?.choices ?? []} onAnswer={onAnswer} />
}

function Options({
  question,
  chosen,
  onAnswer,
}: {
  question: ExamQuestion
  chosen: readonly number[]
  onAnswer: (response: ExamResponse) => void
}) {
  const { t } = useTranslation()
  const { kind, place } = question
  const isMany = kind === 'multiple'
  const options = kind === 'truth' ? [t('exams.right'), t('exams.wrong')] : question.options
  const toggle = (at: number) => {
    const rest = chosen.filter((one) => one !== at)
    return rest.length < chosen.length ? rest : [...chosen, at].sort((a, b) => a - b)
  }
  return (
    <fieldset className="exam-options">
      <legend className="hint">{t(isMany ? 'exams.chooseSome' : 'exams.chooseOne')}</legend>
      {options.map((text, at) => (
        <label key={text} className={chosen.includes(at) ? 'exam-option exam-chosen' : 'exam-option'}>
          <input
            type={isMany ? 'checkbox' : 'radio'}
            // Only radio buttons are one control under one name.
            name={isMany ? `question-${place}-${at}` : `question-${place}`}
            checked={chosen.includes(at)}
            onChange={() => onAnswer({ choices: isMany ? toggle(at) : [at] })}
          />
          {kind === 'truth' ? null : <b aria-hidden="true">{LETTERS[at]}</b>}
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  )
}
