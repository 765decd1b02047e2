import { Button, RefusalText } from '@tongxin/ui'
import { Paperclip } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { FileChoice } from '../../shared/upload/FileChoice.tsx'
import { useSending } from '../../shared/upload/use-sending.ts'

const MOST_FILES = 9
export type Picked = { readonly id: string; readonly name: string }

/** Several files, uploaded one after another as soon as they are chosen. */
export function FilesField({
  files,
  onChange,
}: {
  files: readonly Picked[]
  onChange: (files: readonly Picked[]) => void
}) {
  const { t } = useTranslation()
  const { sent, error, send, stop } = useSending('document')
  const take = async (file: File) => {
    const id = await send(file)
    if (id !== null) onChange([...files, { id, name: file.name }])
  }
  return (
    <>
      {files.map((file) => (
        <span key={file.id} className="tasks-chosen">
          {file.name}
          <Button kind="quiet" onClick={() => onChange(files.filter(({ id }) => id !== file.id))}>
            {t('tasks.takeOff')}
          </Button>
        </span>
      ))}
      {files.length < MOST_FILES ? (
        <FileChoice
          label={t('tasks.files')}
          hint={t('tasks.filesHint')}
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
