import type { IsoDate } from './general/dates.ts'

export type ParameterValue = number | string | boolean

/**
 * A figure that a rule leaves to configuration, or that a later text may change. It holds from `effectiveFrom`
 * until the next row of the same code; the citation is that of the rule.
 */
export type Parameter = { code: string; value: ParameterValue; effectiveFrom: IsoDate; ruleId: string }

// No earlier text is known for these figures, so they serve every earlier date as well.
const ALWAYS = '0001-01-01'

function row(code: string, value: ParameterValue, ruleId: string, effectiveFrom = ALWAYS): Parameter {
  return { code, value, effectiveFrom, ruleId }
}

/** What Tongxin ships with; the rule named in each row tells source and confidence. */
export const PARAMETERS: readonly Parameter[] = [
  row('general.publicityCountsStartDay', true, 'GEN-3'),
  row('admission.minAge', 18, 'CONST-1'),
  row('admission.talkMonths', 1, 'DEV-3'),
  row('admission.minContacts', 1, 'DEV-5'),
  row('admission.maxContacts', 2, 'DEV-5'),
  row('admission.reviewEveryMonths', 6, 'DEV-6'),
  row('admission.activistMonths', 12, 'DEV-8'),
  row('admission.publicityWorkdays', 5, 'DEV-8'),
  row('admission.introducers', 2, 'DEV-9'),
  row('admission.trainingDays', 3, 'DEV-11'),
  row('admission.trainingHours', 24, 'DEV-11'),
  row('admission.leavingMonths', 3, 'DEV-13'),
  row('admission.branchMeetingMonths', 1, 'DEV-14'),
  row('admission.approvalMonths', 3, 'DEV-23'),
  row('admission.longestApprovalMonths', 6, 'DEV-23'),
  row('admission.oathMonths', 1, 'DEV-24'),
  row('admission.probationMonths', 12, 'DEV-26'),
  row('admission.minExtensionMonths', 6, 'DEV-27'),
  row('admission.maxExtensionMonths', 12, 'DEV-27'),
  row('admission.postponementMonths', 6, 'DEV-30'),
  row('membership.inactiveMonths', 6, 'CONST-11'),
  row('membership.lostContactMonths', 6, 'MEM-3'),
  row('membership.removalAfterStopMonths', 24, 'MEM-4'),
  row('membership.abroadMonths', 60, 'MEM-2'),
  row('membership.floatingContactMonths', 3, 'MEM-13'),
  row('membership.abroadContactMonths', 6, 'MEM-12'),
  row('membership.awayMonths', 6, 'MEM-7'),
  row('membership.introLetterMaxDays', 90, 'MEM-9'),
  row('membership.introLetterNearDays', 30, 'MEM-9'),
  row('membership.introLetterFarDays', 90, 'MEM-9'),
  row('membership.graduateMonths', 24, 'MEM-11'),
  row('membership.rectifyMonths', 12, 'DISP-2'),
  row('dues.roundingStepFen', 1, 'GEN-4'),
  row('dues.basePolicy', 'yearly-fixed', 'DUES-11'),
  row('dues.largePaymentFen', 100_000, 'DUES-12'),
  row('dues.backPaymentMonths', 6, 'DUES-13'),
  row('elections.congressMembers', 500, 'ELEC-2'),
  row('elections.shiftMonths', 12, 'ELEC-1'),
  row('elections.reminderMonths', 6, 'ELEC-22'),
  row('elections.committeeTermYears', 5, 'ELEC-21'),
  row('elections.branchTermYears', 3, 'ELEC-21'),
  row('elections.villageTermYears', 5, 'ELEC-21'),
  row('elections.preElectionBase', 'present', 'ELEC-16'),
  row('elections.minDelegates', 100, 'ELEC-23'),
  row('elections.usualMaxDelegates', 200, 'ELEC-23'),
  row('elections.maxDelegates', 300, 'ELEC-23'),
  row('branch.minFullMembers', 3, 'BR-1'),
  row('branch.maxMembers', 50, 'BR-1'),
  row('branch.jointUnits', 5, 'BR-2'),
  row('branch.projectMonths', 6, 'BR-3'),
  row('branch.replyMonths', 1, 'BR-4'),
  row('branch.committeeFullMembers', 7, 'BR-16'),
  row('branch.committeeMinSize', 3, 'BR-16'),
  row('branch.committeeMaxSize', 7, 'BR-16'),
  row('branch.secretaryStandingMonths', 12, 'BR-18'),
  row('org.generalBranchMembers', 50, 'ORG-2'),
  row('org.committeeMembers', 100, 'ORG-1'),
  row('meeting.partyLesson.frequency', 'quarter', 'BR-11'),
  row('education.memberHours', 32, 'EDU-1'),
  row('education.leaderHours', 56, 'EDU-2'),
  row('education.hoursPerFullDay', 8, 'EDU-5'),
  row('education.hoursPerHalfDay', 4, 'EDU-5'),
  row('education.minutesPerHour', 60, 'EDU-5'),
  row('appraisal.selfWeight', 10, 'EVAL-4'),
  row('appraisal.mutualWeight', 40, 'EVAL-4'),
  row('appraisal.massesWeight', 20, 'EVAL-4'),
  row('appraisal.organisationWeight', 30, 'EVAL-4'),
  row('appraisal.leastRaters', 5, 'EVAL-4'),
  row('appraisal.gradesProbationary', false, 'EVAL-3'),
  row('appraisal.countsProbationary', false, 'EVAL-3'),
  row('petitions.registerDays', 15, 'PET-1'),
  row('petitions.objectionWorkdays', 5, 'PET-2'),
  row('petitions.handlingDays', 60, 'PET-3'),
  row('petitions.maxExtensionDays', 30, 'PET-3'),
  row('petitions.reviewDays', 30, 'PET-4'),
  row('petitions.maxRepresentatives', 5, 'PET-5'),
  row('petitions.rollOverHolidays', false, 'PET-8'),
  row('consultation.targetWorkdays', 15, 'WEB-1'),
  row('privacy.guardianAge', 14, 'PI-5'),
  row('privacy.assessmentRecordMonths', 36, 'PI-11'),
  row('security.auditLogMonths', 6, 'SEC-3'),
]
