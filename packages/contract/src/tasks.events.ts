/** Assignments from above (任务督办). Subjects are the task, or the part of one unit or person. */
export type TasksEvents = {
  'tasks.issued': { title: string; dueOn: string; parts: number; isPassedOn: boolean }
  'tasks.withdrawn': { title: string; parts: number }
  'tasks.part_withdrawn': { title: string; parts: number }
  'tasks.signed': { title: string }
  'tasks.noted': { title: string; files: number }
  'tasks.handed_in': { title: string; round: number; isLate: boolean; files: number }
  'tasks.accepted': { title: string; round: number }
  'tasks.returned': { title: string; round: number }
  'tasks.extension_asked': { title: string; dueOn: string }
  'tasks.extension_decided': { title: string; isGranted: boolean; dueOn: string }
  'tasks.reminded': { title: string; dueOn: string }
  'tasks.reported': { title: string; category: string; files: number }
  'tasks.report_decided': { title: string; isAdopted: boolean; level: string | null }
  'tasks.report_withdrawn': { title: string }
  'tasks.exported': { rows: number; format: string; sha256: string }
}
