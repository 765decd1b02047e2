import type { Reply } from '@tongxin/contract/endpoint'
import type { readOwnMeeting } from '@tongxin/contract/meetings.own'
import { MOST_PHOTOS } from '@tongxin/contract/meetings.photos'
import { Button, Pictures } from '@tongxin/ui'
import { Camera, Images } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ArrangeSheet, CaptionSheet } from './PhotoSheets.tsx'

type Meeting = Reply<typeof readOwnMeeting>

/** Pictures of the record; chair and recorder take them here, with the camera or from the album. */
export function Photos({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const [isArranging, setArranging] = useState(false)
  const { photos, mayAddPhotos } = meeting
  if (photos.length === 0 && !mayAddPhotos) return null
  const address = (id: string, size: string) => `/api/v1/my/meetings/${meeting.id}/photos/${id}/${size}`
  return (
    <section className="card" aria-labelledby="photos">
      <h2 id="photos">{t('meetings.photo.title')}</h2>
      {photos.length === 0 ? <p className="hint">{t('meetings.photo.none')}</p> : null}
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
      {mayAddPhotos ? (
        <>
          <TakePictures meeting={meeting} />
          {photos.length > 0 ? (
            <Button wide onClick={() => setArranging(true)}>
              {t('meetings.photo.arrange')}
            </Button>
          ) : null}
          <p className="hint">
            {t(meeting.state === 'awaiting_signatures' ? 'meetings.photo.voids' : 'meetings.photo.hint')}
          </p>
        </>
      ) : null}
      {isArranging ? <ArrangeSheet meeting={meeting} onClose={() => setArranging(false)} /> : null}
    </section>
  )
}

/** The camera at once, or what was taken before. */
function TakePictures({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const [file, setFile] = useState<File | null>(null)
  const camera = useRef<HTMLInputElement>(null)
  const album = useRef<HTMLInputElement>(null)
  const whyNot = meeting.photos.length >= MOST_PHOTOS ? t('meetings.photo.full', { most: MOST_PHOTOS }) : undefined
  const close = () => {
    setFile(null)
    for (const { current } of [camera, album]) if (current) current.value = ''
  }
  const shared = { type: 'file', hidden: true, accept: 'image/jpeg,image/png,image/webp' } as const
  const choose = (files: FileList | null) => setFile(files?.[0] ?? null)
  return (
    <div className="two-acts">
      <input
        {...shared}
        ref={camera}
        capture="environment"
        aria-label={t('meetings.photo.take')}
        onChange={(event) => choose(event.target.files)}
      />
      <input
        {...shared}
        ref={album}
        aria-label={t('meetings.photo.choose')}
        onChange={(event) => choose(event.target.files)}
      />
      <Button wide whyNot={whyNot} icon={<Camera aria-hidden="true" />} onClick={() => camera.current?.click()}>
        {t('meetings.photo.take')}
      </Button>
      <Button wide whyNot={whyNot} icon={<Images aria-hidden="true" />} onClick={() => album.current?.click()}>
        {t('meetings.photo.choose')}
      </Button>
      {file ? <CaptionSheet meetingId={meeting.id} file={file} onClose={close} /> : null}
    </div>
  )
}
