import { useMutation } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { showPassword } from '@tongxin/contract/access.own'
import { Button, RefusalText, TextInput } from '@tongxin/ui'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** The password again, where the session is older than a drawing may rely on. */
export function ProveSelf({ onProved }: { onProved: () => void }) {
  const { t } = useTranslation()
  const [password, setPassword] = useState('')
  const act = useMutation({
    mutationFn: () => call(showPassword, { body: { password } }),
    retry: false,
    onSuccess: onProved,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    act.mutate()
  }
  return (
    <form className="card" onSubmit={submit} aria-labelledby="prove-self">
      <h2 id="prove-self">{t('voting.prove')}</h2>
      <p>{t('voting.proveWhy')}</p>
      <TextInput
        type="password"
        label={t('voting.password')}
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        autoFocus
      />
      <RefusalText error={act.error} />
      <Button
        wide
        kind="primary"
        type="submit"
        isBusy={act.isPending}
        whyNot={password ? undefined : t('voting.passwordFirst')}
      >
        {t('voting.proveAndDraw')}
      </Button>
    </form>
  )
}
