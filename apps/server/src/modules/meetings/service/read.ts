import {
  type Input,
  type Reply,
  type readMeeting,
  type readOwnMeeting,
  meetingsRefusals as refusals,
} from '@tongxin/contract'
import { addDays } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Db } from '../../../platform/ctx.ts'
import { unitNameOf } from '../../org/index.ts'
import { settingOf } from '../../settings/index.ts'
import { partOf, quorumOf, unfiledDays, windowOf } from '../meetings.policy.ts'
import { checkInOf } from '../meetings.rows.ts'
import { agendaOf } from '../queries/agenda.queries.ts'
import * as people from '../queries/attendees.queries.ts'
import { calledNamesOf } from '../queries/called.queries.ts'
import * as q from '../queries/meetings.queries.ts'
import * as record from '../queries/record.queries.ts'
import { shownPapers } from './papers.ts'
import { keepsRecord, mayPhotograph, shownPhotos } from './photos.ts'
import { chosenPeople } from './plan.ts'
import { signerOf } from './record.ts'

type Shared = Omit<
  Reply<typeof readOwnMeeting>,
  | 'papers'
  | 'photos'
  | 'mayAddPhotos'
  | 'part'
  | 'answer'
  | 'leaveReason'
  | 'leaveNote'
  | 'readAt'
  | 'checkIn'
  | 'opensAt'
  | 'closesAt'
  | 'leaveUntil'
  | 'recordHash'
  | 'maySignAs'
>

async function factsOf(db: Db, tenantId: string, meeting: q.Meeting, isRecordShown: boolean): Promise<Shared> {
  const ids = [meeting.chairId, meeting.recorderId].filter((id) => id !== null)
  const [orgName, agenda, tasks, signatures, errata, counts, called, cards] = await Promise.all([
    unitNameOf(db, tenantId, meeting.orgId),
    agendaOf(db, tenantId, meeting.id),
    record.tasksOf(db, tenantId, meeting.id),
    record.signaturesOf(db, tenantId, meeting.id),
    record.errataOf(db, tenantId, meeting.id),
    people.countsOf(db, tenantId, meeting.id),
    calledNamesOf(db, tenantId, meeting.id, ids),
    people.namesOf(db, tenantId, ids),
  ])
  const person = (id: string | null) =>
    id === null ? null : { memberId: id, name: called.get(id) ?? cards.get(id) ?? '' }
  return {
    id: meeting.id,
    orgId: meeting.orgId,
    orgName,
    state: meeting.state,
    title: meeting.title,
    session: meeting.session,
    kinds: meeting.kinds,
    startsAt: meeting.startsAt.toISOString(),
    endsAt: meeting.endsAt.toISOString(),
    place: meeting.place,
    onlineUrl: meeting.onlineUrl,
    chair: person(meeting.chairId),
    recorder: person(meeting.recorderId),
    agenda: agenda.map((item) => (isRecordShown ? item : { ...item, resolution: null, vote: null })),
    opensBefore: meeting.opensBefore,
    closesAfter: meeting.closesAfter,
    leaveBefore: meeting.leaveBefore,
    cancelledReason: meeting.cancelledReason,
    counts,
    currentItem: meeting.currentItem,
    minutes: isRecordShown ? { discussion: meeting.minutes.discussion ?? [], tasks } : null,
    signatures: signatures.map((one) => ({ as: one.as, name: one.name, signedAt: one.signedAt.toISOString() })),
    errata: errata.map((one) => ({ ...one, at: one.at.toISOString() })),
    version: meeting.version,
  }
}

/** Before the notice the people are those of today's record; afterwards those who were called. */
async function countsOf(ctx: Ctx, meeting: q.Meeting): Promise<people.Counts> {
  if (meeting.state !== 'planned') return people.countsOf(ctx.db, ctx.actor.tenantId, meeting.id)
  const { invites } = meeting
  const isPlain =
    invites.who === 'all' && !invites.observerIds?.length && !invites.leftOut?.length && !invites.withoutVoteIds?.length
  const counts = { voters: 0, nonvoters: 0, observers: 0, leftOut: 0, present: 0, presentVoters: 0 }
  const add = (part: string | undefined, people: number) => {
    if (part === 'voter') counts.voters += people
    else if (part === 'nonvoter') counts.nonvoters += people
    else if (part === 'left_out') counts.leftOut += people
    else if (part === 'observer' && !isPlain) counts.observers += people
  }
  if (isPlain)
    for (const row of await people.countStandings(ctx.db, ctx.actor, meeting.orgPath))
      add(partOf(row, false)?.part, row.people)
  else for (const one of await chosenPeople(ctx.db, ctx.actor, meeting)) add(one.part, 1)
  return counts
}

