import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import { ArticleAt, COMMENT_STATES, saysArticle } from './publishing.words.ts'

/** 评论 of members, 意见反馈 of the public on what was made open. */
export const COMMENT_KINDS = ['comment', 'feedback'] as const

export const CommentRow = Type.Object({
  id: Id,
  articleId: Id,
  title: Type.String(),
  kind: oneOf(COMMENT_KINDS),
  /** Null: somebody of the public, of whom nothing is known. */
  by: nullable(Type.String()),
  words: Type.String(),
  state: oneOf(COMMENT_STATES),
  reason: nullable(Type.String()),
  decidedBy: nullable(Type.String()),
  at: InstantAt,
})
export type CommentRow = Static<typeof CommentRow>

export const listComments = {
  method: 'GET',
  path: '/article-comments',
  permission: 'publishing.review',
  summary: 'Comments on articles of the scope, and what the public says about what was made open',
  query: strict({
    ...pageQuery(['at'] as const),
    state: Type.Optional(oneOf(COMMENT_STATES)),
    kind: Type.Optional(oneOf(COMMENT_KINDS)),
    articleId: Type.Optional(Id),
    text: Type.Optional(saysArticle(60)),
  }),
  reply: pageOf(CommentRow),
} as const satisfies Endpoint
export const decideComment = {
  method: 'POST',
  path: '/article-comments/:id/decide',
  permission: 'publishing.review',
  summary: 'Show a comment, or hide it with the reason that its author reads',
  params: ArticleAt,
  body: strict({ isShown: Type.Boolean(), reason: Type.Optional(saysArticle(300, 2)) }),
  reply: Type.Object({ id: Id, state: oneOf(COMMENT_STATES) }),
} as const satisfies Endpoint
