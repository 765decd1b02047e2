import { useWrite } from '@tongxin/client/use-write'
import { beginTotp, confirmTotp, removeTotp } from '@tongxin/contract/access.own'
import { Button, ConfirmDialog, RefusalText, say, TextInput } from '@tongxin/ui'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** The authenticator app: scan, type the first code, done. */
export function Totp({ isOn, onDone }: { isOn: boolean; onDone?: () => void }) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const beginning = useWrite(beginTotp)
  const confirming = useWrite(confirmTotp, {
    refreshes: [['access'], ['session'], ['set-up']],
    onDone: () => {
      say(t('access.totpOn'))
      onDone?.()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    confirming.mutate({ body: { code: code.replace(/\D/g, '') } })
  }
  if (isOn) return <RemoveTotp />
  if (!beginning.data) {
    return (
      <div className="stack">
        <Button kind="primary" isBusy={beginning.isPending} onClick={() => beginning.mutate({})}>
          {t('access.totpBegin')}
        </Button>
        <RefusalText error={beginning.error} />
      </div>
    )
  }
  return (
    <form onSubmit={submit}>
      <p>{t('access.totpScan')}</p>
      <img className="qr" src={beginning.data.qr} alt={t('access.totpQr')} width={240} height={240} />
      <details>
        <summary>{t('access.totpByHand')}</summary>
        <p className="code-block">{beginning.data.secret.match(/.{1,4}/g)?.join(' ')}</p>
        <a href={beginning.data.uri}>{t('access.totpOpen')}</a>
      </details>
      <TextInput
        label={t('access.code')}
        help={t('access.totpFirst')}
        value={code}
        onChange={setCode}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={7}
        required
      />
      <RefusalText error={confirming.error} />
      <Button kind="primary" wide type="submit" isBusy={confirming.isPending}>
        {t('access.totpConfirm')}
      </Button>
    </form>
  )
}

function RemoveTotp() {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const removing = useWrite(removeTotp, { refreshes: [['access'], ['session']], onDone: () => setAsking(false) })
  return (
    <ul className="rows-list">
      <li>
        <div>{t('access.totp')}</div>
        <Button onClick={() => setAsking(true)}>{t('access.remove')}</Button>
      </li>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('access.totpRemove')}
        verb={t('access.remove')}
        isDanger
        isBusy={removing.isPending}
        error={removing.error}
        onConfirm={() => removing.mutate({})}
      >
        {t('access.totpRemoveWhy')}
      </ConfirmDialog>
    </ul>
  )
}
