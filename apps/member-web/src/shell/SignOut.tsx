import { useQueryClient } from '@tanstack/react-query'
import { API_ROOT } from '@tongxin/client/call'
import { UnreachedError } from '@tongxin/client/refused-error'
import { Button, RefusalText } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../paths.ts'
import { forgetKeptSession } from '../shared/kept-session.ts'

/** Ends the session on the server first; only then does this device forget, so "signed out" is true. */
export function SignOut() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const [error, setError] = useState<unknown>(null)
  const leave = async () => {
    try {
      await fetch(`${API_ROOT}/session`, { method: 'DELETE', headers: { 'Idempotency-Key': crypto.randomUUID() } })
    } catch (cause) {
      setError(new UnreachedError(!navigator.onLine, cause))
      return
    }
    forgetKeptSession()
    queryClient.clear()
    // A new document, so that nothing of this person stays in memory.
    location.assign(paths.signIn())
  }
  return (
    <>
      <RefusalText error={error} />
      <Button wide onClick={() => void leave()}>
        {t('shell.signOut')}
      </Button>
    </>
  )
}
