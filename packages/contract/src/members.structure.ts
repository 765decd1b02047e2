import { STRUCTURE_DIMENSIONS } from '@tongxin/domain/members/structure'
import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { DateOn, FileReply, Id, InstantAt, oneOf, strict } from './page.ts'

/** People by value of the dimension; a value that nobody has is left out. `none`: the record does not say. */
const Counts = Type.Record(Type.String(), Type.Integer())
export const StructureRow = Type.Object({
  orgId: Id,
  orgName: Type.String(),
  /** Those registered with the organisation itself and not with one below it. */
  isItself: Type.Boolean(),
  people: Type.Integer(),
  counts: Counts,
})
export type StructureRow = Static<typeof StructureRow>

export const Structure = Type.Object({
  orgId: Id,
  orgName: Type.String(),
  by: oneOf(STRUCTURE_DIMENSIONS),
  /** The day as of which ages are counted. */
  on: DateOn,
  countedAt: InstantAt,
  /** Too many people to be counted while somebody waits: the figures were kept at `countedAt`, for these days. */
  isKept: Type.Boolean(),
  keptDays: Type.Array(DateOn),
  /** Values that somebody has, in the order of the table. */
  values: Type.Array(Type.String()),
  people: Type.Integer(),
  counts: Counts,
  rows: Type.Array(StructureRow),
})
export type Structure = Static<typeof Structure>

const place = { orgId: Type.Optional(Id), on: Type.Optional(DateOn) }

export const readStructure = {
  method: 'GET',
  path: '/member-structure',
  permission: 'members.read',
  summary: 'Members of an organisation by age, education, sex, ethnic group, years in the Party or post, unit by unit',
  query: strict({ ...place, by: oneOf(STRUCTURE_DIMENSIONS) }),
  reply: Structure,
} as const satisfies Endpoint

export const exportStructure = {
  method: 'POST',
  path: '/member-structure/export',
  permission: 'members.export',
  summary: 'The tables of members by what they are: all as sheets or in print, one as text',
  download: 'application/octet-stream',
  body: strict({
    ...place,
    by: oneOf(STRUCTURE_DIMENSIONS),
    format: oneOf(['xlsx', 'csv', 'pdf', 'docx'] as const),
    language: oneOf(['zh-CN', 'en'] as const),
  }),
  reply: FileReply,
} as const satisfies Endpoint
