import type { ReactNode } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { monthInText } from './date-text.ts'
import { Field } from './Field.tsx'

type Props = {
  label: ReactNode
  /** `YYYY-MM`, or '' for none. */
  value: string
  onChange: (value: string) => void
  help?: ReactNode
  error?: ReactNode
  required?: boolean
  /** The last month that may be given. */
  max?: string
}

/**
 * A month as people type it. Not the browser's own field for months: two of the large browsers have none, and the third
 * writes it in its own language.
 */
export function MonthInput({ label, value, onChange, help, error, required = false, max }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<string | null>(null)
  const read = typed === null ? value : monthInText(typed)
  const isUnread = typed !== null && typed.trim() !== '' && read === null
  const isLate = max !== undefined && read !== null && read > max
  const type = (text: string) => {
    setTyped(text)
    const month = monthInText(text)
    if (text === '' || (month === text && !(max !== undefined && month > max))) onChange(text)
  }
  const settle = () => {
    if (typed === null || isUnread || isLate) return
    onChange(read ?? '')
    setTyped(null)
  }
  const fault = isUnread ? t('ui.monthUnread') : isLate ? t('ui.monthLate', { max }) : error
  return (
    <Field label={label} help={help} required={required} error={fault}>
      {(wiring) => (
        <input
          type="text"
          {...wiring}
          className="tx-input"
          inputMode="numeric"
          autoComplete="off"
          placeholder="2026-03"
          value={typed ?? value}
          onChange={(event) => type(event.target.value)}
          onBlur={settle}
          onKeyDown={(event) => event.key === 'Enter' && settle()}
        />
      )}
    </Field>
  )
}
