import { useQueryClient } from '@tanstack/react-query'
import { stepUp } from '@tongxin/contract/access.own'
import { Button, Dialog, RefusalText, TextInput } from '@tongxin/ui'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from './call.ts'
import { isPersonsChoice, showPasskey } from './passkey.ts'
import { type Session, sessionQuery } from './session.ts'
import { registerStepUp } from './step-up.ts'

/**
 * Asks for the second factor when the server wants it, for whichever call was refused. Stands once in each shell.
 * `securityPath` is where somebody without a second factor sets one up.
 */
export function StepUpDialog({ securityPath }: { securityPath: string }) {
  const queryClient = useQueryClient()
  const [factors, setFactors] = useState<Session['factors'] | null>(null)
  const answer = useRef<(isShown: boolean) => void>(() => undefined)
  // Synchronises with `call`, which stands outside React and waits for the promise.
  useEffect(
    () =>
      registerStepUp(async () => {
        const session = await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 })
        setFactors(session.factors)
        return new Promise((resolve) => {
          answer.current = resolve
        })
      }),
    [queryClient],
  )
  const close = (isShown: boolean) => {
    setFactors(null)
    answer.current(isShown)
    if (isShown) void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
  }
  return factors === null ? null : <Asking factors={factors} securityPath={securityPath} onDone={close} />
}

function Asking(props: { factors: Session['factors']; securityPath: string; onDone: (isShown: boolean) => void }) {
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
