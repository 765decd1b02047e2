export type Frequency = 'month' | 'quarter' | 'year'

/** Which quorum a meeting needs before it may vote; null where nothing is voted. */
export type MeetingQuorum = 'generalMeeting' | 'committee' | null

export type MeetingKind = keyof typeof MEETING_KINDS

/**
 * The regular meetings of a branch. `frequency` is the usual one; an organisation may set another where the
 * text leaves it open (parameter `meeting.<kind>.frequency`).
 */
export const MEETING_KINDS = {
  generalMeeting: { frequency: 'quarter', quorum: 'generalMeeting', ruleId: 'BR-7' },
  committeeMeeting: { frequency: 'month', quorum: 'committee', ruleId: 'BR-8' },
  groupMeeting: { frequency: 'month', quorum: null, ruleId: 'BR-9' },
  partyLesson: { frequency: 'quarter', quorum: null, ruleId: 'BR-11' },
  themeDay: { frequency: 'month', quorum: null, ruleId: 'BR-12' },
  lifeMeeting: { frequency: 'year', quorum: null, ruleId: 'BR-13' },
  democraticReview: { frequency: 'year', quorum: null, ruleId: 'BR-14' },
  talk: { frequency: 'year', quorum: null, ruleId: 'BR-15' },
} as const satisfies Record<
  string,
  { frequency: Frequency; quorum: MeetingQuorum; ruleId: keyof typeof import('../rules/branch.ts').BRANCH_RULES }
>
