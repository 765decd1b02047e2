import { useNavigate } from '@tanstack/react-router'
import { uploadFile } from '@tongxin/client/upload'
import { useWrite } from '@tongxin/client/use-write'
import { importPackage, type PackageRecord, renewPackage } from '@tongxin/contract/courseware'
import { Button, Progress, say, TextArea, TextInput } from '@tongxin/ui'
import { Package } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { ALL_PACKAGES, sizeOf } from './courseware.api.ts'
import './courseware.css'

/** A zip file on its way; leaving the dialog gives it up. */
function useSending() {
  const [sent, setSent] = useState<{ readonly bytes: number; readonly all: number } | null>(null)
  const [error, setError] = useState<unknown>(null)
  const stopping = useRef<AbortController | null>(null)
  useEffect(() => () => stopping.current?.abort(), [])
  const send = async (file: File): Promise<string | null> => {
    const leaving = new AbortController()
    stopping.current = leaving
    setError(null)
    setSent({ bytes: 0, all: file.size })
    const onProgress = (bytes: number, all: number) => setSent({ bytes, all })
    try {
      return await uploadFile(file, 'package', { signal: leaving.signal, onProgress })
    } catch (cause) {
      if (!leaving.signal.aborted) setError(cause)
      return null
    } finally {
      setSent(null)
    }
  }
  return { sent, error, send, stop: () => stopping.current?.abort() }
}

/** A new package, or a new version of `one`. What is wrong with the file is told here, with what to do about it. */
export function UploadDialog({ one, onClose }: { one?: PackageRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [file, setFile] = useState<File | null>(null)
  const [words, setWords] = useState('')
  const sending = useSending()
  const onDone = ({ id }: { id: string }) => {
    say(t(one ? 'courseware.renewed' : 'courseware.imported'))
    onClose()
    void navigate({ to: paths.courseware.one(id) })
  }
  const add = useWrite(importPackage, { refreshes: [...ALL_PACKAGES], onDone })
  const renew = useWrite(renewPackage, { refreshes: [...ALL_PACKAGES], onDone })
  const said = words.trim()
  const submit = async () => {
    const fileId = file ? await sending.send(file) : null
    if (!fileId) return
    if (one) renew.mutate({ params: { id: one.id }, body: { fileId, reason: said } })
    else add.mutate({ body: { fileId, ...(said ? { title: said } : {}) } })
  }
  const missing = file === null ? 'fileFirst' : one && said.length < 2 ? 'reasonFirst' : null
  const isUnpacking = add.isPending || renew.isPending
  return (
    <FormDialog
      title={t(one ? 'courseware.renew' : 'courseware.import')}
      lead={t(one ? 'courseware.renewHint' : 'courseware.importHint')}
      verb={t('courseware.importVerb')}
      whyNot={missing ? t(`courseware.${missing}`) : undefined}
      isBusy={sending.sent !== null || isUnpacking}
      error={sending.error ?? add.error ?? renew.error}
      labels={{ '/body/fileId': t('courseware.file'), '/body/title': t('courseware.name') }}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <FileChoice file={file} onFile={setFile} sent={sending.sent} onStop={sending.stop} />
      {isUnpacking ? <p role="status">{t('courseware.unpacking')}</p> : null}
      {one ? (
        <TextArea label={t('courseware.reason')} required maxLength={500} value={words} onChange={setWords} />
      ) : (
        <TextInput label={t('courseware.titleInstead')} maxLength={200} value={words} onChange={setWords} />
      )}
    </FormDialog>
  )
}

function FileChoice(props: {
  file: File | null
  onFile: (file: File) => void
  sent: { readonly bytes: number; readonly all: number } | null
  onStop: () => void
}) {
  const { t } = useTranslation()
  const id = useId()
  const { file, sent } = props
  if (sent) {
    const done = Math.floor((sent.bytes / sent.all) * 100)
    return (
      <div className="courseware-file">
        <Progress label={t('courseware.sending', { all: sizeOf(sent.all) })} done={done} total={100} />
        <Button onClick={props.onStop}>{t('courseware.stop')}</Button>
      </div>
    )
  }
  return (
    <div className="courseware-file">
      <input
        id={id}
        className="tx-hidden"
        type="file"
        accept=".zip,application/zip"
        tabIndex={-1}
        aria-label={t('courseware.file')}
        onChange={(event) => {
          const chosen = event.target.files?.[0]
          event.target.value = ''
          if (chosen) props.onFile(chosen)
        }}
      />
      <Package aria-hidden="true" />
      <p>{file ? `${file.name} · ${sizeOf(file.size)}` : t('courseware.fileHint')}</p>
      <Button onClick={() => document.getElementById(id)?.click()}>
        {t(file ? 'courseware.chooseOther' : 'courseware.choose')}
      </Button>
    </div>
  )
}
