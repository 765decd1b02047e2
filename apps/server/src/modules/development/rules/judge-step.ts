import type { OrgKind } from '@tongxin/contract'
import {
  activistReviewDueDates,
  addMonths,
  admissionVote,
  branchMeetingInTime,
  canBeObject,
  canDiscussConversion,
  checkIntroducers,
  contactsOk,
  editionOn,
  eligibleVoting,
  extendedEnd,
  extensionOk,
  type InfluencingPenalty,
  influenceEnd,
  isAdultApplicant,
  leavingSoon,
  oathInTime,
  type PenaltyName,
  presentVoters,
  probationEnd,
  talkInTime,
  trainingOk,
  type Verdict,
  validateVoteRecord,
  wholeParameter,
} from '@tongxin/domain'
import type { StepFacts } from '@tongxin/domain/admission/step-facts'
import type { PersonStanding } from '../../members/index.ts'
import {
  countFact,
  doneStep,
  effectiveOn,
  liveStep,
  objectPublicity,
  type Road,
  textFact,
} from '../development.road.ts'
import { broken, type Finding, found } from './findings.ts'

/** A step as it is to be judged, with what the rules ask of people and place. */
export type Judged = {
  readonly step: number
  readonly heldOn: string
  readonly today: string
  readonly facts: StepFacts
  /** Of the person of the case, then of the contacts or introducers that the step names. */
  readonly person: Pick<PersonStanding, 'bornOn'>
  readonly named: readonly PersonStanding[]
  readonly orgKind: OrgKind
  /** The number of the year and how much of it is used; null: no number was set. */
  readonly quota: { readonly number: number; readonly used: number } | null
  /** The ballot was of somebody else already (DEV-17). */
  readonly isBallotTaken: boolean
}

type Rule = (road: Road, judged: Judged) => Finding[]

/** What the rules say to the contents of a step; its turn is judged by `orderFindings`. */
export function stepFindings(road: Road, judged: Judged): Finding[] {
  return RULES[judged.step]?.(road, judged) ?? []
}

const version = (judged: Judged) => editionOn(judged.heldOn)

function adult({ parameters }: Road, judged: Judged): Finding[] {
  const { bornOn } = judged.person
  if (!bornOn) return []
  const age = wholeParameter(parameters, 'admission.minAge', judged.heldOn)
  const verdict = isAdultApplicant({ birthDate: bornOn, applicationDate: judged.heldOn }, parameters)
  return [found(verdict, { version: version(judged), word: 'too_young', earliestOn: addMonths(bornOn, age * 12) })]
}

function talk({ one, parameters }: Road, judged: Judged): Finding[] {
  const months = wholeParameter(parameters, 'admission.talkMonths', one.appliedOn)
  const verdict = talkInTime({ received: one.appliedOn, talk: judged.heldOn }, parameters)
  const latestOn = addMonths(one.appliedOn, months)
  return [found(verdict, { version: version(judged), word: 'talk_late', onlyWarns: true, latestOn })]
}

/** A committee decides when more than half of it are present and agree (DEV-22 gives no figure: common reading). */
export function committeeFindings(ruleId: string, facts: StepFacts, edition: '2014' | '2026', at: string): Finding[] {
  const [all, present, inFavour] = ['shouldAttend', 'present', 'inFavour'].map((name) => countFact(facts, name)) as [
    number,
    number,
    number,
  ]
  if (present > all || inFavour > present)
    return [broken('DEV-19', 'vote_impossible', { version: edition, field: `${at}/present` })]
  if (2 * present > all && 2 * inFavour > all) return []
  return [broken(ruleId, 'committee_vote_lost', { version: edition, field: `${at}/inFavour` })]
}

const decidedBy =
  (ruleId: string): Rule =>
  (_, judged) =>
    committeeFindings(ruleId, judged.facts, version(judged), '/body/facts')

function contacts({ parameters }: Road, judged: Judged): Finding[] {
  const formal = judged.named.filter(isFull).length
  const verdict = contactsOk({ formal, probationary: judged.named.length - formal }, parameters)
  return [found(verdict, { version: version(judged), word: 'contacts_unfit', field: '/body/facts/contacts' })]
}
const isFull = ({ category, status }: PersonStanding) =>
  category === 'formal' && (status === 'normal' || status === 'restored')

/** Half-yearly reviews that were due by a day must have been held (DEV-6). */
export function reviewFindings(road: Road, on: string): Finding[] {
  const activistDate = road.one.activistOn ?? liveStep(road, 3)?.heldOn
  if (!activistDate) return []
  const due = activistReviewDueDates({ activistDate, until: on }, road.parameters)
  const held = road.reviews.filter(({ kind, heldOn }) => kind === 'half_year' && heldOn <= on).length
  const needed = due.value.length
  if (held >= needed) return [found(due, { version: editionOn(on) })]
  return [broken('DEV-6', 'review_missing', { version: editionOn(on), detail: { needed, held } })]
}
const reviews: Rule = (road, judged) => reviewFindings(road, judged.heldOn)

