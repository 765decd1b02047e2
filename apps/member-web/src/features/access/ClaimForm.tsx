import { useWrite } from '@tongxin/client/use-write'
import { claimSetUp, type SetUpReply } from '@tongxin/contract/access.first-run'
import { Button, RefusalText, TextInput } from '@tongxin/ui'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { unlessAtField, useFieldErrors } from '../../shared/use-field-errors.ts'
import { NewPassword } from './PasswordFields.tsx'

const FIELDS = ['/body/code', '/body/signInName', '/body/password']

/** With a code from the terminal: who one is, and how one will sign in. */
export function ClaimForm({ setUp }: { setUp: SetUpReply }) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const [name, setName] = useState('')
  const [signInName, setSignInName] = useState('')
  const [password, setPassword] = useState('')
  const claiming = useWrite(claimSetUp, { refreshes: [['session'], ['set-up']] })
  const errors = useFieldErrors(claiming.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    claiming.mutate({ body: { code: code.trim(), name: name.trim(), signInName: signInName.trim(), password } })
  }
  const isAllClaimed = setUp.administrators.every((one) => one.isClaimed)
  if (isAllClaimed) {
    return (
      <>
        <h2>{t('access.welcome.allClaimed')}</h2>
        <a className="tx-button" data-kind="primary" href={`${paths.signIn()}?to=${paths.welcome()}`}>
          {t('access.signIn')}
        </a>
      </>
    )
  }
  return (
    <form onSubmit={submit}>
      <h2>{t('access.welcome.claim')}</h2>
      <p>{t('access.welcome.claimLead')}</p>
      <TextInput
        label={t('access.welcome.code')}
        help={t('access.welcome.codeHelp')}
        error={errors('/body/code')}
        value={code}
        onChange={setCode}
        autoComplete="off"
        spellCheck={false}
        required
      />
      <TextInput
        label={t('access.welcome.name')}
        value={name}
        onChange={setName}
        autoComplete="name"
        minLength={2}
        required
      />
      <TextInput
        label={t('access.welcome.signInName')}
        help={t('access.welcome.signInNameHelp')}
        error={errors('/body/signInName')}
        value={signInName}
        onChange={setSignInName}
        autoComplete="username"
        minLength={4}
        required
      />
      <NewPassword
        label={t('access.newPassword')}
        shortest={15}
        value={password}
        onChange={setPassword}
        error={errors('/body/password')}
      />
      <RefusalText error={unlessAtField(claiming.error, FIELDS)} />
      <Button kind="primary" wide type="submit" isBusy={claiming.isPending}>
        {t('access.welcome.claimNow')}
      </Button>
      <p className="note">
        {t('access.welcome.claimedBefore')} <a href={`${paths.signIn()}?to=${paths.welcome()}`}>{t('access.signIn')}</a>
      </p>
    </form>
  )
}
