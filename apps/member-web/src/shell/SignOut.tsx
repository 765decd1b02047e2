import { useQueryClient } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { RefusedError } from '@tongxin/client/refused-error'
import { endSession } from '@tongxin/contract/access.own'
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
      await call(endSession)
    } catch (refused) {
      // A session that has ended by itself is what was asked for.
      if (!(refused instanceof RefusedError && refused.status === 401)) return setError(refused)
    }
    forgetKeptSession()
    await import('../shared/player/offline-media.ts').then((kept) => kept.forgetAllMedia()).catch(() => false)
    await import('../shared/offline-courses.ts').then((kept) => kept.forgetAllCourses()).catch(() => false)
    // What was said is kept for reading without a network; nothing of it stays with a device that is handed on.
    indexedDB.deleteDatabase('tongxin-talks')
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
