import {
  type AbsenceKind,
  type ContactWay,
  type DecisionFacts,
  type DecisionKind,
  type DecisionState,
  type RuleShown,
  SEARCH_WAYS,
} from '@tongxin/contract'
import {
  addMonths,
  type IsoDate,
  type ParameterTable,
  RULES,
  rectifyPeriodOk,
  removeAfterStop,
  selfWithdrawalFlag,
  stopForAbroad,
  stopForLostContact,
  type Verdict,
  wholeParameter,
} from '@tongxin/domain'

/** Pure decisions of the module. Nothing here happens by itself: a rule only says what people may propose. */

/** Months from contact to contact; somebody who is lost is searched for as often as a floating member is asked. */
export function contactDue(kind: AbsenceKind, from: IsoDate, parameters: ParameterTable): IsoDate {
  const code = kind === 'abroad' ? 'membership.abroadContactMonths' : 'membership.floatingContactMonths'
  return addMonths(from, wholeParameter(parameters, code, from))
}

type Tried = { readonly way: ContactWay; readonly reached: boolean }

/** Ways of searching that nobody has tried since the person was last reached; newest contact first. */
export function untriedWays(contacts: readonly Tried[]): (typeof SEARCH_WAYS)[number][] {
  const lastReached = contacts.findIndex(({ reached }) => reached)
  const since = new Set((lastReached === -1 ? contacts : contacts.slice(0, lastReached)).map(({ way }) => way))
  return SEARCH_WAYS.filter((way) => !since.has(way))
}

/** A verdict as it is shown. A waiting period that is not over stands in the way, however softly its text speaks. */
const shown = (verdict: Verdict<unknown>, from: IsoDate | null = null): RuleShown => ({
  ruleId: verdict.ruleId,
  ok: verdict.ok,
  severity: verdict.ok ? 'info' : 'block',
  citation: verdict.citation,
  from: verdict.ok ? null : from,
})

/** A rule that holds by its text alone: shown, never in the way. */
function cited(ruleId: string, ok = true): RuleShown {
  const rule = RULES[ruleId]
  if (!rule) throw new Error(`no rule ${ruleId}`)
  return { ruleId, ok, severity: ok ? 'info' : 'block', citation: rule.citation, from: null }
}

export type AbsenceState = {
  readonly kind: AbsenceKind
  readonly startedOn: IsoDate
  readonly purpose: string | null
  readonly untried: readonly string[]
  readonly reachedSince: boolean
}

/** May membership be stopped because of an absence (MEM-2, MEM-3)? A floating member is never stopped for it. */
export function stopRule(absence: AbsenceState, today: IsoDate, parameters: ParameterTable): RuleShown | null {
  const { kind, startedOn } = absence
  if (kind === 'lost') {
    const verdict = stopForLostContact(
      { lostSince: startedOn, today, searchedAllWays: absence.untried.length === 0, found: absence.reachedSince },
      parameters,
    )
    return shown(verdict, addMonths(startedOn, wholeParameter(parameters, 'membership.lostContactMonths', today)))
  }
  if (kind !== 'abroad' || absence.purpose === 'official') return null
  if (absence.purpose === 'settled') return cited('MEM-2')
  const verdict = stopForAbroad({ leftOn: startedOn, today }, parameters)
  return shown(verdict, addMonths(startedOn, wholeParameter(parameters, 'membership.abroadMonths', today)))
}

/** May somebody whose membership was stopped be removed (MEM-4)? */
export function removalRule(
  stopped: { on: IsoDate; isReachable: boolean },
  today: IsoDate,
  parameters: ParameterTable,
): RuleShown {
  const verdict = removeAfterStop({ stoppedOn: stopped.on, today, reachable: stopped.isReachable }, parameters)
  return shown(verdict, addMonths(stopped.on, wholeParameter(parameters, 'membership.removalAfterStopMonths', today)))
}

/** Only stopped membership comes back; removed, expelled and withdrawn people apply anew (MEM-5). */
export const restoreRule = (status: string): RuleShown => cited('MEM-5', status === 'suspended')

export type Basis = {
  readonly status: string
  readonly facts: DecisionFacts
  readonly today: IsoDate
  readonly parameters: ParameterTable
  /** The rule of the absence or of the stop, where the kind rests on one. */
  readonly waiting: RuleShown | null
}

