import type { InputHTMLAttributes, ReactNode, TextareaHTMLAttributes } from 'react'
import { Field } from './Field.tsx'

type FieldProps = { label: ReactNode; help?: ReactNode; error?: ReactNode }
type InputProps = FieldProps &
  Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value' | 'id'> & {
    value: string
    onChange: (value: string) => void
  }

/** One line of text, with its label. */
export function TextInput({ label, help, error, required, value, onChange, ...rest }: InputProps) {
  return (
    <Field label={label} help={help} error={error} required={required ?? false}>
      {(wiring) => (
        <input
          type="text"
          {...rest}
          {...wiring}
          className="tx-input"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

type AreaProps = FieldProps &
  Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange' | 'value' | 'id'> & {
    value: string
    onChange: (value: string) => void
  }

/** Several lines of text, with their label. */
export function TextArea({ label, help, error, required, value, onChange, ...rest }: AreaProps) {
  return (
    <Field label={label} help={help} error={error} required={required ?? false}>
      {(wiring) => (
        <textarea
          rows={4}
          {...rest}
          {...wiring}
          className="tx-input"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
