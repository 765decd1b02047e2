import { useQueryClient } from '@tanstack/react-query'
import { sessionQuery } from '@tongxin/client/session'
import { useWrite } from '@tongxin/client/use-write'
import { activate } from '@tongxin/contract/access.activation'
import { Button, RefusalText, TextInput } from '@tongxin/ui'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { whereAfterSignIn } from '../../shared/after-sign-in.ts'
import { OutsideFrame } from '../../shared/OutsideFrame.tsx'
import { unlessAtField, useFieldErrors } from '../../shared/use-field-errors.ts'
import { NewPassword } from './PasswordFields.tsx'

/** The code stands behind `#` in the QR of a slip: it never reaches a server log. */
export const codeInAddress = (hash: string): string => decodeURIComponent(hash.replace(/^#/, ''))

/** First use of an account: code, number and last four characters from the slip, then a password of one's own. */
export function Page() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const [code, setCode] = useState(() => codeInAddress(location.hash))
  const [memberNumber, setMemberNumber] = useState('')
  const [lastFour, setLastFour] = useState('')
  const [password, setPassword] = useState('')
  const activating = useWrite(activate, {
    onDone: async () => {
      const session = await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 })
      const isBare = session.secondFactorNeeded && session.factors.length === 0
      location.assign(isBare ? paths.security() : whereAfterSignIn(session, undefined, innerWidth))
    },
  })
  const errors = useFieldErrors(activating.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    activating.mutate({
      body: { code: code.trim(), memberNumber: memberNumber.trim(), lastFour: lastFour.trim(), password },
    })
  }
  return (
    <OutsideFrame title={t('access.activate')} lead={t('access.activateLead')}>
      <form onSubmit={submit}>
        <TextInput
          label={t('access.activationCode')}
          value={code}
          onChange={setCode}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          required
        />
        <TextInput
          label={t('access.memberNumber')}
          help={t('access.memberNumberHelp')}
          value={memberNumber}
          onChange={setMemberNumber}
          autoComplete="username"
          required
        />
        <TextInput
          label={t('access.lastFour')}
          help={t('access.lastFourHelp')}
          value={lastFour}
          onChange={setLastFour}
          maxLength={4}
          autoComplete="off"
        />
        <NewPassword
          label={t('access.newPassword')}
          shortest={15}
          value={password}
          onChange={setPassword}
          error={errors('/body/password')}
        />
        <RefusalText error={unlessAtField(activating.error, ['/body/password'])} />
        <Button kind="primary" wide type="submit" isBusy={activating.isPending}>
          {t('access.activateNow')}
        </Button>
      </form>
      <p className="note">{t('access.noSlip')}</p>
    </OutsideFrame>
  )
}
