import { useSession } from '@tongxin/client/session'
import { SlideShow } from '@tongxin/client/slide-show'
import type { BlockMark, MyBlock, MyCourse } from '@tongxin/contract/learning.own'
import type { SlidesShown } from '@tongxin/contract/learning.words'
import { useCallback, useEffect, useRef } from 'react'
import { courseFileUrl, keptFile, slidePageUrl } from '../../shared/offline-courses.ts'
import type { Note } from './BlockView.tsx'

const REST_MS = 1500

/**
 * Slides of a lesson: the page is kept for every device; read to the last page they are done, unless the lesson asks
 * for a word first.
 */
export function Slides({
  course: { id: courseId, isDownloadable },
  block,
  slides,
  mark,
  note,
}: {
  course: Pick<MyCourse, 'id' | 'isDownloadable'>
  block: Extract<MyBlock, { kind: 'slides' }>
  slides: SlidesShown
  mark: BlockMark | undefined
  note: Note
}) {
  const personId = useSession().person?.id ?? ''
  const { fileId, pages } = slides
  const keep = useRested((page: number) =>
    note({ blockId: block.id, place: page, isDone: page === pages && block.confirm === null, choice: null }),
  )
  // Whoever has read all of it begins again at the front.
  const startAt = mark?.isDone && mark.place >= pages ? 1 : (mark?.place ?? 1)
  return (
    <SlideShow
      isAlone
      slides={slides}
      name={block.title || block.name}
      startAt={startAt}
      fileHref={isDownloadable ? courseFileUrl(courseId, fileId) : null}
      addressOf={async (page) =>
        (await keptFile(courseId, `${fileId}/${page}`, personId)) ?? slidePageUrl(courseId, fileId, page)
      }
      onPage={keep}
    />
  )
}

/** Whoever leafs through is noted where he stays, and where he was when he left. */
function useRested(keep: (page: number) => Promise<void>): (page: number) => void {
  const latest = useRef(keep)
  latest.current = keep
  const waiting = useRef<{ page: number; timer: ReturnType<typeof setTimeout> } | null>(null)
  const settle = useCallback(() => {
    const left = waiting.current
    if (!left) return
    clearTimeout(left.timer)
    waiting.current = null
    void latest.current(left.page)
  }, [])
  useEffect(() => {
    window.addEventListener('pagehide', settle)
    return () => {
      window.removeEventListener('pagehide', settle)
      settle()
    }
  }, [settle])
  return (page) => {
    if (waiting.current) clearTimeout(waiting.current.timer)
    waiting.current = { page, timer: setTimeout(settle, REST_MS) }
  }
}
