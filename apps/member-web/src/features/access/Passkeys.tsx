import { useQueryClient } from '@tanstack/react-query'
import { hasPasskeys, isPersonsChoice, makePasskey } from '@tongxin/client/passkey'
import { useWrite } from '@tongxin/client/use-write'
import { type readSecurity, removePasskey } from '@tongxin/contract/access.own'
import type { Reply } from '@tongxin/contract/endpoint'
import { Button, dateOf, RefusalText, say, TextInput } from '@tongxin/ui'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Passkeys: fingerprint, face or PIN of a device instead of six digits. */
export function Passkeys({ keys, isPossible }: { keys: Reply<typeof readSecurity>['passkeys']; isPossible: boolean }) {
  const { t } = useTranslation()
  const removing = useWrite(removePasskey, { refreshes: [['access'], ['session']] })
  return (
    <div className="stack">
      <ul className="rows-list">
        {keys.map((key) => (
          <li key={key.id}>
            <div>
              {key.label}
              <small>{t('access.passkeySince', { on: dateOf(key.createdAt) })}</small>
            </div>
            <Button onClick={() => removing.mutate({ params: { id: key.id } })}>{t('access.remove')}</Button>
          </li>
        ))}
      </ul>
      <RefusalText error={removing.error} />
      <AddPasskey isPossible={isPossible} />
    </div>
  )
}

function AddPasskey({ isPossible }: { isPossible: boolean }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const [label, setLabel] = useState('')
  const [error, setError] = useState<unknown>(null)
  const whyNot = isPossible ? (hasPasskeys() ? undefined : t('access.noPasskeysHere')) : t('access.noPasskeysAddress')
  const add = async (event: FormEvent) => {
    event.preventDefault()
    setError(null)
    try {
      await makePasskey(label.trim())
      setLabel('')
      say(t('access.passkeyAdded'))
      await queryClient.invalidateQueries()
    } catch (cause) {
      if (!isPersonsChoice(cause)) setError(cause)
    }
  }
  return (
    <form onSubmit={(event) => void add(event)}>
      <TextInput
        label={t('access.passkeyLabel')}
        help={t('access.passkeyHelp')}
        value={label}
        onChange={setLabel}
        maxLength={40}
        required
      />
      <RefusalText error={error} />
      <Button type="submit" whyNot={whyNot}>
        {t('access.passkeyAdd')}
      </Button>
    </form>
  )
}
