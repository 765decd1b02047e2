import { useInfiniteQuery } from '@tanstack/react-query'
import { useWrite } from '@tongxin/client/use-write'
import { type OwnComment, type ReadArticle, takeCommentBack, writeComment } from '@tongxin/contract/publishing.own'
import { Button, dateOf, ErrorState, RefusalText, Skeleton, say, TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { commentsQuery } from './publishing.api.ts'

/** What others say under an article, and a place for one's own words under one's name. */
export function Comments({ article }: { article: ReadArticle }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery(commentsQuery(article.id))
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <section className="card publishing-comments">
      <h2>{t('publishing.comments')}</h2>
      <Write article={article} />
      {query.isPending ? <Skeleton lines={3} /> : null}
      {query.error ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data && rows.length === 0 ? <p className="hint">{t('publishing.noComments')}</p> : null}
      <ul>
        {rows.map((comment) => (
          <li key={comment.id}>
            <Comment comment={comment} articleId={article.id} />
          </li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('publishing.more')}
        </Button>
      ) : null}
    </section>
  )
}

function Write({ article }: { article: ReadArticle }) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const save = useWrite(writeComment, {
    refreshes: [['publishing', 'comments', article.id]],
    onDone: ({ state }) => {
      setWords('')
      say(t(state === 'shown' ? 'publishing.said' : 'publishing.saidWaiting'))
    },
  })
  return (
    <>
      <TextArea
        label={t('publishing.mine')}
        help={article.isReviewedFirst ? t('publishing.reviewedFirst') : undefined}
        rows={3}
        maxLength={1000}
        value={words}
        onChange={setWords}
      />
      <RefusalText error={save.error} />
      <Button
        isBusy={save.isPending}
        whyNot={words.trim().length > 1 ? undefined : t('publishing.writeFirst')}
        onClick={() => save.mutate({ params: { id: article.id }, body: { words } })}
      >
        {t('publishing.send')}
      </Button>
    </>
  )
}

function Comment({ comment, articleId }: { comment: OwnComment; articleId: string }) {
  const { t } = useTranslation()
  const back = useWrite(takeCommentBack, { refreshes: [['publishing', 'comments', articleId]] })
  return (
    <>
      <p className="publishing-words">{comment.words}</p>
      <p className="hint">
        {[
          comment.by,
          dateOf(comment.at),
          ...(comment.state === 'shown' ? [] : [t(`words.publishing.commentState.${comment.state}`)]),
          ...(comment.reason ? [comment.reason] : []),
        ].join(' · ')}
      </p>
      {comment.isMine ? (
        <Button
          kind="quiet"
          isBusy={back.isPending}
          onClick={() => back.mutate({ params: { id: comment.id }, body: {} })}
        >
          {t('publishing.takeBack')}
        </Button>
      ) : null}
      <RefusalText error={back.error} />
    </>
  )
}
