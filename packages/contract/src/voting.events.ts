/** What every reactor needs to know whose vote it was. */
type About = { voteId: string; subjectKind: string; subjectId: string }

export type VotingEvents = {
  'voting.prepared': About & { secrecy: string; channel: string; voters: number }
  'voting.changed': { voteId: string; fields: string[] }
  /** The roll and everything else is frozen; keys of the trustees are known. */
  'voting.keyed': { voteId: string; voters: number; trustees: number; threshold: number; electionId: string }
  'voting.announced': About
  'voting.opened': About & { phase: string }
  /** A day is left to draw; for those who have not. */
  'voting.drawing_ends': { voteId: string; until: string }
  'voting.drawing_closed': { voteId: string; drawn: number }
  /** The keys that sign ballot papers are gone: nobody can make another one. */
  'voting.issuer_keys_deleted': { voteId: string; questions: number }
  'voting.drawn': { voteId: string; title: string; papers: number; proof: string }
  'voting.paper_given': { voteId: string; people: number }
  'voting.named_vote': { voteId: string; again: boolean }
  'voting.opinion_entered': { voteId: string; memberId: string }
  'voting.opinion_confirmed': { voteId: string; memberId: string }
  'voting.hand_count_entered': { voteId: string; questionId: string }
  /** A second officer entered other figures than the first: counted again, or guessed. */
  'voting.hand_count_differed': { voteId: string; questionId: string }
  'voting.hand_count_confirmed': { voteId: string; questionId: string }
  'voting.closed': About
  'voting.counted': About & { root: string | null }
  'voting.recounted': { voteId: string; same: boolean }
  'voting.published': About
  'voting.cancelled': About
  'voting.exported': { rows: number; format: string; sha256: string }
  'voting.printed': { voteId: string; format: string; sha256: string }
}
