import type { StepDefinitionRow } from '@tongxin/contract/development'
import { useTranslation } from 'react-i18next'
import { wantingFields } from './development.format.ts'

/** Why a form of a step cannot be sent yet: the names of the fields that are still empty or no figures. */
export function useWanting(): (
  fields: StepDefinitionRow['fields'],
  values: Readonly<Record<string, unknown>>,
) => string | undefined {
  const { t } = useTranslation()
  return (fields, values) => {
    const names = wantingFields(fields, values).map((name) => t(`words.development.field.${name}`))
    return names.length > 0 ? t('development.fillFirst', { fields: names.join(t('development.listComma')) }) : undefined
  }
}
