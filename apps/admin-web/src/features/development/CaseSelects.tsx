import { Select } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'

/** One of the words of this module; `group` names them in the shared words. */
export function WordSelect<V extends string>(props: {
  label: string
  group: string
  words: readonly V[]
  value: V | ''
  onChange: (value: V | '') => void
  isOptional?: boolean
  error?: string | undefined
}) {
  const { t } = useTranslation()
  return (
    <Select
      label={props.label}
      required={!props.isOptional}
      value={props.value}
      onChange={props.onChange}
      error={props.error}
      options={props.words.map((value) => ({ value, label: t(`words.development.${props.group}.${String(value)}`) }))}
    />
  )
}

/** Yes or no, with words of their own where the plain ones would not do. */
export function YesNo(props: {
  label: string
  value: 'yes' | 'no' | ''
  onChange: (value: 'yes' | 'no' | '') => void
  required?: boolean
  help?: string
  error?: string | undefined
  yes?: string
  no?: string
}) {
  const { t } = useTranslation()
  return (
    <Select
      label={props.label}
      help={props.help}
      required={props.required ?? true}
      value={props.value}
      onChange={props.onChange}
      error={props.error}
      options={[
        { value: 'yes', label: props.yes ?? t('development.yes') },
        { value: 'no', label: props.no ?? t('development.no') },
      ]}
    />
  )
}
