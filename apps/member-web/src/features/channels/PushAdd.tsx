import { useWrite } from '@tongxin/client/use-write'
import { addPushAddress } from '@tongxin/contract/channels.own'
import { Button, RefusalText, say } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CHANNELS } from './channels.api.ts'
import { isPushPossible, subscribe } from './push.ts'

/** Notices on this very device; the browser asks the person itself. */
export function PushAdd({ pushKey }: { pushKey: string | null }) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const adding = useWrite(addPushAddress, { refreshes: [CHANNELS], onDone: () => say(t('channels.bound')) })
  const add = async () => {
    setAsking(true)
    try {
      const address = pushKey ? await subscribe(pushKey) : null
      if (address) adding.mutate({ body: address })
      else say(t('channels.pushDenied'))
    } catch {
      // The browser's push service does not answer: nothing was changed here or there.
      say(t('channels.pushFailed'))
    } finally {
      setAsking(false)
    }
  }
  return (
    <>
      <RefusalText error={adding.error} />
      <Button
        isBusy={isAsking || adding.isPending}
        whyNot={isPushPossible() ? undefined : t('channels.pushImpossible')}
        onClick={() => void add()}
      >
        {t('channels.pushHere')}
      </Button>
    </>
  )
}
