import { useQueryClient } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { uploadFile } from '@tongxin/client/upload'
import type { MemberRecord } from '@tongxin/contract/members'
import { proposeMyPhoto } from '@tongxin/contract/members.photos'
import { Button, Progress, RefusalText, Sheet, say } from '@tongxin/ui'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** My photo as the record has it, and the way to hand in another one. */
export function PhotoCard({ record }: { record: MemberRecord }) {
  const { t } = useTranslation()
  const [file, setFile] = useState<File | null>(null)
  const [isHeld, setHeld] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const { photo } = record
  const close = () => {
    setFile(null)
    if (input.current) input.current.value = ''
  }
  return (
    <section className="card record-photo">
      {photo && !isHeld ? (
        <img src={`/api/v1/me/photos/${photo.id}/small`} alt={t('record.photo')} onError={() => setHeld(true)} />
      ) : (
        <span className="record-initial" aria-hidden="true">
          {record.card.name.slice(0, 1)}
        </span>
      )}
      <div>
        <strong>{record.card.name}</strong>
        <p className="hint">{t(isHeld ? 'record.photoHeld' : photo ? 'record.photoHint' : 'record.noPhoto')}</p>
        {record.can.propose ? (
          <Button onClick={() => input.current?.click()}>{t(photo ? 'record.newPhoto' : 'record.addPhoto')}</Button>
        ) : null}
      </div>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('record.newPhoto')}
        accept="image/jpeg,image/png,image/webp"
        onChange={(event) => setFile(event.target.files?.[0] ?? null)}
      />
      {file ? <PhotoSheet file={file} isFirst={photo === null} onClose={close} /> : null}
    </section>
  )
}

function PhotoSheet({ file, isFirst, onClose }: { file: File; isFirst: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [sending, setSending] = useState<{ sent: number; all: number } | null>(null)
  const [error, setError] = useState<unknown>(null)
  const url = useMemo(() => URL.createObjectURL(file), [file])
  // Synchronises with the browser: the address of the picture lives as long as the sheet.
  useEffect(() => () => URL.revokeObjectURL(url), [url])
  const send = async () => {
    setError(null)
    setSending({ sent: 0, all: file.size })
    try {
      const fileId = await uploadFile(file, 'photo', { onProgress: (sent, all) => setSending({ sent, all }) })
      await call(proposeMyPhoto, { body: { fileId } })
      await client.invalidateQueries({ queryKey: ['record'] })
      say(t('record.proposed'))
      onClose()
    } catch (refused) {
      setError(refused)
    } finally {
      setSending(null)
    }
  }
  return (
    <Sheet
      isOpen
      title={t(isFirst ? 'record.addPhoto' : 'record.newPhoto')}
      onClose={onClose}
      acts={
        <Button kind="primary" wide isBusy={sending !== null} onClick={() => void send()}>
          {t('record.propose')}
        </Button>
      }
    >
      <p className="hint">{t('record.photoCheck')}</p>
      <img className="record-preview" src={url} alt={file.name} />
      {sending ? <Progress label={t('record.photoSending')} done={sending.sent} total={sending.all} /> : null}
      <RefusalText error={error} />
    </Sheet>
  )
}
