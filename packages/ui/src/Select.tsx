import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from './Field.tsx'

/** One of a short list. The platform's own control: the phone shows its wheel, the keyboard and reader know it. */
export function Select<V extends string>(props: {
  label: ReactNode
  value: V | ''
  options: readonly { readonly value: V; readonly label: string }[]
  onChange: (value: V | '') => void
  help?: ReactNode
  error?: ReactNode
  required?: boolean
  name?: string
  /** What leaving it empty means, where that is a choice of its own. */
  whenEmpty?: string
}) {
  const { label, value, options, onChange, help, error, required = false, name, whenEmpty } = props
  const { t } = useTranslation()
  return (
    <Field label={label} help={help} error={error} required={required}>
      {(wiring) => (
        <select
          {...wiring}
          name={name}
          className="tx-input"
          value={value}
          onChange={(event) => onChange(event.target.value as V | '')}
        >
          <option value="">{whenEmpty ?? t('ui.choose')}</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
