import { useCan } from '@tongxin/client/can'
import { useWrite } from '@tongxin/client/use-write'
import { type MeetingPhoto, MOST_PHOTOS, removePhoto } from '@tongxin/contract/meetings.photos'
import { Button, EmptyState, Pictures, Select, say, TextArea } from '@tongxin/ui'
import { Images, ListOrdered, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { ALL_MEETINGS } from './meetings.api.ts'
import type { Meeting } from './meetings.types.ts'
import { ArrangeDialog, PhotoUpload } from './PhotoDialogs.tsx'

const OPEN = ['in_progress', 'record_pending', 'awaiting_signatures']

function useWhyNot({ state }: Meeting): string | undefined {
  const { t } = useTranslation()
  const { whyNot } = useCan()('meetings.convene')
  if (whyNot !== undefined || OPEN.includes(state)) return whyNot
  return t(state === 'archived' || state === 'cancelled' ? 'meetings.photo.closed' : 'meetings.photo.notYet')
}

/** Pictures of the record: added from files or the camera, with captions, in an order; part of what is signed. */
export function PhotosTab({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const [act, setAct] = useState<'arrange' | 'remove' | null>(null)
  const whyNot = useWhyNot(meeting)
  const { photos } = meeting
  const isClosed = meeting.state === 'archived' || meeting.state === 'cancelled'
  const isFull = photos.length >= MOST_PHOTOS
  return (
    <>
      <div className="photo-acts">
        <PhotoUpload
          meeting={meeting}
          room={MOST_PHOTOS - photos.length}
          whyNot={whyNot ?? (isFull ? t('meetings.photo.full', { most: MOST_PHOTOS }) : undefined)}
        />
        {photos.length > 0 && whyNot === undefined ? (
          <>
            <Button onClick={() => setAct('arrange')} icon={<ListOrdered size="1.1em" aria-hidden="true" />}>
              {t('meetings.photo.arrange')}
            </Button>
            <Button onClick={() => setAct('remove')} icon={<Trash2 size="1.1em" aria-hidden="true" />}>
              {t('meetings.photo.remove')}
            </Button>
          </>
        ) : null}
      </div>
      {isClosed ? null : (
        <p className="hint">
          {meeting.state === 'awaiting_signatures' ? t('meetings.photo.voids') : t('meetings.photo.hint')}
        </p>
      )}
      {photos.length === 0 ? (
        <EmptyState title={t('meetings.photo.none')} icon={<Images aria-hidden="true" />}>
          {t(isClosed ? 'meetings.photo.noneKept' : 'meetings.photo.noneHint')}
        </EmptyState>
      ) : (
        <PhotoGrid meetingId={meeting.id} photos={photos} />
      )}
      {act === 'arrange' ? <ArrangeDialog meeting={meeting} onClose={() => setAct(null)} /> : null}
      {act === 'remove' ? <RemoveDialog meeting={meeting} onClose={() => setAct(null)} /> : null}
    </>
  )
}

function PhotoGrid({ meetingId, photos }: { meetingId: string; photos: readonly MeetingPhoto[] }) {
  const { t } = useTranslation()
  const address = (id: string, size: string) => `/api/v1/meetings/${meetingId}/photos/${id}/${size}`
  return (
    <Pictures
      pictures={photos.map(({ id, caption, width, height, mayOpen }) => ({
        id,
        caption,
        width,
        height,
        small: mayOpen ? address(id, 'small') : null,
        large: mayOpen ? address(id, 'large') : null,
      }))}
      words={{
        previous: t('meetings.photo.previous'),
        next: t('meetings.photo.next'),
        close: t('ui.close'),
        held: t('meetings.photo.held'),
        place: (at, of) => t('meetings.photo.place', { at, of }),
      }}
    />
  )
}

function RemoveDialog({ meeting, onClose }: { meeting: Meeting; onClose: () => void }) {
  const { t } = useTranslation()
  const [photoId, setPhotoId] = useState('')
  const [reason, setReason] = useState('')
  const done = () => {
    say(t('meetings.takenBack'))
    onClose()
  }
  const remove = useWrite(removePhoto, { refreshes: ALL_MEETINGS, onDone: done })
  const missing = photoId === '' ? t('meetings.photo.chooseFirst') : undefined
  return (
    <FormDialog
      title={t('meetings.photo.remove')}
      verb={t('meetings.takeBack')}
      lead={t('meetings.photo.removeHint')}
      isDanger
      whyNot={missing ?? (reason.trim().length < 2 ? t('meetings.reasonFirst') : undefined)}
      isBusy={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onSubmit={() => remove.mutate({ params: { id: meeting.id, photoId }, body: { reason: reason.trim() } })}
    >
      <Select
        label={t('meetings.photo.one')}
        value={photoId}
        onChange={(value) => setPhotoId(value)}
        options={meeting.photos.map(({ id, caption }, at) => ({ value: id, label: `${at + 1}. ${caption}` }))}
      />
      <TextArea label={t('meetings.reason')} rows={3} maxLength={200} value={reason} onChange={setReason} />
    </FormDialog>
  )
}
