import { useQueryClient } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { uploadFile } from '@tongxin/client/upload'
import { useWrite } from '@tongxin/client/use-write'
import { addPhoto, arrangePhotos } from '@tongxin/contract/meetings.photos'
import { Button, say, TextInput } from '@tongxin/ui'
import { ArrowDown, ArrowUp, Camera } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { ALL_MEETINGS } from './meetings.api.ts'
import type { Meeting } from './meetings.types.ts'

type Chosen = { readonly file: File; readonly url: string; caption: string }

/** Chooses pictures, asks a caption for each, then sends them one after the other. */
export function PhotoUpload(props: { meeting: Meeting; room: number; whyNot: string | undefined }) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<Chosen[]>([])
  const input = useRef<HTMLInputElement>(null)
  const choose = (files: FileList | null) =>
    setChosen(
      [...(files ?? [])].slice(0, props.room).map((file) => ({ file, url: URL.createObjectURL(file), caption: '' })),
    )
  const close = () => {
    for (const { url } of chosen) URL.revokeObjectURL(url)
    setChosen([])
    if (input.current) input.current.value = ''
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('meetings.photo.add')}
        accept="image/jpeg,image/png,image/webp"
        onChange={(event) => choose(event.target.files)}
      />
      <Button
        whyNot={props.whyNot}
        onClick={() => input.current?.click()}
        icon={<Camera size="1.1em" aria-hidden="true" />}
      >
        {t('meetings.photo.add')}
      </Button>
      {chosen.length > 0 ? (
        <CaptionDialog meeting={props.meeting} chosen={chosen} onChange={setChosen} onClose={close} />
      ) : null}
    </>
  )
}

function CaptionDialog(props: {
  meeting: Meeting
  chosen: Chosen[]
  onChange: (chosen: Chosen[]) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const { meeting, chosen, onChange, onClose } = props
  const send = async () => {
    setBusy(true)
    setError(null)
    let rest = chosen
    try {
      for (const { file, caption } of chosen) {
        const body = { fileId: await uploadFile(file, 'photo'), caption: caption.trim() }
        await call(addPhoto, { params: { id: meeting.id }, body })
        rest = rest.slice(1)
      }
      say(t('meetings.photo.added', { count: chosen.length }))
      onClose()
    } catch (refused) {
      // What was kept is not sent again.
      onChange(rest)
      setError(refused)
    } finally {
      setBusy(false)
      await Promise.all(ALL_MEETINGS.map((queryKey) => client.invalidateQueries({ queryKey })))
    }
  }
  return (
    <FormDialog
      title={t('meetings.photo.add')}
      verb={t('meetings.photo.keep')}
      lead={t('meetings.photo.captionHint')}
      whyNot={chosen.some(({ caption }) => caption.trim() === '') ? t('meetings.photo.captionFirst') : undefined}
      isBusy={isBusy}
      error={error}
      onClose={onClose}
      onSubmit={() => void send()}
    >
      {chosen.map(({ url, caption, file }, at) => (
        <div key={url} className="photo-caption">
          <img src={url} alt="" />
          <TextInput
            label={t('meetings.photo.caption', { no: at + 1 })}
            help={file.name}
            required
            maxLength={60}
            value={caption}
            onChange={(text) => onChange(chosen.map((one, place) => (place === at ? { ...one, caption: text } : one)))}
          />
        </div>
      ))}
    </FormDialog>
  )
}

/** Order and captions of all pictures, saved at once. */
export function ArrangeDialog({ meeting, onClose }: { meeting: Meeting; onClose: () => void }) {
  const { t } = useTranslation()
  const [rows, setRows] = useState(() => meeting.photos.map(({ id, caption }) => ({ id, caption })))
  const done = () => {
    say(t('meetings.photo.arranged'))
    onClose()
  }
  const arrange = useWrite(arrangePhotos, { refreshes: ALL_MEETINGS, onDone: done })
  const move = (at: number, to: number) => setRows((before) => moved(before, at, to))
  const write = (at: number, caption: string) =>
    setRows((before) => before.map((row, place) => (place === at ? { ...row, caption } : row)))
  const photos = rows.map(({ id, caption }) => ({ id, caption: caption.trim() }))
  return (
    <FormDialog
      title={t('meetings.photo.arrange')}
      verb={t('meetings.photo.save')}
      whyNot={photos.some(({ caption }) => caption === '') ? t('meetings.photo.captionFirst') : undefined}
      isBusy={arrange.isPending}
      error={arrange.error}
      onClose={onClose}
      onSubmit={() => arrange.mutate({ params: { id: meeting.id }, body: { photos } })}
    >
      {rows.map((row, at) => (
        <div key={row.id} className="photo-caption">
          <img src={`/api/v1/meetings/${meeting.id}/photos/${row.id}/small`} alt="" />
          <TextInput
            label={t('meetings.photo.caption', { no: at + 1 })}
            maxLength={60}
            value={row.caption}
            onChange={(text) => write(at, text)}
          />
          <span className="photo-moves">
            <Button
              kind="quiet"
              aria-label={t('meetings.photo.earlier', { caption: row.caption })}
              onClick={() => move(at, at - 1)}
            >
              <ArrowUp size="1.1em" aria-hidden="true" />
            </Button>
            <Button
              kind="quiet"
              aria-label={t('meetings.photo.later', { caption: row.caption })}
              onClick={() => move(at, at + 1)}
            >
              <ArrowDown size="1.1em" aria-hidden="true" />
            </Button>
          </span>
        </div>
      ))}
    </FormDialog>
  )
}

function moved<T>(rows: readonly T[], at: number, to: number): T[] {
  const [one] = rows.slice(at, at + 1)
  if (one === undefined || to < 0 || to >= rows.length) return [...rows]
  return rows.toSpliced(at, 1).toSpliced(to, 0, one)
}
