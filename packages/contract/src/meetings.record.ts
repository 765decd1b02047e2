import { Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { MEETING_STATES, Reason, SIGNED_AS, VOTE_METHODS, VoteResult } from './meetings.words.ts'
import { DateOn, Empty, FileReply, Id, InstantAt, nullable, oneOf, strict } from './page.ts'

const At = strict({ id: Id })
const Done = Type.Object({ id: Id, state: oneOf(MEETING_STATES), version: Type.Integer() })
const Count = Type.Integer({ minimum: 0, maximum: 1_000_000 })

export const answerLeave = {
  method: 'POST',
  path: '/meetings/:id/leaves/:memberId',
  permission: 'meetings.convene',
  summary: 'Approve or refuse a leave that was asked for',
  params: strict({ id: Id, memberId: Id }),
  body: strict({ isGranted: Type.Boolean(), note: Type.Optional(Type.String({ maxLength: 200 })) }),
  reply: Type.Object({ answer: Type.String() }),
} as const satisfies Endpoint

export const openMeeting = {
  method: 'POST',
  path: '/meetings/:id/open',
  permission: 'meetings.convene',
  summary: 'Begin: the check-in screen is up. Repeating it changes nothing',
  params: At,
  body: Empty,
  reply: Done,
} as const satisfies Endpoint

export const readCode = {
  method: 'GET',
  path: '/meetings/:id/code',
  permission: 'meetings.convene',
  summary: 'The check-in code of the running half minute, and the next one',
  params: At,
  reply: Type.Object({
    codes: Type.Array(
      Type.Object({ figures: Type.String(), url: Type.String(), qr: Type.String(), from: InstantAt, until: InstantAt }),
    ),
    now: InstantAt,
    opensAt: InstantAt,
    closesAt: InstantAt,
    called: Type.Integer(),
    present: Type.Integer(),
    latest: Type.Array(Type.Object({ name: Type.String(), ordinal: Type.Integer(), at: InstantAt })),
  }),
} as const satisfies Endpoint

export const tickPresent = {
  method: 'POST',
  path: '/meetings/:id/check-ins',
  permission: 'meetings.convene',
  summary: 'Check people in who have no telephone, with the reason',
  params: At,
  body: strict({ memberIds: Type.Array(Id, { minItems: 1, maxItems: 500, uniqueItems: true }), reason: Reason }),
  reply: Type.Object({ checkedIn: Type.Integer(), already: Type.Integer() }),
} as const satisfies Endpoint

export const strikeCheckIn = {
  method: 'POST',
  path: '/meetings/:id/check-ins/:memberId/strike',
  permission: 'meetings.convene',
  summary: 'Strike out a check-in of someone who was not there, with the reason',
  params: strict({ id: Id, memberId: Id }),
  body: strict({ reason: Reason }),
  reply: Type.Object({ present: Type.Integer() }),
} as const satisfies Endpoint

export const closeMeeting = {
  method: 'POST',
  path: '/meetings/:id/close',
  permission: 'meetings.convene',
  summary: 'End the meeting; its record is to be written',
  params: At,
  body: Empty,
  reply: Done,
} as const satisfies Endpoint

export const saveMinutes = {
  method: 'PUT',
  path: '/meetings/:id/minutes',
  permission: 'meetings.convene',
  summary: 'Save the record as it is; a change voids signatures. If-Match carries the version of the record',
  ifMatch: true,
  params: At,
  body: strict({
    discussion: Type.Array(
      strict({ speaker: Type.String({ maxLength: 60 }), words: Type.String({ maxLength: 8000 }) }),
      { maxItems: 300 },
    ),
    tasks: Type.Array(
      strict({
        /** A task that is there already keeps its id, and with it what became of it. */
        id: Type.Optional(Id),
        what: Type.String({ minLength: 1, maxLength: 300 }),
        who: Type.String({ minLength: 1, maxLength: 60 }),
        /** Someone who is called to the meeting: the task then stands on the person's phone. */
        whoId: Type.Optional(nullable(Id)),
        dueOn: nullable(DateOn),
      }),
      { maxItems: 60 },
    ),
    resolutions: Type.Array(strict({ agendaId: Id, text: Type.String({ maxLength: 4000 }) }), { maxItems: 40 }),
  }),
  reply: Type.Object({ version: Type.Integer(), signaturesVoided: Type.Integer() }),
} as const satisfies Endpoint

export const recordVote = {
  method: 'POST',
  path: '/meetings/:id/agenda/:itemId/vote',
  permission: 'meetings.convene',
  summary: 'Enter the counted figures of a vote; the statutes decide whether it could be held and is carried',
  params: strict({ id: Id, itemId: Id }),
  body: strict({
    method: oneOf(VOTE_METHODS),
    inFavour: Count,
    against: Count,
    abstained: Count,
    invalid: Type.Optional(Count),
    /** Opinions in writing of people who are not there (admission only), and how many of them are in favour. */
    written: Type.Optional(Count),
    writtenInFavour: Type.Optional(Count),
  }),
  reply: VoteResult,
} as const satisfies Endpoint

export const submitRecord = {
  method: 'POST',
  path: '/meetings/:id/submit',
  permission: 'meetings.convene',
  summary: 'Hand the record to chair and secretary for signature; the reply holds the hash that is signed',
  params: At,
  body: Empty,
  reply: Type.Object({ ...Done.properties, recordHash: Type.String() }),
} as const satisfies Endpoint

/** For chair, recorder (invited people) and whoever holds `meetings.sign` in the scope. */
export const signRecord = {
  method: 'POST',
  path: '/meetings/:id/sign',
  permission: 'signed-in',
  summary: 'Sign the record that was read: its hash must be the one shown',
  params: At,
  body: strict({ recordHash: Type.String({ pattern: '^[0-9a-f]{64}$' }) }),
  reply: Type.Object({ as: oneOf(SIGNED_AS), signatures: Type.Integer() }),
} as const satisfies Endpoint

export const archiveMeeting = {
  method: 'POST',
  path: '/meetings/:id/archive',
  permission: 'meetings.convene',
  summary: 'File the signed record; afterwards only errata are added',
  params: At,
  body: Empty,
  reply: Done,
} as const satisfies Endpoint

export const addErratum = {
  method: 'POST',
  path: '/meetings/:id/errata',
  permission: 'meetings.convene',
  summary: 'Add an erratum to an archived record',
  params: At,
  body: strict({ text: Type.String({ minLength: 2, maxLength: 2000, pattern: '\\S' }), reason: Reason }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

const BEFORE_SIGNING = 'until the record is handed over for signature'

export const addPaper = {
  method: 'POST',
  path: '/meetings/:id/papers',
  permission: 'meetings.convene',
  summary: `Give the own checked upload to an item of the agenda, or to the meeting, ${BEFORE_SIGNING}`,
  params: At,
  body: strict({ fileId: Id, agendaId: Type.Optional(Id) }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

export const removePaper = {
  method: 'POST',
  path: '/meetings/:id/papers/:paperId/remove',
  permission: 'meetings.convene',
  summary: `Take a paper back with the reason, ${BEFORE_SIGNING}; those who are called no longer open it`,
  params: strict({ id: Id, paperId: Id }),
  body: strict({ reason: Reason }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

const printed = (form: string, summary: string) =>
  ({
    method: 'POST',
    path: `/meetings/:id/print/${form}` as const,
    permission: 'meetings.read',
    summary,
    params: At,
    body: strict({ format: oneOf(['pdf', 'docx'] as const), language: Type.Optional(oneOf(['zh-CN', 'en'] as const)) }),
    reply: FileReply,
    download: 'application/octet-stream',
  }) as const satisfies Endpoint

export const printNotice = printed('notice', 'The notice of the meeting, to send or to post')
export const printAttendance = printed('attendance', 'The attendance sheet, with lines for signatures')
export const printMinutes = printed('minutes', 'The minutes with votes, tasks, signatures and errata')
