import { QUESTION_KINDS } from '@tongxin/contract/voting.words'
import { Button, Select, TextArea, TextInput } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { NEW_QUESTION, optionsOf, type QuestionDraft } from './poll.ts'

const MOST_QUESTIONS = 20

/** The questions of a poll, each beside the paper as voters will see it. */
export function QuestionsEditor(props: {
  questions: readonly QuestionDraft[]
  onChange: (questions: readonly QuestionDraft[]) => void
}) {
  const { t } = useTranslation()
  const { questions, onChange } = props
  const change = (at: number, part: Partial<QuestionDraft>) =>
    onChange(questions.map((question, index) => (index === at ? { ...question, ...part } : question)))
  return (
    <>
      {questions.map((question, at) => (
        <fieldset key={at} className="vote-question">
          <legend>{t('voting.questionN', { n: at + 1 })}</legend>
          <OneQuestion question={question} onChange={(part) => change(at, part)} />
          {questions.length > 1 ? (
            <Button onClick={() => onChange(questions.filter((_, index) => index !== at))}>
              {t('voting.dropQuestion', { n: at + 1 })}
            </Button>
          ) : null}
        </fieldset>
      ))}
      {questions.length < MOST_QUESTIONS ? (
        <Button onClick={() => onChange([...questions, NEW_QUESTION])}>{t('voting.addQuestion')}</Button>
      ) : null}
    </>
  )
}

function OneQuestion(props: { question: QuestionDraft; onChange: (part: Partial<QuestionDraft>) => void }) {
  const { t } = useTranslation()
  const { question, onChange } = props
  const options = optionsOf(question)
  return (
    <div className="vote-two">
      <div className="vote-fields">
        <TextInput
          label={t('voting.questionTitle')}
          required
          maxLength={300}
          value={question.title}
          onChange={(title) => onChange({ title })}
        />
        <Select
          label={t('voting.kindLabel')}
          required
          value={question.kind}
          onChange={(kind) => onChange({ kind: kind || 'single' })}
          options={QUESTION_KINDS.map((value) => ({ value, label: t(`voting.kind.${value}`) }))}
        />
        <TextArea
          label={t('voting.optionsLabel')}
          help={t('voting.optionsHelp')}
          required
          rows={5}
          value={question.options}
          onChange={(text) => onChange({ options: text })}
        />
        {question.kind === 'several' || question.kind === 'approval' ? (
          <TextInput
            label={t(`voting.seats.${question.kind}`)}
            required
            inputMode="numeric"
            value={question.seats}
            onChange={(seats) => onChange({ seats: seats.trim() })}
          />
        ) : null}
      </div>
      <div className="vote-preview">
        <p className="hint">{t('voting.preview')}</p>
        <strong>{question.title || t('voting.noTitle')}</strong>
        <p className="hint">{t(`voting.paperRule.${question.kind}`, { seats: question.seats, of: options.length })}</p>
        <ul>
          {options.map((option) => (
            <li key={option}>
              <span aria-hidden="true">{question.kind === 'ranked' ? '1 2 3' : '□'}</span> {option}
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
