/**
 * The statutes divide by different crowds. Each crowd is a type of its own, so a count of people present
 * cannot be handed to a rule that divides by those who should attend.
 */
declare const crowd: unique symbol
type Count<Crowd extends string> = number & { readonly [crowd]: Crowd }

/** 应到会有表决权: members with voting right who should attend (admission, resolutions). */
export type EligibleVoting = Count<'eligible-voting'>
/** 应到会: voters who should attend (election quorum). */
export type ShouldAttend = Count<'should-attend'>
/** 实到会: people with voting right who are present (every quorum; base of an election result). */
export type PresentVoters = Count<'present-voters'>
/** 全体委员: members of a committee (committee quorum). */
export type CommitteeMembers = Count<'committee-members'>
/** 全体正式党员: full members of an organisation (setting up a branch or a committee). */
export type FullMembers = Count<'full-members'>

function counted<Crowd extends string>(n: number): Count<Crowd> {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`A count of people must be a whole number from 0: ${n}`)
  // The only place where a bare number becomes a crowd.
  return n as Count<Crowd>
}

/** Throws RangeError unless a whole number from 0. */
export const eligibleVoting = (n: number): EligibleVoting => counted<'eligible-voting'>(n)
/** Throws RangeError unless a whole number from 0. */
export const electorate = (n: number): ShouldAttend => counted<'should-attend'>(n)
/** Throws RangeError unless a whole number from 0. */
export const presentVoters = (n: number): PresentVoters => counted<'present-voters'>(n)
/** Throws RangeError unless a whole number from 0. */
export const committeeMembers = (n: number): CommitteeMembers => counted<'committee-members'>(n)
/** Throws RangeError unless a whole number from 0. */
export const fullMembers = (n: number): FullMembers => counted<'full-members'>(n)
