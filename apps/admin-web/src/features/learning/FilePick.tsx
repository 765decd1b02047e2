import { uploadFile } from '@tongxin/client/upload'
import type { FilePurpose } from '@tongxin/contract/files'
import { Button, Progress, RefusalText } from '@tongxin/ui'
import { ImageUp, Trash2 } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fileUrl } from './file-url.ts'

type Purpose = Extract<FilePurpose, 'photo' | 'document'>
const ACCEPT: Readonly<Record<Purpose, string>> = {
  photo: 'image/jpeg,image/png,image/webp',
  document: '.pdf,.docx,.xlsx,.pptx',
}

/** One file of a course: uploaded resumably, shown, taken away. */
export function FilePick(props: {
  courseId: string
  label: string
  purpose: Purpose
  value: string | null
  onChange: (id: string | null, name: string) => void
  name?: string
}) {
  const { t } = useTranslation()
  const id = useId()
  const [sent, setSent] = useState<{ done: number; all: number } | null>(null)
  const [error, setError] = useState<unknown>(null)
  const upload = async (file: File | undefined) => {
    if (!file) return
    setError(null)
    setSent({ done: 0, all: file.size })
    try {
      const fileId = await uploadFile(file, props.purpose, { onProgress: (done, all) => setSent({ done, all }) })
      props.onChange(fileId, file.name)
    } catch (failed) {
      setError(failed)
    }
    setSent(null)
  }
  return (
    <div className="learning-file">
      <span id={id}>{props.label}</span>
      {props.value && props.purpose === 'photo' ? <CourseImage courseId={props.courseId} fileId={props.value} /> : null}
      {props.value && props.purpose === 'document' ? <span>{props.name || t('learning.fileThere')}</span> : null}
      <label className="tx-button" data-kind="plain">
        <ImageUp size="1.1em" aria-hidden="true" />
        {t(props.value ? 'learning.replaceFile' : 'learning.chooseFile')}
        <input
          type="file"
          className="tx-hidden"
          aria-labelledby={id}
          accept={ACCEPT[props.purpose]}
          onChange={(event) => {
            void upload(event.target.files?.[0])
            event.target.value = ''
          }}
        />
      </label>
      {props.value && props.purpose === 'photo' ? (
        <Button kind="quiet" icon={<Trash2 size="1.1em" aria-hidden="true" />} onClick={() => props.onChange(null, '')}>
          {t('learning.removeFile')}
        </Button>
      ) : null}
      {sent ? <Progress label={t('learning.uploading')} done={sent.done} total={sent.all} /> : null}
      <RefusalText error={error} />
    </div>
  )
}

/** A picture of the course; just uploaded it is read as one's own file until the draft is saved. */
export function CourseImage({ courseId, fileId, alt = '' }: { courseId: string; fileId: string; alt?: string }) {
  const [isOwn, setOwn] = useState(false)
  return (
    <img
      key={fileId}
      alt={alt}
      src={isOwn ? `/api/v1/files/${fileId}/content` : fileUrl(courseId, fileId)}
      onError={() => setOwn(true)}
      loading="lazy"
    />
  )
}
