import { AUDIENCES, COLUMN_KINDS, COMMENT_MODES } from '@tongxin/domain/publishing/stages'
import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { Empty, FileReply, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import {
  ARTICLE_FILES,
  ArticleAt,
  ArticleChanged,
  ArticleRow,
  ArticleStep,
  ArticleText,
  ArticleVersion,
  ColumnFacts,
  ColumnRow,
  Correction,
  LinkState,
  NewColumn,
  READ_SOURCES,
  STANDINGS,
  saysArticle,
} from './publishing.words.ts'

/** Columns and articles as the desk sees them: written by one hand, reviewed by another, released by a third. */

export const listColumns = {
  method: 'GET',
  path: '/columns',
  permission: 'publishing.read',
  summary: 'Columns that the post may write for: its own, those of units below and of units above',
  query: strict({
    ...pageQuery(['position'] as const),
    kind: Type.Optional(oneOf(COLUMN_KINDS)),
    open: Type.Optional(Type.Boolean()),
  }),
  reply: pageOf(ColumnRow),
} as const satisfies Endpoint

const ColumnChanged = Type.Object({ id: Id, version: Type.Integer() })
export const makeColumn = {
  method: 'POST',
  path: '/columns',
  permission: 'publishing.release',
  summary: 'Make a column of a unit: who may read, whether comments are reviewed before or after',
  body: NewColumn,
  reply: ColumnChanged,
} as const satisfies Endpoint
export const changeColumn = {
  method: 'PUT',
  path: '/columns/:id',
  permission: 'publishing.release',
  summary: 'Change a column; who may read changes for all of its articles at once',
  params: ArticleAt,
  body: ColumnFacts,
  ifMatch: true,
  reply: ColumnChanged,
} as const satisfies Endpoint
export const closeColumn = {
  method: 'POST',
  path: '/columns/:id/close',
  permission: 'publishing.release',
  summary: 'Close a column with the reason: what it holds is no longer shown; or open it again',
  params: ArticleAt,
  body: strict({ isOpen: Type.Boolean(), reason: saysArticle(300, 2) }),
  reply: ColumnChanged,
} as const satisfies Endpoint

const articleFilter = {
  columnId: Type.Optional(Id),
  kind: Type.Optional(oneOf(COLUMN_KINDS)),
  standing: Type.Optional(oneOf(STANDINGS)),
  orgId: Type.Optional(Id),
  below: Type.Optional(Type.Boolean()),
  text: Type.Optional(saysArticle(60)),
  /** Only those that link to what was not there when it was last asked for. */
  broken: Type.Optional(Type.Boolean()),
}
export const ArticleFilter = strict(articleFilter)
export type ArticleFilter = Static<typeof ArticleFilter>
export const listArticles = {
  method: 'GET',
  path: '/articles',
  permission: 'publishing.read',
  summary: 'Articles of the scope, whatever they stand at',
  query: strict({ ...pageQuery(['updatedAt', 'releasedAt'] as const), ...articleFilter }),
  reply: pageOf(ArticleRow),
} as const satisfies Endpoint
export const exportArticles = {
  method: 'POST',
  path: '/articles/export',
  permission: 'publishing.read',
  summary: 'The list of articles as a table',
  body: strict({
    filter: ArticleFilter,
    format: oneOf(ARTICLE_FILES),
    purpose: Type.Optional(saysArticle(200, 2)),
    language: Type.Optional(oneOf(['zh-CN', 'en'] as const)),
  }),
  reply: FileReply,
  download: 'application/octet-stream',
} as const satisfies Endpoint

export const draftArticle = {
  method: 'POST',
  path: '/articles',
  permission: 'publishing.write',
  summary: 'Begin an article for a column, in the name of a unit',
  body: strict({ columnId: Id, orgId: Id, text: ArticleText }),
  reply: ArticleChanged,
} as const satisfies Endpoint

const May = Type.Object({
  save: Type.Boolean(),
  takeBack: Type.Boolean(),
  review: Type.Boolean(),
  finish: Type.Boolean(),
  schedule: Type.Boolean(),
  withdraw: Type.Boolean(),
  restore: Type.Boolean(),
  correct: Type.Boolean(),
})
export const ArticleRecord = Type.Object({
  ...ArticleRow.properties,
  audience: oneOf(AUDIENCES),
  comments: oneOf(COMMENT_MODES),
  /** The text that is worked on, or else the one that is shown. */
  text: ArticleText,
  note: nullable(Type.String()),
  reviewer: nullable(Type.String()),
  finisher: nullable(Type.String()),
  reason: nullable(Type.String()),
  isConsentWithdrawn: Type.Boolean(),
  corrections: Type.Array(Correction),
  steps: Type.Array(ArticleStep),
  versions: Type.Array(ArticleVersion),
  links: Type.Array(LinkState),
  /** Where the public reads it, below the origin; null while nobody does. */
  publicPath: nullable(Type.String()),
  may: May,
  version: Type.Integer(),
})
export type ArticleRecord = Static<typeof ArticleRecord>
export const readArticle = {
  method: 'GET',
  path: '/articles/:id',
  permission: 'publishing.read',
  summary: 'One article of the scope: its text, its hands, what happened, its versions',
  params: ArticleAt,
  reply: ArticleRecord,
} as const satisfies Endpoint
export const readArticleVersion = {
  method: 'GET',
  path: '/articles/:id/versions/:number',
  permission: 'publishing.read',
  summary: 'The text of one version of an article',
  params: strict({ id: Id, number: Type.Integer({ minimum: 1, maximum: 9999 }) }),
  reply: Type.Object({ number: Type.Integer(), text: ArticleText }),
} as const satisfies Endpoint

export const saveArticle = {
  method: 'PUT',
  path: '/articles/:id',
  permission: 'publishing.write',
  summary: 'Save the text that is worked on',
  params: ArticleAt,
  body: strict({ text: ArticleText, note: Type.Optional(saysArticle(300, 2)) }),
  ifMatch: true,
  reply: ArticleChanged,
} as const satisfies Endpoint
export const submitArticle = {
  method: 'POST',
  path: '/articles/:id/submit',
  permission: 'publishing.write',
  summary: 'Hand the text to the second hand; it must have its source card',
  params: ArticleAt,
  body: Empty,
  reply: ArticleChanged,
} as const satisfies Endpoint
export const takeArticleBack = {
  method: 'POST',
  path: '/articles/:id/take-back',
  permission: 'publishing.write',
  summary: 'Take the text back before it is reviewed',
  params: ArticleAt,
  body: Empty,
  reply: ArticleChanged,
} as const satisfies Endpoint
const Judgement = { isPassed: Type.Boolean(), comment: Type.Optional(saysArticle(500, 2)) }
export const reviewArticle = {
  method: 'POST',
  path: '/articles/:id/review',
  permission: 'publishing.review',
  summary: 'The second hand: pass the text on, or return it with what is wrong',
  params: ArticleAt,
  body: strict(Judgement),
  reply: ArticleChanged,
} as const satisfies Endpoint
export const finishArticle = {
  method: 'POST',
  path: '/articles/:id/finish',
  permission: 'publishing.release',
  summary: 'The third hand: release now or at an hour, or return it with what is wrong',
  params: ArticleAt,
  body: strict({ ...Judgement, releaseAt: Type.Optional(InstantAt) }),
  reply: ArticleChanged,
} as const satisfies Endpoint
export const scheduleArticle = {
  method: 'POST',
  path: '/articles/:id/schedule',
  permission: 'publishing.release',
  summary: 'Set another hour for what waits to be released; null: now',
  params: ArticleAt,
  body: strict({ releaseAt: nullable(InstantAt) }),
  reply: ArticleChanged,
} as const satisfies Endpoint
export const pinArticle = {
  method: 'POST',
  path: '/articles/:id/pin',
  permission: 'publishing.release',
  summary: 'Put an article first in its column, or no longer',
  params: ArticleAt,
  body: strict({ isPinned: Type.Boolean() }),
  reply: ArticleChanged,
} as const satisfies Endpoint
export const withdrawArticle = {
  method: 'POST',
  path: '/articles/:id/withdraw',
  permission: 'publishing.release',
  summary: 'Take an article off with the reason; also when the person shown withdraws the consent',
  params: ArticleAt,
  body: strict({ reason: saysArticle(500, 2), isConsentWithdrawn: Type.Optional(Type.Boolean()) }),
  reply: ArticleChanged,
} as const satisfies Endpoint
export const restoreArticle = {
  method: 'POST',
  path: '/articles/:id/restore',
  permission: 'publishing.release',
  summary: 'Show an article again that was taken off',
  params: ArticleAt,
  body: strict({ reason: saysArticle(500, 2) }),
  reply: ArticleChanged,
} as const satisfies Endpoint
export const correctArticle = {
  method: 'POST',
  path: '/articles/:id/correct',
  permission: 'publishing.write',
  summary: 'Begin a correction of what is shown; it goes through the three hands as well',
  params: ArticleAt,
  body: strict({ note: saysArticle(300, 2) }),
  reply: ArticleChanged,
} as const satisfies Endpoint
export const dropArticle = {
  method: 'POST',
  path: '/articles/:id/drop',
  permission: 'publishing.write',
  summary: 'Give up a draft or a correction, with the reason',
  params: ArticleAt,
  body: strict({ reason: saysArticle(300, 2) }),
  reply: ArticleChanged,
} as const satisfies Endpoint

export const readArticleSpread = {
  method: 'GET',
  path: '/articles/:id/spread',
  permission: 'publishing.read',
  summary: 'How often an article was read and shared, from where and on which days: counts, nobody in particular',
  params: ArticleAt,
  reply: Type.Object({
    reads: Type.Integer(),
    shares: Type.Integer(),
    comments: Type.Integer(),
    sources: Type.Array(Type.Object({ source: oneOf(READ_SOURCES), reads: Type.Integer(), shares: Type.Integer() })),
    /** The last 30 days with anything, the oldest first. */
    days: Type.Array(Type.Object({ onDate: Type.String(), reads: Type.Integer(), shares: Type.Integer() })),
  }),
} as const satisfies Endpoint
export type ArticleSpread = Static<(typeof readArticleSpread)['reply']>
export type ArticleMay = Static<typeof May>
