export type CoursewareEvents = {
  'courseware.imported': { kind: string; files: number; bytes: number }
  'courseware.renewed': { number: number }
  'courseware.renamed': { fields: string[] }
  'courseware.removed': Record<string, never>
  'courseware.restored': Record<string, never>
  'courseware.begun': { packageId: string; memberId: string; number: number }
  /** What a package reported of somebody: for the course that shows it. `scaled` 0 to 1. */
  'courseware.finished': { packageId: string; memberId: string; passed: boolean; scaled: number | null }
  'courseware.exported': { rows: number; format: string; sha256: string }
  'courseware.unit_waived': { packageId: string; memberId: string; unit: string }
  'courseware.session_abandoned': { packageId: string; memberId: string; unit: string }
}
