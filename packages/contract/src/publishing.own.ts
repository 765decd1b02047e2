import { COLUMN_KINDS } from '@tongxin/domain/publishing/stages'
import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { Empty, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import {
  ArticleAt,
  ArticleBody,
  COMMENT_STATES,
  Correction,
  Openness,
  ORIGINS,
  SHOWCASE_SUBJECTS,
  saysArticle,
} from './publishing.words.ts'

/** Articles as whoever is signed in reads them. */

export const ArticleCard = Type.Object({
  id: Id,
  title: Type.String(),
  summary: Type.String(),
  columnId: Id,
  columnName: Type.String(),
  kind: oneOf(COLUMN_KINDS),
  orgName: Type.String(),
  coverId: nullable(Id),
  isPinned: Type.Boolean(),
  releasedAt: InstantAt,
})
export type ArticleCard = Static<typeof ArticleCard>
export const OwnColumn = Type.Object({ id: Id, name: Type.String(), kind: oneOf(COLUMN_KINDS), orgName: Type.String() })
export type OwnColumn = Static<typeof OwnColumn>

export const listMyColumns = {
  method: 'GET',
  path: '/my/columns',
  permission: 'signed-in',
  summary: 'Columns in which there is something for me',
  reply: Type.Object({ rows: Type.Array(OwnColumn) }),
} as const satisfies Endpoint
export const listMyArticles = {
  method: 'GET',
  path: '/my/articles',
  permission: 'signed-in',
  summary: 'Articles that I may read, the newest first; those put first in their column come with the first page',
  query: strict({
    ...pageQuery(['releasedAt'] as const),
    columnId: Type.Optional(Id),
    kind: Type.Optional(oneOf(COLUMN_KINDS)),
    text: Type.Optional(saysArticle(60)),
  }),
  reply: Type.Object({ ...pageOf(ArticleCard).properties, pinned: Type.Array(ArticleCard) }),
} as const satisfies Endpoint
export type MyArticles = Static<(typeof listMyArticles)['reply']>

/** What readers are told: never who checked, nor the evidence of consent. */
export const ReadArticle = Type.Object({
  ...ArticleCard.properties,
  author: Type.String(),
  origin: oneOf(ORIGINS),
  document: ArticleBody,
  sourceUnit: nullable(Type.String()),
  sourceUrl: nullable(Type.String()),
  openness: nullable(Openness),
  shown: nullable(
    Type.Object({ subject: oneOf(SHOWCASE_SUBJECTS), name: Type.String(), honours: Type.Array(Type.String()) }),
  ),
  corrections: Type.Array(Correction),
  mayComment: Type.Boolean(),
  isReviewedFirst: Type.Boolean(),
  comments: Type.Integer(),
  publicPath: nullable(Type.String()),
})
export type ReadArticle = Static<typeof ReadArticle>
export const readMyArticle = {
  method: 'GET',
  path: '/my/articles/:id',
  permission: 'signed-in',
  summary: 'One article that I may read',
  params: ArticleAt,
  reply: ReadArticle,
} as const satisfies Endpoint

export const OwnComment = Type.Object({
  id: Id,
  by: Type.String(),
  words: Type.String(),
  state: oneOf(COMMENT_STATES),
  reason: nullable(Type.String()),
  isMine: Type.Boolean(),
  at: InstantAt,
})
export type OwnComment = Static<typeof OwnComment>
export const listMyComments = {
  method: 'GET',
  path: '/my/articles/:id/comments',
  permission: 'signed-in',
  summary: 'Comments that are shown, and my own with what became of them',
  params: ArticleAt,
  query: strict(pageQuery(['at'] as const)),
  reply: pageOf(OwnComment),
} as const satisfies Endpoint
export const writeComment = {
  method: 'POST',
  path: '/my/articles/:id/comments',
  permission: 'signed-in',
  summary: 'Comment on an article under my name',
  params: ArticleAt,
  body: strict({ words: saysArticle(1000, 2) }),
  reply: Type.Object({ id: Id, state: oneOf(COMMENT_STATES) }),
} as const satisfies Endpoint
export const takeCommentBack = {
  method: 'POST',
  path: '/my/article-comments/:id/take-back',
  permission: 'signed-in',
  summary: 'Take a comment of mine back',
  params: ArticleAt,
  body: Empty,
  reply: Type.Object({ id: Id, state: oneOf(COMMENT_STATES) }),
} as const satisfies Endpoint
export const countShare = {
  method: 'POST',
  path: '/my/articles/:id/share',
  permission: 'signed-in',
  summary: 'Count that the link of an article was shared; nothing is kept about who did',
  params: ArticleAt,
  body: Empty,
  reply: Empty,
} as const satisfies Endpoint
