/** Whoever reads the audit is in the audit. The suspect of a pack is named by id only, in the payload. */
export type AuditEvents = {
  'audit.searched': { filters: string[]; rows: number; actorId: string | null; personId: string | null }
  'audit.exported': { rows: number; format: string; sha256: string }
  'audit.incident_packed': { suspectId: string; since: string; events: number; objects: number; people: number }
}
