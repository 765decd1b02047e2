import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount, mountProving } from '../../platform/http.ts'
import * as byCode from './service/by-code.ts'
import * as feedback from './service/feedback.ts'
import * as files from './service/files.ts'
import * as grades from './service/grades.ts'
import * as own from './service/own.ts'
import * as print from './service/print.ts'
import { read } from './service/read.ts'
import * as rounds from './service/rounds.ts'
import * as steps from './service/steps.ts'

export async function appraisalRoutes(app: FastifyInstance): Promise<void> {
  mount(app, contract.listRounds, rounds.list)
  mount(app, contract.readRound, read)
  mount(app, contract.openRounds, rounds.open)
  mount(app, contract.changeRoundDates, rounds.changeDates)
  mount(app, contract.cancelRound, rounds.cancel)
  mount(app, contract.recordAppraisalStudy, steps.study)
  mount(app, contract.recordComment, steps.comment)
  mount(app, contract.removeComment, steps.uncomment)
  mount(app, contract.openSheets, steps.open)
  mount(app, contract.printCodes, print.codes)
  mount(app, contract.closeSheets, steps.close)
  mount(app, contract.readGrades, grades.read)
  mount(app, contract.noteGrades, grades.note)
  mount(app, contract.submitGrades, grades.submit)
  mount(app, contract.confirmGrades, grades.confirm)
  mount(app, contract.returnGrades, grades.sendBack)
  mount(app, contract.tellOnPaper, feedback.tellOnForm)
  mount(app, contract.answerObjection, feedback.answer)
  mount(app, contract.reportRound, feedback.report)
  mount(app, contract.closeRound, feedback.close)
  mount(app, contract.printAppraisal, print.form)
  mount(app, contract.exportRounds, files.rounds)
  mount(app, contract.exportGrades, files.grades)
  mount(app, contract.listMyAppraisals, own.list)
  mount(app, contract.readMyAppraisal, own.read)
  mount(app, contract.draftSelfReview, own.draft)
  mount(app, contract.handInSelfReview, own.handIn)
  mount(app, contract.returnSheet, own.putIn)
  mount(app, contract.acknowledgeResult, own.acknowledge)
  mountProving(app, contract.readSheetByCode, byCode.read)
  mountProving(app, contract.returnSheetByCode, byCode.putIn)
}
