import { accessModule, holdersOfDuties } from './modules/access/index.ts'
import { appraisalModule } from './modules/appraisal/index.ts'
import { auditModule } from './modules/audit/index.ts'
import { channelsModule, reachesPeople, sendOut } from './modules/channels/index.ts'
import { type ConversationPorts, conversationsModule, mayReadMessageFile } from './modules/conversations/index.ts'
import {
  type CoursewarePorts,
  coursewareModule,
  judgeDocument,
  judgeStatements,
  packageCards,
} from './modules/courseware/index.ts'
import { creditsModule, honoursOf, learningOf, mayReadCertificate } from './modules/credits/index.ts'
import { deadlinesModule } from './modules/deadlines/index.ts'
import { developmentModule, moveCase, stageOf } from './modules/development/index.ts'
import { allottedUnits, electionsModule, electorsOf } from './modules/elections/index.ts'
import { examineesOf, examsModule, paperCards } from './modules/exams/index.ts'
import { filesModule } from './modules/files/index.ts'
import { importsModule } from './modules/imports/index.ts'
import {
  beginCourse,
  type CardsOf,
  courseFacts,
  isKeptInCourse,
  isOpenInCourse,
  keepsInCourse,
  learningModule,
  mediaInCourses,
  opensInCourse,
  packagesInCourses,
  pinsOfCourses,
  requiredLeftOf,
  tenantOfPublic,
  unfinishedPeople,
  watchesInCourse,
} from './modules/learning/index.ts'
import { libraryModule, subscribersOf } from './modules/library/index.ts'
import { broadcastsOf, mediaCards, mediaModule, mediaSettled, openPlayback } from './modules/media/index.ts'
import {
  admissionBallots,
  calledTo,
  checkedInAmong,
  checkInBoard,
  lifeOf,
  mayReadPaper,
  meetingCard,
  meetingsModule,
  meetingToShow,
  planLesson,
  presentAt,
  studiedMeeting,
} from './modules/meetings/index.ts'
import { membersModule, ownNumbersOf, slipFactsOf } from './modules/members/index.ts'
import { decisionsOf, membershipModule } from './modules/membership/index.ts'
import { mayReadNoticeFile, noticeCard, noticesModule } from './modules/notices/index.ts'
import { orgModule } from './modules/org/index.ts'
import { publishingModule } from './modules/publishing/index.ts'
import { activationHoursOf, settingsModule } from './modules/settings/index.ts'
import { mayReadMinutesFile, peopleOfCampaign, studyModule, studyTalks, withoutWork } from './modules/study/index.ts'
import { partsOfTask, tasksModule } from './modules/tasks/index.ts'
import { isInProgramme, mediaInProgrammes, televisionModule } from './modules/television/index.ts'
import { mayReadSample, peopleWithTags, supportersOf, topicsModule } from './modules/topics/index.ts'
import { movesOf, transfersModule } from './modules/transfers/index.ts'
import {
  cancelVote,
  electorateOf,
  isVoteCancelled,
  prepareVote,
  voteCard,
  voteResultOf,
  votingModule,
} from './modules/voting/index.ts'
import { workbenchModule } from './modules/workbench/index.ts'
import {
  endLaunch,
  factOf,
  keepLaunchState,
  prepareLaunch,
  stateFacts,
  stateLaunched,
  xapiModule,
} from './modules/xapi/index.ts'
import type { Module } from './platform/module.ts'

/** A quiz as courses show it: one that is not released cannot be taken. */
const quizCards: CardsOf = async (ctx, ids) =>
  [...(await paperCards(ctx, ids)).values()].map(({ id, name, minutes, state }) => ({
    id,
    title: name,
    minutes,
    isGone: state !== 'released',
  }))

/** What packages ask of courses and of the record store, which asks packages in turn what their units may say. */
const PACKAGE_PORTS: CoursewarePorts = {
  mayOpen: opensInCourse,
  usesOf: packagesInCourses,
  stateFacts,
  stateLaunched,
  keepLaunchState,
  prepareLaunch,
  endLaunch,
}

/** What is talked about beside words, and the study groups that have a talk of their own. */
const CONVERSATION_PORTS: ConversationPorts = { study: studyTalks, cards: { vote: voteCard, notice: noticeCard } }

/** The one list of modules, in order: kernel, capabilities, reactors. Ports between peers are wired here. */
export const MODULES: readonly Module[] = [
  orgModule,
  settingsModule,
  accessModule({ slipFactsOf, ownNumbersOf, activationHoursOf }),
  auditModule,
  deadlinesModule({ holdersOfDuties }),
  filesModule({
    meeting: mayReadPaper,
    credits_certificate: mayReadCertificate,
    topics_lecturer: mayReadSample,
    study_session: mayReadMinutesFile,
    notices_circular: mayReadNoticeFile,
    conversation: mayReadMessageFile(CONVERSATION_PORTS),
  }),
  membersModule({ lifeOf, learningOf: learningOf({ requiredLeftOf }), honoursOf, stageOf, decisionsOf, movesOf }),
  importsModule,
  meetingsModule({ votes: { prepare: prepareVote, resultOf: voteResultOf, isCancelled: isVoteCancelled } }),
  votingModule({ checkedInAmong }),
  developmentModule({ admissionBallots }),
  transfersModule({ moveCase }),
  membershipModule,
  electionsModule({ votes: { prepare: prepareVote, resultOf: voteResultOf, cancel: cancelVote } }),
  appraisalModule,
  xapiModule({ judgeStatements: judgeStatements(PACKAGE_PORTS), judgeDocument }),
  mediaModule({
    mayWatch: [watchesInCourse],
    mayKeep: [keepsInCourse],
    isOpen: [isOpenInCourse],
    isOpenToKeep: [isKeptInCourse],
    tenantOf: tenantOfPublic,
    usesOf: [mediaInCourses, mediaInProgrammes],
    isOnAir: isInProgramme,
    pins: pinsOfCourses,
  }),
  learningModule({ stateFacts, cards: { media: mediaCards, package: packageCards, quiz: quizCards }, mediaSettled }),
  coursewareModule(PACKAGE_PORTS),
  examsModule({ stateFacts }),
  creditsModule({ stateFacts, factOf, meetingOf: studiedMeeting, presentAt, courseFacts, requiredLeftOf }),
  studyModule({ courseFacts }),
  topicsModule({ planLesson, beginCourse, presentAt }),
  tasksModule,
  publishingModule,
  conversationsModule(CONVERSATION_PORTS),
  libraryModule,
  televisionModule({ stateFacts, broadcastsOf, openPlayback, meetingToShow, checkInBoard }),
  channelsModule,
  noticesModule({
    peopleWithTags,
    supportersOf,
    examineesOf,
    unfinishedPeople,
    meetingCard,
    calledTo,
    electorateOf,
    withoutWork,
    peopleOfCampaign,
    electorsOf,
    allottedUnits,
    partsOfTask,
    reachesPeople,
    sendOut,
    subscribersOf,
  }),
  workbenchModule(() => MODULES),
]
