import type { Consumer } from '../../platform/outbox.ts'
import { appraisalReactions } from './reactions/appraisal.ts'
import { creditReactions } from './reactions/credits.ts'
import { deadlineReactions } from './reactions/deadlines.ts'
import { developmentReactions } from './reactions/development.ts'
import { type ElectionNoticePorts, electionReactions } from './reactions/elections.ts'
import { type ExamNoticePorts, examReactions } from './reactions/exams.ts'
import { kernelReactions } from './reactions/kernel.ts'
import { type LearningNoticePorts, learningReactions } from './reactions/learning.ts'
import { type LibraryNoticePorts, libraryReactions } from './reactions/library.ts'
import { mediaReactions } from './reactions/media.ts'
import { replyReactions } from './reactions/meeting-replies.ts'
import { type MeetingPorts, meetingReactions } from './reactions/meetings.ts'
import { memberReactions } from './reactions/members.ts'
import { type StudyNoticePorts, studyReactions } from './reactions/study.ts'
import { type TaskNoticePorts, taskReactions } from './reactions/tasks.ts'
import { type TopicNoticePorts, topicReactions } from './reactions/topics.ts'
import { transferReactions } from './reactions/transfers.ts'
import { type VotingPorts, votingReactions } from './reactions/voting.ts'

/** What reactions ask of peers; wired in modules.ts, because capabilities do not import each other. */
export type NoticePorts = ElectionNoticePorts &
  ExamNoticePorts &
  LearningNoticePorts &
  MeetingPorts &
  VotingPorts &
  TopicNoticePorts &
  StudyNoticePorts &
  TaskNoticePorts &
  LibraryNoticePorts

/** Who hears of what: one file in `reactions/` for each module that others hear of. */
export const noticesConsumer = (ports: NoticePorts): Consumer => ({
  name: 'notices',
  on: {
    ...examReactions(ports),
    ...learningReactions(ports),
    ...mediaReactions,
    ...libraryReactions(ports),
    ...meetingReactions(ports),
    ...replyReactions(ports),
    ...electionReactions(ports),
    ...appraisalReactions,
    ...kernelReactions(),
    ...memberReactions,
    ...studyReactions(ports),
    ...taskReactions(ports),
    ...topicReactions(ports),
    ...transferReactions(),
    ...votingReactions(ports),
    ...developmentReactions,
    ...creditReactions,
    ...deadlineReactions,
  },
})
