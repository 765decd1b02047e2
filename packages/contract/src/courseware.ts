import { type Static, Type } from 'typebox'
import {
  ATTEMPT_STATES,
  AttemptCard,
  Launch,
  PACKAGE_KINDS,
  PACKAGE_LIMITS,
  PackageAt,
  PackageItem,
  PackageText,
  UnitStanding,
} from './courseware.words.ts'
import type { Endpoint } from './endpoint.ts'
import { FileReply, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import { defineRefusals } from './refusal.ts'

export const PackageRow = Type.Object({
  id: Id,
  orgId: Id,
  orgName: Type.String(),
  /** `own`: of the units that the post acts for; `above`: of a unit above, to be used and not changed. */
  from: oneOf(['own', 'above'] as const),
  title: Type.String(),
  kind: oneOf(PACKAGE_KINDS),
  /** As the manifest says: `1.2`, `2004 3rd Edition`; of cmi5 `1.0`. */
  edition: Type.String(),
  /** Number of the version that is opened now. */
  number: Type.Integer(),
  items: Type.Integer(),
  bytes: Type.Integer(),
  files: Type.Integer(),
  updatedAt: InstantAt,
  removedAt: nullable(InstantAt),
  version: Type.Integer(),
})
export type PackageRow = Static<typeof PackageRow>

const filter = {
  kind: Type.Optional(oneOf(PACKAGE_KINDS)),
  from: Type.Optional(oneOf(['own', 'above'] as const)),
  orgId: Type.Optional(Id),
  removed: Type.Optional(Type.Boolean()),
  text: Type.Optional(PackageText(60)),
}

export const listPackages = {
  method: 'GET',
  path: '/packages',
  permission: 'learning.read',
  summary: 'Packages of the scope and of the units above it',
  query: strict({ ...pageQuery(['updatedAt', 'title'] as const), ...filter }),
  reply: pageOf(PackageRow),
} as const satisfies Endpoint

/** A course that shows a package. */
export const PackageUse = Type.Object({ packageId: Id, id: Id, title: Type.String() })
export type PackageUse = Static<typeof PackageUse>

export const PackageRecord = Type.Object({
  ...PackageRow.properties,
  contents: Type.Array(PackageItem),
  limits: Type.Array(oneOf(PACKAGE_LIMITS)),
  /** Newest first. */
  versions: Type.Array(
    Type.Object({
      number: Type.Integer(),
      fileName: Type.String(),
      bytes: Type.Integer(),
      files: Type.Integer(),
      scanned: Type.Boolean(),
      reason: nullable(Type.String()),
      by: nullable(Type.String()),
      addedAt: InstantAt,
    }),
  ),
  usedIn: Type.Array(PackageUse),
  removedReason: nullable(Type.String()),
  can: Type.Object({ change: Type.Boolean(), remove: Type.Boolean(), restore: Type.Boolean() }),
})
export type PackageRecord = Static<typeof PackageRecord>

export const readPackage = {
  method: 'GET',
  path: '/packages/:id',
  permission: 'learning.read',
  summary: 'One package with its contents, versions and where it is used',
  params: PackageAt,
  reply: PackageRecord,
} as const satisfies Endpoint

const Changed = Type.Object({ id: Id, version: Type.Integer() })
const Reason = Type.String({ minLength: 2, maxLength: 500, pattern: '\\S' })

export const importPackage = {
  method: 'POST',
  path: '/packages',
  permission: 'learning.write',
  summary: 'Unpack an own upload with the purpose `package`; the title is the manifest’s unless one is given',
  body: strict({ fileId: Id, orgId: Type.Optional(Id), title: Type.Optional(PackageText(200)) }),
  reply: Changed,
} as const satisfies Endpoint

export const renewPackage = {
  method: 'POST',
  path: '/packages/:id/versions',
  permission: 'learning.write',
  summary: 'A new version; whoever has begun stays in the own one',
  params: PackageAt,
  body: strict({ fileId: Id, reason: Reason }),
  reply: Changed,
} as const satisfies Endpoint

export const renamePackage = {
  method: 'PUT',
  path: '/packages/:id',
  permission: 'learning.write',
  ifMatch: true,
  summary: 'Change the title',
  params: PackageAt,
  body: strict({ title: PackageText(200) }),
  reply: Changed,
} as const satisfies Endpoint

export const removePackage = {
  method: 'POST',
  path: '/packages/:id/remove',
  permission: 'learning.write',
  summary: 'Put an unused package into the recycle bin',
  params: PackageAt,
  body: strict({ reason: Reason }),
  reply: Changed,
} as const satisfies Endpoint

export const restorePackage = {
  method: 'POST',
  path: '/packages/:id/restore',
  permission: 'learning.write',
  summary: 'Take a package out of the recycle bin',
  params: PackageAt,
  body: strict({}),
  reply: Changed,
} as const satisfies Endpoint

export const previewPackage = {
  method: 'GET',
  path: '/packages/:id/preview',
  permission: 'learning.read',
  summary: 'Open a package to look at it; nothing of it is kept',
  params: PackageAt,
  reply: Launch,
} as const satisfies Endpoint

export const PackageResult = Type.Object({
  ...AttemptCard.properties,
  memberId: Id,
  memberName: Type.String(),
  orgName: Type.String(),
  versionNumber: Type.Integer(),
})
export type PackageResult = Static<typeof PackageResult>

const resultFilter = { state: Type.Optional(oneOf(ATTEMPT_STATES)), text: Type.Optional(PackageText(60)) }

export const listPackageResults = {
  method: 'GET',
  path: '/packages/:id/results',
  permission: 'learning.read',
  summary: 'Attempts of people of the scope',
  params: PackageAt,
  query: strict({ ...pageQuery(['lastAt', 'scaled'] as const), ...resultFilter }),
  reply: pageOf(PackageResult),
} as const satisfies Endpoint

export const exportPackageResults = {
  method: 'POST',
  path: '/packages/:id/results/export',
  permission: 'learning.read',
  summary: 'The results as a file',
  download: 'application/octet-stream',
  params: PackageAt,
  body: strict({
    filter: strict(resultFilter),
    format: oneOf(['xlsx', 'csv'] as const),
    /** Kept in the audit beside the export. */
    purpose: Type.Optional(PackageText(200)),
    language: Type.Optional(oneOf(['zh-CN', 'en'] as const)),
  }),
  reply: FileReply,
} as const satisfies Endpoint

export const readMyPackage = {
  method: 'GET',
  path: '/my/packages/:id',
  permission: 'signed-in',
  summary: 'A package of one of my courses, and my attempts',
  params: PackageAt,
  reply: Type.Object({
    id: Id,
    title: Type.String(),
    kind: oneOf(PACKAGE_KINDS),
    contents: Type.Array(PackageItem),
    attempts: Type.Array(AttemptCard),
    /** Of cmi5: the units as they stand in the last attempt, or before the first one. */
    units: Type.Array(UnitStanding),
    /** Whether a new attempt may be begun beside the last one, which is finished. */
    canBeginAgain: Type.Boolean(),
  }),
} as const satisfies Endpoint

export const launchMyPackage = {
  method: 'POST',
  path: '/my/packages/:id/launch',
  permission: 'signed-in',
  summary: 'Open a package: go on where it was left, or begin; `again` begins once more after the end',
  params: PackageAt,
  body: strict({ again: Type.Optional(Type.Boolean()) }),
  reply: Launch,
} as const satisfies Endpoint

export const commitMyPackage = {
  method: 'POST',
  path: '/my/package-attempts/:id/commit',
  permission: 'signed-in',
  summary: 'Keep the data model of one item; what is older than the stored one changes nothing',
  params: PackageAt,
  body: strict({
    launchId: Id,
    item: Type.String({ minLength: 1, maxLength: 300 }),
    sequence: Type.Integer({ minimum: 1, maximum: 2_000_000_000 }),
    /** The data model as JSON. */
    runtime: Type.String({ minLength: 2, maxLength: 400_000 }),
  }),
  reply: Type.Object({ sequence: Type.Integer(), isDone: Type.Boolean(), attempt: AttemptCard }),
} as const satisfies Endpoint

export const coursewareRefusals = defineRefusals('courseware', {
  not_found: 'missing',
  no_such_org: 'missing',
  attempt_not_found: 'missing',
  link_expired: 'missing',
  not_a_package_file: 'invalid',
  damaged: 'invalid',
  encrypted: 'invalid',
  unsafe_path: 'invalid',
  unpacks_too_large: 'invalid',
  too_many_files: 'invalid',
  no_manifest: 'invalid',
  structure_wrong: 'invalid',
  reserved_parameter: 'invalid',
  relative_address: 'invalid',
  manifest_damaged: 'invalid',
  manifest_incomplete: 'invalid',
  nothing_to_open: 'invalid',
  file_missing: 'invalid',
  outside_address: 'invalid',
  other_kind: 'invalid',
  runtime_wrong: 'invalid',
  too_many_items: 'invalid',
  removed: 'conflict',
  not_removed: 'conflict',
  in_use: 'conflict',
  not_opened_unscanned: 'conflict',
  no_content_origin: 'conflict',
  not_finished: 'conflict',
  opened_elsewhere: 'conflict',
  too_many_rows: 'invalid',
  not_cmi5: 'forbidden',
  unit_not_found: 'missing',
  session_not_found: 'missing',
  session_over: 'conflict',
  opens_by_units: 'conflict',
  opens_whole: 'conflict',
  moved_on_already: 'conflict',
  outside_host: 'conflict',
})
