import { useQueryClient } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { uploadFile } from '@tongxin/client/upload'
import { useWrite } from '@tongxin/client/use-write'
import { addOwnPhoto, arrangeOwnPhotos, type MeetingPhoto, removeOwnPhoto } from '@tongxin/contract/meetings.photos'
import { Button, Progress, RefusalText, Sheet, say, TextArea, TextInput } from '@tongxin/ui'
import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ALL_MEETINGS } from './meetings.api.ts'

/** What is to be seen on the picture that was just taken; then it goes into the record. */
export function CaptionSheet({ meetingId, file, onClose }: { meetingId: string; file: File; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [caption, setCaption] = useState('')
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
      await call(addOwnPhoto, { params: { id: meetingId }, body: { fileId, caption: caption.trim() } })
      await Promise.all(ALL_MEETINGS.map((queryKey) => client.invalidateQueries({ queryKey })))
      say(t('meetings.photo.added'))
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
      title={t('meetings.photo.newOne')}
      onClose={onClose}
      acts={
        <Button
          kind="primary"
          wide
          isBusy={sending !== null}
          whyNot={caption.trim() === '' ? t('meetings.photo.captionFirst') : undefined}
          onClick={() => void send()}
        >
          {t('meetings.photo.keep')}
        </Button>
      }
    >
      <img className="photo-preview" src={url} alt="" />
      <TextInput
        label={t('meetings.photo.caption')}
        help={t('meetings.photo.captionHint')}
        required
        maxLength={60}
        value={caption}
        onChange={setCaption}
      />
      {sending ? <Progress label={t('meetings.photo.sending')} done={sending.sent} total={sending.all} /> : null}
      <RefusalText error={error} />
    </Sheet>
  )
}

type Kept = { readonly id: string; readonly photos: readonly MeetingPhoto[] }

/** Order, captions, and what is taken out again. */
export function ArrangeSheet({ meeting, onClose }: { meeting: Kept; onClose: () => void }) {
  const { t } = useTranslation()
  const [rows, setRows] = useState(() => meeting.photos.map(({ id, caption }) => ({ id, caption })))
  const [removing, setRemoving] = useState<{ id: string; caption: string } | null>(null)
  const done = () => {
    say(t('meetings.photo.arranged'))
    onClose()
  }
  const arrange = useWrite(arrangeOwnPhotos, { refreshes: ALL_MEETINGS, onDone: done })
  const photos = rows.map(({ id, caption }) => ({ id, caption: caption.trim() }))
  if (removing) return <RemoveSheet meetingId={meeting.id} photo={removing} onClose={onClose} />
  const write = (at: number, caption: string) =>
    setRows((before) => before.map((row, place) => (place === at ? { ...row, caption } : row)))
  return (
    <Sheet
      isOpen
      title={t('meetings.photo.arrange')}
      onClose={onClose}
      acts={
        <Button
          kind="primary"
          wide
          isBusy={arrange.isPending}
          whyNot={photos.some(({ caption }) => caption === '') ? t('meetings.photo.captionFirst') : undefined}
          onClick={() => arrange.mutate({ params: { id: meeting.id }, body: { photos } })}
        >
          {t('meetings.photo.save')}
        </Button>
      }
    >
      <ol className="photo-rows">
        {rows.map((row, at) => (
          <li key={row.id}>
            <img src={`/api/v1/my/meetings/${meeting.id}/photos/${row.id}/small`} alt="" />
            <TextInput
              label={t('meetings.photo.captionOf', { no: at + 1 })}
              maxLength={60}
              value={row.caption}
              onChange={(text) => write(at, text)}
            />
            <span>
              <Button
                kind="quiet"
                aria-label={t('meetings.photo.earlier', { caption: row.caption })}
                onClick={() => setRows((before) => moved(before, at, at - 1))}
              >
                <ArrowUp aria-hidden="true" />
              </Button>
              <Button
                kind="quiet"
                aria-label={t('meetings.photo.later', { caption: row.caption })}
                onClick={() => setRows((before) => moved(before, at, at + 1))}
              >
                <ArrowDown aria-hidden="true" />
              </Button>
              <Button
                kind="quiet"
                aria-label={t('meetings.photo.removeOf', { caption: row.caption })}
                onClick={() => setRemoving(row)}
              >
                <Trash2 aria-hidden="true" />
              </Button>
            </span>
          </li>
        ))}
      </ol>
      <RefusalText error={arrange.error} />
    </Sheet>
  )
}

function RemoveSheet(props: { meetingId: string; photo: { id: string; caption: string }; onClose: () => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const done = () => {
    say(t('meetings.photo.removed'))
    props.onClose()
  }
  const remove = useWrite(removeOwnPhoto, { refreshes: ALL_MEETINGS, onDone: done })
  return (
    <Sheet
      isOpen
      title={t('meetings.photo.removeOf', { caption: props.photo.caption })}
      onClose={props.onClose}
      acts={
        <Button
          kind="danger"
          wide
          isBusy={remove.isPending}
          whyNot={reason.trim().length < 2 ? t('meetings.photo.reasonFirst') : undefined}
          onClick={() =>
            remove.mutate({
              params: { id: props.meetingId, photoId: props.photo.id },
              body: { reason: reason.trim() },
            })
          }
        >
          {t('meetings.photo.remove')}
        </Button>
      }
    >
      <TextArea
        label={t('meetings.photo.removeReason')}
        required
        rows={3}
        maxLength={200}
        value={reason}
        onChange={setReason}
      />
      <RefusalText error={remove.error} />
    </Sheet>
  )
}

function moved<T>(rows: readonly T[], at: number, to: number): T[] {
  const [one] = rows.slice(at, at + 1)
  if (one === undefined || to < 0 || to >= rows.length) return [...rows]
  return rows.toSpliced(at, 1).toSpliced(to, 0, one)
}
