import { useQuery } from '@tanstack/react-query'
import { useWrite } from '@tongxin/client/use-write'
import { appointFirst } from '@tongxin/contract/access.first-run'
import { Button, Lamp, RefusalText, Skeleton, TextInput, timeOf } from '@tongxin/ui'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { screenCodeQuery } from './access.api.ts'

/** Security administrator: the first committee administrator, who activates with the code shown here. */
export function AppointFirst({ onCode }: { onCode: () => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [signInName, setSignInName] = useState('')
  const appointing = useWrite(appointFirst, { onDone: onCode })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    appointing.mutate({ body: { name: name.trim(), signInName: signInName.trim() } })
  }
  if (appointing.data) return <CodeOnScreen id={appointing.data.activationId} signInName={signInName} />
  return (
    <form onSubmit={submit}>
      <h2>{t('access.welcome.appoint')}</h2>
      <p>{t('access.welcome.appointLead')}</p>
      <TextInput label={t('access.welcome.name')} value={name} onChange={setName} minLength={2} required />
      <TextInput
        label={t('access.welcome.signInName')}
        help={t('access.welcome.signInNameHelp')}
        value={signInName}
        onChange={setSignInName}
        autoComplete="off"
        minLength={4}
        required
      />
      <RefusalText error={appointing.error} />
      <Button kind="primary" wide type="submit" isBusy={appointing.isPending}>
        {t('access.welcome.appointNow')}
      </Button>
    </form>
  )
}

function CodeOnScreen({ id, signInName }: { id: string; signInName: string }) {
  const { t } = useTranslation()
  const { data, error } = useQuery(screenCodeQuery(id))
  if (error) return <RefusalText error={error} />
  if (!data) return <Skeleton lines={4} />
  return (
    <>
      <h2>{t('access.welcome.appointed', { name: data.name })}</h2>
      <p>{t('access.welcome.appointedLead', { until: timeOf(data.expiresAt), signInName })}</p>
      <img
        className="qr"
        src={data.qr}
        alt={t('access.welcome.activationQr', { name: data.name })}
        width={240}
        height={240}
      />
      <p className="code-block">{data.code}</p>
      <Lamp state={data.isUsed ? 'ok' : 'idle'}>
        {t(data.isUsed ? 'access.welcome.activated' : 'access.welcome.notYetActivated')}
      </Lamp>
      {data.isUsed ? (
        <Button kind="primary" onClick={() => location.reload()}>
          {t('access.done')}
        </Button>
      ) : null}
    </>
  )
}
