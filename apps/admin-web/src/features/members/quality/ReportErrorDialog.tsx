import { useWrite } from '@tongxin/client/use-write'
import type { MemberRecord } from '@tongxin/contract/members'
import { ERROR_EFFECTS, reportMemberError } from '@tongxin/contract/members.errors'
import { MEMBER_FIELD_NAMES, type MemberField } from '@tongxin/domain/members/fields'
import { Select, say, TextArea, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../../shared/FormDialog.tsx'
import { useFieldErrors } from '../../../shared/pages/FormPage.tsx'
import { useMemberWords } from '../use-member-words.ts'
import { ALL_QUALITY } from './quality.api.ts'

const HOW = ['reading', 'person', 'statement'] as const

/** What is wrong in an approved record, and what is right. Fields with words are chosen, not typed. */
export function ReportErrorDialog({ record, onClose }: { record: MemberRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const { fieldLabel } = useMemberWords()
  const [field, setField] = useState<MemberField | ''>('')
  const [right, setRight] = useState('')
  const [how, setHow] = useState<How>('')
  const [effect, setEffect] = useState<Effect>('')
  const [note, setNote] = useState('')
  const save = useWrite(reportMemberError, {
    refreshes: ALL_QUALITY,
    onDone: () => {
      say(t('quality.error.reportedSaid'))
      onClose()
    },
  })
  const errorAt = useFieldErrors(save.error)
  const isIncomplete = field === '' || right.trim() === '' || how === '' || effect === '' || note.trim().length < 2
  return (
    <FormDialog
      title={t('quality.error.reportTitle', { name: record.card.name })}
      verb={t('quality.error.report')}
      lead={t('quality.error.reportLead')}
      labels={{ '/body/rightValue': t('quality.error.rightValue'), '/body/field': t('quality.error.field') }}
      whyNot={isIncomplete ? t('quality.fillFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => {
        if (field !== '' && how !== '' && effect !== '')
          save.mutate({
            body: {
              memberId: record.card.id,
              field,
              rightValue: right.trim(),
              foundHow: how,
              effect,
              note: note.trim(),
            },
          })
      }}
    >
      <Select
        label={t('quality.error.field')}
        required
        value={field}
        onChange={(value) => {
          setField(value)
          setRight('')
        }}
        error={errorAt('/body/field')}
        options={MEMBER_FIELD_NAMES.map((value) => ({ value, label: fieldLabel(value) }))}
      />
      <RightValue field={field} value={right} onChange={setRight} error={errorAt('/body/rightValue')} />
      <Ground how={how} onHow={setHow} effect={effect} onEffect={setEffect} note={note} onNote={setNote} />
    </FormDialog>
  )
}

type How = (typeof HOW)[number] | ''
type Effect = (typeof ERROR_EFFECTS)[number] | ''

/** How it came to light, what it touched, and on what ground it is said. */
function Ground(props: {
  how: How
  onHow: (how: How) => void
  effect: Effect
  onEffect: (effect: Effect) => void
  note: string
  onNote: (note: string) => void
}) {
  const { t } = useTranslation()
  return (
    <>
      <Select
        label={t('quality.error.foundHow')}
        required
        value={props.how}
        onChange={props.onHow}
        options={HOW.map((value) => ({ value, label: t(`quality.error.how.${value}`) }))}
      />
      <Select
        label={t('quality.error.effect')}
        required
        value={props.effect}
        onChange={props.onEffect}
        options={ERROR_EFFECTS.map((value) => ({ value, label: t(`quality.error.effects.${value}`) }))}
      />
      <TextArea
        label={t('quality.error.evidence')}
        required
        rows={3}
        maxLength={500}
        value={props.note}
        onChange={props.onNote}
      />
    </>
  )
}

export function RightValue(props: {
  field: MemberField | ''
  value: string
  onChange: (value: string) => void
  error?: string | undefined
}) {
  const { t } = useTranslation()
  const { optionsFor } = useMemberWords()
  const options = props.field === '' ? [] : optionsFor(props.field)
  const shared = { label: t('quality.error.rightValue'), required: true, error: props.error, value: props.value }
  if (options.length > 0) return <Select {...shared} onChange={props.onChange} options={options} />
  return <TextInput {...shared} maxLength={1000} onChange={props.onChange} />
}
