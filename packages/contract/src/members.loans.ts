import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { DossierLoan } from './members.dossier.ts'
import { PAPERS_FORMATS } from './members.papers.ts'
import { FileReply, Id, oneOf, pageOf, pageQuery, strict } from './page.ts'

/** `open`: asked for or out; `late`: out and due before today; `over`: returned, refused or withdrawn. */
export const LOAN_VIEWS = ['open', 'asked', 'late', 'over'] as const
export type LoanView = (typeof LOAN_VIEWS)[number]

export const LoanRow = Type.Object({
  ...DossierLoan.properties,
  memberId: Id,
  memberNo: Type.String(),
  name: Type.String(),
  orgName: Type.String(),
  /** Where the folder lies when it is not lent; empty where nobody has said. */
  place: Type.String(),
})
export type LoanRow = Static<typeof LoanRow>

const filters = {
  view: Type.Optional(oneOf(LOAN_VIEWS)),
  orgId: Type.Optional(Id),
  below: Type.Optional(Type.Boolean()),
  /** Part of the borrower's or of the member's name. */
  text: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
}
const LoanFilter = strict(filters)
export type LoanFilter = Static<typeof LoanFilter>

export const listDossierLoans = {
  method: 'GET',
  path: '/dossier-loans',
  permission: 'members.read',
  summary: 'Folders that are asked for, out, overdue or back, over the whole scope',
  query: strict({ ...pageQuery(['due', 'asked'] as const), ...filters }),
  reply: pageOf(LoanRow),
} as const satisfies Endpoint

export const exportDossierLoans = {
  method: 'POST',
  path: '/dossier-loans/export',
  permission: 'members.export',
  summary: 'The register of loans (借阅登记簿) as a workbook or to be printed; logged with its purpose',
  stepUp: true,
  download: 'application/octet-stream',
  body: strict({
    filter: LoanFilter,
    format: oneOf(PAPERS_FORMATS),
    language: oneOf(['zh-CN', 'en'] as const),
    purpose: Type.String({ minLength: 2, maxLength: 500, pattern: '\\S' }),
  }),
  reply: FileReply,
} as const satisfies Endpoint
