import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import {
  FoundRow,
  LIBRARY_KINDS,
  LIBRARY_STATES,
  LibraryClass,
  LibraryRecord,
  LibraryRow,
  SECRECY_GRADES,
  saysLibrary,
  VALIDITIES,
} from './library.words.ts'
import { DateOn, Empty, Id, InstantAt, oneOf, pageOf, pageQuery, strict } from './page.ts'

/** Finding and reading in the library, at the desk and for oneself. */

const At = strict({ id: Id })
const finding = {
  text: saysLibrary(80),
  classId: Type.Optional(Id),
  kind: Type.Optional(oneOf(LIBRARY_KINDS)),
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
}
/** A page of what was found: in the title first, the newest first. `words` are those that were looked for. */
const Found = Type.Object({
  rows: Type.Array(FoundRow),
  next: Type.Unsafe<string | null>({ type: ['string', 'null'] }),
  words: Type.Array(Type.String()),
})
export type LibraryFound = Static<typeof Found>

export const listLibraryClasses = {
  method: 'GET',
  path: '/library/classes',
  permission: 'library.read',
  summary: 'The tree of classes of the scope and of the units above it',
  reply: Type.Object({ rows: Type.Array(LibraryClass) }),
} as const satisfies Endpoint

export const searchLibrary = {
  method: 'POST',
  path: '/library/search',
  permission: 'library.read',
  summary: 'Find documents by words of their titles, files, numbers and tags; the words stand in no address',
  body: strict({ ...finding, secrecy: Type.Optional(oneOf(SECRECY_GRADES)) }),
  reply: Found,
} as const satisfies Endpoint

export const listLibrary = {
  method: 'GET',
  path: '/library/documents',
  permission: 'library.read',
  summary: 'Documents of the scope and of the units above that apply to it',
  query: strict({
    ...pageQuery(['publishedAt', 'title', 'effectiveOn'] as const),
    classId: Type.Optional(Id),
    kind: Type.Optional(oneOf(LIBRARY_KINDS)),
    state: Type.Optional(oneOf(LIBRARY_STATES)),
    secrecy: Type.Optional(oneOf(SECRECY_GRADES)),
    validity: Type.Optional(oneOf(VALIDITIES)),
    orgId: Type.Optional(Id),
    below: Type.Optional(Type.Boolean()),
    publishedFrom: Type.Optional(DateOn),
    publishedTo: Type.Optional(DateOn),
  }),
  reply: pageOf(LibraryRow),
} as const satisfies Endpoint

export const readLibraryDocument = {
  method: 'GET',
  path: '/library/documents/:id',
  permission: 'library.read',
  summary: 'One document: facts, versions, links of statutes, shares for whoever keeps it',
  params: At,
  reply: LibraryRecord,
} as const satisfies Endpoint

const LibraryWords = Type.Object({ text: Type.String(), isCut: Type.Boolean() })
export const openLibraryText = {
  method: 'POST',
  path: '/library/documents/:id/text',
  permission: 'library.read',
  summary: 'The words of a document on the screen; opening a share is noted',
  params: At,
  body: Empty,
  reply: LibraryWords,
} as const satisfies Endpoint

export const LibraryReading = Type.Object({
  id: Id,
  personName: Type.String(),
  act: oneOf(['downloaded', 'opened_share'] as const),
  versionNumber: Type.Integer(),
  at: InstantAt,
})
export type LibraryReading = Static<typeof LibraryReading>
export const listLibraryReadings = {
  method: 'GET',
  path: '/library/documents/:id/readings',
  permission: 'library.write',
  summary: 'Who took a copy of a document or opened a share, when',
  params: At,
  query: strict(pageQuery(['at'] as const)),
  reply: pageOf(LibraryReading),
} as const satisfies Endpoint

export const readLibraryUsage = {
  method: 'GET',
  path: '/library/usage',
  permission: 'library.read',
  summary: 'What the unit of the post keeps in the library, and how much it may keep',
  reply: Type.Object({ bytes: Type.Integer(), mostBytes: Type.Integer(), documents: Type.Integer() }),
} as const satisfies Endpoint

export const listMyLibraryClasses = {
  ...listLibraryClasses,
  path: '/my/library/classes',
  permission: 'signed-in',
  summary: 'Classes that I can look through, and of which I want to be told',
} as const satisfies Endpoint

export const searchMyLibrary = {
  method: 'POST',
  path: '/my/library/search',
  permission: 'signed-in',
  summary: 'Find documents that apply to my organisation',
  body: strict(finding),
  reply: Found,
} as const satisfies Endpoint

export const listMyLibrary = {
  method: 'GET',
  path: '/my/library/documents',
  permission: 'signed-in',
  summary: 'Documents that apply to my organisation, the newest first, or those shared with me',
  query: strict({
    ...pageQuery(['publishedAt'] as const),
    classId: Type.Optional(Id),
    kind: Type.Optional(oneOf(LIBRARY_KINDS)),
    shared: Type.Optional(Type.Boolean()),
  }),
  reply: pageOf(LibraryRow),
} as const satisfies Endpoint

export const readMyLibraryDocument = {
  method: 'GET',
  path: '/my/library/documents/:id',
  permission: 'signed-in',
  summary: 'One document that applies to my organisation or is shared with me',
  params: At,
  reply: LibraryRecord,
} as const satisfies Endpoint

export const openMyLibraryText = {
  ...openLibraryText,
  path: '/my/library/documents/:id/text',
  permission: 'signed-in',
  summary: 'The words of a document that applies to my organisation or is shared with me',
} as const satisfies Endpoint

export const subscribeToClass = {
  method: 'PUT',
  path: '/my/library/classes/:id/subscription',
  permission: 'signed-in',
  summary: 'Be told of new documents in a class, or not any more',
  params: At,
  body: strict({ isOn: Type.Boolean() }),
  reply: Empty,
} as const satisfies Endpoint
