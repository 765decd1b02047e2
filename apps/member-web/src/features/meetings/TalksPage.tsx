import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { noteOwnTalk, openOwnTalk, type TalkRow } from '@tongxin/contract/meetings.talks'
import {
  Button,
  DateInput,
  dateOf,
  EmptyState,
  RefusalText,
  Select,
  Sheet,
  say,
  TextArea,
  TextInput,
} from '@tongxin/ui'
import { MessagesSquare } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { ownTalks, talkPartners } from './life.api.ts'
import { ALL_MEETINGS } from './meetings.api.ts'
import './meetings.css'

export const loader = ({ search, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(ownTalks(search.cursor ?? ''))

/** My heart-to-heart talks. What was said is for the two of us and the secretary. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(ownTalks(search.cursor ?? ''))
  const [isNoting, setNoting] = useState(false)
  return (
    <PageFrame
      title={t('meetings.talk.title')}
      primary={
        <Button kind="primary" wide onClick={() => setNoting(true)}>
          {t('meetings.talk.note')}
        </Button>
      }
    >
      <p className="hint">{t('meetings.talk.lead')}</p>
      {data.rows.length === 0 ? (
        <EmptyState title={t('meetings.talk.none')} icon={<MessagesSquare aria-hidden="true" />}>
          {t('meetings.talk.noneHint')}
        </EmptyState>
      ) : (
        <ul className="card meeting-rows">
          {data.rows.map((row) => (
            <Talk key={row.id} row={row} />
          ))}
        </ul>
      )}
      {data.next ? (
        <Button wide onClick={() => setSearch({ cursor: data.next ?? '' })}>
          {t('meetings.older')}
        </Button>
      ) : null}
      {isNoting ? <NoteSheet onClose={() => setNoting(false)} /> : null}
    </PageFrame>
  )
}

function Talk({ row }: { row: TalkRow }) {
  const { t } = useTranslation()
  const open = useWrite(openOwnTalk, { refreshes: [] })
  return (
    <li className="life-row">
      <strong>
        {row.firstName} · {row.secondName}
      </strong>
      <span className="hint">
        {row.heldOn} {row.place}
      </span>
      {open.data ? (
        <p className="talk-content">{open.data.content}</p>
      ) : row.hasContent ? (
        <Button kind="quiet" isBusy={open.isPending} onClick={() => open.mutate({ params: { id: row.id }, body: {} })}>
          {t('meetings.talk.open')}
        </Button>
      ) : (
        <span className="hint">{t('meetings.talk.nothingWritten')}</span>
      )}
      <RefusalText error={open.error} />
    </li>
  )
}

function NoteSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { data } = useQuery(talkPartners)
  const [heldOn, setHeldOn] = useState(dateOf(Date.now()))
  const [withId, setWith] = useState('')
  const [place, setPlace] = useState('')
  const [content, setContent] = useState('')
  const note = useWrite(noteOwnTalk, {
    refreshes: ALL_MEETINGS,
    onDone: () => {
      say(t('meetings.talk.noted'))
      onClose()
    },
  })
  const body = { heldOn, withId, place: place.trim() || null, content: content.trim() || null }
  return (
    <Sheet
      isOpen
      title={t('meetings.talk.note')}
      onClose={onClose}
      acts={
        <Button
          kind="primary"
          wide
          isBusy={note.isPending}
          whyNot={withId === '' || heldOn === '' ? t('meetings.talk.fillFirst') : undefined}
          onClick={() => note.mutate({ body })}
        >
          {t('meetings.talk.save')}
        </Button>
      }
    >
      <Select
        label={t('meetings.talk.with')}
        required
        value={withId}
        onChange={setWith}
        options={(data?.rows ?? []).map(({ memberId, name }) => ({ value: memberId, label: name }))}
      />
      <DateInput label={t('meetings.talk.heldOn')} required value={heldOn} onChange={setHeldOn} />
      <TextInput label={t('meetings.place')} maxLength={100} value={place} onChange={setPlace} />
      <TextArea label={t('meetings.talk.content')} rows={4} maxLength={8000} value={content} onChange={setContent} />
      <RefusalText error={note.error} />
    </Sheet>
  )
}
