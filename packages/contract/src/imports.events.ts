export type ImportsEvents = {
  'imports.read': { batchId: string; rows: number; accept: number; warn: number; reject: number }
  'imports.errors_taken': { batchId: string; rows: number }
  'imports.submitted': { batchId: string; people: number }
  'imports.returned': { batchId: string; makerId: string }
  'imports.withdrawn': { batchId: string }
  'imports.approved': { batchId: string; makerId: string; people: number }
  'imports.applied': { batchId: string; registered: number; updated: number; skipped: number; founded: number }
  'imports.failed': { batchId: string; code: string }
  'imports.reversed': { batchId: string; removed: number; restored: number; dissolved: number }
}
