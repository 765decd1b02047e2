import { Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { documentFacts, LIBRARY_KINDS, LibraryChanged, saysLibrary } from './library.words.ts'
import { DateOn, Id, nullable, oneOf, strict } from './page.ts'
import { defineRefusals } from './refusal.ts'

/** Keeping the library: classes, documents and their versions, shares, bin and archive. */

const At = strict({ id: Id })
const why = strict({ reason: saysLibrary(200, 2) })
const position = Type.Integer({ minimum: 0, maximum: 999 })

export const addLibraryClass = {
  method: 'POST',
  path: '/library/classes',
  permission: 'library.write',
  summary: 'Add a class to the tree of a unit; all units below see it',
  body: strict({ orgId: Id, parentId: nullable(Id), name: saysLibrary(40), position }),
  reply: LibraryChanged,
} as const satisfies Endpoint

export const changeLibraryClass = {
  method: 'PUT',
  path: '/library/classes/:id',
  permission: 'library.write',
  summary: 'Rename a class or change its place among its sisters',
  params: At,
  body: strict({ name: saysLibrary(40), position }),
  reply: LibraryChanged,
} as const satisfies Endpoint

export const closeLibraryClass = {
  method: 'POST',
  path: '/library/classes/:id/close',
  permission: 'library.write',
  summary: 'Close a class in which nothing is kept',
  params: At,
  body: why,
  reply: LibraryChanged,
} as const satisfies Endpoint

export const addLibraryDocument = {
  method: 'POST',
  path: '/library/documents',
  permission: 'library.write',
  summary: 'Publish an uploaded file in the library; its words are read and can be found at once',
  body: strict({ kind: oneOf(LIBRARY_KINDS), orgId: Id, fileId: Id, ...documentFacts }),
  reply: LibraryChanged,
} as const satisfies Endpoint

export const changeLibraryDocument = {
  method: 'PUT',
  path: '/library/documents/:id',
  permission: 'library.write',
  summary: 'Change what is kept of a document beside its files',
  params: At,
  body: strict(documentFacts),
  reply: LibraryChanged,
  ifMatch: true,
} as const satisfies Endpoint

export const addLibraryVersion = {
  method: 'POST',
  path: '/library/documents/:id/versions',
  permission: 'library.write',
  summary: 'A newer file of the same document; earlier ones stay',
  params: At,
  body: strict({ fileId: Id, note: saysLibrary(200, 2) }),
  reply: LibraryChanged,
} as const satisfies Endpoint

export const binLibraryDocument = {
  method: 'POST',
  path: '/library/documents/:id/bin',
  permission: 'library.write',
  summary: 'Put a document in the bin: nobody but its unit sees it, and it can be taken back',
  params: At,
  body: why,
  reply: LibraryChanged,
} as const satisfies Endpoint

export const archiveLibraryDocument = {
  method: 'POST',
  path: '/library/documents/:id/archive',
  permission: 'library.write',
  summary: 'Archive a document for its period: it stays to be read and is changed no more',
  params: At,
  body: why,
  reply: LibraryChanged,
} as const satisfies Endpoint

export const restoreLibraryDocument = {
  method: 'POST',
  path: '/library/documents/:id/restore',
  permission: 'library.write',
  summary: 'Take a document back out of the bin or the archive',
  params: At,
  body: why,
  reply: LibraryChanged,
} as const satisfies Endpoint

export const linkReplacement = {
  method: 'POST',
  path: '/library/documents/:id/replacements',
  permission: 'library.write',
  summary: 'State that this statute replaces an older one, in whole or in part; both show it',
  params: At,
  body: strict({ replacedId: Id, isWhole: Type.Boolean(), note: Type.String({ maxLength: 200 }) }),
  reply: LibraryChanged,
} as const satisfies Endpoint

export const unlinkReplacement = {
  method: 'POST',
  path: '/library/replacements/:id/removal',
  permission: 'library.write',
  summary: 'Take back that a statute replaces another',
  params: At,
  body: why,
  reply: LibraryChanged,
} as const satisfies Endpoint

export const shareLibraryDocument = {
  method: 'POST',
  path: '/library/documents/:id/shares',
  permission: 'library.write',
  summary: 'Share a document with named people of the scope until a day',
  params: At,
  body: strict({
    memberIds: Type.Array(Id, { minItems: 1, maxItems: 50, uniqueItems: true }),
    until: DateOn,
    mayDownload: Type.Boolean(),
  }),
  reply: LibraryChanged,
} as const satisfies Endpoint

export const revokeLibraryShare = {
  method: 'POST',
  path: '/library/shares/:id/revoke',
  permission: 'library.write',
  summary: 'End a share at once',
  params: At,
  body: why,
  reply: LibraryChanged,
} as const satisfies Endpoint

export const libraryRefusals = defineRefusals('library', {
  not_found: 'missing',
  class_not_found: 'invalid',
  class_too_deep: 'invalid',
  class_in_use: 'conflict',
  class_exists: 'conflict',
  no_such_org: 'invalid',
  no_such_member: 'invalid',
  file_unusable: 'invalid',
  state_secret: 'invalid',
  statute_facts: 'invalid',
  dates_wrong: 'invalid',
  quota: 'invalid',
  not_possible: 'conflict',
  not_statutes: 'invalid',
  circle: 'invalid',
  already_linked: 'conflict',
  share_too_long: 'invalid',
  no_download: 'forbidden',
  nothing_to_find: 'invalid',
  unmarkable: 'conflict',
})
