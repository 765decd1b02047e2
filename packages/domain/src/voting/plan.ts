/**
 * What a capability asks of `voting` and what it gets back. Appraisals, elections, meetings and the admission of members
 * hold votes without knowing how ballots are cast; the wiring is in the server's list of modules.
 */

/** 无记名 (grade V2: nobody can tell who voted what) or 记名. */
export type Secrecy = 'secret' | 'named'
/** By phone, by papers counted in the hall, or both with each person in one of the two. */
export type Channel = 'electronic' | 'paper' | 'mixed'
/**
 * single: one option. several: up to `seats` options. approval: for, against or abstain on each option.
 * ranked: options in order of preference.
 */
export type QuestionKind = 'single' | 'several' | 'approval' | 'ranked'

export type VoteOption = {
  /** Short and stable within the question: `c1`, `yes`. */
  readonly id: string
  readonly label: string
  /** The member record of a candidate. */
  readonly memberId: string | null
}

export type VoteQuestion = {
  readonly id: string
  readonly kind: QuestionKind
  readonly title: string
  /** In the order of the ballot paper; people in the order of strokes of their family names. */
  readonly options: readonly VoteOption[]
  /** Most options (several) or most votes in favour (approval). */
  readonly seats: number
  /** Other people may be written in, chosen from the directory, by who votes against a candidate (ELEC-10). */
  readonly writeIn: boolean
}

/** The rule that decides, so that the right denominator is taken: a domain function, never a bare percentage. */
export type VoteRule =
  /** BR-7: more than half of those entitled. */
  | { readonly kind: 'resolution' }
  /** DEV-15, DEV-16: more than half of those who should attend, written opinions counted apart. */
  | { readonly kind: 'admission' }
  /** ELEC-4, ELEC-11 to ELEC-15: more than half of those present. */
  | { readonly kind: 'election' }
  /** No statute: quorum of the roll and share of the votes cast, both in percent, null where none is asked. */
  | { readonly kind: 'poll'; readonly quorumPercent: number | null; readonly sharePercent: number | null }

/** Somebody entitled; `personId` is null for people without an account, who vote on paper only. */
export type Voter = { readonly memberId: string; readonly personId: string | null }

export type VotePlan = {
  readonly orgId: string
  /** Whose vote it is: events of voting carry it back. */
  readonly subject: { readonly kind: 'meeting' | 'election' | 'development' | 'poll'; readonly id: string }
  readonly title: string
  readonly secrecy: Secrecy
  readonly channel: Channel
  readonly rule: VoteRule
  readonly questions: readonly VoteQuestion[]
  /** Frozen when the vote opens. */
  readonly voters: readonly Voter[]
  /** 应到: those entitled; more than `voters` where somebody is ill or away and still counts. */
  readonly shouldAttend: number
  /** The statute allows written opinions of the absent (admission only). */
  readonly writtenOpinions: boolean
  /** The meeting in whose hall it is held; drawing a ballot then needs a check-in. */
  readonly meetingId: string | null
}

/** Whole numbers of one question. For `approval` by option; otherwise `for` is what an option got. */
export type QuestionResult = {
  readonly questionId: string
  readonly issued: number
  readonly returned: number
  readonly valid: number
  readonly invalid: number
  readonly options: readonly {
    readonly optionId: string
    readonly for: number
    readonly against: number
    readonly abstain: number
    /** Written opinions of the absent, shown apart and never secret. */
    readonly writtenFor: number
    readonly writtenAgainst: number
  }[]
  /** Members written in by voters. */
  readonly writtenIn: readonly { readonly memberId: string; readonly votes: number }[]
}

export type VoteResult = {
  readonly voteId: string
  readonly shouldAttend: number
  /** 实到会有表决权. */
  readonly present: number
  readonly questions: readonly QuestionResult[]
}
