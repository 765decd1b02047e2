import { useQuery } from '@tanstack/react-query'
import type { QuestionDraft } from '@tongxin/contract/exams'
import { ErrorState, Skeleton } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { questionQuery } from './exams.api.ts'

export const LETTERS = 'ABCDEFGHIJ'

/** One question with its key, as the bank keeps it. */
export function QuestionView({ id }: { id: string }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(questionQuery(id))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton />
  return (
    <>
      {data.isWithheld ? <p className="exam-note">{t('exams.withheld')}</p> : null}
      <QuestionBodyView draft={data} />
    </>
  )
}

type Shown = Pick<QuestionDraft, 'kind' | 'body' | 'explanation'> & {
  readonly key: QuestionDraft['key'] | null
  readonly source?: string | null
}

/** Stem, options with what is right, explanation. */
export function QuestionBodyView({ draft: { kind, body, key, explanation, source } }: { draft: Shown }) {
  const { t } = useTranslation()
  const options = kind === 'truth' ? [t('words.exams.truth.right'), t('words.exams.truth.wrong')] : body.options
  return (
    <div className="exam-view">
      <p className="exam-words">{body.stem}</p>
      {options.length > 0 ? (
        <ul className="exam-options">
          {options.map((text, at) => (
            <li key={text} className={key?.choices.includes(at) ? 'exam-right' : undefined}>
              {kind === 'truth' ? null : <b>{LETTERS[at]}</b>} {text}
              {key?.choices.includes(at) ? <em>{t('exams.isRight')}</em> : null}
            </li>
          ))}
        </ul>
      ) : null}
      {key && kind === 'blank' ? (
        <p>{t('exams.keyIs', { text: key.blanks.map((texts) => texts.join(' / ')).join('；') })}</p>
      ) : null}
      {key?.reference ? <p className="exam-words">{t('exams.referenceIs', { text: key.reference })}</p> : null}
      {explanation ? <p className="exam-words hint">{t('exams.explanationIs', { text: explanation })}</p> : null}
      {source ? <p className="hint">{t('exams.sourceIs', { text: source })}</p> : null}
    </div>
  )
}
