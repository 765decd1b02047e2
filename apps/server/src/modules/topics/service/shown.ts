import type { LecturerShown, OwnTopicCard, TopicCard, TopicProposalShown } from '@tongxin/contract'
import type { Actor } from '../../../platform/ctx.ts'
import type { Lecturer } from '../queries/lecturers.queries.ts'
import type { Proposal } from '../queries/proposals.queries.ts'
import type { Slot } from '../queries/slots.queries.ts'
import type { Wish } from '../queries/wishes.queries.ts'

export const cardOf = (wish: Wish): TopicCard => ({
  id: wish.id,
  title: wish.title,
  orgId: wish.unitId,
  orgName: wish.unitName,
  level: wish.level,
  tags: wish.tags,
  format: wish.format,
  place: wish.place,
  state: wish.state,
  supporters: wish.supporters,
  threshold: wish.threshold,
  closesOn: wish.closesOn,
  createdAt: wish.createdAt.toISOString(),
})

export const ownCardOf = (wish: Wish, personId: string, supported: ReadonlySet<string>): OwnTopicCard => ({
  ...cardOf(wish),
  isSupported: supported.has(wish.id),
  isMine: wish.personId === personId,
})

/** Whoever offers or names a lecturer does not review the credentials. */
export const mayReview = (actor: Actor, one: Lecturer): boolean =>
  actor.permissions.has('learning.review') &&
  one.state === 'submitted' &&
  one.submittedBy !== actor.personId &&
  one.personId !== actor.personId

export const lecturerShown = (actor: Actor, one: Lecturer, slots: readonly Slot[]): LecturerShown => ({
  id: one.id,
  name: one.name,
  employer: one.employer,
  isOutside: one.personId === null,
  orgName: one.unitName,
  bio: one.bio,
  tags: one.tags,
  topics: one.topics,
  formats: one.formats,
  levels: one.levels,
  isOnline: one.isOnline,
  maxPerMonth: one.maxPerMonth,
  maxDistance: one.maxDistance,
  slots: slots
    .filter(({ lecturerId }) => lecturerId === one.id)
    .map(({ onDate, part, isTaken }) => ({ onDate, part, isTaken })),
  sampleFileId: one.sampleFileId,
  sampleFileName: one.sampleFileName,
  state: one.state,
  reason: one.reason,
  submittedBy: one.submittedName,
  reviewedBy: one.reviewedName,
  canReview: mayReview(actor, one),
})

export const proposalShown = (one: Proposal): TopicProposalShown => ({
  id: one.id,
  topicId: one.wishId,
  title: one.title,
  orgName: one.unitName,
  lecturerId: one.lecturerId,
  lecturer: one.lecturerName,
  isOutside: one.personId === null,
  onDate: one.onDate,
  part: one.part,
  place: one.place,
  format: one.format,
  state: one.state,
  rank: one.rank,
  unitSaidYes: one.unitYesAt !== null,
  lecturerSaidYes: one.lecturerYesAt !== null,
  reasons: one.reasons,
  reason: one.reason,
  meetingId: one.meetingId,
})

export const subjectOf = (wish: Pick<Wish, 'id' | 'orgPath'>) => ({ kind: 'topic', id: wish.id, orgPath: wish.orgPath })