export const forDesk =
  (opensUnscanned: boolean) =>
  async (ctx: Ctx, { params }: Input<typeof readMeeting>): Promise<Reply<typeof readMeeting>> => {
    const meeting = await q.findMeeting(ctx.db, ctx.actor, params.id)
    if (!meeting) throw refusals.not_found()
    const [facts, counts, signer, fileWithin] = await Promise.all([
      factsOf(ctx.db, ctx.actor.tenantId, meeting, true),
      countsOf(ctx, meeting),
      signerOf(ctx.db, ctx.actor, meeting, true),
      settingOf(ctx.db, ctx.actor.tenantId, meeting.orgPath, 'meetings.file_within_days', meeting.heldOn),
    ])
    const rules = [...new Set(facts.agenda.map(({ votes }) => votes).filter((votes) => votes !== 'none'))]
    const today = todayOf(ctx.now)
    return {
      ...facts,
      counts,
      papers: await shownPapers(ctx, meeting.id, facts.agenda, { isDesk: true, opensUnscanned }),
      photos: await shownPhotos(ctx, meeting.id, opensUnscanned),
      invites: meeting.invites,
      superiorConsent: meeting.superiorConsent,
      meetingApproval: meeting.meetingApproval,
      quorums: rules.map((votes) => quorumOf(votes, counts, meeting)),
      recordVersion: meeting.recordVersion,
      recordHash: meeting.recordHash?.toString('hex') ?? null,
      closedAt: meeting.closedAt?.toISOString() ?? null,
      archivedAt: meeting.archivedAt?.toISOString() ?? null,
      fileBy: meeting.state === 'planned' || meeting.state === 'cancelled' ? null : addDays(meeting.heldOn, fileWithin),
      unfiledDays: unfiledDays(meeting, today),
      maySignAs: meeting.state === 'awaiting_signatures' && signer && !signer.hasSigned ? signer.as : null,
    }
  }

/** For a person who is called: the record only once it is filed, or waits for this person's signature. */
export const forCalled =
  (opensUnscanned: boolean) =>
  async (ctx: Ctx, { params }: Input<typeof readOwnMeeting>): Promise<Reply<typeof readOwnMeeting>> => {
    const { tenantId, personId } = ctx.actor
    const [meeting, attendee] = await Promise.all([
      q.findCalledMeeting(ctx.db, tenantId, personId, params.id),
      people.findAttendee(ctx.db, tenantId, params.id, { personId }),
    ])
    if (!meeting || !attendee || meeting.state === 'planned') throw refusals.not_found()
    const signer = meeting.state === 'awaiting_signatures' ? await signerOf(ctx.db, ctx.actor, meeting, false) : null
    const isShown = meeting.state === 'archived' || signer !== null
    const window = windowOf(meeting)
    const facts = await factsOf(ctx.db, tenantId, meeting, isShown)
    const papers = await shownPapers(ctx, meeting.id, facts.agenda, { isDesk: false, opensUnscanned })
    return {
      ...facts,
      papers: attendee.part === 'left_out' ? [] : papers,
      photos:
        isShown || keepsRecord(meeting, attendee.memberId) ? await shownPhotos(ctx, meeting.id, opensUnscanned) : [],
      mayAddPhotos: mayPhotograph(meeting, attendee.memberId),
      part: attendee.part,
      answer: attendee.answer,
      leaveReason: attendee.leaveReason,
      leaveNote: attendee.leaveNote,
      readAt: attendee.readAt?.toISOString() ?? null,
      checkIn: checkInOf(attendee),
      opensAt: window.opensAt.toISOString(),
      closesAt: window.closesAt.toISOString(),
      leaveUntil: window.leaveUntil.toISOString(),
      recordHash: isShown ? (meeting.recordHash?.toString('hex') ?? null) : null,
      maySignAs: signer && !signer.hasSigned ? signer.as : null,
    }
  }
