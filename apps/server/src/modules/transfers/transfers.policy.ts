import type { TransferAct, TransferDirection, TransferKind, TransferState } from '@tongxin/contract'
import type { Actor } from '../../platform/ctx.ts'
import { reaches } from '../../platform/scope.ts'

/** Pure decisions of the module: which act leads from where to where, who may do it, how long letters hold. */

/** Where the post of whoever acts has to reach: the branch the case lies with, the committee, above it, the destination. */
type Place = 'branch' | 'committee' | 'department' | 'destination'
type Hand = 'madeBy' | 'agreedBy' | 'approvedBy'
export type Move = {
  readonly from: readonly TransferState[]
  readonly to: TransferState
  readonly permission: 'transfers.write' | 'transfers.approve'
  readonly place: Place
  /** Whoever had one of these hands in it may not do this: maker is not checker. */
  readonly notBy: readonly Hand[]
}

const OPEN_DECISIONS: readonly TransferState[] = ['branch_agreed', 'committee_approved', 'department_approved']

/** The state machine. What differs by direction stands in `moveOf`. */
const MOVES: Readonly<Record<TransferAct, Move>> = {
  agree: { from: ['draft'], to: 'branch_agreed', permission: 'transfers.write', place: 'branch', notBy: [] },
  approve: {
    from: ['branch_agreed'],
    to: 'committee_approved',
    permission: 'transfers.approve',
    place: 'committee',
    notBy: ['madeBy', 'agreedBy'],
  },
  approve_department: {
    from: ['committee_approved'],
    to: 'department_approved',
    permission: 'transfers.approve',
    place: 'department',
    notBy: ['madeBy', 'agreedBy', 'approvedBy'],
  },
  send_back: { from: OPEN_DECISIONS, to: 'draft', permission: 'transfers.approve', place: 'committee', notBy: [] },
  issue: { from: ['committee_approved'], to: 'awaiting', permission: 'transfers.write', place: 'committee', notBy: [] },
  receive: {
    from: ['awaiting'],
    to: 'received',
    permission: 'transfers.write',
    place: 'destination',
    notBy: ['madeBy', 'agreedBy', 'approvedBy'],
  },
  return: { from: ['awaiting'], to: 'returned', permission: 'transfers.write', place: 'destination', notBy: [] },
  withdraw: {
    from: ['draft', 'branch_agreed'],
    to: 'revoked',
    permission: 'transfers.write',
    place: 'branch',
    notBy: [],
  },
  revoke: {
    from: ['committee_approved', 'department_approved', 'awaiting'],
    to: 'revoked',
    permission: 'transfers.approve',
    place: 'committee',
    notBy: [],
  },
  // The old letter stays expired: a new one refers to it.
  renew: { from: ['expired'], to: 'expired', permission: 'transfers.approve', place: 'committee', notBy: ['madeBy'] },
  settle: { from: ['expired'], to: 'expired', permission: 'transfers.approve', place: 'committee', notBy: [] },
}

export type Case = {
  readonly direction: TransferDirection
  readonly state: TransferState
  readonly orgPath: string
  readonly toPath: string | null
  readonly committeePath: string
  readonly needsDepartment: boolean
  readonly madeBy: string
  readonly agreedBy: string | null
  readonly approvedBy: string | null
  /** Whose relation it is. */
  readonly personId: string | null
  readonly settledOn: string | null
  readonly renewedById: string | null
}

/** The move of an act for a case: letters from outside are received by the approving side itself. */
export function moveOf(
  act: TransferAct,
  { direction, needsDepartment }: Pick<Case, 'direction' | 'needsDepartment'>,
): Move {
  const move = MOVES[act]
  const decided: TransferState = needsDepartment ? 'department_approved' : 'committee_approved'
  if (act === 'issue') return { ...move, from: direction === 'in' ? [] : [decided] }
  if (act === 'receive' && direction === 'in') return { ...move, from: [decided], place: 'branch', notBy: [] }
  // Outside has no account here: the sending side records the receipt slip or the letter that came back.
  if (act === 'receive' && direction === 'out') return { ...move, place: 'branch', notBy: ['madeBy'] }
  if (act === 'return' && direction !== 'inside')
    return { ...move, place: 'branch', from: direction === 'in' ? [] : move.from }
  return move
}

