import { Button, Progress } from '@tongxin/ui'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { sizeOf } from './size-of.ts'
import type { Sent } from './use-sending.ts'

/** Chooses one file; shows what was chosen, and how much of it has arrived. `accept` as of the HTML attribute. */
export function FileChoice(props: {
  label: string
  hint: string
  accept: string
  icon: ReactNode
  file: File | null
  onFile: (file: File) => void
  sent: Sent | null
  onStop: () => void
}) {
  const { t } = useTranslation()
  const id = useId()
  const { file, sent } = props
  if (sent) {
    const done = Math.floor((sent.bytes / Math.max(1, sent.all)) * 100)
    return (
      <div className="file-choice">
        <Progress
          label={t('shared.upload.sending', { sent: sizeOf(sent.bytes), all: sizeOf(sent.all) })}
          done={done}
          total={100}
        />
        <Button onClick={props.onStop}>{t('shared.upload.stop')}</Button>
      </div>
    )
  }
  return (
    <div className="file-choice">
      <input
        id={id}
        className="tx-hidden"
        type="file"
        accept={props.accept}
        tabIndex={-1}
        aria-label={props.label}
        onChange={(event) => {
          const chosen = event.target.files?.[0]
          event.target.value = ''
          if (chosen) props.onFile(chosen)
        }}
      />
      {props.icon}
      <p>{file ? `${file.name} · ${sizeOf(file.size)}` : props.hint}</p>
      <Button onClick={() => document.getElementById(id)?.click()}>
        {t(file ? 'shared.upload.chooseOther' : 'shared.upload.choose')}
      </Button>
    </div>
  )
}
