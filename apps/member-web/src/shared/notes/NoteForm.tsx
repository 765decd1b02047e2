import { useWrite } from '@tongxin/client/use-write'
import { writeNote } from '@tongxin/contract/study.own'
import type { NotePlace } from '@tongxin/contract/study.words'
import { Button, RefusalText, say, TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ALL_STUDY } from './notes.ts'
import './notes.css'

/** A new note, at a place of a course or without one. Only its writer reads it. */
export function NoteForm({ place, onDone }: { place?: NotePlace; onDone: () => void }) {
  const { t } = useTranslation()
  const [body, setBody] = useState('')
  const save = useWrite(writeNote, {
    refreshes: ALL_STUDY,
    onDone: () => {
      say(t('study.noteKept'))
      onDone()
    },
  })
  return (
    <div className="note-form">
      <TextArea
        label={t('study.note')}
        help={t('study.noteHelp')}
        required
        rows={5}
        maxLength={5000}
        value={body}
        onChange={setBody}
      />
      <RefusalText error={save.error} />
      <Button
        wide
        kind="primary"
        isBusy={save.isPending}
        whyNot={body.trim() === '' ? t('study.fillFirst') : undefined}
        onClick={() => save.mutate({ body: { body, ...(place ? { place } : {}) } })}
      >
        {t('study.keep')}
      </Button>
    </div>
  )
}
