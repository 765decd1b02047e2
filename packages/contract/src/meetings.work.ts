import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { Citation, LEFT_OUT_REASONS, Quorum, Reason, VOTE_RULES, VoteResult } from './meetings.words.ts'
import { DateOn, Empty, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'

const At = strict({ id: Id })

export const PROPOSAL_STATES = ['open', 'accepted', 'declined', 'withdrawn'] as const
export const ProposalRow = Type.Object({
  id: Id,
  orgId: Id,
  orgName: Type.String(),
  by: Type.String(),
  title: Type.String(),
  why: Type.String(),
  state: oneOf(PROPOSAL_STATES),
  at: InstantAt,
  answer: nullable(Type.String()),
  decidedBy: nullable(Type.String()),
  decidedAt: nullable(InstantAt),
  /** The meeting on whose agenda it stands. */
  meetingId: nullable(Id),
})
export type ProposalRow = Static<typeof ProposalRow>

export const listProposals = {
  method: 'GET',
  path: '/meetings/proposals',
  permission: 'meetings.read',
  summary: 'What members propose for the agenda',
  query: strict({
    ...pageQuery(['at'] as const),
    state: Type.Optional(oneOf(PROPOSAL_STATES)),
    orgId: Type.Optional(Id),
  }),
  reply: pageOf(ProposalRow),
} as const satisfies Endpoint

export const acceptProposal = {
  method: 'POST',
  path: '/meetings/proposals/:id/accept',
  permission: 'meetings.convene',
  summary: 'Put a proposal on the agenda of a meeting that is planned or convened; who proposed it presents it',
  params: At,
  body: strict({ meetingId: Id, votes: Type.Optional(oneOf(VOTE_RULES)) }),
  reply: Type.Object({ agendaId: Id }),
} as const satisfies Endpoint

export const declineProposal = {
  method: 'POST',
  path: '/meetings/proposals/:id/decline',
  permission: 'meetings.convene',
  summary: 'Decline a proposal with the reason, which the member reads',
  params: At,
  body: strict({ reason: Reason }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

export const listOwnProposals = {
  method: 'GET',
  path: '/my/agenda-proposals',
  permission: 'signed-in',
  summary: 'What I proposed for the agenda, newest first',
  query: strict(pageQuery(['at'] as const)),
  reply: pageOf(ProposalRow),
} as const satisfies Endpoint

export const propose = {
  method: 'POST',
  path: '/my/agenda-proposals',
  permission: 'signed-in',
  summary: 'Propose something for the agenda of my branch; at most 20 that wait',
  body: strict({ title: Type.String({ minLength: 2, maxLength: 120, pattern: '\\S' }), why: Reason }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

export const withdrawProposal = {
  method: 'POST',
  path: '/my/agenda-proposals/:id/withdraw',
  permission: 'signed-in',
  summary: 'Take back a proposal that nobody has decided',
  params: At,
  body: Empty,
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

export const TaskRow = Type.Object({
  id: Id,
  meetingId: Id,
  meetingTitle: Type.String(),
  heldOn: DateOn,
  orgName: Type.String(),
  what: Type.String(),
  who: Type.String(),
  dueOn: nullable(DateOn),
  doneOn: nullable(DateOn),
  doneNote: nullable(Type.String()),
  isOverdue: Type.Boolean(),
})
export type TaskRow = Static<typeof TaskRow>
export const TASK_MARKS = ['open', 'overdue', 'done'] as const

export const listTasks = {
  method: 'GET',
  path: '/meetings/tasks',
  permission: 'meetings.read',
  summary: 'What meetings of the scope decided should be done, by whom and when, and how it stands',
  query: strict({
    ...pageQuery(['heldOn'] as const),
    mark: Type.Optional(oneOf(TASK_MARKS)),
    orgId: Type.Optional(Id),
  }),
  reply: pageOf(TaskRow),
} as const satisfies Endpoint

const DoneBody = strict({ note: Type.String({ minLength: 2, maxLength: 300, pattern: '\\S' }) })
export const doneTask = {
  method: 'POST',
  path: '/meetings/tasks/:id/done',
  permission: 'meetings.convene',
  summary: 'Note what became of a task of a meeting',
  params: At,
  body: DoneBody,
  reply: Type.Object({ id: Id, doneOn: DateOn }),
} as const satisfies Endpoint

export const listOwnTasks = {
  method: 'GET',
  path: '/my/meeting-tasks',
  permission: 'signed-in',
  summary: 'What meetings gave me to do: what is open first',
  reply: Type.Object({ rows: Type.Array(TaskRow) }),
} as const satisfies Endpoint

export const doneOwnTask = {
  method: 'POST',
  path: '/my/meeting-tasks/:id/done',
  permission: 'signed-in',
  summary: 'I have done what the meeting gave me to do, and this is how',
  params: At,
  body: DoneBody,
  reply: Type.Object({ id: Id, doneOn: DateOn }),
} as const satisfies Endpoint

/** What a vote needs, before the meeting: who must attend, who may be left out and why, how many are needed. */
export const Advice = Type.Object({
  quorum: Quorum,
  /** What passes it, of those who should attend. */
  neededInFavour: Type.Integer(),
  isBallotNeeded: Type.Boolean(),
  confirmed: Type.Integer(),
  onLeave: Type.Integer(),
  unanswered: Type.Integer(),
  /** With those who confirmed alone / with everyone who is not on leave. */
  isSure: Type.Boolean(),
  isPossible: Type.Boolean(),
})
export const readAdvice = {
  method: 'GET',
  path: '/meetings/:id/advice',
  permission: 'meetings.read',
  summary:
    'Before the meeting: for each way of voting on the agenda who must attend and how many are needed, with the article',
  params: At,
  reply: Type.Object({
    advice: Type.Array(Advice),
    leftOut: Type.Array(Type.Object({ memberId: Id, name: Type.String(), reason: oneOf(LEFT_OUT_REASONS) })),
    leftOutCitation: Citation,
    leftOutRuleId: Type.String(),
    /** Left-out people count as absent until the superior consented and the meeting approved. */
    superiorConsent: Type.Boolean(),
    meetingApproval: Type.Boolean(),
    /** Tasks of earlier meetings of the branch: open ones, and those done since the meeting before. */
    earlier: Type.Array(TaskRow),
  }),
} as const satisfies Endpoint

export const showItem = {
  method: 'POST',
  path: '/meetings/:id/current-item',
  permission: 'meetings.convene',
  summary: 'Which item of the agenda the hall is at; null: none',
  params: At,
  body: strict({ agendaId: nullable(Id) }),
  reply: Type.Object({ agendaId: nullable(Id) }),
} as const satisfies Endpoint

const Item = strict({ id: Id, itemId: Id })
export const prepareBallot = {
  method: 'POST',
  path: '/meetings/:id/agenda/:itemId/ballot',
  permission: 'meetings.convene',
  summary: 'Prepare an electronic vote on an item among those who are called with a vote',
  params: Item,
  body: strict({
    secrecy: oneOf(['secret', 'named'] as const),
    channel: oneOf(['electronic', 'mixed', 'paper'] as const),
  }),
  reply: Type.Object({ ballotId: Id }),
} as const satisfies Endpoint

export const takeBallot = {
  method: 'POST',
  path: '/meetings/:id/agenda/:itemId/ballot/result',
  permission: 'meetings.convene',
  summary: 'Take the counted result of the electronic vote into the record; the statutes decide whether it is carried',
  params: Item,
  body: Empty,
  reply: VoteResult,
} as const satisfies Endpoint
