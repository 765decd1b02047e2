import type { ImportRow } from '@tongxin/contract/imports.batches'
import { EDUCATION_LEVELS, ETHNIC_GROUPS } from '@tongxin/domain/identity/codes'
import { useTranslation } from 'react-i18next'

/** What a row has to say: reason and remedy, with what was read, offered or repeated. */
export type RowSaying = {
  readonly key: string
  readonly reason: string
  readonly remedy: string
  readonly facts: string
}

/** What was read, as people call it: the standards' codes have names. */
const nameOfRead = (code: string, read: string): string =>
  (code.startsWith('education.')
    ? EDUCATION_LEVELS[read]
    : code.startsWith('ethnic.')
      ? ETHNIC_GROUPS[read]
      : undefined) ?? read

/** Words for the columns and rows of a roster in the reader's language. */
export function useRowWords() {
  const { t, i18n } = useTranslation()
  const fieldLabel = (field: string): string =>
    i18n.exists(`imports.field.${field}`) ? t(`imports.field.${field}`) : t(`words.members.fields.${field}`)
  const saying = (code: string, remark?: ImportRow['remarks'][number]): RowSaying => ({
    key: `${code} ${remark?.field ?? ''} ${remark?.ofRow ?? ''}`,
    reason: `${remark?.field ? `${fieldLabel(remark.field)}${t('ui.colon')}` : ''}${t(`words.roster.${code}.reason`)}`,
    remedy: t(`words.roster.${code}.remedy`),
    facts: [
      remark?.read ? t('imports.readAs', { value: nameOfRead(code, remark.read) }) : '',
      remark && remark.names.length > 0 ? t('imports.nearest', { names: remark.names }) : '',
      remark?.ofRow ? t('imports.sameAsRow', { row: remark.ofRow }) : '',
    ]
      .filter(Boolean)
      .join(' '),
  })
  const sayings = (row: ImportRow): readonly RowSaying[] => [
    ...row.problems.filter((code) => !row.remarks.some((remark) => remark.code === code)).map((code) => saying(code)),
    ...row.remarks.map((remark) => saying(remark.code, remark)),
  ]
  return { fieldLabel, sayings }
}
