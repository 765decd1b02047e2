import { EDUCATION_LEVELS, ETHNIC_GROUPS } from '@tongxin/domain/identity/codes'
import { MEMBER_FIELDS, type MemberField } from '@tongxin/domain/members/fields'
import { useTranslation } from 'react-i18next'

export type Option = { readonly value: string; readonly label: string }
const isField = (field: string): field is MemberField => field in MEMBER_FIELDS
const optionsOf = (table: Readonly<Record<string, string>>): Option[] =>
  Object.entries(table).map(([value, label]) => ({ value, label }))

/** Ethnic groups and levels of education by code (GB/T 3304, GB/T 4658); the standards name them in Chinese only. */
export const ETHNIC_OPTIONS = optionsOf(ETHNIC_GROUPS)
export const EDUCATION_OPTIONS = optionsOf(EDUCATION_LEVELS)

/** Words for fields and values of records in the reader's language. */
export function useMemberWords() {
  const { t } = useTranslation()
  const word = (group: string, value: string): string => t(`words.members.${group}.${value}`, { defaultValue: value })
  const fieldLabel = (field: string): string => word('fields', field)
  const valueText = (field: string, value: string | null): string | null => {
    if (value === null || value === '') return null
    if (field === 'ethnic') return ETHNIC_GROUPS[value] ?? value
    if (field === 'education') return EDUCATION_LEVELS[value] ?? value
    if (field === 'sex' || field === 'category' || field === 'status') return word(field, value)
    return isField(field) && MEMBER_FIELDS[field].kind === 'yes' ? t('members.yes') : value
  }
  const optionsFor = (field: MemberField): Option[] => {
    const row = MEMBER_FIELDS[field]
    if (field === 'ethnic') return ETHNIC_OPTIONS
    if (field === 'education') return EDUCATION_OPTIONS
    if (field === 'sex') return ['1', '2'].map((value) => ({ value, label: word('sex', value) }))
    return row.kind === 'word' ? row.words.map((value) => ({ value, label: word(field, value) })) : []
  }
  return { word, fieldLabel, valueText, optionsFor }
}
