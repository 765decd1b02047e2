/** The paper of one question on its way: sealed before it is sent, so that a repeated sending is the same ballot. */
export type OwnBallot = {
  readonly questionId: string
  /** The cast body as sent, byte for byte; erased as soon as the box has accepted it. */
  readonly body: string | null
  readonly leafHash: string | null
  /** The signed acceptance of the board. It does not contain the choice. */
  readonly acceptance: string | null
}
/** What this device holds of one secret vote. The code is erased when everything is in the box. */
export type OwnPapers = {
  readonly electionId: string
  readonly code: string | null
  /** The person has confirmed that the code is written down. */
  readonly isCodeKept: boolean
  readonly ballots: readonly OwnBallot[]
}

const place = (personId: string, voteId: string) => `tongxin.ballot.${personId}.${voteId}`

/** @returns null when this device holds nothing of the vote, or something of a plan that was replaced since. */
export function papersKept(personId: string, voteId: string, electionId: string | null): OwnPapers | null {
  const kept = localStorage.getItem(place(personId, voteId))
  if (kept === null) return null
  const papers = JSON.parse(kept) as OwnPapers
  return papers.electionId === electionId ? papers : null
}

export function keepPapers(personId: string, voteId: string, papers: OwnPapers): void {
  localStorage.setItem(place(personId, voteId), JSON.stringify(papers))
}

/** Whether every ballot of these is accepted. */
export const isAllIn = (papers: OwnPapers): boolean =>
  papers.ballots.length > 0 && papers.ballots.every(({ acceptance }) => acceptance !== null)

/** Whether this device has put everything of a vote into the box. */
export function isDoneHere(personId: string, voteId: string): boolean {
  const kept = localStorage.getItem(place(personId, voteId))
  return kept !== null && isAllIn(JSON.parse(kept) as OwnPapers)
}
