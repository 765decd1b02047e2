import { uploadFile } from '@tongxin/client/upload'
import type { FilePurpose } from '@tongxin/contract/files'
import { Field, Progress, RefusalText } from '@tongxin/ui'
import { useState } from 'react'

export type PickedFile = { readonly id: string; readonly name: string }

/** One file of a form: uploaded resumably as soon as it is chosen. `words` come from the feature that asks. */
export function FileField(props: {
  label: string
  help: string
  accept: string
  purpose: FilePurpose
  words: { readonly sending: string; readonly ready: (name: string) => string }
  file: PickedFile | null
  onChange: (file: PickedFile | null) => void
  error?: string | undefined
  required?: boolean
}) {
  const [sending, setSending] = useState<{ sent: number; all: number } | null>(null)
  const [error, setError] = useState<unknown>(null)
  const choose = async (file: File | undefined) => {
    if (!file) return
    setError(null)
    setSending({ sent: 0, all: file.size })
    try {
      const id = await uploadFile(file, props.purpose, { onProgress: (sent, all) => setSending({ sent, all }) })
      props.onChange({ id, name: file.name })
    } catch (refused) {
      props.onChange(null)
      setError(refused)
    } finally {
      setSending(null)
    }
  }
  return (
    <>
      <Field label={props.label} help={props.help} error={props.error} required={props.required ?? false}>
        {(wiring) => (
          <input
            {...wiring}
            type="file"
            accept={props.accept}
            onChange={(event) => void choose(event.target.files?.[0])}
          />
        )}
      </Field>
      {sending ? <Progress label={props.words.sending} done={sending.sent} total={sending.all} /> : null}
      {props.file ? <p className="hint">{props.words.ready(props.file.name)}</p> : null}
      <RefusalText error={error} />
    </>
  )
}
