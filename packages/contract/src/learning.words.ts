import { type Static, Type } from 'typebox'
import { DateOn, Id, nullable, oneOf, strict } from './page.ts'

/** 栏目: 党章党规, 理论, 党史, 时政, 业务, 廉政. */
export const COURSE_COLUMNS = ['rules', 'theory', 'history', 'affairs', 'work', 'integrity'] as const
export type CourseColumn = (typeof COURSE_COLUMNS)[number]
/** 类型; `micro` is a micro-lesson of cards. */
export const COURSE_KINDS = ['video', 'audio', 'article', 'document', 'package', 'live', 'lecture', 'micro'] as const
export type CourseKind = (typeof COURSE_KINDS)[number]
/** Of a course as a whole: never released, open to learners, taken back. */
export const COURSE_STATES = ['draft', 'live', 'withdrawn'] as const
export type CourseState = (typeof COURSE_STATES)[number]
/** Of one version: written, handed in, reviewed, released (frozen), given up. */
export const VERSION_STATES = ['draft', 'submitted', 'reviewed', 'released'] as const
export type VersionState = (typeof VERSION_STATES)[number]
export const AUDIENCE_KINDS = ['formal', 'probationary', 'activist', 'masses'] as const
export type AudienceKind = (typeof AUDIENCE_KINDS)[number]
/** Posts that narrow an audience: secretaries and their deputies, or everybody of the committee. */
export const AUDIENCE_POSTS = ['secretary', 'committee'] as const
export type AudiencePost = (typeof AUDIENCE_POSTS)[number]
/** Kinds of organisation in which the post is held (层级). */
export const AUDIENCE_LEVELS = ['committee', 'general_branch', 'branch'] as const
export type AudienceLevel = (typeof AUDIENCE_LEVELS)[number]
export const SOURCE_KINDS = ['official', 'own', 'licensed', 'reprinted'] as const
export type SourceKind = (typeof SOURCE_KINDS)[number]
export const PLAN_KINDS = ['annual', 'assignment'] as const
export type PlanKind = (typeof PLAN_KINDS)[number]
export const PLAN_STATES = ['draft', 'published', 'closed'] as const
export type PlanState = (typeof PLAN_STATES)[number]

const Line = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' })

/** Who it is for: everybody of these kinds in the unit and below it, narrowed by post and level of the post. */
export const Audience = strict({
  orgId: Id,
  kinds: Type.Array(oneOf(AUDIENCE_KINDS), { minItems: 1, maxItems: 4, uniqueItems: true }),
  posts: Type.Array(oneOf(AUDIENCE_POSTS), { maxItems: 2, uniqueItems: true }),
  levels: Type.Array(oneOf(AUDIENCE_LEVELS), { maxItems: 3, uniqueItems: true }),
})
export type Audience = Static<typeof Audience>
export const AudienceShown = Type.Object({ ...Audience.properties, orgName: Type.String() })
export type AudienceShown = Static<typeof AudienceShown>

/** Where the content comes from and why it may be used; nothing is released without it. */
export const CourseSource = strict({
  kind: oneOf(SOURCE_KINDS),
  from: Line(200),
  publishedOn: nullable(DateOn),
  permission: nullable(Type.String({ maxLength: 300 })),
})
export type CourseSource = Static<typeof CourseSource>

const Picture = strict({ fileId: Id, caption: Type.String({ maxLength: 200 }) })
/** One question of a card. `right` and `why` leave the server only after the answer. */
export const CardQuestion = strict({
  text: Line(120),
  options: Type.Array(Line(60), { minItems: 2, maxItems: 4 }),
  right: Type.Integer({ minimum: 0, maximum: 3 }),
  why: Type.String({ maxLength: 200 }),
})
export type CardQuestion = Static<typeof CardQuestion>

/** `confirm`: a question that asks whether one is still there; nothing depends on how fast it is answered. */
const block = <K extends string, P extends Record<string, import('typebox').TSchema>>(kind: K, more: P) =>
  strict({
    id: Id,
    kind: Type.Literal(kind),
    title: Type.String({ maxLength: 80 }),
    confirm: nullable(Type.String({ minLength: 1, maxLength: 120 })),
    ...more,
  })

