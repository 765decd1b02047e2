import type { UseMutationResult } from '@tanstack/react-query'
import { Button, ConfirmDialog } from '@tongxin/ui'
import { useState } from 'react'

/** An act that is asked about first, with a reason where one is kept: `reasonLabel` names its field. */
export function AskedAct<V>(props: {
  verb: string
  lead: string
  reasonLabel?: string
  isDanger?: boolean
  whyNot?: string | undefined
  // biome-ignore lint/suspicious/noExplicitAny: the reply of the act is of no interest here
  save: UseMutationResult<any, any, V>
  input: (reason: string) => V
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
        isDanger={props.isDanger ?? false}
        {...(props.reasonLabel ? { reasonLabel: props.reasonLabel } : {})}
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