function objectDecision(road: Road, judged: Judged): Finding[] {
  const activistDate = road.one.activistOn ?? liveStep(road, 3)?.heldOn ?? judged.heldOn
  const verdict = canBeObject({ activistDate, decisionDate: judged.heldOn }, road.parameters)
  const months = wholeParameter(road.parameters, 'admission.activistMonths', judged.heldOn)
  const earliestOn = addMonths(activistDate, months)
  return [
    found(verdict, { version: version(judged), word: 'year_not_reached', earliestOn }),
    ...reviews(road, judged),
    ...decidedBy('DEV-8')(road, judged),
  ]
}

/** The penalty that counts on a day: one that is neither lifted nor past its influence period. */
export function penaltyOn(
  person: PersonStanding,
  day: string,
): { penalty: PenaltyName | null; inInfluencePeriod: boolean } {
  for (const { type, fromOn, liftedOn } of person.penalties) {
    const penalty = PENALTIES.find((name) => type.includes(name))
    if (!penalty || !fromOn || fromOn > day || (liftedOn !== null && liftedOn <= day)) continue
    if (penalty === '留党察看' || penalty === '开除党籍') return { penalty, inInfluencePeriod: true }
    const end = influenceEnd({ penalty: penalty as InfluencingPenalty, approvedOn: fromOn }).value
    if (day <= end) return { penalty, inInfluencePeriod: true }
  }
  return { penalty: null, inInfluencePeriod: false }
}
// 严重警告 before 警告, which it contains.
const PENALTIES: readonly PenaltyName[] = ['开除党籍', '留党察看', '撤销党内职务', '严重警告', '警告']

export function introducerFindings(
  road: Pick<Road, 'parameters'>,
  named: readonly PersonStanding[],
  on: string,
): Finding[] {
  const introducers = named.map((person) => ({
    category: isFull(person) ? ('formal' as const) : ('probationary' as const),
    ...penaltyOn(person, on),
  }))
  const verdict = checkIntroducers({ introducers, decidedOn: on }, road.parameters)
  const word = verdict.value === 'warn' ? 'introducers_penalised' : 'introducers_unfit'
  return [found(verdict, { version: editionOn(on), word, field: '/body/facts/introducers' })]
}

export function contactFindings(
  road: Pick<Road, 'parameters'>,
  named: readonly PersonStanding[],
  on: string,
): Finding[] {
  const formal = named.filter(isFull).length
  const verdict = contactsOk({ formal, probationary: named.length - formal }, road.parameters)
  return [found(verdict, { version: editionOn(on), word: 'contacts_unfit', field: '/body/memberIds' })]
}

/** Publicity must be over before the person counts as an object of development (art. 13, since 2026). */
export function publicityFindings(road: Road, heldOn: string): Finding[] {
  const consent = liveStep(road, 8)
  if (!consent || consent.edition === '2014' || objectPublicity(road)) return []
  return [
    broken('DEV-8', 'publicity_missing', {
      version: '2026',
      field: '/body/step',
      latestOn: null,
      detail: { on: heldOn },
    }),
  ]
}

function introducers(road: Road, judged: Judged): Finding[] {
  return [...publicityFindings(road, judged.heldOn), ...introducerFindings(road, judged.named, judged.heldOn)]
}

function training(road: Road, judged: Judged): Finding[] {
  const given = { days: countFact(judged.facts, 'days'), hours: countFact(judged.facts, 'hours') }
  const verdict = trainingOk(given, road.parameters)
  return [
    ...publicityFindings(road, judged.heldOn),
    found(verdict, { version: version(judged), word: 'training_short', field: '/body/facts/hours' }),
  ]
}

const temporary = (judged: Judged): Finding[] =>
  judged.orgKind === 'temporary_branch'
    ? [broken('DEV-20', 'temporary_branch', { version: version(judged), field: '/body/step' })]
    : []

export function leavingFindings(road: Road, leaveDate: string | null, on: string): Finding[] {
  if (!leaveDate) return []
  const verdict = leavingSoon({ today: on, leaveDate }, road.parameters)
  return [found(verdict, { version: editionOn(on), word: 'leaves_soon', field: '/body/facts/leavesOn' })]
}

function examination(road: Road, judged: Judged): Finding[] {
  const { facts, heldOn, quota } = judged
  const edition = version(judged)
  const papers = facts.papersComplete === true
  return [
    ...temporary(judged),
    ...(papers
      ? []
      : [broken('DEV-12', 'papers_incomplete', { version: edition, field: '/body/facts/papersComplete' })]),
    ...committeeFindings('DEV-12', facts, edition, '/body/facts'),
    ...leavingFindings(road, textFact(facts, 'leavesOn'), heldOn),
    ...(quota && quota.used >= quota.number
      ? [
          broken('DEV-1', 'quota_used', {
            version: edition,
            severity: 'warn',
            field: '/body/step',
            detail: { number: quota.number },
          }),
        ]
      : []),
  ]
}

