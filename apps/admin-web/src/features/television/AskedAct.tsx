import type { UseMutationResult } from '@tanstack/react-query'
import { Button, ConfirmDialog, say } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ALL_TELEVISION } from './television.api.ts'

/** Reloads and says that it is done. */
export function useDone(onDone?: () => void) {
  const { t } = useTranslation()
  return {
    refreshes: [...ALL_TELEVISION],
    onDone: () => {
      say(t('television.done'))
      onDone?.()
    },
  }
}

/** An act that is asked about first, with a reason where one is kept. */
export function AskedAct<V>(props: {
  verb: string
  lead: string
  withReason?: boolean
  isDanger?: boolean
  whyNot?: string | undefined
  // biome-ignore lint/suspicious/noExplicitAny: the reply of the act is of no interest here
  save: UseMutationResult<any, any, V>
  input: (reason: string) => V
}) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const { verb, save, input } = props
  return (
    <>
      <Button whyNot={props.whyNot} onClick={() => setAsking(true)}>
        {verb}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={verb}
        verb={verb}
        isDanger={props.isDanger ?? false}
        {...(props.withReason ? { reasonLabel: t('television.reason') } : {})}
        isBusy={save.isPending}
        error={save.error}
        onClose={() => setAsking(false)}
        onConfirm={(reason) => save.mutate(input(reason), { onSuccess: () => setAsking(false) })}
      >
        {props.lead}
      </ConfirmDialog>
    </>
  )
}
