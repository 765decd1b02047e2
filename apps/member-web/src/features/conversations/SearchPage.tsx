import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import type { ScreenProps } from '@tongxin/client/screen'
import { searchMessages } from '@tongxin/contract/conversations.own'
import type { Message } from '@tongxin/contract/conversations.words'
import { Button, EmptyState, ErrorState, Skeleton, TextInput, whenText } from '@tongxin/ui'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { talkQuery } from './conversations.api.ts'
import { useTalkName } from './words.ts'
import './conversations.css'

/** Words in one conversation. What is sought stands in no address. */
export function Page({ params }: ScreenProps) {
  const { t } = useTranslation()
  const nameOf = useTalkName()
  const id = params.id ?? ''
  const talk = useQuery(talkQuery(id))
  const [text, setText] = useState('')
  const [sought, setSought] = useState('')
  const seek = (event: FormEvent) => {
    event.preventDefault()
    setSought(text.trim())
  }
  return (
    <PageFrame title={t('conversations.search')} lead={<p className="lead">{talk.data ? nameOf(talk.data) : null}</p>}>
      <form className="talk-form" role="search" onSubmit={seek}>
        <TextInput label={t('conversations.searchFor')} maxLength={60} value={text} onChange={setText} />
        <Button wide kind="primary" type="submit">
          {t('conversations.searchNow')}
        </Button>
      </form>
      {sought ? <Found key={sought} id={id} text={sought} /> : null}
    </PageFrame>
  )
}

function Found({ id, text }: { id: string; text: string }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery({
    queryKey: ['conversations', 'search', id, text],
    initialPageParam: 0,
    queryFn: ({ signal, pageParam }) =>
      call(searchMessages, { params: { id }, body: { text, ...(pageParam ? { before: pageParam } : {}) }, signal }),
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  if (query.isPending) return <Skeleton lines={4} />
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  const rows = query.data.pages.flatMap((page) => page.rows)
  return (
    <>
      <p className="hint" role="status">
        {t(query.hasNextPage ? 'conversations.foundSoFar' : 'conversations.found', { count: rows.length })}
      </p>
      {rows.length === 0 && !query.hasNextPage ? <EmptyState title={t('conversations.notFound')} /> : null}
      <ul className="talks">
        {rows.map((message) => (
          <li key={message.id} className="card">
            <Hit message={message} />
          </li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button wide isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('conversations.searchOn')}
        </Button>
      ) : null}
    </>
  )
}

function Hit({ message }: { message: Message }) {
  const { t, i18n } = useTranslation()
  return (
    <>
      <span className="hint">
        {`${message.isMine ? t('conversations.me') : message.name} · ${whenText(message.at, Date.now(), i18n.language)}`}
      </span>
      <p className="talk-text">{message.text ?? message.card?.title ?? message.fileName}</p>
    </>
  )
}
