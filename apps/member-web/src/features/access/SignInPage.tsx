import { useQueryClient } from '@tanstack/react-query'
import { hasPasskeys, isPersonsChoice, showPasskey } from '@tongxin/client/passkey'
import type { ScreenProps } from '@tongxin/client/screen'
import { type Session, sessionQuery } from '@tongxin/client/session'
import { useWrite } from '@tongxin/client/use-write'
import { signIn, stepUp } from '@tongxin/contract/access.own'
import { Button, RefusalText, TextInput } from '@tongxin/ui'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { whereAfterSignIn } from '../../shared/after-sign-in.ts'
import { OutsideFrame } from '../../shared/OutsideFrame.tsx'

/** Signing in for everybody, on the desk and on the phone; a second step only for accounts that have one. */
export function Page({ search }: ScreenProps) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const [factors, setFactors] = useState<Session['factors'] | null>(null)
  const arrive = async () => {
    const session = await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 })
    // Whose post demands a second factor and who has none yet sets it up first: nothing else would be answered.
    const isBare = session.secondFactorNeeded && session.factors.length === 0
    // A new document, so that nothing of the person before stays in memory.
    location.assign(isBare ? paths.security() : whereAfterSignIn(session, search.to, innerWidth))
  }
  return (
    <OutsideFrame
      title={t(factors ? 'access.secondStep' : 'access.signIn')}
      lead={factors ? t('access.secondStepLead') : undefined}
    >
      {factors ? <SecondStep factors={factors} onDone={arrive} /> : <FirstStep onDone={arrive} onSecond={setFactors} />}
      <p className="note">
        {t('access.firstTime')} <a href={paths.activate()}>{t('access.activate')}</a>
        {t('access.stop')} {t('access.forgotten')}
      </p>
    </OutsideFrame>
  )
}

function FirstStep({
  onDone,
  onSecond,
}: {
  onDone: () => Promise<void>
  onSecond: (factors: Session['factors']) => void
}) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const signing = useWrite(signIn, {
    onDone: ({ secondFactorNeeded, factors }) => (secondFactorNeeded ? onSecond(factors) : void onDone()),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const digits = code.replace(/\D/g, '')
    signing.mutate({ body: { name: name.trim(), password, ...(digits.length === 6 ? { code: digits } : {}) } })
  }
  return (
    <form onSubmit={submit}>
      <TextInput
        label={t('access.account')}
        help={t('access.accountHelp')}
        value={name}
        onChange={setName}
        autoComplete="username"
        required
        autoFocus
      />
      <TextInput
        label={t('access.password')}
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        required
      />
      <TextInput
        label={t('access.code')}
        help={t('access.codeOptional')}
        value={code}
        onChange={setCode}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={7}
      />
      <RefusalText error={signing.error} />
      <Button kind="primary" wide type="submit" isBusy={signing.isPending}>
        {t('access.signIn')}
      </Button>
    </form>
  )
}

function SecondStep({ factors, onDone }: { factors: Session['factors']; onDone: () => Promise<void> }) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const [error, setError] = useState<unknown>(null)
  const showing = useWrite(stepUp, { onDone: () => void onDone() })
  const byPasskey = async () => {
    setError(null)
    try {
      await showPasskey()
      await onDone()
    } catch (cause) {
      if (!isPersonsChoice(cause)) setError(cause)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    showing.mutate({ body: { code: code.replace(/\D/g, '') } })
  }
  return (
    <>
      {factors.includes('totp') ? (
        <form onSubmit={submit}>
          <TextInput
            label={t('access.code')}
            help={t('access.codeHelp')}
            value={code}
            onChange={setCode}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={7}
            required
            autoFocus
          />
          <RefusalText error={showing.error} />
          <Button kind="primary" wide type="submit" isBusy={showing.isPending}>
            {t('access.stepUp.confirm')}
          </Button>
        </form>
      ) : null}
      {factors.includes('passkey') ? (
        <Button wide onClick={() => void byPasskey()} whyNot={hasPasskeys() ? undefined : t('access.noPasskeysHere')}>
          {t('access.stepUp.passkey')}
        </Button>
      ) : null}
      <RefusalText error={error} />
    </>
  )
}
