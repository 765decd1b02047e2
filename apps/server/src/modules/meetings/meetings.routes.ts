import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount, mountGrouped, mountPublic } from '../../platform/http.ts'
import * as attendance from './service/attendance.ts'
import { checkInGroup } from './service/check-in.ts'
import * as figures from './service/figures.ts'
import * as own from './service/own.ts'
import * as papers from './service/papers.ts'
import * as plan from './service/plan.ts'
import * as print from './service/print.ts'
import * as read from './service/read.ts'
import * as record from './service/record.ts'

export async function meetingsRoutes(app: FastifyInstance): Promise<void> {
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
  mount(app, contract.recordVote, record.vote)
  mount(app, contract.submitRecord, record.submit)
  mount(app, contract.signRecord, record.sign)
  mount(app, contract.archiveMeeting, record.archive)
  mount(app, contract.addErratum, record.addToErrata)
  mount(app, contract.printNotice, print.notice)
  mount(app, contract.printAttendance, print.attendance)
  mount(app, contract.printMinutes, print.minutes)
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
}
