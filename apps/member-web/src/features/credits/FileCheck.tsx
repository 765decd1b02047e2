import { Field, Lamp } from '@tongxin/ui'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'

const hex = (bytes: ArrayBuffer) => [...new Uint8Array(bytes)].map((one) => one.toString(16).padStart(2, '0')).join('')

/** Compares a file with the issued one by SHA-256, in this browser: the file is sent nowhere. */
export function FileCheck({ sha256 }: { sha256: string }) {
  const { t } = useTranslation()
  const [isSame, setSame] = useState<boolean | null>(null)
  const compare = async (file: File | undefined) => {
    if (file) setSame(hex(await crypto.subtle.digest('SHA-256', await file.arrayBuffer())) === sha256)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    void compare(event.dataTransfer.files[0])
  }
  return (
    <div className="credits-drop" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <Field label={t('credits.checkFile')} help={t('credits.checkFileHelp')}>
        {(wiring) => (
          <input
            {...wiring}
            type="file"
            accept="application/pdf"
            onChange={(event) => void compare(event.target.files?.[0])}
          />
        )}
      </Field>
      {isSame === null ? null : (
        <Lamp state={isSame ? 'ok' : 'late'}>{t(isSame ? 'credits.fileSame' : 'credits.fileOther')}</Lamp>
      )}
    </div>
  )
}