/** Facts that each kind cannot do without. */
export const FACTS_NEEDED: Readonly<Record<DecisionKind, readonly (keyof DecisionFacts)[]>> = {
  stop: [],
  restore: ['appliedOn'],
  withdrawal: ['appliedOn'],
  urged_withdrawal: ['talkedOn', 'reformFrom', 'reformUntil', 'urgedOn'],
  self_withdrawal: ['monthsNoActivity', 'monthsNoDues', 'monthsNoWork', 'hasGoodReason'],
  removal: [],
  expulsion: ['happenedOn'],
  death: ['happenedOn'],
}

/** The rules that a proposal is tested against, each with its article. */
export function rulesFor(kind: DecisionKind, { status, facts, today, parameters, waiting }: Basis): RuleShown[] {
  const needed = waiting ? [waiting] : []
  switch (kind) {
    case 'stop':
    case 'removal':
      return needed
    case 'restore':
      return [restoreRule(status)]
    case 'withdrawal':
      return [cited('CONST-9')]
    case 'urged_withdrawal': {
      const { reformFrom = today, reformUntil = today, urgedOn = today } = facts
      // The time set for reform has to be over before somebody is urged to leave.
      return [
        shown(rectifyPeriodOk({ from: reformFrom, to: reformUntil }, parameters)),
        cited('CONST-10', urgedOn > reformUntil && urgedOn <= today),
      ]
    }
    case 'self_withdrawal': {
      const { monthsNoActivity = 0, monthsNoDues = 0, monthsNoWork = 0, hasGoodReason = false } = facts
      const flag = selfWithdrawalFlag(
        { monthsNoActivity, monthsNoDues, monthsNoWork, goodReason: hasGoodReason },
        parameters,
      )
      // The rule raises a flag; without it there is nothing to decide.
      return [{ ...shown(flag), ok: flag.value, severity: flag.value ? 'info' : 'block' }]
    }
    case 'expulsion':
      return [cited('CONST-16')]
    case 'death':
      return []
  }
}

/** The standing that an approved decision gives to the record. */
export const STATUS_AFTER: Readonly<Record<DecisionKind, string>> = {
  stop: 'suspended',
  restore: 'restored',
  withdrawal: 'left',
  urged_withdrawal: 'struck_off',
  self_withdrawal: 'struck_off',
  removal: 'struck_off',
  expulsion: 'expelled',
  death: 'deceased',
}

/** Death is a fact and not a resolution. */
export const needsMeeting = (kind: DecisionKind): boolean => kind !== 'death'

/** The acts that a state allows; who may do them is the service's question. */
export const ACTS: Readonly<
  Record<'meet' | 'decide' | 'withdraw' | 'serve' | 'appeal' | 'decideAppeal', readonly DecisionState[]>
> = {
  meet: ['proposed'],
  decide: ['branch_decided'],
  withdraw: ['proposed', 'branch_decided'],
  serve: ['approved'],
  appeal: ['approved', 'served'],
  decideAppeal: ['appealed'],
}

type Stood = { readonly state: DecisionState; readonly kind: DecisionKind }
export const isReady = (decision: Stood): boolean =>
  ACTS.decide.includes(decision.state) || (decision.state === 'proposed' && !needsMeeting(decision.kind))

/**
 * Approved by an organisation above the branch, by nobody who proposed or wrote the meeting down, never by oneself. An
 * appeal is decided by somebody else again: nobody judges the complaint about what he did.
 */
export function refusalOfApproval(
  actor: { readonly personId: string; readonly scope: string },
  decision: Stood & {
    readonly orgPath: string
    readonly personId: string
    readonly proposedBy: string
    readonly meetingBy: string | null
    readonly approvedBy: string | null
  },
): 'not_from_above' | 'not_by_the_same' | 'own_matter' | 'own_approval' | null {
  if (!decision.orgPath.startsWith(`${actor.scope}.`)) return 'not_from_above'
  if (actor.personId === decision.personId) return 'own_matter'
  if (actor.personId === decision.approvedBy) return 'own_approval'
  return actor.personId === decision.proposedBy || actor.personId === decision.meetingBy ? 'not_by_the_same' : null
}
