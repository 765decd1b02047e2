import type { UseMutationResult } from '@tanstack/react-query'
import { Button, ConfirmDialog, say } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ALL_TOPICS } from './topics.api.ts'

/** Reloads and says that it is done. */
export function useDone() {
  const { t } = useTranslation()
  return { refreshes: ALL_TOPICS, onDone: () => say(t('topics.done')) }
}

/** An act that is asked about first, with a reason where one is kept. */
export function AskedAct<V>(props: {
  verb: string
  lead: string
  withReason?: boolean
  // biome-ignore lint/suspicious/noExplicitAny: the reply of the act is of no interest here
  save: UseMutationResult<any, any, V>
  input: (reason: string) => V
}) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const { verb, save, input } = props
  return (
    <>
      <Button onClick={() => setAsking(true)}>{verb}</Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={verb}
        verb={verb}
        {...(props.withReason ? { reasonLabel: t('topics.reason') } : {})}
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
