/** Payloads name steps and days; of the political review only that there was one. */
export type DevelopmentEvents = {
  'development.opened': { caseId: string; memberId: string; appliedOn: string }
  'development.step_recorded': { caseId: string; step: number; heldOn: string; waitsAbove: boolean }
  'development.step_decided': { caseId: string; step: number; decision: string; decidedOn: string }
  'development.stage_reached': { caseId: string; memberId: string; stage: string; on: string }
  'development.state_set': { caseId: string; from: string; to: string }
  'development.returned': { caseId: string; fromStep: number; toStep: number }
  'development.moved': { caseId: string; fromOrgId: string; toOrgId: string }
  'development.postponed': { caseId: string; until: string }
  'development.extended': { caseId: string; months: number; until: string }
  'development.people_set': { caseId: string; part: string; memberIds: string[] }
  'development.reviewed': { caseId: string; kind: string; heldOn: string }
  'development.publicity_posted': { caseId: string; purpose: string; from: string; until: string }
  'development.publicity_closed': { caseId: string; purpose: string; feedback: number }
  'development.vetted': { caseId: string }
  'development.vetting_read': { caseId: string }
  'development.proof_added': { caseId: string; step: number; kind: string }
  'development.quota_set': { year: number; number: number }
  'development.exported': { rows: number; sha256: string; format: string }
  'development.printed': { form: string; rows: number; format: string }
}
