import { useSuspenseQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { LoaderInput } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { proposeMyCorrection } from '@tongxin/contract/members.review'
import { MEMBER_FIELD_NAMES, MEMBER_FIELDS, type MemberField } from '@tongxin/domain/members/fields'
import { Button, DateInput, RefusalText, Select, say, TextArea, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { recordQuery } from './record.api.ts'
import { choicesOf, useFieldWords } from './use-field-words.ts'

/** What the Party decides about a person is not corrected by the person. */
const DECIDED = new Set<MemberField>(['category', 'status', 'duesPaidUntil', 'partyPost', 'group', 'note'])
const OWN = MEMBER_FIELD_NAMES.filter((field) => !DECIDED.has(field))

export const loader = ({ queryClient }: LoaderInput) => queryClient.ensureQueryData(recordQuery)

/** One field at a time: what it should say, and why. Two officers look at it before the record changes. */
export function Page() {
  const { t } = useTranslation()
  const router = useRouter()
  const { data: record } = useSuspenseQuery(recordQuery)
  const { labelOf, valueOf } = useFieldWords()
  const [field, setField] = useState<MemberField | ''>('')
  const [value, setValue] = useState('')
  const [reason, setReason] = useState('')
  const done = () => {
    say(t('record.proposed'))
    router.history.back()
  }
  const propose = useWrite(proposeMyCorrection, { refreshes: [['record']], onDone: done })
  const missing = field === '' ? t('record.fieldFirst') : reason.trim().length < 2 ? t('record.reasonFirst') : undefined
  const whyNot = record?.can.propose === false ? t('record.notByMembers') : missing
  const send = () => {
    if (field !== '') propose.mutate({ body: { facts: { [field]: value.trim() || null }, reason: reason.trim() } })
  }
  const now = field === '' ? null : (record?.fields[field] ?? null)
  return (
    <PageFrame
      title={t('record.correct')}
      primary={
        <Button kind="primary" wide isBusy={propose.isPending} whyNot={whyNot} onClick={send}>
          {t('record.propose')}
        </Button>
      }
    >
      <section className="card">
        <p className="hint">{t('record.correctHint')}</p>
        <RefusalText error={propose.error} labels={field === '' ? {} : { [`/body/facts/${field}`]: labelOf(field) }} />
        <Select
          label={t('record.field')}
          value={field}
          options={OWN.map((name) => ({ value: name, label: labelOf(name) }))}
          onChange={(name) => {
            setField(name)
            setValue('')
          }}
        />
        {field === '' ? null : (
          <>
            <p className="hint">{t('record.now', { value: now ? valueOf(field, now) : t('record.empty') })}</p>
            <Value field={field} label={labelOf(field)} value={value} onChange={setValue} />
          </>
        )}
        <TextArea label={t('record.reason')} rows={3} maxLength={500} value={reason} onChange={setReason} />
      </section>
    </PageFrame>
  )
}

type ValueProps = { field: MemberField; label: string; value: string; onChange: (value: string) => void }

function Value({ field, label, value, onChange }: ValueProps) {
  const { t } = useTranslation()
  const { kind } = MEMBER_FIELDS[field]
  const choices = choicesOf(field)
  const options = choices
    ? Object.entries(choices).map(([code, name]) => ({ value: code, label: name }))
    : field === 'sex'
      ? ['1', '2'].map((code) => ({ value: code, label: t(`words.members.sex.${code}`) }))
      : kind === 'yes'
        ? [
            { value: 'yes', label: t('record.yes') },
            { value: 'no', label: t('record.no') },
          ]
        : null
  const shown = t('record.should', { label })
  if (options) return <Select label={shown} value={value} options={options} onChange={onChange} />
  if (kind === 'date') return <DateInput label={shown} value={value} onChange={onChange} />
  return (
    <TextInput
      label={shown}
      value={value}
      maxLength={200}
      inputMode={kind === 'phone' ? 'tel' : 'text'}
      onChange={onChange}
    />
  )
}
