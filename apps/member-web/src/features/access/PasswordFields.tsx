import { TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** A new password, typed once and shown on demand (NIST SP 800-63B-4 3.1.1.2: let people see what they type). */
export function NewPassword(props: {
  label: string
  shortest: number
  value: string
  onChange: (value: string) => void
  error?: string | undefined
}) {
  const { t } = useTranslation()
  const [isShown, setShown] = useState(false)
  return (
    <div className="stack">
      <TextInput
        label={props.label}
        help={t('access.passwordHelp', { count: props.shortest })}
        error={props.error}
        type={isShown ? 'text' : 'password'}
        value={props.value}
        onChange={props.onChange}
        autoComplete="new-password"
        maxLength={256}
        required
      />
      <label className="tick">
        <input type="checkbox" checked={isShown} onChange={(event) => setShown(event.target.checked)} />{' '}
        {t('access.showPassword')}
      </label>
    </div>
  )
}
