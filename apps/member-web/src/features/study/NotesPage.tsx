import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ScreenProps } from '@tongxin/client/screen'
import type { OwnNote, SharedNote } from '@tongxin/contract/study.words'
import { Button, dateOf, EmptyState, Lamp, Sheet, TextInput } from '@tongxin/ui'
import { NotebookPen } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { NoteForm } from '../../shared/notes/NoteForm.tsx'
import { clockOf } from '../../shared/notes/notes.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { NoteActs } from './NoteActs.tsx'
import { NotesFile } from './NotesFile.tsx'
import { Rows } from './Rows.tsx'
import { notesQuery, sharedNotesQuery } from './study.api.ts'
import './study.css'

const VIEWS = ['mine', 'shared', 'bin'] as const

/** My notes, what the branch shares, and the bin. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const view = VIEWS.find((one) => one === search.view) ?? 'mine'
  const [isWriting, setWriting] = useState(false)
  return (
    <PageFrame
      title={t('study.notes')}
      lead={<p className="hint">{t('study.notesLead')}</p>}
      primary={
        <Button wide kind="primary" onClick={() => setWriting(true)}>
          {t('study.newNote')}
        </Button>
      }
    >
      <div className="study-views">
        {VIEWS.map((one) => (
          <Button
            key={one}
            {...(one === view ? { kind: 'primary' as const } : {})}
            aria-pressed={one === view}
            onClick={() => setSearch({ view: one === 'mine' ? '' : one })}
          >
            {t(`study.noteView.${one}`)}
          </Button>
        ))}
      </div>
      {view === 'shared' ? (
        <Shared />
      ) : (
        <Mine isBin={view === 'bin'} text={search.text ?? ''} onText={(text) => setSearch({ text })} />
      )}
      <Sheet isOpen={isWriting} title={t('study.newNote')} onClose={() => setWriting(false)}>
        <NoteForm onDone={() => setWriting(false)} />
      </Sheet>
    </PageFrame>
  )
}

function Mine({ isBin, text, onText }: { isBin: boolean; text: string; onText: (text: string) => void }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery(notesQuery(isBin, useDeferredValue(text)))
  // What is looked for and not found does not say that there is nothing to take along.
  const hasNotes = text !== '' || query.data?.pages.some(({ rows }) => rows.length > 0)
  return (
    <>
      <TextInput label={t('study.search')} type="search" maxLength={60} value={text} onChange={onText} />
      {isBin ? <p className="hint">{t('study.binHint')}</p> : null}
      {!isBin && hasNotes ? <NotesFile /> : null}
      <Rows
        query={query}
        empty={
          <EmptyState title={t(isBin ? 'study.binEmpty' : 'study.noNotes')} icon={<NotebookPen aria-hidden="true" />}>
            {t('study.noNotesHint')}
          </EmptyState>
        }
      >
        {(note) => (
          <article className="card study-card">
            {note.isShared ? <Lamp state="info">{t('study.isShared')}</Lamp> : null}
            <NotedAt note={note} />
            <p className="study-text">{note.body}</p>
            <p className="hint">{dateOf(note.updatedAt)}</p>
            <NoteActs note={note} />
          </article>
        )}
      </Rows>
    </>
  )
}

function Shared() {
  const { t } = useTranslation()
  return (
    <Rows
      query={useInfiniteQuery(sharedNotesQuery)}
      empty={<EmptyState title={t('study.nothingShared')}>{t('study.nothingSharedHint')}</EmptyState>}
    >
      {(note) => (
        <article className="card study-card">
          <NotedAt note={note} />
          <p className="study-text">{note.body}</p>
          <p className="hint">
            {note.isMine ? t('study.me') : note.writer} · {dateOf(note.sharedAt)}
          </p>
        </article>
      )}
    </Rows>
  )
}

/** Where it was noted: leads to the block, and names the second. */
function NotedAt({ note }: { note: OwnNote | SharedNote }) {
  if (note.courseId === null) return null
  const at = note.second === null ? '' : ` · ${clockOf(note.second)}`
  const search = note.blockId ? { block: note.blockId } : {}
  return (
    <>
      <Link to={paths.learning.read(note.courseId)} search={search as never}>{`${note.courseTitle ?? ''}${at}`}</Link>
      {note.quote ? <blockquote className="study-quote study-text">{note.quote}</blockquote> : null}
    </>
  )
}
