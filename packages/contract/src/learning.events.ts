export type LearningEvents = {
  'learning.course_begun': { title: string }
  'learning.revised': { number: number }
  'learning.draft_discarded': { number: number }
  'learning.slides_again': { title: string }
  'learning.submitted': { number: number; title: string }
  'learning.reviewed': { number: number }
  'learning.returned': { number: number; title: string; writerIds: string[] }
  'learning.released': { number: number; title: string; column: string }
  'learning.withdrawn': { title: string }
  'learning.restored': { number: number }
  'learning.plan_begun': { year: number }
  'learning.plan_changed': { year: number; courses: number }
  'learning.plan_published': { year: number; title: string }
  'learning.plan_closed': { year: number }
  /** Days before the due day of one course of a plan; whoever has not finished it is told. */
  'learning.due_soon': { planId: string; courseId: string; title: string; dueOn: string; days: number }
  /** `memberIds` null: everybody below `orgPath` of the subject who has not finished. */
  'learning.reminded': { planId: string; title: string; memberIds: string[] | null; people: number }
  'learning.started': { courseId: string; memberId: string; number: number }
  'learning.completed': { courseId: string; memberId: string; title: string }
  'learning.rated': { courseId: string }
  'learning.habit_set': { isOn: boolean; isWeekly: boolean }
  /** The micro-lesson of the day, for everybody whose hour it is. */
  'learning.micro_due': { courseId: string; title: string; personIds: string[] }
  /** The digest of the week, for everybody who has so many things due and so many new ones. */
  'learning.week_due': { due: number; fresh: number; personIds: string[] }
  'learning.exported': { rows: number; format: string; sha256: string }
}
