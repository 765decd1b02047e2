import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useSession } from '@tongxin/client/session'
import type { MyCourse } from '@tongxin/contract/learning.own'
import { Button } from '@tongxin/ui'
import { Download, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { forgetCourse, keepCourse, keepsCourses } from '../../shared/offline-courses.ts'
import { keptHere } from './learning.api.ts'

/** Keeps the course on the device for where there is no network, or takes it off. A video is kept at its own player. */
export function KeepCourse({ course }: { course: MyCourse }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const personId = useSession().person?.id ?? ''
  const { data = [] } = useQuery(keptHere(personId))
  const [isBusy, setBusy] = useState(false)
  const [hasFailed, setFailed] = useState(false)
  if (!course.isDownloadable || course.state === 'new' || course.chapters.length === 0 || !keepsCourses()) return null
  const isKept = data.some(({ id }) => id === course.id)
  const flip = async () => {
    setBusy(true)
    setFailed(false)
    try {
      await (isKept ? forgetCourse(course.id, personId) : keepCourse(course, personId))
    } catch {
      setFailed(true)
    }
    await client.invalidateQueries({ queryKey: keptHere(personId).queryKey })
    setBusy(false)
  }
  const Icon = isKept ? Trash2 : Download
  return (
    <>
      <Button kind="quiet" isBusy={isBusy} icon={<Icon aria-hidden="true" />} onClick={() => void flip()}>
        {t(isKept ? 'learning.unkeep' : 'learning.keep')}
      </Button>
      {hasFailed ? <p role="alert">{t('learning.keepFailed')}</p> : null}
    </>
  )
}
