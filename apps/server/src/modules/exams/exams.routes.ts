import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount, mountGrouped, mountPrepared } from '../../platform/http.ts'
import type { ExamsPorts } from './exams.ports.ts'
import * as bank from './service/bank.ts'
import * as acts from './service/bank-acts.ts'
import { serveCrowd } from './service/crowd.ts'
import * as figures from './service/figures.ts'
import * as files from './service/files.ts'
import { submitGroup } from './service/hand-in.ts'
import * as imports from './service/import.ts'
import * as marking from './service/marking.ts'
import * as own from './service/own.ts'
import * as papers from './service/papers.ts'
import * as result from './service/result.ts'
import { saveGroup } from './service/save.ts'
import * as seats from './service/seats.ts'
import * as sessions from './service/sessions.ts'
import { startGroup } from './service/start.ts'

export const examsRoutes =
  (ports: ExamsPorts) =>
  async (app: FastifyInstance): Promise<void> => {
    bankRoutes(app)
    examRoutes(app, ports)
    mount(app, contract.listMarking, marking.heaps)
    mount(app, contract.nextScript, marking.next)
    mount(app, contract.markScript, marking.mark(ports))
    mount(app, contract.listAppeals, marking.appeals)
    mount(app, contract.answerAppeal, marking.answer(ports))
    const platform = () => app.platform
    mount(app, contract.listMyExams, own.list(platform))
    mount(app, contract.readMyQuiz, own.quiz(platform))
    mount(app, contract.readMySitting, own.sitting(platform))
    mount(app, contract.readMyResult, result.result(platform))
    mount(app, contract.appealMark, result.appeal(platform))
    mountGrouped(app, contract.startSitting, (whole, asks) => serveCrowd(whole, asks, startGroup))
    mountGrouped(app, contract.saveAnswers, (whole, asks) => serveCrowd(whole, asks, saveGroup))
    mountGrouped(app, contract.submitSitting, (whole, asks) =>
      serveCrowd(whole, asks, (ctx, proved) => submitGroup(ports, ctx, proved)),
    )
  }

function bankRoutes(app: FastifyInstance): void {
  mount(app, contract.listQuestions, bank.list)
  mount(app, contract.readQuestion, bank.read)
  mount(app, contract.listExamTopics, bank.topics)
  mount(app, contract.makeQuestion, acts.make)
  mount(app, contract.changeQuestion, acts.change)
  mount(app, contract.submitQuestion, acts.submit)
  mount(app, contract.approveQuestion, acts.approve)
  mount(app, contract.returnQuestion, acts.sendBack)
  mount(app, contract.retireQuestion, acts.retire)
  mount(app, contract.moveQuestions, acts.move)
  mount(app, contract.exportQuestions, files.questions)
  mount(app, contract.downloadQuestionTemplate, files.template)
  // The file comes as the body itself and is taken as a stream, after the rights were proved.
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))
  mountPrepared(app, contract.importQuestions, imports.readFile, imports.write)
}

function examRoutes(app: FastifyInstance, ports: ExamsPorts): void {
  mount(app, contract.listPapers, papers.list)
  mount(app, contract.readPaper, papers.read)
  mount(app, contract.makePaper, papers.make)
  mount(app, contract.changePaper, papers.change)
  mount(app, contract.releasePaper, papers.release)
  mount(app, contract.retirePaper, papers.retire)
  mount(app, contract.readPaperFigures, figures.ofPaper)
  mount(app, contract.listExams, sessions.list)
  mount(app, contract.readExam, sessions.read)
  mount(app, contract.makeExam, sessions.make)
  mount(app, contract.changeExam, sessions.change)
  mount(app, contract.announceExam, sessions.announce)
  mount(app, contract.closeExam, sessions.close(ports))
  mount(app, contract.releaseExam, sessions.release(ports))
  mount(app, contract.cancelExam, sessions.cancel)
  mount(app, contract.makeUpExam, sessions.makeUp)
  mount(app, contract.listSeats, seats.list)
  mount(app, contract.seatPeople, seats.seat)
  mount(app, contract.unseatPeople, seats.unseat)
  mount(app, contract.readExamFigures, figures.ofExam)
  mount(app, contract.exportExam, files.exam)
}
