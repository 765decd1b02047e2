import { useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { useSession } from '@tongxin/client/session'
import type { MyCourse } from '@tongxin/contract/learning.own'
import { playMedia } from '@tongxin/contract/media'
import { Button } from '@tongxin/ui'
import { Download, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { forgetCourse, keepCourse, keepsCourses } from '../../shared/offline-courses.ts'
import { forgetMedia, keepMedia, keptMedia, NoRoom } from '../../shared/player/offline-media.ts'
import { keptHere } from './learning.api.ts'

const mediaIn = (course: MyCourse): string[] => [
  ...new Set(
    course.chapters.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'media' ? [block.mediaId] : []))),
  ),
]

/** Keeps the words, pictures and documents of the course, then its videos and sounds one after the other. */
async function keepWhole(course: MyCourse, personId: string, told: (done: number, all: number) => void): Promise<void> {
  await keepCourse(course, personId)
  const ids = mediaIn(course)
  for (const [at, id] of ids.entries()) {
    told(at, ids.length)
    if ((await keptMedia(id)) !== null) continue
    const playback = await call(playMedia, { params: { id } })
    // What may not be kept still plays where there is a network.
    if (playback.offline) await keepMedia(playback, () => {}, new AbortController().signal)
  }
}

async function forgetWhole(course: MyCourse, personId: string): Promise<void> {
  await forgetCourse(course.id, personId)
  for (const id of mediaIn(course)) await forgetMedia(id)
}

/** Keeps the course with its videos on the device for where there is no network, or takes it off. */
export function KeepCourse({ course }: { course: MyCourse }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const personId = useSession().person?.id ?? ''
  const { data = [] } = useQuery(keptHere(personId))
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const [part, setPart] = useState<{ done: number; all: number } | null>(null)
  if (!course.isDownloadable || course.state === 'new' || course.chapters.length === 0 || !keepsCourses()) return null
  const isKept = data.some(({ id }) => id === course.id)
  const flip = async () => {
    setBusy(true)
    setFailure(null)
    try {
      await (isKept
        ? forgetWhole(course, personId)
        : keepWhole(course, personId, (done, all) => setPart({ done, all })))
    } catch (cause) {
      setFailure(cause)
    }
    setPart(null)
    await client.invalidateQueries({ queryKey: keptHere(personId).queryKey })
    setBusy(false)
  }
  const Icon = isKept ? Trash2 : Download
  return (
    <>
      <Button kind="quiet" isBusy={isBusy} icon={<Icon aria-hidden="true" />} onClick={() => void flip()}>
        {t(isKept ? 'learning.unkeep' : 'learning.keep')}
      </Button>
      {part ? (
        <p className="hint" role="status">
          {t('learning.keepingMedia', { n: part.done + 1, all: part.all })}
        </p>
      ) : null}
      {failure === null ? null : (
        <p role="alert">
          {failure instanceof NoRoom
            ? t('learning.keepNoRoom', { size: Math.ceil(failure.needed / 1e6), free: Math.floor(failure.free / 1e6) })
            : t('learning.keepFailed')}
        </p>
      )}
    </>
  )
}
