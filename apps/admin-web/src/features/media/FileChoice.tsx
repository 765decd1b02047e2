import { Button, Progress } from '@tongxin/ui'
import { Film } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { MEDIA_ACCEPT, sizeOf } from './media.format.ts'

/** Chooses one video or sound; shows what was chosen, and how much of it has arrived. */
export function FileChoice(props: {
  file: File | null
  onFile: (file: File) => void
  sent: { readonly bytes: number; readonly all: number } | null
  onStop: () => void
}) {
  const { t } = useTranslation()
  const id = useId()
  const { file, sent } = props
  if (sent) {
    return (
      <div className="media-file">
        <Progress
          label={t('media.sending', { sent: sizeOf(sent.bytes), all: sizeOf(sent.all) })}
          done={Math.floor((sent.bytes / sent.all) * 100)}
          total={100}
        />
        <Button onClick={props.onStop}>{t('media.stopSending')}</Button>
      </div>
    )
  }
  return (
    <div className="media-file">
      <input
        id={id}
        className="tx-hidden"
        type="file"
        accept={MEDIA_ACCEPT}
        tabIndex={-1}
        aria-label={t('media.file')}
        onChange={(event) => {
          const chosen = event.target.files?.[0]
          event.target.value = ''
          if (chosen) props.onFile(chosen)
        }}
      />
      <Film aria-hidden="true" />
      <p>{file ? `${file.name} · ${sizeOf(file.size)}` : t('media.fileHint')}</p>
      <Button onClick={() => document.getElementById(id)?.click()}>
        {t(file ? 'media.chooseOther' : 'media.choose')}
      </Button>
    </div>
  )
}
