import { approvalPower, approvalTiming, oathInTime } from '../admission/approval.ts'
import * as candidacy from '../admission/candidacy.ts'
import { checkIntroducers } from '../admission/introducers.ts'
import * as probation from '../admission/probation.ts'
import { shouldAttend } from '../admission/should-attend.ts'
import { admissionQuorum, admissionVote, validateVoteRecord } from '../admission/vote.ts'
import { excellentOk, gradeAllowed, maxExcellent } from '../appraisal/grades.ts'
import { committeeQuorum, missingPeriods, resolution } from '../branch/meetings.ts'
import * as setUp from '../branch/set-up.ts'
import * as constitution from '../constitution/membership.ts'
import { influenceEnd, rectifyPeriodOk } from '../discipline/periods.ts'
import { farmerStandardOk, fixedDuesRange, monthlyDues, quarterlyAverageDues } from '../dues/assessment.ts'
import { effectiveBase, retireeBase, wageBase } from '../dues/base.ts'
import * as payment from '../dues/payment.ts'
import { studyHoursOk, toHours } from '../education/hours.ts'
import * as conditions from '../elections/conditions.ts'
import * as count from '../elections/count.ts'
import { addMonths, type IsoDate } from '../general/dates.ts'
import { compareByWord, compareFraction } from '../general/words.ts'
import { countWorkdays, type WorkdayCalendar } from '../general/workdays.ts'
import { parseCitizenId, upgrade15 } from '../identity/citizen-id.ts'
import { type CodeTable, lookup } from '../identity/codes.ts'
import { regionLevel } from '../identity/regions.ts'
import { orgCodeValid, usccValid } from '../identity/social-credit.ts'
import { dailyPoints } from '../learning/points.ts'
import * as relations from '../membership/relations.ts'
import { nextOpenState } from '../openness/workflow.ts'
import { orgAdvice } from '../organisation/size.ts'
import * as petitions from '../petitions/deadlines.ts'
import { isSensitive, needsGuardianConsent, piaRetainUntil } from '../privacy/protection.ts'
import { auditLogMayDelete, rolesSeparated } from '../security/controls.ts'
import type { Verdict } from '../verdict.ts'

/** A rule as the vectors call it: one object in, a value out. `never`, because each takes its own object. */
export type VectorFunction = (input: never) => unknown

function valueOf(rule: (input: never) => Verdict<unknown>): VectorFunction {
  return (input) => rule(input).value
}

const PARTY_RULES = {
  compareByWord,
  compareFraction,
  isAdultApplicant: constitution.isAdultApplicant,
  selfWithdrawalFlag: constitution.selfWithdrawalFlag,
  trailingUnpaidMonths: constitution.trailingUnpaidMonths,
  hasVotingRights: constitution.hasVotingRights,
  devRuleVersion: candidacy.devRuleVersion,
  talkInTime: candidacy.talkInTime,
  contactsOk: candidacy.contactsOk,
  activistReviewDueDates: candidacy.activistReviewDueDates,
  canBeObject: candidacy.canBeObject,
  publicityOk: candidacy.publicityOk,
  trainingOk: candidacy.trainingOk,
  leavingSoon: candidacy.leavingSoon,
  branchMeetingInTime: candidacy.branchMeetingInTime,
  checkIntroducers,
  admissionQuorum,
  admissionVote,
  validateVoteRecord,
  shouldAttend,
  approvalPower,
  approvalTiming,
  oathInTime,
  probationEnd: probation.probationEnd,
  canDiscussConversion: probation.canDiscussConversion,
  extensionOk: probation.extensionOk,
  extendedEnd: probation.extendedEnd,
  standingStart: probation.standingStart,
  postponementOk: probation.postponementOk,
  influenceEnd,
  rectifyPeriodOk,
  monthlyDues,
  quarterlyAverageDues,
  fixedDuesRange,
  farmerStandardOk,
  wageBase,
  retireeBase,
  effectiveBase,
  firstDuesMonth: payment.firstDuesMonth,
  isLargePayment: payment.isLargePayment,
  backPaymentOk: payment.backPaymentOk,
  waiverApproved: payment.waiverApproved,
  shareUp: payment.shareUp,
  centreShareDeadline: payment.centreShareDeadline,
  electionQuorum: conditions.electionQuorum,
  mayUseCongress: conditions.mayUseCongress,
  minCandidates: conditions.minCandidates,
  candidatesOk: conditions.candidatesOk,
  proxyAllowed: conditions.proxyAllowed,
  termEnd: conditions.termEnd,
  reminderOn: conditions.reminderOn,
  shiftStatus: conditions.shiftStatus,
  reportType: conditions.reportType,
  electionValid: count.electionValid,
  ballotValid: count.ballotValid,
  votesNeeded: count.votesNeeded,
  countElection: count.countElection,
  isElected: count.isElected,
  mayReduceSeats: count.mayReduceSeats,
} satisfies Record<string, (input: never) => Verdict<unknown>>

