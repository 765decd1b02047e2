import { EDUCATION_LEVELS, ETHNIC_GROUPS } from '@tongxin/domain/identity/codes'
import { MEMBER_FIELDS, type MemberField } from '@tongxin/domain/members/fields'
import { useTranslation } from 'react-i18next'

/** Codes of the national standards that stand for a field's values; null where the field has none. */
export function choicesOf(field: MemberField): Readonly<Record<string, string>> | null {
  const row = MEMBER_FIELDS[field]
  if (row.kind !== 'code' || row.table === 'sex') return null
  return row.table === 'ethnic' ? ETHNIC_GROUPS : EDUCATION_LEVELS
}

/** The label of a field and its value as a person reads it. */
export function useFieldWords(): {
  labelOf: (field: MemberField) => string
  valueOf: (field: MemberField, value: string) => string
} {
  const { t } = useTranslation()
  return {
    labelOf: (field) => t(`words.members.fields.${field}`),
    valueOf: (field, value) => {
      const row = MEMBER_FIELDS[field]
      const choices = choicesOf(field)
      if (choices) return choices[value] ?? value
      if (row.kind === 'yes') return t('record.yes')
      if (field === 'sex' || field === 'category' || field === 'status') return t(`words.members.${field}.${value}`)
      return value
    },
  }
}
