import { CalendarDays } from 'lucide-react'
import type { ReactNode } from 'react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dateInText } from './date-text.ts'
import { Field } from './Field.tsx'

type Props = {
  label: ReactNode
  /** `YYYY-MM-DD`, or '' for none. */
  value: string
  onChange: (value: string) => void
  help?: ReactNode
  error?: ReactNode
  required?: boolean
  min?: string
  max?: string
  name?: string
}

/** A day: takes what people type, shows `YYYY-MM-DD`, and offers the platform's calendar. */
export function DateInput({ label, value, onChange, help, error, required = false, min, max, name }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<string | null>(null)
  const calendar = useRef<HTMLInputElement>(null)
  const isUnread = typed !== null && typed.trim() !== '' && dateInText(typed) === null
  const settle = () => {
    if (typed === null || isUnread) return
    onChange(dateInText(typed) ?? '')
    setTyped(null)
  }
  /** A day that is whole counts at once: the button that waits for it must not stay shut until the field is left. */
  const type = (text: string) => {
    setTyped(text)
    if (/^\d{4}-\d{2}-\d{2}$/.test(text) && dateInText(text) === text) onChange(text)
  }
  return (
    <Field label={label} help={help} required={required} error={isUnread ? t('ui.dateUnread') : error}>
      {(wiring) => (
        <div className="tx-date">
          <input
            type="text"
            {...wiring}
            name={name}
            className="tx-input"
            inputMode="numeric"
            autoComplete="off"
            placeholder="2026-03-05"
            value={typed ?? value}
            onChange={(event) => type(event.target.value)}
            onBlur={settle}
            onKeyDown={(event) => event.key === 'Enter' && settle()}
          />
          <input
            ref={calendar}
            type="date"
            tabIndex={-1}
            aria-hidden="true"
            value={value}
            min={min}
            max={max}
            onChange={(event) => {
              setTyped(null)
              onChange(event.target.value)
            }}
          />
          <button
            type="button"
            className="tx-button"
            aria-label={t('ui.openCalendar')}
            onClick={() => calendar.current?.showPicker()}
          >
            <CalendarDays size="1.2em" aria-hidden="true" />
          </button>
        </div>
      )}
    </Field>
  )
}
