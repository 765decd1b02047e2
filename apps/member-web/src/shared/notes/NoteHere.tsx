import { Button, Sheet } from '@tongxin/ui'
import { NotebookPen } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NoteForm } from './NoteForm.tsx'
import { clockOf } from './notes.ts'
import './notes.css'

const MOST_QUOTED = 500

/** In the reader of a course: a note at this block, at the second of the video, with the words that are marked. */
export function NoteHere(props: { courseId: string; blockId: string; second: () => number | null }) {
  const { t } = useTranslation()
  const [at, setAt] = useState<{ second: number | null; quote: string } | null>(null)
  const open = () => {
    const quote = (window.getSelection()?.toString() ?? '').trim().slice(0, MOST_QUOTED)
    setAt({ second: props.second(), quote })
  }
  const { courseId, blockId } = props
  const place = {
    courseId,
    blockId,
    ...(at?.second == null ? {} : { second: Math.floor(at.second) }),
    ...(at?.quote ? { quote: at.quote } : {}),
  }
  return (
    <>
      <Button kind="quiet" icon={<NotebookPen aria-hidden="true" />} onClick={open}>
        {t('study.noteHere')}
      </Button>
      <Sheet isOpen={at !== null} title={t('study.noteHere')} onClose={() => setAt(null)}>
        {at?.second ? <p className="hint">{t('study.atSecond', { at: clockOf(Math.floor(at.second)) })}</p> : null}
        {at?.quote ? <blockquote className="note-quote">{at.quote}</blockquote> : null}
        <NoteForm place={place} onDone={() => setAt(null)} />
      </Sheet>
    </>
  )
}
