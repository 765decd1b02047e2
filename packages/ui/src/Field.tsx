import type { ReactNode } from 'react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'

/** What the control inside a field must carry, so that label, help and error belong to it. */
export type FieldWiring = {
  readonly id: string
  readonly required: boolean
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
}

/** Label above, help under, error at the field. `children` receives the wiring and spreads it on the control. */
export function Field(props: {
  label: ReactNode
  help?: ReactNode
  error?: ReactNode
  required?: boolean
  children: (wiring: FieldWiring) => ReactNode
}) {
  const { label, help, error, required = false, children } = props
  const { t } = useTranslation()
  const id = useId()
  const hasError = error !== undefined && error !== null && error !== ''
  const described = [help ? `${id}-help` : '', hasError ? `${id}-error` : ''].filter(Boolean).join(' ')
  return (
    <div className="tx-field">
      <label htmlFor={id}>
        {label}
        {required ? (
          <span className="tx-required" title={t('ui.required')} aria-hidden="true">
            *
          </span>
        ) : null}
      </label>
      {children({ id, required, 'aria-describedby': described || undefined, 'aria-invalid': hasError || undefined })}
      {help ? (
        <span id={`${id}-help`} className="tx-help">
          {help}
        </span>
      ) : null}
      {hasError ? (
        <span id={`${id}-error`} className="tx-error">
          {error}
        </span>
      ) : null}
    </div>
  )
}
