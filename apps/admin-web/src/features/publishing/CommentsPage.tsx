import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { COMMENT_KINDS, type CommentRow, decideComment } from '@tongxin/contract/publishing.comments'
import { COMMENT_STATES } from '@tongxin/contract/publishing.words'
import { Button, dateOf, EmptyState, RefusalText } from '@tongxin/ui'
import { MessagesSquare } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { AskedAct } from '../../shared/AskedAct.tsx'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { commentsQuery } from './publishing.api.ts'
import { useDone } from './use-done.ts'
import { useOptions } from './words.tsx'
import './publishing.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(commentsQuery(search))

function useColumns(): Column<CommentRow>[] {
  const { t } = useTranslation()
  return [
    { key: 'words', textKey: 'publishing.said', render: (row) => row.words },
    { key: 'title', textKey: 'publishing.articleTitle', render: (row) => row.title, width: 240 },
    { key: 'by', textKey: 'publishing.by', render: (row) => row.by ?? t('publishing.somebody'), width: 120 },
    {
      key: 'kind',
      textKey: 'publishing.commentKind',
      render: (row) => t(`words.publishing.commentKind.${row.kind}`),
      width: 110,
    },
    { key: 'at', textKey: 'publishing.saidAt', render: (row) => dateOf(row.at), isSortable: true, width: 130 },
  ]
}

const LAMPS = { waiting: 'info', shown: 'ok', hidden: 'idle', taken_back: 'idle' } as const

/** Comments of members and words of the public: shown, or hidden with the reason. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const optionsOf = useOptions()
  return (
    <ListPage
      title={t('publishing.commentsTitle')}
      columns={useColumns()}
      rowKey={(row) => row.id}
      query={useQuery(commentsQuery(search))}
      search={search}
      setSearch={setSearch}
      filters={[
        { key: 'text', label: t('publishing.said'), kind: 'text' },
        {
          key: 'state',
          label: t('publishing.standing'),
          kind: 'choice',
          options: optionsOf(COMMENT_STATES, 'commentState'),
        },
        {
          key: 'kind',
          label: t('publishing.commentKind'),
          kind: 'choice',
          options: optionsOf(COMMENT_KINDS, 'commentKind'),
        },
      ]}
      lamp={(row) => ({ state: LAMPS[row.state], word: t(`words.publishing.commentState.${row.state}`) })}
      drawer={(row) => ({ title: row.title, body: <Glance comment={row} /> })}
      empty={
        <EmptyState title={t('publishing.noComments')} icon={<MessagesSquare aria-hidden="true" />}>
          {t('publishing.noCommentsHint')}
        </EmptyState>
      }
    />
  )
}

function Glance({ comment }: { comment: CommentRow }) {
  const { t } = useTranslation()
  const show = useWrite(decideComment, useDone())
  const hide = useWrite(decideComment, useDone())
  const params = { id: comment.id }
  return (
    <div className="publishing-stack">
      <blockquote className="publishing-said">{comment.words}</blockquote>
      <p className="hint">{`${comment.by ?? t('publishing.somebody')} · ${dateOf(comment.at)}`}</p>
      {comment.reason ? <p className="hint">{`${t('publishing.reason')}：${comment.reason}`}</p> : null}
      {comment.decidedBy ? <p className="hint">{t('publishing.decidedBy', { by: comment.decidedBy })}</p> : null}
      <RefusalText error={show.error} />
      <div className="publishing-acts">
        <Link className="tx-button" to={paths.publishing.one(comment.articleId)}>
          {t('publishing.toArticle')}
        </Link>
        {comment.state === 'waiting' || comment.state === 'hidden' ? (
          <Button
            kind="primary"
            isBusy={show.isPending}
            onClick={() => show.mutate({ params, body: { isShown: true } })}
          >
            {t(comment.kind === 'feedback' ? 'publishing.accept' : 'publishing.show')}
          </Button>
        ) : null}
        {comment.state === 'waiting' || comment.state === 'shown' ? (
          <AskedAct
            verb={t('publishing.hide')}
            lead={t('publishing.hideLead')}
            reasonLabel={t('publishing.reason')}
            save={hide}
            input={(reason) => ({ params, body: { isShown: false, reason } })}
          />
        ) : null}
      </div>
    </div>
  )
}
