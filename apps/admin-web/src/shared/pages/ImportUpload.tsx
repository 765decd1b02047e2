import { Button, RefusalText } from '@tongxin/ui'
import { FileSpreadsheet } from 'lucide-react'
import { type DragEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** The first step: drop or choose one workbook, or take the template. */
export function ImportUpload(props: {
  accept: string
  onFile: (file: File) => void
  onTemplate: () => void
  isBusy: boolean
  error: unknown
  whyNot?: string | undefined
}) {
  const { t } = useTranslation()
  const id = useId()
  const [isOver, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file && props.whyNot === undefined && !props.isBusy) props.onFile(file)
  }
  return (
    // Dropping is an addition for the mouse; the button does the same for everyone.
    <div
      className="panel drop"
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <FileSpreadsheet aria-hidden="true" />
      <p>{t('shared.import.drop')}</p>
      <input
        id={id}
        className="tx-hidden"
        type="file"
        accept={props.accept}
        tabIndex={-1}
        aria-label={t('shared.import.file')}
        onChange={(event) => {
          const file = event.target.files?.[0]
          // The same file can be chosen again after it was corrected.
          event.target.value = ''
          if (file) props.onFile(file)
        }}
      />
      <div className="tx-acts">
        <Button onClick={props.onTemplate}>{t('shared.import.template')}</Button>
        <Button
          kind="primary"
          isBusy={props.isBusy}
          whyNot={props.whyNot}
          onClick={() => document.getElementById(id)?.click()}
        >
          {t('shared.import.choose')}
        </Button>
      </div>
      <RefusalText error={props.error} />
    </div>
  )
}
