import { type Static, Type } from 'typebox'
import { DateOn, Id, InstantAt, nullable, oneOf } from './page.ts'

/** Words of the library (资源库, 政策法规库) that its endpoints share. */

/** 资料, 政策法规. */
export const LIBRARY_KINDS = ['material', 'statute'] as const
export type LibraryKind = (typeof LIBRARY_KINDS)[number]
/** 公开, 内部, 工作秘密: nothing above a work secret is ever stored here. */
export const SECRECY_GRADES = ['public', 'internal', 'work_secret'] as const
export type SecrecyGrade = (typeof SECRECY_GRADES)[number]
/** 在用, 已归档, 回收站. */
export const LIBRARY_STATES = ['published', 'archived', 'binned'] as const
export type LibraryState = (typeof LIBRARY_STATES)[number]
/** 尚未生效, 现行有效, 已过有效期. */
export const VALIDITIES = ['coming', 'valid', 'expired'] as const
export type Validity = (typeof VALIDITIES)[number]
/** Whoever may read, posts alone, nobody: who may take a copy home. */
export const DOWNLOAD_RIGHTS = ['readers', 'posts', 'nobody'] as const
export type DownloadRight = (typeof DOWNLOAD_RIGHTS)[number]
/** 永久, 30 年, 10 年. */
export const RETENTIONS = ['permanent', 'y30', 'y10'] as const
export type Retention = (typeof RETENTIONS)[number]
/** What a statute is worth: 党内法规, 规范性文件, 法律, 行政法规, 地方和部门规定, 制度办法. */
export const STATUTE_RANKS = ['party_rule', 'party_document', 'law', 'regulation', 'local_rule', 'own_rule'] as const
export type StatuteRank = (typeof STATUTE_RANKS)[number]
/** Whether the words of a file are found: read, nothing to read, could not be read. */
export const TEXT_STATES = ['read', 'empty', 'failed', 'none'] as const
export type TextState = (typeof TEXT_STATES)[number]

export const saysLibrary = (most: number, least = 1) =>
  Type.String({ minLength: least, maxLength: most, pattern: '\\S' })

/** Facts of a statute: who issued it under what number, what it is worth, from when it applies. */
export const StatuteFacts = Type.Object(
  {
    documentNumber: nullable(saysLibrary(60)),
    issuer: saysLibrary(80),
    rank: oneOf(STATUTE_RANKS),
    effectiveOn: DateOn,
  },
  { additionalProperties: false },
)
export type StatuteFacts = Static<typeof StatuteFacts>

/** What is kept of each document beside its files. */
export const documentFacts = {
  classId: Id,
  title: saysLibrary(120, 2),
  summary: Type.String({ maxLength: 1000 }),
  tags: Type.Array(saysLibrary(20), { maxItems: 10, uniqueItems: true }),
  secrecy: oneOf(SECRECY_GRADES),
  /** The unit that it applies to, with all below it. */
  audienceId: Id,
  validFrom: nullable(DateOn),
  validTo: nullable(DateOn),
  downloads: oneOf(DOWNLOAD_RIGHTS),
  isMarked: Type.Boolean(),
  retention: oneOf(RETENTIONS),
  statute: nullable(StatuteFacts),
}

const Facts = Type.Object(documentFacts)
export type DocumentFacts = Static<typeof Facts>

export const LibraryRow = Type.Object({
  id: Id,
  kind: oneOf(LIBRARY_KINDS),
  title: Type.String(),
  documentNumber: nullable(Type.String()),
  issuer: nullable(Type.String()),
  effectiveOn: nullable(DateOn),
  classId: Id,
  className: Type.String(),
  tags: Type.Array(Type.String()),
  secrecy: oneOf(SECRECY_GRADES),
  state: oneOf(LIBRARY_STATES),
  validity: oneOf(VALIDITIES),
  isReplaced: Type.Boolean(),
  orgId: Id,
  orgName: Type.String(),
  audienceName: Type.String(),
  fileName: Type.String(),
  fileKind: Type.String(),
  bytes: Type.Integer(),
  versionNumber: Type.Integer(),
  publishedAt: InstantAt,
})
export type LibraryRow = Static<typeof LibraryRow>

export const FoundRow = Type.Object({
  ...LibraryRow.properties,
  /** Whether all words stand in the title. */
  isInTitle: Type.Boolean(),
  /** A passage around the words, or the beginning of the summary. */
  snippet: Type.String(),
})
export type FoundRow = Static<typeof FoundRow>

export const LibraryVersion = Type.Object({
  id: Id,
  number: Type.Integer(),
  fileName: Type.String(),
  fileKind: Type.String(),
  bytes: Type.Integer(),
  textState: oneOf(TEXT_STATES),
  note: Type.String(),
  madeBy: Type.String(),
  madeAt: InstantAt,
})
export type LibraryVersion = Static<typeof LibraryVersion>

export const Replacement = Type.Object({
  id: Id,
  documentId: Id,
  title: Type.String(),
  documentNumber: nullable(Type.String()),
  /** In whole, or in part. */
  isWhole: Type.Boolean(),
  note: Type.String(),
})
export type Replacement = Static<typeof Replacement>

export const LibraryShare = Type.Object({
  id: Id,
  personName: Type.String(),
  until: DateOn,
  mayDownload: Type.Boolean(),
  sharedBy: Type.String(),
  sharedAt: InstantAt,
  revokedAt: nullable(InstantAt),
  revokedFor: nullable(Type.String()),
  openings: Type.Integer(),
  lastOpenedAt: nullable(InstantAt),
  isOver: Type.Boolean(),
})
export type LibraryShare = Static<typeof LibraryShare>

export const LibraryRecord = Type.Object({
  document: LibraryRow,
  summary: Type.String(),
  audienceId: Id,
  validFrom: nullable(DateOn),
  validTo: nullable(DateOn),
  downloads: oneOf(DOWNLOAD_RIGHTS),
  isMarked: Type.Boolean(),
  retention: oneOf(RETENTIONS),
  /** Of an archived document: until when it must be kept; null is for ever. */
  keptUntil: nullable(DateOn),
  statute: nullable(StatuteFacts),
  madeBy: Type.String(),
  version: Type.Integer(),
  versions: Type.Array(LibraryVersion),
  /** What it replaces, and what has replaced it. */
  replaces: Type.Array(Replacement),
  replacedBy: Type.Array(Replacement),
  shares: Type.Array(LibraryShare),
  mayKeep: Type.Boolean(),
  mayDownload: Type.Boolean(),
  /** Why it was put in the bin or archived. */
  reason: nullable(Type.String()),
})
export type LibraryRecord = Static<typeof LibraryRecord>

export const LibraryClass = Type.Object({
  id: Id,
  parentId: nullable(Id),
  name: Type.String(),
  orgId: Id,
  orgName: Type.String(),
  position: Type.Integer(),
  mayKeep: Type.Boolean(),
  isSubscribed: Type.Boolean(),
})
export type LibraryClass = Static<typeof LibraryClass>
export const LibraryChanged = Type.Object({ id: Id })
