import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { useWrite } from '@tongxin/client/use-write'
import type { DevelopmentCase } from '@tongxin/contract/development'
import { addStepProof } from '@tongxin/contract/development.acts'
import { DEVELOPMENT_FORMS, type DevelopmentForm } from '@tongxin/contract/development.words'
import { Button, dateOf, EmptyState, RefusalText, Select, say } from '@tongxin/ui'
import { Files, FileText } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { ALL_DEVELOPMENT, savePrint, stepsQuery } from './development.api.ts'
import { liveStep } from './development.format.ts'
import { type Paper, PaperUpload } from './Papers.tsx'
import { useWhyNot } from './use-why-not.ts'

const FORMATS = ['pdf', 'docx'] as const

/** The papers that were handed in, and the working forms to be printed. */
export function PapersTab({ one }: { one: DevelopmentCase }) {
  return (
    <>
      <HandedIn one={one} />
      <Forms id={one.card.id} />
    </>
  )
}

function HandedIn({ one }: { one: DevelopmentCase }) {
  const { t } = useTranslation()
  const whyNot = useWhyNot()
  const [isAdding, setAdding] = useState(false)
  return (
    <section className="development-part" aria-label={t('development.papers')}>
      <h3>{t('development.papers')}</h3>
      {one.proofs.length === 0 ? (
        <EmptyState title={t('development.noPapers')} icon={<Files aria-hidden="true" />}>
          {t('development.noPapersHint')}
        </EmptyState>
      ) : (
        <ul>
          {one.proofs.map((paper) => (
            <li key={paper.id}>
              <a href={`/api/v1/files/${paper.fileId}/content`} target="_blank" rel="noreferrer">
                {t(`words.development.proof.${paper.kind}`)} · {paper.name}
              </a>{' '}
              <span className="hint">
                {t('development.stepNumber', { step: paper.step })} · {dateOf(paper.addedAt)}
              </span>
            </li>
          ))}
        </ul>
      )}
      <Button whyNot={whyNot(one.can.record)} onClick={() => setAdding(true)}>
        {t('development.addPaper')}
      </Button>
      {isAdding ? <PaperDialog one={one} onClose={() => setAdding(false)} /> : null}
    </section>
  )
}

function PaperDialog({ one, onClose }: { one: DevelopmentCase; onClose: () => void }) {
  const { t, i18n } = useTranslation()
  const { data } = useSuspenseQuery(stepsQuery())
  const [step, setStep] = useState('')
  const [papers, setPapers] = useState<readonly Paper[]>([])
  const save = useWrite(addStepProof, { refreshes: ALL_DEVELOPMENT })
  const done = data.rows.filter(({ number }) => liveStep(one, number) !== null)
  const submit = async () => {
    for (const { kind, fileId } of papers)
      await save.mutateAsync({ params: { id: one.card.id }, body: { step: Number(step), kind, fileId } })
    say(t('development.paperAdded'))
    onClose()
  }
  return (
    <FormDialog
      title={t('development.addPaper')}
      verb={t('development.save')}
      whyNot={step === '' || papers.length === 0 ? t('development.paperFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      // A refusal stands in `save.error`; papers that went before it are kept.
      onSubmit={() => void submit().catch(() => undefined)}
    >
      <Select
        label={t('development.step')}
        required
        value={step}
        onChange={setStep}
        options={done.map(({ number, name }) => ({
          value: String(number),
          label: t('development.stepTitle', { step: number, name: i18n.language === 'en' ? name.en : name.zh }),
        }))}
      />
      <PaperUpload
        kinds={data.rows.find(({ number }) => String(number) === step)?.proofs ?? []}
        papers={papers}
        onChange={setPapers}
        key={step}
      />
    </FormDialog>
  )
}

function Forms({ id }: { id: string }) {
  const { t, i18n } = useTranslation()
  const print = useMutation({
    mutationFn: ({ form, format }: { form: DevelopmentForm; format: (typeof FORMATS)[number] }) =>
      savePrint(id, form, format, i18n.language),
  })
  return (
    <section className="development-part" aria-label={t('development.forms')}>
      <h3>{t('development.forms')}</h3>
      <p className="hint">{t('development.formsHint')}</p>
      <RefusalText error={print.error} />
      <ul className="development-forms">
        {DEVELOPMENT_FORMS.map((form) => (
          <li key={form}>
            <FileText aria-hidden="true" />
            <span>{t(`words.development.form.${form}`)}</span>
            {FORMATS.map((format) => (
              <Button
                key={format}
                aria-label={`${t(`words.development.form.${form}`)} ${t(`development.format.${format}`)}`}
                isBusy={print.isPending && print.variables?.form === form && print.variables.format === format}
                onClick={() => print.mutate({ form, format })}
              >
                {t(`development.format.${format}`)}
              </Button>
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}
