import type { OrgKind } from '@tongxin/contract'
import { type ApprovingOrg, addMonths, approvalPower, approvalTiming, editionOn, wholeParameter } from '@tongxin/domain'
import type { StepFacts } from '@tongxin/domain/admission/step-facts'
import { definitionOf, doneStep, effectiveOn, liveStep, type Road } from '../development.road.ts'
import type { Step } from '../queries/steps.queries.ts'
import { broken, type Finding, found } from './findings.ts'
import { committeeFindings, leavingFindings } from './judge-step.ts'

/** A decision of the level above on a recorded step. */
export type JudgedDecision = {
  readonly recorded: Step
  readonly decidedOn: string
  readonly facts: StepFacts
  readonly orgKind: OrgKind
  /** A basic committee under a township or street committee, which only deliberates (art. 22). */
  readonly deliberatesOnly: boolean
}

const KIND: Readonly<Record<OrgKind, ApprovingOrg>> = {
  committee: 'partyCommittee',
  working_committee: 'workCommittee',
  general_branch: 'generalBranch',
  branch: 'branch',
  joint_branch: 'jointBranch',
  temporary_branch: 'temporary',
  group: 'partyGroup',
  leading_group: 'leadingPartyGroup',
}

/** What the rules say to a confirmation. A refusal by the committee, or a return, is judged by power only. */
export function decisionFindings(road: Road, judged: JudgedDecision): Finding[] {
  const { recorded, decidedOn, facts } = judged
  const definition = definitionOf(recorded)
  const findings = definition.approves ? powerFindings(judged) : []
  const isRefused = facts.outcome === 'refused'
  if (recorded.step === 13) findings.push(...leavingFindings(road, road.one.leavesOn, decidedOn))
  if (recorded.step !== 17 && recorded.step !== 24) return findings
  if (isRefused) return findings
  const edition = editionOn(decidedOn)
  findings.push(...committeeFindings(recorded.step === 17 ? 'DEV-22' : 'DEV-29', facts, edition, '/body/facts'))
  return [...findings, ...(recorded.step === 17 ? admission(road, judged) : conversion(road, judged))]
}

function powerFindings({ orgKind, deliberatesOnly, decidedOn }: JudgedDecision): Finding[] {
  const orgType = deliberatesOnly ? 'committeeUnderTownship' : KIND[orgKind]
  return [
    found(approvalPower({ orgType }), {
      version: editionOn(decidedOn),
      word: 'may_not_approve',
      field: '/body/decision',
    }),
  ]
}

function admission(road: Road, { recorded, decidedOn }: JudgedDecision): Finding[] {
  const edition = editionOn(decidedOn)
  const talked = doneStep(road, 16) ?? (recorded.lateReason === null ? undefined : liveStep(road, 16))
  const missing =
    talked && effectiveOn(talked) <= decidedOn
      ? []
      : [broken('DEV-21', 'talk_above_missing', { version: edition, field: '/body/decidedOn' })]
  const timing = approvalTiming({ reportedOn: recorded.heldOn, approvedOn: decidedOn }, road.parameters)
  const months = wholeParameter(road.parameters, 'admission.longestApprovalMonths', recorded.heldOn)
  const word = timing.value === 'extended' ? 'approval_slow' : 'approval_void'
  const latestOn = addMonths(recorded.heldOn, months)
  return [...missing, found(timing, { version: edition, word, latestOn, field: '/body/decidedOn' })]
}

function conversion({ parameters }: Road, { recorded, decidedOn }: JudgedDecision): Finding[] {
  const months = wholeParameter(parameters, 'admission.approvalMonths', recorded.heldOn)
  const latestOn = addMonths(recorded.heldOn, months)
  if (decidedOn <= latestOn) return []
  // Late all the same counts from the end of probation (art. 33): it is approved, and why it was late is kept.
  return [
    broken('DEV-29', 'conversion_slow', {
      version: editionOn(decidedOn),
      severity: 'warn',
      latestOn,
      field: '/body/decidedOn',
    }),
  ]
}
