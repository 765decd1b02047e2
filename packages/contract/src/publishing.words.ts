import type { ArticleDocument } from '@tongxin/domain/publishing/document'
import { ARTICLE_STATES, AUDIENCES, COLUMN_KINDS, COMMENT_MODES, STAGES } from '@tongxin/domain/publishing/stages'
import { type Static, Type } from 'typebox'
import { DateOn, Id, InstantAt, nullable, oneOf, strict } from './page.ts'

/** 原创, 转载. */
export const ORIGINS = ['original', 'reprint'] as const
/** 组织, 决策, 经费, 党费, 发展党员, 评先: the catalogue of what is open (catalogue D21). */
export const OPENNESS_CATEGORIES = ['organisation', 'decisions', 'funds', 'dues', 'admissions', 'honours'] as const
export type OpennessCategory = (typeof OPENNESS_CATEGORIES)[number]
/** 党内, 社会. */
export const OPENNESS_SCOPES = ['party', 'society'] as const
export const SHOWCASE_SUBJECTS = ['organisation', 'person'] as const
/** What an article is listed under: where its text stands, or where it stands for readers. */
export const STANDINGS = [...STAGES, 'correcting', 'released', 'withdrawn'] as const
export type Standing = (typeof STANDINGS)[number]
export const COMMENT_STATES = ['waiting', 'shown', 'hidden', 'taken_back'] as const
export type CommentState = (typeof COMMENT_STATES)[number]
/** Where readers came from: a count for each, never who. */
export const READ_SOURCES = ['member', 'portal', 'feed', 'share', 'search', 'wechat', 'other'] as const
export type ReadSource = (typeof READ_SOURCES)[number]
export const ARTICLE_STEPS = [
  'drafted',
  'saved',
  'submitted',
  'taken_back',
  'passed',
  'returned',
  'finished',
  'scheduled',
  'released',
  'pinned',
  'unpinned',
  'withdrawn',
  'restored',
  'correcting',
  'dropped',
] as const
export type ArticleStepKind = (typeof ARTICLE_STEPS)[number]
export const ARTICLE_FILES = ['xlsx', 'csv'] as const

/** Words in one or more lines of at most so many signs, not only blanks. */
export const saysArticle = (maxLength: number, minLength = 1) => Type.String({ minLength, maxLength, pattern: '\\S' })
const Line = (maxLength: number) => Type.String({ maxLength })
export const ArticleAt = strict({ id: Id })
export const ArticleChanged = Type.Object({
  id: Id,
  state: oneOf(ARTICLE_STATES),
  stage: nullable(oneOf(STAGES)),
  version: Type.Integer(),
})
export type ArticleChanged = Static<typeof ArticleChanged>

/** Hosts that links may lead to: `www.gov.cn`, or `*.gov.cn` for all below it. */
const Host = Type.String({ pattern: '^(\\*\\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,24}$', maxLength: 120 })
const columnFacts = {
  name: saysArticle(30, 2),
  note: Line(200),
  audience: oneOf(AUDIENCES),
  comments: oneOf(COMMENT_MODES),
  linkHosts: Type.Array(Host, { maxItems: 100, uniqueItems: true }),
  position: Type.Integer({ minimum: 0, maximum: 999 }),
}
export const ColumnFacts = strict(columnFacts)
export type ColumnFacts = Static<typeof ColumnFacts>
export const NewColumn = strict({ orgId: Id, kind: oneOf(COLUMN_KINDS), ...columnFacts })
export const ColumnRow = Type.Object({
  id: Id,
  orgId: Id,
  orgName: Type.String(),
  kind: oneOf(COLUMN_KINDS),
  ...columnFacts,
  isOpen: Type.Boolean(),
  articles: Type.Integer(),
  version: Type.Integer(),
})
export type ColumnRow = Static<typeof ColumnRow>

/** 来源卡: where it comes from, and who checked with what evidence that it is true (S117). Drafts may leave it half done. */
export const SourceCard = strict({
  unit: Line(80),
  url: Type.Optional(Type.String({ format: 'uri', maxLength: 2000 })),
  publishedOn: Type.Optional(DateOn),
  evidence: Line(1000),
  checker: Line(40),
  checkedOn: DateOn,
})
export type SourceCard = Static<typeof SourceCard>
/** 党务公开: what it belongs to, for whom and how long it is open. */
export const Openness = strict({
  category: oneOf(OPENNESS_CATEGORIES),
  scope: oneOf(OPENNESS_SCOPES),
  fromOn: DateOn,
  untilOn: Type.Optional(DateOn),
})
export type Openness = Static<typeof Openness>
/** 风采: whom it shows, and the consent without which nobody is shown. */
export const Showcase = strict({
  subject: oneOf(SHOWCASE_SUBJECTS),
  name: Line(60),
  honours: Type.Array(saysArticle(80, 2), { maxItems: 20 }),
  consent: Type.Optional(strict({ givenOn: DateOn, by: Line(60), evidence: Line(300) })),
})
export type Showcase = Static<typeof Showcase>

/** The document of the editor; its parts are checked one by one (`documentProblem`). */
export const ArticleBody = Type.Unsafe<ArticleDocument>({ type: 'object', additionalProperties: true })
const textFacts = {
  title: saysArticle(120, 2),
  summary: Line(300),
  author: Line(60),
  origin: oneOf(ORIGINS),
  document: ArticleBody,
}
export const ArticleText = strict({
  ...textFacts,
  coverId: Type.Optional(Id),
  source: Type.Optional(SourceCard),
  openness: Type.Optional(Openness),
  showcase: Type.Optional(Showcase),
})
export type ArticleText = Static<typeof ArticleText>

export const ArticleRow = Type.Object({
  id: Id,
  title: Type.String(),
  columnId: Id,
  columnName: Type.String(),
  kind: oneOf(COLUMN_KINDS),
  orgId: Id,
  orgName: Type.String(),
  state: oneOf(ARTICLE_STATES),
  stage: nullable(oneOf(STAGES)),
  isPinned: Type.Boolean(),
  editor: nullable(Type.String()),
  releaseAt: nullable(InstantAt),
  releasedAt: nullable(InstantAt),
  updatedAt: InstantAt,
  reads: Type.Integer(),
  brokenLinks: Type.Integer(),
})
export type ArticleRow = Static<typeof ArticleRow>

export const ArticleStep = Type.Object({
  id: Id,
  kind: oneOf(ARTICLE_STEPS),
  words: nullable(Type.String()),
  by: Type.String(),
  at: InstantAt,
})
export type ArticleStep = Static<typeof ArticleStep>
/** What was put right after the release, shown with the article. */
export const Correction = Type.Object({ at: InstantAt, note: Type.String() })
export type Correction = Static<typeof Correction>
export const ArticleVersion = Type.Object({
  number: Type.Integer(),
  note: nullable(Type.String()),
  editor: Type.String(),
  reviewer: nullable(Type.String()),
  finisher: nullable(Type.String()),
  shownAt: nullable(InstantAt),
})
export type ArticleVersion = Static<typeof ArticleVersion>
export const LinkState = Type.Object({
  url: Type.String(),
  state: oneOf(['unchecked', 'sound', 'broken'] as const),
  said: nullable(Type.String()),
  checkedAt: nullable(InstantAt),
})
export type LinkState = Static<typeof LinkState>
