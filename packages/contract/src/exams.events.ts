export type ExamsEvents = {
  'exams.question_made': { kind: string; topic: string }
  'exams.question_changed': { no: number }
  'exams.question_submitted': { no: number }
  'exams.question_approved': { no: number }
  'exams.question_returned': { no: number; makerId: string | null }
  'exams.question_retired': { no: number }
  'exams.questions_imported': { format: string; rows: number; faults: number }
  'exams.questions_exported': { rows: number; format: string; sha256: string }
  'exams.paper_made': { purpose: string }
  'exams.paper_changed': { questions: number }
  'exams.paper_released': { questions: number; points: number }
  'exams.paper_retired': { purpose: string }
  'exams.planned': { paperId: string; opensAt: string; closesAt: string }
  'exams.plan_changed': { opensAt: string; closesAt: string }
  'exams.seated': { people: number }
  'exams.unseated': { people: number }
  'exams.announced': { people: number; opensAt: string; closesAt: string }
  'exams.cancelled': { people: number }
  'exams.closed': { handedIn: number; absent: number }
  'exams.released': { passed: number; failed: number; absent: number }
  'exams.make_up_planned': { of: string; people: number }
  'exams.begun': { paperId: string; attempt: number }
  'exams.handed_in': { paperId: string; byClock: boolean }
  /** The result of one sitting is final: a quiz at once or when marked, an exam with the release of its results. */
  'exams.finished': { paperId: string; sittingId: string; memberId: string; passed: boolean; scaled: number }
  'exams.marked': { round: number }
  'exams.appealed': { place: number }
  'exams.appeal_answered': { changed: boolean }
  'exams.exported': { form: string; rows: number; format: string; sha256: string }
}
