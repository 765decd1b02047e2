import { useWrite } from '@tongxin/client/use-write'
import { resetPassword } from '@tongxin/contract/access.recovery'
import { Button, RefusalText, TextInput } from '@tongxin/ui'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { OutsideFrame } from '../../shared/OutsideFrame.tsx'
import { unlessAtField, useFieldErrors } from '../../shared/use-field-errors.ts'
import { NewPassword } from './PasswordFields.tsx'

/** A new password with the code that two officers have released; signing in follows. */
export function Page() {
  const { t } = useTranslation()
  const [code, setCode] = useState(() => decodeURIComponent(location.hash.replace(/^#/, '')))
  const [password, setPassword] = useState('')
  const resetting = useWrite(resetPassword)
  const errors = useFieldErrors(resetting.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    resetting.mutate({ body: { code: code.trim(), password } })
  }
  if (resetting.isSuccess) {
    return (
      <OutsideFrame title={t('access.resetDone')} lead={t('access.resetDoneLead')}>
        <a className="tx-button" data-kind="primary" data-wide="true" href={paths.signIn()}>
          {t('access.signIn')}
        </a>
      </OutsideFrame>
    )
  }
  return (
    <OutsideFrame title={t('access.reset')} lead={t('access.resetLead')}>
      <form onSubmit={submit}>
        <TextInput
          label={t('access.recoveryCode')}
          value={code}
          onChange={setCode}
          autoComplete="off"
          spellCheck={false}
          required
        />
        <NewPassword
          label={t('access.newPassword')}
          shortest={15}
          value={password}
          onChange={setPassword}
          error={errors('/body/password')}
        />
        <RefusalText error={unlessAtField(resetting.error, ['/body/password'])} />
        <Button kind="primary" wide type="submit" isBusy={resetting.isPending}>
          {t('access.resetNow')}
        </Button>
      </form>
    </OutsideFrame>
  )
}
