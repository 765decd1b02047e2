import type { UseMutationResult } from '@tanstack/react-query'
import { Button, ConfirmDialog } from '@tongxin/ui'
import { useState } from 'react'

/** An act that is asked about first. */
export function AskedAct<V>(props: {
  verb: string
  lead: string
  save: UseMutationResult<unknown, Error, V>
  input: V
  isDanger?: boolean
}) {
  const [isAsking, setAsking] = useState(false)
  const { verb, save, input } = props
  return (
    <>
      <Button onClick={() => setAsking(true)}>{verb}</Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={verb}
        verb={verb}
        isDanger={props.isDanger ?? false}
        isBusy={save.isPending}
        error={save.error}
        onClose={() => setAsking(false)}
        onConfirm={() => save.mutate(input, { onSuccess: () => setAsking(false) })}
      >
        {props.lead}
      </ConfirmDialog>
    </>
  )
}
