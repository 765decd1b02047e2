import { useQueryClient } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { type CourseRecord, saveDraft } from '@tongxin/contract/learning'
import type { CourseContent } from '@tongxin/contract/learning.words'
import { useEffect, useRef, useState } from 'react'
import { draftOf } from './draft.ts'
import { courseQuery } from './learning.api.ts'

const PAUSE_MS = 1200

export type Saving = { readonly state: 'saved' | 'writing' | 'saving' | 'failed'; readonly error: unknown }

/**
 * A draft that is saved as a whole a moment after the last change, one save after another. A refusal keeps what was
 * written on the page and stops until the next change or `again`; two desks that write at once are told apart by the
 * version.
 */
export function useAutosave(course: CourseRecord) {
  const client = useQueryClient()
  const [content, setContent] = useState<CourseContent>(() => draftOf(course))
  const [saving, setSaving] = useState<Saving>({ state: 'saved', error: null })
  const version = useRef(course.version)
  const latest = useRef(content)
  const stored = useRef(content)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const isRunning = useRef(false)

  const save = async () => {
    if (isRunning.current) return
    isRunning.current = true
    const said = latest.current
    setSaving({ state: 'saving', error: null })
    try {
      const reply = await call(saveDraft, { params: { id: course.id }, body: said, ifMatch: version.current })
      version.current = reply.version
      stored.current = said
      const { queryKey } = courseQuery(course.id)
      client.setQueryData(queryKey, (old: CourseRecord | undefined) =>
        old ? { ...old, version: reply.version, content: said } : old,
      )
      if (hasNewSlides(said, client.getQueryData(queryKey))) void client.invalidateQueries({ queryKey })
      isRunning.current = false
      if (latest.current === said) setSaving({ state: 'saved', error: null })
      else await save()
    } catch (error) {
      isRunning.current = false
      setSaving({ state: 'failed', error })
    }
  }
  const change = (part: Partial<CourseContent>) => {
    latest.current = { ...latest.current, ...part }
    setContent(latest.current)
    setSaving({ state: 'writing', error: null })
    if (timer.current) clearTimeout(timer.current)
    timer.current = setTimeout(() => void save(), PAUSE_MS)
  }
  // Leaving the page must not lose the last words: what waits is sent at once. Only leaving does so: the record is read
  // anew in between, and a save behind its back would make the next one look like somebody else's.
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current)
      if (latest.current !== stored.current && !isRunning.current)
        void call(saveDraft, { params: { id: course.id }, body: latest.current, ifMatch: version.current }).catch(
          () => {},
        )
    },
    [course.id],
  )
  return { content, change, saving, again: () => void save() }
}

/** Whether slides are shown of which the record does not say yet how far they are. */
function hasNewSlides({ chapters }: CourseContent, course: CourseRecord | undefined): boolean {
  const known = new Set([...(course?.slides ?? []), ...(course?.undrawn ?? [])].map(({ fileId }) => fileId))
  return chapters.some(({ blocks }) => blocks.some((one) => one.kind === 'slides' && !known.has(one.fileId)))
}