const WORK_RULES = {
  branchAdvice: setUp.branchAdvice,
  jointBranchOk: setUp.jointBranchOk,
  projectBranch: setUp.projectBranch,
  branchReplyInTime: setUp.branchReplyInTime,
  committeeAdvice: setUp.committeeAdvice,
  temporaryBranchMay: setUp.temporaryBranchMay,
  secretaryStandingOk: setUp.secretaryStandingOk,
  resolution,
  committeeQuorum,
  missingPeriods,
  orgAdvice,
  studyHoursOk,
  toHours,
  stopForLostContact: relations.stopForLostContact,
  removeAfterStop: relations.removeAfterStop,
  stopForAbroad: relations.stopForAbroad,
  mustTransfer: relations.mustTransfer,
  directTransfer: relations.directTransfer,
  letterValid: relations.letterValid,
  graduateKeepOk: relations.graduateKeepOk,
  maxExcellent,
  excellentOk,
  gradeAllowed,
  nextOpenState,
  petitionDeadline: petitions.petitionDeadline,
  objectionDeadline: petitions.objectionDeadline,
  handlingDeadline: petitions.handlingDeadline,
  reviewRequestOk: petitions.reviewRequestOk,
  representativesOk: petitions.representativesOk,
  needsGuardianConsent,
  isSensitive,
  piaRetainUntil,
  auditLogMayDelete,
  rolesSeparated,
  dailyPoints,
} satisfies Record<string, (input: never) => Verdict<unknown>>

// Arithmetic and codes answer plainly: there is nothing to judge in them.
const PLAIN_FUNCTIONS = {
  addMonths: (input: { date: IsoDate; months: number }) => addMonths(input.date, input.months),
  countWorkdays: (input: WorkdayCalendar & { from: IsoDate; to: IsoDate }) =>
    countWorkdays(input.from, input.to, input),
  parseCitizenId: (input: { id: string; today: IsoDate }) => parseCitizenId(input.id, input.today),
  upgrade15: (input: { id15: string }) => upgrade15(input.id15),
  usccValid: (input: { code: string }) => usccValid(input.code),
  orgCodeValid: (input: { code9: string }) => orgCodeValid(input.code9),
  lookup: (input: { table: CodeTable; code: string }) => lookup(input.table, input.code),
  regionLevel: (input: { code: string }) => regionLevel(input.code),
} satisfies Record<string, VectorFunction>

/** SM3 and SM4 come from the platform's library (CRY-2), so they are handed in. */
export type Cryptography = {
  /** Digest of UTF-8 text, lower-case hexadecimal. */
  sm3Hex(text: string): string
  /** One block of 16 bytes encrypted, ECB without padding; all hexadecimal. */
  sm4EcbHex(keyHex: string, blockHex: string): string
}

type CryptographyCase = { alg: 'sm3'; text: string } | { alg: 'sm4-ecb'; keyHex: string; blockHex: string }

/** Every function that a vector may name. */
export function vectorFunctions(cryptography: Cryptography): ReadonlyMap<string, VectorFunction> {
  const digestOrBlock = (input: CryptographyCase) =>
    input.alg === 'sm3' ? cryptography.sm3Hex(input.text) : cryptography.sm4EcbHex(input.keyHex, input.blockHex)
  return new Map<string, VectorFunction>([
    ...Object.entries({ ...PARTY_RULES, ...WORK_RULES }).map(([name, rule]) => [name, valueOf(rule)] as const),
    ...Object.entries(PLAIN_FUNCTIONS),
    ['sm3Hex', digestOrBlock],
    ['sm4EcbHex', digestOrBlock],
  ])
}
