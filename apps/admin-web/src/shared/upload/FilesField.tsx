import { Button, RefusalText } from '@tongxin/ui'
import { Paperclip } from 'lucide-react'
import { FileChoice } from './FileChoice.tsx'
import { useSending } from './use-sending.ts'

const MOST_FILES = 9
export type Picked = { readonly id: string; readonly name: string }

type Words = { readonly label: string; readonly hint: string; readonly takeOff: string }

/** Several files, uploaded one after another as soon as they are chosen. `className` says how the chosen ones stand. */
export function FilesField({
  files,
  onChange,
  words,
  className,
}: {
  files: readonly Picked[]
  onChange: (files: readonly Picked[]) => void
  words: Words
  className: string
}) {
  const { sent, error, send, stop } = useSending('document')
  const take = async (file: File) => {
    const id = await send(file)
    if (id !== null) onChange([...files, { id, name: file.name }])
  }
  return (
    <>
      <div className={className}>
        {files.map((file) => (
          <span key={file.id}>
            {file.name}
            <Button kind="quiet" onClick={() => onChange(files.filter(({ id }) => id !== file.id))}>
              {words.takeOff}
            </Button>
          </span>
        ))}
      </div>
      {files.length < MOST_FILES ? (
        <FileChoice
          label={words.label}
          hint={words.hint}
          accept="image/jpeg,image/png,image/webp,application/pdf,.docx,.xlsx,.pptx"
          icon={<Paperclip aria-hidden="true" />}
          file={null}
          onFile={(file) => void take(file)}
          sent={sent}
          onStop={stop}
        />
      ) : null}
      <RefusalText error={error} />
    </>
  )
}
