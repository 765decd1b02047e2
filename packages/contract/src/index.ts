export * from './access.activation.ts'
export * from './access.first-run.ts'
export * from './access.grants.ts'
export * from './access.own.ts'
export * from './access.recovery.ts'
export * from './access.refusals.ts'
export * from './appraisal.grades.ts'
export * from './appraisal.own.ts'
export * from './appraisal.ts'
export * from './appraisal.words.ts'
export * from './audit.sentence.ts'
export * from './audit.ts'
export * from './credits.own.ts'
export * from './credits.review.ts'
export * from './credits.ts'
export * from './credits.words.ts'
export * from './deadlines.ts'
export * from './demonstration.ts'
export * from './development.acts.ts'
export * from './development.contact.ts'
export * from './development.own.ts'
export * from './development.record.ts'
export * from './development.refusals.ts'
export * from './development.ts'
export * from './development.words.ts'
export * from './elections.acts.ts'
export * from './elections.own.ts'
export * from './elections.ts'
export * from './elections.words.ts'
export * from './endpoint.ts'
export * from './events.ts'
export * from './exams.marking.ts'
export * from './exams.own.ts'
export * from './exams.papers.ts'
export * from './exams.sessions.ts'
export * from './exams.ts'
export * from './exams.words.ts'
export * from './files.ts'
export * from './forms.ts'
export * from './imports.batches.ts'
export * from './imports.ts'
export * from './learning.own.ts'
export * from './learning.plans.ts'
export * from './learning.refusals.ts'
export * from './learning.ts'
export * from './learning.words.ts'
export * from './media.ts'
export * from './media.words.ts'
export * from './meetings.figures.ts'
export * from './meetings.joint.ts'
export * from './meetings.own.ts'
export * from './meetings.record.ts'
export * from './meetings.refusals.ts'
export * from './meetings.study.ts'
export * from './meetings.talks.ts'
export * from './meetings.ts'
export * from './meetings.words.ts'
export * from './meetings.work.ts'
export * from './meetings.year.ts'
export * from './members.assignments.ts'
export * from './members.dossier.ts'
export * from './members.errors.ts'
export * from './members.merge.ts'
export * from './members.papers.ts'
export * from './members.quality.ts'
export * from './members.review.ts'
export * from './members.ts'
export * from './membership.decisions.ts'
export * from './membership.months.ts'
export * from './membership.ts'
export {
  ABROAD_PURPOSES,
  ABSENCE_ENDS,
  ABSENCE_KINDS,
  type AbsenceEnd,
  AbsenceFacts,
  type AbsenceKind,
  CONTACT_WAYS,
  type ContactWay,
  DECISION_KINDS,
  DECISION_STATES,
  DECREASES,
  DecisionFacts,
  type DecisionKind,
  type DecisionState,
  INCREASES,
  type MembershipFile,
  MOVEMENT_CAUSES,
  type MovementCause,
  RuleShown,
  SEARCH_WAYS,
  SERVED_WAYS,
} from './membership.words.ts'
export * from './notices.ts'
export * from './org.changes.ts'
export * from './org.record.ts'
export * from './org.terms.ts'
export * from './org.ts'
export * from './page.ts'
export * from './permissions.ts'
export * from './refusal.ts'
export * from './roles.ts'
export * from './settings.codes.ts'
export * from './settings.ts'
export * from './transfers.acts.ts'
export * from './transfers.ts'
export * from './transfers.words.ts'
export * from './voting.cast.ts'
export * from './voting.count.ts'
export * from './voting.own.ts'
export * from './voting.ts'
export * from './voting.words.ts'
export * from './workbench.ts'
export * from './xapi.ts'
