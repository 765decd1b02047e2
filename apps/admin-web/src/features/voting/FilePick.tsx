import { Field } from '@tongxin/ui'

/** One text file chosen by the person; handed over as its text, without the line end that editors add. */
export function FilePick(props: { label: string; onText: (text: string) => void; error?: string | undefined }) {
  return (
    <Field label={props.label} error={props.error}>
      {(wiring) => (
        <input
          {...wiring}
          type="file"
          className="tx-input"
          accept=".json,application/json"
          onChange={(event) => {
            const [file] = event.target.files ?? []
            if (file) void file.text().then((text) => props.onText(text.trim()))
            event.target.value = ''
          }}
        />
      )}
    </Field>
  )
}

/** Hands a text to the browser as a file, byte for byte. */
export function saveText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has taken hold of the bytes by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
