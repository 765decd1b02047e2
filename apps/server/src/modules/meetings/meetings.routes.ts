import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount, mountGrouped, mountPublic } from '../../platform/http.ts'
import type { MeetingPorts } from './meetings.ports.ts'
import * as advice from './service/advice.ts'
import * as attendance from './service/attendance.ts'
import * as ballots from './service/ballots.ts'
import { book } from './service/book.ts'
import { checkInGroup } from './service/check-in.ts'
import * as exports from './service/exports.ts'
import * as figures from './service/figures.ts'
import * as joint from './service/joint.ts'
import * as own from './service/own.ts'
import * as papers from './service/papers.ts'
import * as photos from './service/photos.ts'
import * as plan from './service/plan.ts'
import * as print from './service/print.ts'
import * as proposals from './service/proposals.ts'
import * as read from './service/read.ts'
import * as record from './service/record.ts'
import * as homes from './service/second-homes.ts'
import * as study from './service/study.ts'
import * as talks from './service/talks.ts'
import * as tasks from './service/tasks.ts'
import * as year from './service/year.ts'

export const meetingsRoutes =
  (ports: MeetingPorts) =>
  async (app: FastifyInstance): Promise<void> => {
    mount(app, contract.prepareBallot, ballots.prepare(ports.votes))
    mount(app, contract.takeBallot, ballots.take(ports.votes))
    const { publicOrigin, opensUnscanned } = app.platform
    mount(app, contract.listMeetings, plan.list)
    mount(app, contract.listCandidates, plan.candidates)
    mount(app, contract.readLedger, figures.ledger)
    mount(app, contract.readAttendance, figures.attendance)
    mount(app, contract.readMeetingFigures, figures.workbench)
    mount(app, contract.planMeeting, plan.plan)
    mount(app, contract.changeMeeting, plan.change)
    mount(app, contract.conveneMeeting, plan.convene)
    mount(app, contract.cancelMeeting, plan.cancel)
    mount(app, contract.readMeeting, read.forDesk(opensUnscanned))
    mount(app, contract.listAttendees, attendance.list)
    mount(app, contract.answerLeave, attendance.decideLeave)
    mount(app, contract.openMeeting, attendance.open)
    mount(app, contract.readCode, attendance.showCode(publicOrigin))
    mount(app, contract.tickPresent, attendance.tick)
    mount(app, contract.strikeCheckIn, attendance.strike)
    mount(app, contract.closeMeeting, attendance.close)
    mount(app, contract.addPaper, papers.add)
    mount(app, contract.removePaper, papers.remove)
    mount(app, contract.saveMinutes, record.save)
    mount(app, contract.recordVote, record.vote(ports.votes))
    mount(app, contract.submitRecord, record.submit)
    mount(app, contract.signRecord, record.sign)
    mount(app, contract.archiveMeeting, record.archive)
    mount(app, contract.addErratum, record.addToErrata)
    mount(app, contract.printNotice, print.notice)
    mount(app, contract.printAttendance, print.attendance)
    mount(app, contract.printMinutes, print.minutes(app.platform))
    mount(app, contract.exportMeetings, print.exported)
    mount(app, contract.listOwnMeetings, own.list)
    mount(app, contract.readOwnMeeting, read.forCalled(opensUnscanned))
    mount(app, contract.noteMeetingRead, own.noteRead)
    mount(app, contract.confirmMeeting, own.confirm)
    mount(app, contract.askLeave, own.ask)
    mountGrouped(app, contract.checkIn, checkInGroup)
    mount(app, contract.readFeed, own.showFeed)
    mount(app, contract.makeFeed, own.newFeed(publicOrigin))
    mount(app, contract.endFeed, own.stopFeed)
    mountPublic(app, contract.readCalendar, own.calendar(app.platform))
    photoRoutes(app)
    branchLifeRoutes(app)
  }

/** Pictures of the record: of whoever organises the meeting, and of its chair and recorder on the phone. */
function photoRoutes(app: FastifyInstance): void {
  const { platform } = app
  mount(app, contract.addPhoto, photos.add(photos.atDesk))
  mount(app, contract.arrangePhotos, photos.arrange(photos.atDesk))
  mount(app, contract.removePhoto, photos.remove(photos.atDesk))
  mount(app, contract.showPhoto, photos.show(platform))
  mount(app, contract.addOwnPhoto, photos.add(photos.onPhone))
  mount(app, contract.arrangeOwnPhotos, photos.arrange(photos.onPhone))
  mount(app, contract.removeOwnPhoto, photos.remove(photos.onPhone))
  mount(app, contract.showOwnPhoto, photos.showOwn(platform))
}

/** The year of a branch, what members propose and do, talks, and what several branches hold together. */
function branchLifeRoutes(app: FastifyInstance): void {
  mount(app, contract.readYear, year.read)
  mount(app, contract.adjustYear, year.adjust)
  mount(app, contract.exportLedger, exports.ledger)
  mount(app, contract.exportAttendance, exports.attendance)
  mount(app, contract.printBook, book)
  mount(app, contract.readAdvice, advice.advise)
  mount(app, contract.showItem, advice.show)
  mount(app, contract.listProposals, proposals.list)
  mount(app, contract.acceptProposal, proposals.accept)
  mount(app, contract.declineProposal, proposals.decline)
  mount(app, contract.listOwnProposals, proposals.listOwn)
  mount(app, contract.propose, proposals.propose)
  mount(app, contract.withdrawProposal, proposals.withdraw)
  mount(app, contract.listTasks, tasks.list)
  mount(app, contract.doneTask, tasks.finishAny)
  mount(app, contract.listOwnTasks, tasks.listOwn)
  mount(app, contract.doneOwnTask, tasks.finishOwn)
  mount(app, contract.setStudy, study.set)
  mount(app, contract.readStudy, study.read)
  mount(app, contract.decideStudy, study.decide)
  mount(app, contract.readOwnStudy, study.readOwn)
  mount(app, contract.submitStudy, study.submit)
  mount(app, contract.listTalks, talks.list)
  mount(app, contract.readTalkMatrix, talks.matrix)
  mount(app, contract.noteTalk, talks.noteAny)
  mount(app, contract.openTalk, talks.open)
  mount(app, contract.listOwnTalks, talks.listOwn)
  mount(app, contract.listTalkPartners, talks.partners)
  mount(app, contract.noteOwnTalk, talks.noteOwn)
  mount(app, contract.openOwnTalk, talks.openOwn)
  mount(app, contract.askJoint, joint.ask)
  mount(app, contract.listJointOf, joint.listOf)
  mount(app, contract.listJointAsked, joint.listAsked)
  mount(app, contract.answerJoint, joint.answer)
  mount(app, contract.listSecondHomes, homes.list)
  mount(app, contract.setSecondHome, homes.set)
  mount(app, contract.endSecondHome, homes.end)
}
