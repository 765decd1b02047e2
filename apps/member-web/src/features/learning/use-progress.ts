import { useQueryClient } from '@tanstack/react-query'
import { useSession } from '@tongxin/client/session'
import { type MyCourse, noteProgress, type ProgressMark } from '@tongxin/contract/learning.own'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refreshKept } from '../../shared/offline-courses.ts'
import { sendOrKeep } from '../../shared/offline-queue.ts'
import { myCourse } from './learning.api.ts'
import { withAnswers, withMark } from './marks.ts'

type Noted = Pick<ProgressMark, 'blockId' | 'place' | 'isDone' | 'choice'>

/**
 * Notes how far one is: at once on this page and in the copy on the device, then on the server, now or when there is a
 * network again. What the server refuses is told.
 */
export function useProgress(course: MyCourse) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const personId = useSession().person?.id ?? ''
  const [error, setError] = useState<unknown>(null)
  const { queryKey } = myCourse(course.id, personId)

  const note = async ({ blockId, place, isDone, choice }: Noted): Promise<void> => {
    const now = new Date()
    const mark = { id: crypto.randomUUID(), courseId: course.id, blockId, place, isDone, choice, at: now.toISOString() }
    const change = (step: (known: MyCourse) => MyCourse) => {
      const next = client.setQueryData(queryKey, (known: MyCourse | undefined) => step(known ?? course))
      if (next) void refreshKept(next, personId)
    }
    change((known) => withMark(known, mark))
    try {
      const label = t('learning.noted', { title: course.title })
      const outcome = await sendOrKeep(noteProgress, { body: { marks: [mark] } }, { personId, label, now })
      setError(null)
      if (outcome.state === 'kept') return
      change((known) => withAnswers(known, outcome.reply.answers))
      if (outcome.reply.completed.length > 0) void client.invalidateQueries({ queryKey: ['learning', 'mine'] })
    } catch (refused) {
      setError(refused)
    }
  }
  return { note, error }
}
