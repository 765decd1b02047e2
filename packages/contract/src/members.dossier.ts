import { DOSSIER_DOCUMENTS } from '@tongxin/domain/members/dossier'
import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { DateOn, Id, InstantAt, nullable, oneOf, strict } from './page.ts'
import { defineRefusals } from './refusal.ts'

export const PAPER_FORMS = ['original', 'copy'] as const
/** `asked`: waits for somebody else to agree; `out`: with the borrower; `back`: returned; `refused`; `withdrawn` by who asked. */
export const LOAN_STATES = ['asked', 'out', 'back', 'refused', 'withdrawn'] as const
const Reason = Type.String({ minLength: 2, maxLength: 500, pattern: '\\S' })
const Short = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' })
const Place = {
  place: Short,
  cabinet: Type.Optional(Type.String({ maxLength: 40 })),
  box: Type.Optional(Type.String({ maxLength: 40 })),
  volume: Type.Optional(Type.String({ maxLength: 40 })),
}
const member = strict({ id: Id })
const Done = Type.Object({ id: Id })

export const DossierPaper = Type.Object({
  id: Id,
  /** One of the known papers, or free words from before. */
  document: Type.String(),
  title: nullable(Type.String()),
  on: nullable(DateOn),
  pages: nullable(Type.Integer()),
  form: nullable(oneOf(PAPER_FORMS)),
  removedReason: nullable(Type.String()),
})
export type DossierPaper = Static<typeof DossierPaper>
export const DossierLoan = Type.Object({
  id: Id,
  state: oneOf(LOAN_STATES),
  borrower: Type.String(),
  purpose: Type.String(),
  askedBy: nullable(Type.String()),
  askedAt: InstantAt,
  decidedBy: nullable(Type.String()),
  refusedReason: nullable(Type.String()),
  dueOn: DateOn,
  returnedOn: nullable(DateOn),
  isLate: Type.Boolean(),
  /** Asked by the reader: somebody else agrees. */
  isMine: Type.Boolean(),
})
export type DossierLoan = Static<typeof DossierLoan>
export const Dossier = Type.Object({
  folder: nullable(
    Type.Object({
      place: Type.String(),
      cabinet: nullable(Type.String()),
      box: nullable(Type.String()),
      volume: nullable(Type.String()),
      updatedAt: InstantAt,
    }),
  ),
  papers: Type.Array(DossierPaper),
  /** What the folder must hold at this category and does not. */
  missing: Type.Array(oneOf(DOSSIER_DOCUMENTS)),
  loans: Type.Array(DossierLoan),
})
export type Dossier = Static<typeof Dossier>

export const readDossier = {
  method: 'GET',
  path: '/members/:id/dossier',
  permission: 'members.read',
  summary: 'The paper dossier of a member: where it lies, what it holds, what is missing, who has it',
  params: member,
  reply: Dossier,
} as const satisfies Endpoint

export const setDossierPlace = {
  method: 'PUT',
  path: '/members/:id/dossier/place',
  permission: 'members.write',
  summary: 'Say where the folder lies',
  params: member,
  body: strict(Place),
  reply: Done,
} as const satisfies Endpoint

export const addDossierPaper = {
  method: 'POST',
  path: '/members/:id/dossier/papers',
  permission: 'members.write',
  summary: 'Enter a paper that lies in the folder',
  params: member,
  body: strict({
    document: oneOf(DOSSIER_DOCUMENTS),
    title: Type.Optional(Type.String({ maxLength: 100 })),
    on: nullable(DateOn),
    pages: Type.Integer({ minimum: 1, maximum: 9999 }),
    form: oneOf(PAPER_FORMS),
  }),
  reply: Done,
} as const satisfies Endpoint

export const removeDossierPaper = {
  method: 'POST',
  path: '/members/:id/dossier/papers/:paperId/remove',
  permission: 'members.write',
  summary: 'Say that a paper no longer lies in the folder, and why; the entry stays readable',
  params: strict({ id: Id, paperId: Id }),
  body: strict({ reason: Reason }),
  reply: Done,
} as const satisfies Endpoint

export const askForDossier = {
  method: 'POST',
  path: '/members/:id/dossier/loans',
  permission: 'members.write',
  summary: 'Ask for the folder on behalf of somebody; another person agrees',
  params: member,
  body: strict({ borrower: Short, purpose: Reason, dueOn: DateOn }),
  reply: Done,
} as const satisfies Endpoint

export const decideDossierLoan = {
  method: 'POST',
  path: '/members/:id/dossier/loans/:loanId/decide',
  permission: 'members.review',
  summary: 'Agree to a loan of the folder, or refuse it with the reason',
  params: strict({ id: Id, loanId: Id }),
  body: strict({ verdict: oneOf(['agree', 'refuse'] as const), reason: Type.Optional(Reason) }),
  reply: Done,
} as const satisfies Endpoint

export const extendDossierLoan = {
  method: 'POST',
  path: '/members/:id/dossier/loans/:loanId/extend',
  permission: 'members.review',
  summary: 'Let the borrower keep the folder until a later day; the deadline moves along',
  params: strict({ id: Id, loanId: Id }),
  body: strict({ dueOn: DateOn, reason: Reason }),
  reply: Done,
} as const satisfies Endpoint

export const withdrawDossierLoan = {
  method: 'POST',
  path: '/members/:id/dossier/loans/:loanId/withdraw',
  permission: 'members.write',
  summary: 'Take back an own request for the folder that nobody has decided on',
  params: strict({ id: Id, loanId: Id }),
  body: strict({}),
  reply: Done,
} as const satisfies Endpoint

export const returnDossier = {
  method: 'POST',
  path: '/members/:id/dossier/loans/:loanId/return',
  permission: 'members.write',
  summary: 'Say that the folder is back',
  params: strict({ id: Id, loanId: Id }),
  body: strict({ on: DateOn }),
  reply: Done,
} as const satisfies Endpoint

export const dossierRefusals = defineRefusals('dossier', {
  paper_not_found: 'missing',
  paper_removed: 'conflict',
  loan_not_found: 'missing',
  date_in_future: 'invalid',
  due_in_past: 'invalid',
  already_out: 'conflict',
  own_request: 'forbidden',
  wrong_state: 'conflict',
  reason_needed: 'invalid',
  returned_before: 'invalid',
  due_not_later: 'invalid',
  not_my_request: 'forbidden',
})
