import { MEMBER_FIELDS, type MemberField } from '@tongxin/domain/members/fields'
import { DateInput, Select, TextArea, TextInput } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { useMemberWords } from './use-member-words.ts'

const LONG_TEXT = 500

/** The control of one field, by how the field is written. */
export function FactField(props: {
  field: MemberField
  value: string
  onChange: (value: string) => void
  required?: boolean
  help?: string | undefined
  error?: string | undefined
}) {
  const { t } = useTranslation()
  const { fieldLabel, optionsFor } = useMemberWords()
  const { field, ...rest } = props
  const row = MEMBER_FIELDS[field]
  const common = { ...rest, label: fieldLabel(field), name: field }
  if (row.kind === 'date') return <DateInput {...common} />
  if (row.kind === 'code' || row.kind === 'word') return <Select {...common} options={optionsFor(field)} />
  if (row.kind === 'yes') return <Select {...common} options={[{ value: 'yes', label: t('members.yes') }]} />
  if (row.kind === 'text' && row.most > LONG_TEXT) return <TextArea {...common} rows={3} maxLength={row.most} />
  return (
    <TextInput
      {...common}
      autoComplete="off"
      {...(row.kind === 'text' ? { maxLength: row.most } : { inputMode: 'text' as const, maxLength: 40 })}
    />
  )
}