export const TextBlock = block('text', { text: Type.String({ maxLength: 20_000 }) })
export const PicturesBlock = block('pictures', { pictures: Type.Array(Picture, { maxItems: 30 }) })
export const FileBlock = block('file', { fileId: Id, name: Line(200) })
export const SlidesBlock = block('slides', { fileId: Id, name: Line(200) })
export const MediaBlock = block('media', { mediaId: Id })
export const PackageBlock = block('package', { packageId: Id })
export const QuizBlock = block('quiz', { paperId: Id })
/** A card of a micro-lesson: a picture, at most 120 characters, at most one question. */
export const CardBlock = block('card', {
  fileId: nullable(Id),
  text: Type.String({ maxLength: 120 }),
  question: nullable(CardQuestion),
})
/** Slides that are shown page by page: how many pages there are, and the first one's size in pixels. */
export const SlidesShown = Type.Object({
  fileId: Id,
  pages: Type.Integer(),
  width: Type.Integer(),
  height: Type.Integer(),
})
export type SlidesShown = Static<typeof SlidesShown>
/**
 * Why pages of slides are not drawn. `no_program`, `no_office`: this machine lacks the program, and they wait for it;
 * all others: given up.
 */
export const SLIDES_WHYS = [
  'no_program',
  'no_office',
  'not_slides',
  'broken',
  'empty',
  'too_long',
  'too_slow',
  'interrupted',
] as const
export type SlidesWhy = (typeof SLIDES_WHYS)[number]
/** Slides without pages: `why` null while they wait for their turn. */
export const SlidesUndrawn = Type.Object({
  fileId: Id,
  state: oneOf(['waiting', 'failed'] as const),
  why: nullable(oneOf(SLIDES_WHYS)),
})
export type SlidesUndrawn = Static<typeof SlidesUndrawn>
export const BLOCK_KINDS = ['text', 'pictures', 'file', 'slides', 'media', 'package', 'quiz', 'card'] as const
export type BlockKind = (typeof BLOCK_KINDS)[number]
export const CourseBlock = Type.Union([
  TextBlock,
  PicturesBlock,
  FileBlock,
  SlidesBlock,
  MediaBlock,
  PackageBlock,
  QuizBlock,
  CardBlock,
])
export type CourseBlock = Static<typeof CourseBlock>

export const Chapter = strict({ id: Id, title: Line(80), blocks: Type.Array(CourseBlock, { maxItems: 40 }) })
export type Chapter = Static<typeof Chapter>

/** Everything of a course that is versioned: what it says of itself, and its chapters. Drafts may be unfinished. */
export const CourseContent = strict({
  title: Line(80),
  summary: Type.String({ maxLength: 500 }),
  column: oneOf(COURSE_COLUMNS),
  kind: oneOf(COURSE_KINDS),
  theme: Type.String({ maxLength: 40 }),
  lecturer: Type.String({ maxLength: 60 }),
  isRequired: Type.Boolean(),
  /** 学时 in quarters of an hour of study: 4 is one. */
  quarters: Type.Integer({ minimum: 0, maximum: 400 }),
  /** Expected minutes of study. */
  minutes: Type.Integer({ minimum: 0, maximum: 6000 }),
  audience: Audience,
  isPublic: Type.Boolean(),
  isDownloadable: Type.Boolean(),
  validFrom: nullable(DateOn),
  validUntil: nullable(DateOn),
  source: nullable(CourseSource),
  prerequisites: Type.Array(Id, { maxItems: 10, uniqueItems: true }),
  /** Percent of a quiz or a package from which it counts as mastered. */
  mastery: Type.Integer({ minimum: 0, maximum: 100 }),
  coverId: nullable(Id),
  chapters: Type.Array(Chapter, { maxItems: 30 }),
})
export type CourseContent = Static<typeof CourseContent>
