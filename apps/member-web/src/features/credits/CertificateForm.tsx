import { useWrite } from '@tongxin/client/use-write'
import { submitCertificate } from '@tongxin/contract/credits.own'
import { TRAINING_UNITS, type TrainingUnit } from '@tongxin/contract/credits.words'
import { Button, DateInput, RefusalText, Select, say, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FileField, type PickedFile } from '../../shared/FileField.tsx'
import { unlessAtField, useFieldErrors } from '../../shared/use-field-errors.ts'
import { ALL_CREDITS } from './credits.api.ts'

type Draft = { title: string; issuer: string; heldOn: string; unit: TrainingUnit | ''; amount: string }
const FIELDS = ['title', 'issuer', 'heldOn', 'amount', 'fileId'].map((name) => `/body/${name}`)

/** What the certificate says, and its picture or PDF: uploaded and checked before the form goes. */
export function CertificateForm({ onDone, onBack }: { onDone: () => void; onBack: () => void }) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<Draft>({ title: '', issuer: '', heldOn: '', unit: 'full_day', amount: '1' })
  const [file, setFile] = useState<PickedFile | null>(null)
  const save = useWrite(submitCertificate, {
    refreshes: ALL_CREDITS,
    onDone: () => {
      say(t('credits.handedIn'))
      onDone()
    },
  })
  const errorAt = useFieldErrors(save.error)
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part })
  const { title, issuer, heldOn, unit, amount } = draft
  const isReady = title.trim().length > 1 && issuer.trim().length > 1 && heldOn && unit && Number(amount) > 0 && file
  const submit = () => {
    if (!file || unit === '') return
    const facts = { title: title.trim(), issuer: issuer.trim(), heldOn, unit, amount: Number(amount) }
    save.mutate({ body: { ...facts, fileId: file.id } })
  }
  return (
    <section className="card credits-card">
      <Facts draft={draft} change={change} error={save.error} />
      <FileField
        label={t('credits.file')}
        help={t('credits.fileHelp')}
        accept="image/jpeg,image/png,image/webp,application/pdf"
        purpose="document"
        words={{ sending: t('credits.sending'), ready: (name) => t('credits.fileReady', { name }) }}
        file={file}
        onChange={setFile}
        error={errorAt('/body/fileId')}
        required
      />
      <RefusalText error={unlessAtField(save.error, FIELDS)} />
      <Button
        wide
        kind="primary"
        isBusy={save.isPending}
        whyNot={isReady ? undefined : t('credits.fillFirst')}
        onClick={submit}
      >
        {t('credits.submit')}
      </Button>
      <Button wide onClick={onBack}>
        {t('ui.back')}
      </Button>
    </section>
  )
}

function Facts(props: { draft: Draft; change: (part: Partial<Draft>) => void; error: unknown }) {
  const { t } = useTranslation()
  const errorAt = useFieldErrors(props.error)
  const { change } = props
  const { title, issuer, heldOn, unit, amount } = props.draft
  return (
    <>
      <TextInput
        label={t('credits.trainingTitle')}
        required
        maxLength={120}
        value={title}
        onChange={(value) => change({ title: value })}
        error={errorAt('/body/title')}
      />
      <TextInput
        label={t('credits.issuer')}
        required
        maxLength={120}
        value={issuer}
        onChange={(value) => change({ issuer: value })}
        error={errorAt('/body/issuer')}
      />
      <DateInput
        label={t('credits.heldOn')}
        required
        value={heldOn}
        onChange={(value) => change({ heldOn: value })}
        error={errorAt('/body/heldOn')}
      />
      <Select
        label={t('credits.unit')}
        required
        value={unit}
        onChange={(value) => change({ unit: value })}
        options={TRAINING_UNITS.map((value) => ({ value, label: t(`words.credits.unit.${value}`) }))}
      />
      <TextInput
        label={t('credits.amount')}
        help={t('credits.amountHelp')}
        required
        inputMode="decimal"
        maxLength={6}
        value={amount}
        onChange={(value) => change({ amount: value })}
        error={errorAt('/body/amount')}
      />
    </>
  )
}