export type WhyNot =
  | 'request.not_permitted'
  | 'transfers.wrong_state'
  | 'transfers.already_received'
  | 'transfers.letter_expired'
  | 'transfers.no_department_needed'
  | 'transfers.not_your_side'
  | 'transfers.not_superior'
  | 'transfers.maker_decides'
  | 'transfers.own_matter'

/** Why this post may not do the act now; null when it may. The page shows it beside the act, the server refuses by it. */
export function whyNot(actor: Actor, one: Case, act: TransferAct): WhyNot | null {
  const move = moveOf(act, one)
  if (!actor.permissions.has(move.permission)) return 'request.not_permitted'
  if (act === 'approve_department' && !one.needsDepartment) return 'transfers.no_department_needed'
  if (!move.from.includes(one.state) || isSettled(one)) return wrongState(one.state, act)
  const place = whyNotPlace(actor, one, move.place)
  if (place) return place
  if (NOT_FOR_ONESELF.has(act) && one.personId === actor.personId) return 'transfers.own_matter'
  return move.notBy.some((hand) => one[hand] === actor.personId) ? 'transfers.maker_decides' : null
}

/** Nobody decides about the own relation, and nobody confirms the own arrival. */
const NOT_FOR_ONESELF: ReadonlySet<TransferAct> = new Set([
  'approve',
  'approve_department',
  'receive',
  'renew',
  'settle',
])

const isSettled = (one: Case): boolean =>
  one.state === 'expired' && (one.settledOn !== null || one.renewedById !== null)

function wrongState(state: TransferState, act: TransferAct): WhyNot {
  if (state === 'received') return 'transfers.already_received'
  return state === 'expired' && (act === 'receive' || act === 'return')
    ? 'transfers.letter_expired'
    : 'transfers.wrong_state'
}

function whyNotPlace(actor: Actor, one: Case, place: Place): WhyNot | null {
  switch (place) {
    case 'branch':
      return reaches(actor, one.orgPath) ? null : 'transfers.not_your_side'
    case 'destination':
      return one.toPath !== null && reaches(actor, one.toPath) ? null : 'transfers.not_your_side'
    case 'committee':
      return reaches(actor, one.committeePath) ? null : 'transfers.not_superior'
    case 'department': {
      // The top of the tree has nobody above in this installation: there it records the department's paper.
      const isTop = !one.committeePath.includes('.')
      const isAbove = actor.scope !== one.committeePath && reaches(actor, one.committeePath)
      return isAbove || (isTop && actor.scope === one.committeePath) ? null : 'transfers.not_superior'
    }
  }
}

/** Letters within the province hold shorter than those that travel (MEM-9: handbooks, so both are dated settings). */
export const usualDaysCode = (kind: TransferKind): string =>
  kind === 'branch' || kind === 'installation' || kind === 'province'
    ? 'membership.introLetterNearDays'
    : 'membership.introLetterFarDays'

/** Days before the end of a letter on which both sides and the person are reminded. */
export const REMIND_DAYS = [10, 3, 1, 0] as const
export const YELLOW_DAYS = 10
/** Kinds of organisation that a relation can lie with. */
export const BRANCH_KINDS: readonly string[] = ['branch', 'joint_branch', 'temporary_branch']
/** Standing in which a relation can be moved; who left or was expelled has none. */
export const MOVABLE: readonly string[] = ['normal', 'restored', 'retained']
/** Members, and people whose time of education counts on at the new branch; who only applied has neither. */
export const MOVED_CATEGORIES: readonly string[] = ['formal', 'probationary', 'candidate', 'activist']
