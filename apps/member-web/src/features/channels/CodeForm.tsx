import { useWrite } from '@tongxin/client/use-write'
import { askAddressCode, confirmAddress, type OwnReach } from '@tongxin/contract/channels.own'
import { Button, RefusalText, say, TextInput } from '@tongxin/ui'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CHANNELS } from './channels.api.ts'

type Waiting = OwnReach['addresses'][number]

/** A mail address or telephone: entered, then shown to be one's own by the code that was sent there. */
export function CodeForm({ reach, waiting }: { reach: 'mail' | 'sms'; waiting: Waiting | undefined }) {
  const { t } = useTranslation()
  const [address, setAddress] = useState('')
  const asking = useWrite(askAddressCode, {
    refreshes: [CHANNELS],
    onDone: ({ masked }) => say(t('channels.codeSent', { to: masked })),
  })
  const label = t(`channels.addressOf.${reach}`)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    asking.mutate({ body: { reach, address: address.trim() } })
  }
  return (
    <>
      <form className="channels-form" onSubmit={submit}>
        <RefusalText error={asking.error} labels={{ '/body/address': label }} />
        <TextInput
          label={label}
          type={reach === 'mail' ? 'email' : 'tel'}
          inputMode={reach === 'mail' ? 'email' : 'tel'}
          autoComplete={reach === 'mail' ? 'email' : 'tel-national'}
          maxLength={254}
          value={address}
          onChange={setAddress}
        />
        <Button
          type="submit"
          isBusy={asking.isPending}
          whyNot={address.trim().length < 5 ? t('channels.addressFirst') : undefined}
        >
          {t('channels.askCode')}
        </Button>
      </form>
      {waiting ? <Confirm key={waiting.id} waiting={waiting} /> : null}
    </>
  )
}

function Confirm({ waiting }: { waiting: Waiting }) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const confirming = useWrite(confirmAddress, { refreshes: [CHANNELS], onDone: () => say(t('channels.bound')) })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    confirming.mutate({ params: { id: waiting.id }, body: { code } })
  }
  return (
    <form className="channels-form" onSubmit={submit}>
      <RefusalText error={confirming.error} labels={{ '/body/code': t('channels.code') }} />
      <TextInput
        label={t('channels.codeFor', { to: waiting.masked })}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={6}
        value={code}
        onChange={(text) => setCode(text.replace(/\D/g, ''))}
      />
      <Button
        type="submit"
        kind="primary"
        isBusy={confirming.isPending}
        whyNot={code.length < 6 ? t('channels.codeFirst') : undefined}
      >
        {t('channels.confirm')}
      </Button>
    </form>
  )
}