/** Quorum, majority and truth of a ballot of the branch meeting (DEV-15, DEV-16, DEV-17, DEV-19). */
function ballot(judged: Judged, carries: boolean): Finding[] {
  const { facts } = judged
  const edition = version(judged)
  const n = (name: string) => countFact(facts, name)
  const isPossible = validateVoteRecord({
    eligible: eligibleVoting(n('eligible')),
    present: presentVoters(n('present')),
    writtenIn: n('written'),
    for: n('inFavour') + n('writtenInFavour'),
    against: n('against'),
    abstain: n('abstained'),
    invalid: n('invalid'),
  })
  if (!isPossible.ok || n('writtenInFavour') > n('written'))
    return [broken('DEV-19', 'vote_impossible', { version: edition, field: '/body/facts/eligible' })]
  if (judged.isBallotTaken) return [broken('DEV-17', 'vote_shared', { version: edition, field: '/body/meeting' })]
  const verdict = admissionVote({
    eligible: eligibleVoting(n('eligible')),
    present: presentVoters(n('present')),
    forInPerson: n('inFavour'),
    forWritten: n('writtenInFavour'),
    secretBallot: facts.secretBallot === true,
  })
  if (!verdict.value.quorum) return [broken('DEV-15', 'no_quorum', { version: edition, field: '/body/facts/present' })]
  if (carries) return [found(verdict, { version: edition, word: 'vote_lost', field: '/body/facts/inFavour' })]
  if (!verdict.value.passed) return []
  return [broken('DEV-16', 'outcome_contradicts', { version: edition, field: '/body/facts/outcome' })]
}

function admissionMeeting(road: Road, judged: Judged): Finding[] {
  const passed = doneStep(road, 13) ?? liveStep(road, 13)
  const inTime = passed ? meetingInTime(road, effectiveOn(passed), judged) : []
  return [...temporary(judged), ...inTime, ...ballot(judged, judged.facts.outcome === 'passed')]
}

function meetingInTime({ parameters }: Road, preReviewDate: string, judged: Judged): Finding[] {
  const months = wholeParameter(parameters, 'admission.branchMeetingMonths', judged.heldOn)
  const verdict = branchMeetingInTime({ preReviewDate, meetingDate: judged.heldOn }, parameters)
  return [
    found(verdict, { version: version(judged), word: 'meeting_late', latestOn: addMonths(preReviewDate, months) }),
  ]
}

function oath(road: Road, judged: Judged): Finding[] {
  const approval = doneStep(road, 17) ?? liveStep(road, 17)
  if (!approval) return []
  const approvedOn = effectiveOn(approval)
  const months = wholeParameter(road.parameters, 'admission.oathMonths', judged.heldOn)
  const verdict = oathInTime({ approvedOn, oathOn: judged.heldOn }, road.parameters)
  return [found(verdict, { version: version(judged), word: 'oath_late', latestOn: addMonths(approvedOn, months) })]
}

/** Last day of the probation that runs, an extension counted (DEV-26, DEV-27). */
export function runningEnd({ one, parameters }: Pick<Road, 'one' | 'parameters'>, meetingDate: string): string {
  return one.extensionMonths > 0
    ? extendedEnd({ meetingDate, months: one.extensionMonths }, parameters).value
    : probationEnd({ meetingDate }, parameters).value
}

function discussable({ one, parameters }: Road, meetingDate: string, discussOn: string, end: string): Verdict<unknown> {
  if (one.extensionMonths === 0) return canDiscussConversion({ meetingDate, discussOn }, parameters)
  const extended = extendedEnd({ meetingDate, months: one.extensionMonths }, parameters)
  return discussOn >= end ? extended : { ...extended, ok: false, severity: 'block' }
}

function conversionMeeting(road: Road, judged: Judged): Finding[] {
  const { facts, heldOn } = judged
  const { outcome } = facts
  const meetingDate = road.one.admittedOn ?? liveStep(road, 15)?.heldOn ?? heldOn
  const earliestOn = runningEnd(road, meetingDate)
  const findings: Finding[] = []
  if (outcome !== 'cancel') {
    const verdict = discussable(road, meetingDate, heldOn, earliestOn)
    findings.push(found(verdict, { version: version(judged), word: 'probation_runs', earliestOn }))
  }
  if (outcome === 'extend') {
    const months = countFact(facts, 'extensionMonths')
    const priorExtensions = road.one.extensionMonths > 0 ? 1 : 0
    const verdict = extensionOk({ months, priorExtensions }, road.parameters)
    findings.push(
      found(verdict, { version: version(judged), word: 'extension_wrong', field: '/body/facts/extensionMonths' }),
    )
  }
  return [...findings, ...ballot(judged, outcome !== 'rejected')]
}

const RULES: Readonly<Record<number, Rule>> = {
  1: adult,
  2: talk,
  3: decidedBy('DEV-4'),
  5: contacts,
  6: reviews,
  7: objectDecision,
  9: introducers,
  11: training,
  12: examination,
  15: admissionMeeting,
  20: oath,
  23: conversionMeeting,
}
