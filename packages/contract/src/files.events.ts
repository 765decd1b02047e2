export type FilesEvents = {
  'files.file_kept': { kind: string; bytes: number; scanned: boolean }
  'files.file_rejected': { fault: string }
  'files.file_attached': { subjectKind: string; subjectId: string }
  'files.file_opened': { kind: string }
}
