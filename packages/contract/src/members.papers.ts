import { MEMBER_CATEGORIES } from '@tongxin/domain/identity/member-category'
import { DOSSIER_DOCUMENTS } from '@tongxin/domain/members/dossier'
import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { FileReply, Id, oneOf, pageOf, pageQuery, strict } from './page.ts'

export const PAPERS_FORMATS = ['xlsx', 'csv', 'pdf', 'docx'] as const

/** Somebody whose folder lacks papers that it must hold at this category. */
export const LackingRow = Type.Object({
  id: Id,
  memberNo: Type.String(),
  name: Type.String(),
  category: oneOf(MEMBER_CATEGORIES),
  orgName: Type.String(),
  /** Where the folder lies; empty where nobody has said. */
  place: Type.String(),
  missing: Type.Array(oneOf(DOSSIER_DOCUMENTS), { minItems: 1 }),
})
export type LackingRow = Static<typeof LackingRow>

const filters = {
  orgId: Type.Optional(Id),
  below: Type.Optional(Type.Boolean()),
  category: Type.Optional(oneOf(MEMBER_CATEGORIES)),
  /** Only folders that lack this paper. */
  document: Type.Optional(oneOf(DOSSIER_DOCUMENTS)),
}
const LackingFilter = strict(filters)
export type LackingFilter = Static<typeof LackingFilter>

export const listLacking = {
  method: 'GET',
  path: '/member-papers',
  permission: 'members.read',
  summary: 'Folders that lack papers which the Rules for the Development of Members ask for, person by person',
  query: strict({ ...pageQuery(['name'] as const), ...filters }),
  reply: pageOf(LackingRow),
} as const satisfies Endpoint

export const exportLacking = {
  method: 'POST',
  path: '/member-papers/export',
  permission: 'members.export',
  summary: 'The list of missing papers as a workbook or as a register to be printed; logged with its purpose',
  stepUp: true,
  download: 'application/octet-stream',
  body: strict({
    filter: LackingFilter,
    format: oneOf(PAPERS_FORMATS),
    language: oneOf(['zh-CN', 'en'] as const),
    purpose: Type.String({ minLength: 2, maxLength: 500 }),
  }),
  reply: FileReply,
} as const satisfies Endpoint
