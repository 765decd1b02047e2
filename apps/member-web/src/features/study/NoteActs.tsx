import { useWrite } from '@tongxin/client/use-write'
import { changeNote, removeNote, shareNote } from '@tongxin/contract/study.own'
import type { OwnNote } from '@tongxin/contract/study.words'
import { Button, RefusalText, Sheet, say, TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ALL_STUDY } from '../../shared/notes/notes.ts'
import { AskedAct } from './AskedAct.tsx'

/** Change, share on purpose, throw away and take out again. */
export function NoteActs({ note }: { note: OwnNote }) {
  const { t } = useTranslation()
  const [isChanging, setChanging] = useState(false)
  const done = { refreshes: ALL_STUDY, onDone: () => say(t('study.noted')) }
  const remove = useWrite(removeNote, done)
  const share = useWrite(shareNote, done)
  const params = { id: note.id }
  const isShared = !note.isShared
  if (note.isRemoved)
    return (
      <>
        <Button isBusy={remove.isPending} onClick={() => remove.mutate({ params, body: { isRemoved: false } })}>
          {t('study.takeOut')}
        </Button>
        <RefusalText error={remove.error} />
      </>
    )
  return (
    <div className="study-acts">
      <Button onClick={() => setChanging(true)}>{t('study.change')}</Button>
      <AskedAct
        verb={t(isShared ? 'study.share' : 'study.unshare')}
        lead={t(isShared ? 'study.shareLead' : 'study.unshareLead')}
        save={share}
        input={{ params, body: { isShared } }}
      />
      <Button isBusy={remove.isPending} onClick={() => remove.mutate({ params, body: { isRemoved: true } })}>
        {t('study.throwAway')}
      </Button>
      <RefusalText error={remove.error} />
      <Sheet isOpen={isChanging} title={t('study.change')} onClose={() => setChanging(false)}>
        <Change note={note} onDone={() => setChanging(false)} />
      </Sheet>
    </div>
  )
}

function Change({ note, onDone }: { note: OwnNote; onDone: () => void }) {
  const { t } = useTranslation()
  const [body, setBody] = useState(note.body)
  const save = useWrite(changeNote, {
    refreshes: ALL_STUDY,
    onDone: () => {
      say(t('study.noteKept'))
      onDone()
    },
  })
  return (
    <div className="study-form">
      <TextArea label={t('study.note')} required rows={6} maxLength={5000} value={body} onChange={setBody} />
      {note.isShared ? <p className="hint">{t('study.sharedStays')}</p> : null}
      <RefusalText error={save.error} />
      <Button
        wide
        kind="primary"
        isBusy={save.isPending}
        whyNot={body.trim() === '' ? t('study.fillFirst') : undefined}
        onClick={() => save.mutate({ params: { id: note.id }, body: { body } })}
      >
        {t('study.keep')}
      </Button>
    </div>
  )
}
