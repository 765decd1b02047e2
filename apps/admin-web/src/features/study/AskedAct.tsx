import type { UseMutationResult } from '@tanstack/react-query'
import { Button, ConfirmDialog, say } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ALL_STUDY } from './study.api.ts'

/** Reloads and says that it is done. */
export function useDone(after?: () => void) {
  const { t } = useTranslation()
  return {
    refreshes: ALL_STUDY,
    onDone: () => {
      say(t('study.done'))
      after?.()
    },
  }
}

/** An act that is asked about first, with words where some are kept. */
export function AskedAct<V>(props: {
  verb: string
  lead: string
  wordsLabel?: string
  whyNot?: string | undefined
  save: UseMutationResult<unknown, Error, V>
  input: (words: string) => V
}) {
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
        {...(props.wordsLabel ? { reasonLabel: props.wordsLabel } : {})}
        isBusy={save.isPending}
        error={save.error}
        onClose={() => setAsking(false)}
        onConfirm={(words) => save.mutate(input(words), { onSuccess: () => setAsking(false) })}
      >
        {props.lead}
      </ConfirmDialog>
    </>
  )
}
