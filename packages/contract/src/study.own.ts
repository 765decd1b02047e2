import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { DateOn, Empty, FileReply, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import {
  CHECKIN_KINDS,
  NotePlace,
  OwnNote,
  SharedNote,
  STUDY_TASK_KINDS,
  StudyChanged,
  StudyFiles,
  StudyRemark,
  StudyTaskCard,
  StudyWorkCard,
  StudyWorkRecord,
  saying,
} from './study.words.ts'

/** What learners do for themselves: notes, homework, reflections, the private diary of days. */

const At = strict({ id: Id })
const Body = saying(5000)

export const listMyNotes = {
  method: 'GET',
  path: '/my/study/notes',
  permission: 'signed-in',
  summary: 'My notes; nobody else reads them, whatever the post',
  query: strict({
    ...pageQuery(['updatedAt'] as const),
    text: Type.Optional(saying(60)),
    courseId: Type.Optional(Id),
    removed: Type.Optional(Type.Boolean()),
  }),
  reply: pageOf(OwnNote),
} as const satisfies Endpoint

export const writeNote = {
  method: 'POST',
  path: '/my/study/notes',
  permission: 'signed-in',
  summary: 'A note of my own, at a place in a course or without one',
  body: strict({ body: Body, place: Type.Optional(NotePlace) }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

export const changeNote = {
  method: 'PUT',
  path: '/my/study/notes/:id',
  permission: 'signed-in',
  summary: 'Write a note of mine anew; what was shared of it stays as it was',
  params: At,
  body: strict({ body: Body }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

export const removeNote = {
  method: 'PUT',
  path: '/my/study/notes/:id/removal',
  permission: 'signed-in',
  summary: 'Put a note of mine into the bin, or take it out again within 30 days',
  params: At,
  body: strict({ isRemoved: Type.Boolean() }),
  reply: Type.Object({ id: Id, isRemoved: Type.Boolean() }),
} as const satisfies Endpoint

export const shareNote = {
  method: 'PUT',
  path: '/my/study/notes/:id/sharing',
  permission: 'signed-in',
  summary: 'Show a note of mine to my branch as it stands now, or take it back',
  params: At,
  body: strict({ isShared: Type.Boolean() }),
  reply: Type.Object({ id: Id, isShared: Type.Boolean() }),
} as const satisfies Endpoint

export const NOTE_FILES = ['docx', 'md'] as const
export const exportMyNotes = {
  method: 'POST',
  path: '/my/study/notes/export',
  permission: 'signed-in',
  summary: 'My notes as a file, course by course, with place and time; without the bin',
  download: 'application/octet-stream',
  body: strict({
    format: oneOf(NOTE_FILES),
    /** Days on which notes were begun; none: all of them. */
    fromOn: Type.Optional(DateOn),
    untilOn: Type.Optional(DateOn),
    language: Type.Optional(oneOf(['zh-CN', 'en'] as const)),
  }),
  reply: FileReply,
} as const satisfies Endpoint

export const listSharedNotes = {
  method: 'GET',
  path: '/my/study/shared-notes',
  permission: 'signed-in',
  summary: 'What people of my branch share of their notes',
  query: strict({ ...pageQuery(['sharedAt'] as const), courseId: Type.Optional(Id) }),
  reply: pageOf(SharedNote),
} as const satisfies Endpoint

export const MyTask = Type.Object({
  ...StudyTaskCard.properties,
  isOverdue: Type.Boolean(),
  work: nullable(StudyWorkCard),
})
export type MyTask = Static<typeof MyTask>

export const listMyTasks = {
  method: 'GET',
  path: '/my/study/tasks',
  permission: 'signed-in',
  summary: 'Homework and reflections that I am asked for: open ones (also returned), or those handed in',
  query: strict({ ...pageQuery(['dueOn'] as const), done: Type.Optional(Type.Boolean()) }),
  reply: pageOf(MyTask),
} as const satisfies Endpoint

export const StudyDraft = Type.Object({
  title: Type.String(),
  body: Type.String(),
  savedAt: InstantAt,
})
export type StudyDraft = Static<typeof StudyDraft>

export const readMyTask = {
  method: 'GET',
  path: '/my/study/tasks/:id',
  permission: 'signed-in',
  summary: 'One assignment with my draft and what I handed in',
  params: At,
  reply: Type.Object({
    task: StudyTaskCard,
    draft: nullable(StudyDraft),
    work: nullable(StudyWorkRecord),
    mayHandIn: Type.Boolean(),
  }),
} as const satisfies Endpoint

const DraftOf = { taskId: Type.Optional(Id), workId: Type.Optional(Id) }

export const readMyDraft = {
  method: 'GET',
  path: '/my/study/draft',
  permission: 'signed-in',
  summary: 'My draft of a reflection that nobody asked for, or of one that came back',
  query: strict(DraftOf),
  reply: Type.Object({ draft: nullable(StudyDraft) }),
} as const satisfies Endpoint

export const saveMyDraft = {
  method: 'PUT',
  path: '/my/study/draft',
  permission: 'signed-in',
  summary: 'Keep a draft; only I read it',
  body: strict({ ...DraftOf, title: Type.String({ maxLength: 80 }), body: Type.String({ maxLength: 40_000 }) }),
  reply: Type.Object({ savedAt: InstantAt }),
} as const satisfies Endpoint

export const listMyWorks = {
  method: 'GET',
  path: '/my/study/works',
  permission: 'signed-in',
  summary: 'What I handed in',
  query: strict({ ...pageQuery(['handedInAt'] as const), kind: Type.Optional(oneOf(STUDY_TASK_KINDS)) }),
  reply: pageOf(StudyWorkCard),
} as const satisfies Endpoint

export const handInWork = {
  method: 'POST',
  path: '/my/study/works',
  permission: 'signed-in',
  summary: 'Hand in homework or a reflection, also once more after it came back (`workId`)',
  body: strict({
    ...DraftOf,
    title: Type.Optional(saying(80, 2)),
    body: saying(40_000),
    fileIds: StudyFiles,
    /** Only then an excellent one is shown to others. */
    wantsShow: Type.Boolean(),
  }),
  reply: StudyChanged,
} as const satisfies Endpoint

export const readMyWork = {
  method: 'GET',
  path: '/my/study/works/:id',
  permission: 'signed-in',
  summary: 'What I handed in, every round of it, and what came back',
  params: At,
  reply: StudyWorkRecord,
} as const satisfies Endpoint

export const consentToShow = {
  method: 'PUT',
  path: '/my/study/works/:id/consent',
  permission: 'signed-in',
  summary: 'Agree that my work is shown when it is excellent, or take it back: then it is hidden at once',
  params: At,
  body: strict({ wantsShow: Type.Boolean() }),
  reply: StudyChanged,
} as const satisfies Endpoint

export const listShownWorks = {
  method: 'GET',
  path: '/my/study/shown',
  permission: 'signed-in',
  summary: 'Excellent reflections that their writers agree to show',
  query: strict({ ...pageQuery(['shownAt'] as const) }),
  reply: pageOf(StudyWorkCard),
} as const satisfies Endpoint

export const readShownWork = {
  method: 'GET',
  path: '/my/study/shown/:id',
  permission: 'signed-in',
  summary: 'A reflection that is shown, with remarks',
  params: At,
  reply: Type.Object({
    ...StudyWorkCard.properties,
    body: Type.String(),
    isMine: Type.Boolean(),
    remarks: Type.Array(StudyRemark),
  }),
} as const satisfies Endpoint

export const remarkOnWork = {
  method: 'POST',
  path: '/my/study/shown/:id/remarks',
  permission: 'signed-in',
  summary: 'Say something on a reflection that is shown',
  params: At,
  body: strict({ body: saying(500) }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

export const withdrawRemark = {
  method: 'POST',
  path: '/my/study/remarks/:id/withdraw',
  permission: 'signed-in',
  summary: 'Take back a remark of mine, or one on my own reflection',
  params: At,
  body: Empty,
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

export const OwnCheckin = Type.Object({
  onDate: DateOn,
  kind: oneOf(CHECKIN_KINDS),
  words: Type.String(),
  isMadeUp: Type.Boolean(),
})
export type OwnCheckin = Static<typeof OwnCheckin>

export const readMyCheckins = {
  method: 'GET',
  path: '/my/study/checkins',
  permission: 'signed-in',
  summary: 'My private diary of a month; whether the organisation has switched it on',
  query: strict({ month: Type.Optional(Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' })) }),
  reply: Type.Object({ isEnabled: Type.Boolean(), month: Type.String(), rows: Type.Array(OwnCheckin) }),
} as const satisfies Endpoint

const OnDate = strict({ onDate: DateOn })
export const setMyCheckin = {
  method: 'PUT',
  path: '/my/study/checkins/:onDate',
  permission: 'signed-in',
  summary: 'Note what I learned on a day, also later, for up to 60 days; only I see it',
  params: OnDate,
  body: strict({ kind: oneOf(CHECKIN_KINDS), words: Type.String({ maxLength: 200 }) }),
  reply: OwnCheckin,
} as const satisfies Endpoint

export const removeMyCheckin = {
  method: 'DELETE',
  path: '/my/study/checkins/:onDate',
  permission: 'signed-in',
  summary: 'Take a day out of my diary, also after the organisation switched it off',
  params: OnDate,
  reply: Empty,
} as const satisfies Endpoint
