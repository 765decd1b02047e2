import type { ImportRow } from '@tongxin/contract/imports.batches'
import { useTranslation } from 'react-i18next'

/** What a row has to say: reason and remedy, with what was read, offered or repeated. */
export type RowSaying = {
  readonly key: string
  readonly reason: string
  readonly remedy: string
  readonly facts: string
}

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
      remark?.read ? t('imports.readAs', { value: remark.read }) : '',
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
