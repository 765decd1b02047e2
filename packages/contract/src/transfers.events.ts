export type TransfersEvents = {
  'transfers.drafted': { direction: string; kind: string; batchId: string | null }
  'transfers.edited': { fields: string[] }
  'transfers.agreed': { on: string }
  'transfers.approved': { needsDepartment: boolean }
  'transfers.department_approved': { documentNumber: string }
  'transfers.sent_back': { from: string }
  'transfers.issued': { number: string; validUntil: string }
  'transfers.received': {
    direction: string
    memberId: string
    on: string
    fromOrgId: string | null
    toOrgId: string | null
  }
  'transfers.returned': Record<string, never>
  'transfers.revoked': { from: string }
  /** `toPath`: the branch that was to receive it, where it is one of ours. */
  'transfers.expired': { number: string; validUntil: string; toPath?: string | null }
  'transfers.renewed': { newId: string; number: string; validUntil: string }
  'transfers.stranded': { number: string; since: string }
  'transfers.settled': { settlement: string }
  'transfers.arrival_reported': { on: string }
  'transfers.printed': { form: string; format: string; copies: number; reprints: number }
  'transfers.exported': { rows: number; purpose: string; sha256: string }
}
