import type { QuestionDraft } from '@tongxin/contract/exams'
import { Button, Field, TextArea, TextInput } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { LETTERS } from './QuestionView.tsx'

type Props = {
  draft: QuestionDraft
  set: (change: Partial<QuestionDraft>) => void
  errorAt: (pointer: string) => string | undefined
}

const gapsIn = (stem: string): number => stem.match(/_{2,}/g)?.length ?? 0

/** Options and what is right, as the kind of the question asks. */
export function KeyFields({ draft, set, errorAt }: Props) {
  const { t } = useTranslation()
  const { kind, key, body } = draft
  if (kind === 'short')
    return (
      <TextArea
        label={t('exams.reference')}
        required
        rows={4}
        maxLength={4000}
        error={errorAt('/body/key')}
        value={key.reference ?? ''}
        onChange={(reference) => set({ key: { ...key, reference } })}
      />
    )
  if (kind === 'blank')
    return (
      <>
        {Array.from({ length: gapsIn(body.stem) }, (_, at) => (
          <TextInput
            key={`gap-${at + 1}`}
            label={t('exams.gap', { n: at + 1 })}
            required
            help={t('exams.gapHelp')}
            error={errorAt('/body/key')}
            value={(key.blanks[at] ?? []).join('|')}
            onChange={(text) => {
              const blanks = Array.from({ length: gapsIn(body.stem) }, (__, place) => key.blanks[place] ?? [])
              blanks[at] = text.split('|')
              set({ key: { ...key, blanks } })
            }}
          />
        ))}
      </>
    )
  return <Choices draft={draft} set={set} errorAt={errorAt} />
}

function Choices({ draft, set, errorAt }: Props) {
  const { t } = useTranslation()
  const { kind, key, body } = draft
  const isTruth = kind === 'truth'
  const options = isTruth ? [t('words.exams.truth.right'), t('words.exams.truth.wrong')] : body.options
  const mark = (at: number, isRight: boolean) => {
    const others = kind === 'multiple' ? key.choices.filter((one) => one !== at) : []
    set({ key: { ...key, choices: isRight ? [...others, at].sort((a, b) => a - b) : others } })
  }
  const write = (at: number, text: string) =>
    set({ body: { ...body, options: body.options.map((one, place) => (place === at ? text : one)) } })
  return (
    <Field
      label={t('exams.optionsAndKey')}
      help={t('exams.markRight')}
      error={errorAt('/body/body/options') ?? errorAt('/body/key')}
      required
    >
      {(wiring) => (
        <div className="exam-edit" id={wiring.id}>
          {options.map((text, at) => (
            <div key={`option-${LETTERS[at]}`}>
              <input
                type={kind === 'multiple' ? 'checkbox' : 'radio'}
                name="right"
                aria-label={t('exams.markOption', { letter: isTruth ? text : LETTERS[at] })}
                checked={key.choices.includes(at)}
                onChange={(event) => mark(at, event.target.checked)}
              />
              {isTruth ? (
                <span>{text}</span>
              ) : (
                <input
                  className="tx-input"
                  maxLength={500}
                  aria-label={t('exams.option', { letter: LETTERS[at] })}
                  value={text}
                  onChange={(event) => write(at, event.target.value)}
                />
              )}
            </div>
          ))}
          {isTruth || options.length >= 8 ? null : (
            <Button kind="quiet" onClick={() => set({ body: { ...body, options: [...body.options, ''] } })}>
              {t('exams.addOption')}
            </Button>
          )}
        </div>
      )}
    </Field>
  )
}
