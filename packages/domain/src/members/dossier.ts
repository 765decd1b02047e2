import type { MemberCategory } from '../identity/member-category.ts'

/** Papers of a member's dossier (党员档案), in the order in which they lie in the folder. */
export const DOSSIER_DOCUMENTS = [
  'application',
  'autobiography',
  'activist_record',
  'vetting',
  'training_certificate',
  'application_form',
  'probation_record',
  'conversion_request',
  'transfer_letter',
  'appraisal',
  'award',
  'penalty',
  'other',
] as const
export type DossierDocument = (typeof DOSSIER_DOCUMENTS)[number]

/**
 * What the folder must hold when somebody has come so far. Rules for the Development of Members (发展党员工作细则): after
 * the conversion the membership form, the application, the papers of the political review, the request for conversion and
 * the record of education and observation are filed; before it, what the step reached already demands.
 */
const UP_TO: readonly { readonly from: MemberCategory; readonly papers: readonly DossierDocument[] }[] = [
  { from: 'applicant', papers: ['application'] },
  { from: 'activist', papers: ['activist_record'] },
  { from: 'candidate', papers: ['autobiography', 'vetting', 'training_certificate'] },
  { from: 'probationary', papers: ['application_form'] },
  { from: 'formal', papers: ['probation_record', 'conversion_request'] },
]

/** Papers that the folder of somebody of this category must hold, in the order of the folder. */
export function requiredDocuments(category: MemberCategory): DossierDocument[] {
  const reached = UP_TO.findIndex((step) => step.from === category)
  const wanted = new Set(UP_TO.slice(0, reached + 1).flatMap((step) => step.papers))
  return DOSSIER_DOCUMENTS.filter((paper) => wanted.has(paper))
}
