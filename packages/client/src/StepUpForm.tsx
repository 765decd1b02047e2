import { stepUp } from '@tongxin/contract/access.own'
import { Button, Dialog, RefusalText, TextInput } from '@tongxin/ui'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from './call.ts'
import { isPersonsChoice, showPasskey } from './passkey.ts'
import type { Session } from './session.ts'

/** The question for the second factor: the six figures of the authenticator, a passkey, or where to set one up. */
export function StepUpForm(props: {
  factors: Session['factors']
  securityPath: string
  onDone: (isShown: boolean) => void
}) {
  const { t } = useTranslation()
  const { factors, onDone } = props
  const [code, setCode] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const show = async (way: () => Promise<unknown>) => {
    setBusy(true)
    setError(null)
    try {
      await way()
      onDone(true)
    } catch (cause) {
      if (!isPersonsChoice(cause)) setError(cause)
    }
    setBusy(false)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void show(() => call(stepUp, { body: { code } }))
  }
  return (
    <Dialog isOpen onClose={() => onDone(false)} title={t('access.stepUp.title')}>
      <p>{t(factors.length > 0 ? 'access.stepUp.why' : 'access.stepUp.none')}</p>
      {factors.includes('totp') ? (
        <form className="tx-form" onSubmit={submit}>
          <TextInput
            label={t('access.code')}
            help={t('access.codeHelp')}
            value={code}
            onChange={setCode}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
            autoFocus
          />
          <Button kind="primary" type="submit" isBusy={isBusy} wide>
            {t('access.stepUp.confirm')}
          </Button>
        </form>
      ) : null}
      {factors.includes('passkey') ? (
        <Button wide isBusy={isBusy} onClick={() => void show(showPasskey)}>
          {t('access.stepUp.passkey')}
        </Button>
      ) : null}
      {factors.length === 0 ? (
        <a className="tx-button" data-kind="primary" href={props.securityPath}>
          {t('access.stepUp.setUp')}
        </a>
      ) : null}
      <RefusalText error={error} />
    </Dialog>
  )
}
