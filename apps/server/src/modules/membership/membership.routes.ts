import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount } from '../../platform/http.ts'
import * as absences from './service/absences.ts'
import * as decisions from './service/decisions.ts'
import * as files from './service/export.ts'
import * as months from './service/months.ts'
import * as own from './service/own.ts'
import * as reading from './service/read-decisions.ts'
import { sheet } from './service/sheet.ts'

export async function membershipRoutes(app: FastifyInstance): Promise<void> {
  mount(app, contract.listAbsences, absences.list)
  mount(app, contract.readAbsence, absences.read)
  mount(app, contract.reportAbsence, absences.report)
  mount(app, contract.changeAbsence, absences.change)
  mount(app, contract.noteContact, absences.contact)
  mount(app, contract.confirmAbsence, absences.confirm)
  mount(app, contract.endAbsence, absences.end)
  mount(app, contract.exportAbsences, files.absences)
  mount(app, contract.printAbsence, sheet)
  mount(app, contract.listMyAbsences, own.absences)
  mount(app, contract.reportMyself, own.reportSelf)
  mount(app, contract.listDecisions, reading.list)
  mount(app, contract.readDecision, reading.read)
  mount(app, contract.proposeDecision, decisions.propose)
  mount(app, contract.recordDecisionMeeting, decisions.meet)
  mount(app, contract.approveDecision, decisions.approve)
  mount(app, contract.returnDecision, decisions.sendBack)
  mount(app, contract.withdrawDecision, decisions.withdraw)
  mount(app, contract.serveDecision, decisions.serve)
  mount(app, contract.decideAppeal, decisions.settleAppeal)
  mount(app, contract.listMyDecisions, own.decisions)
  mount(app, contract.appealDecision, own.appeal)
  mount(app, contract.readMonth, months.read)
  mount(app, contract.listMovements, months.movements)
  mount(app, contract.exportMovements, files.movements)
  mount(app, contract.confirmMonth, months.confirm)
  mount(app, contract.closeMonth, months.close)
  mount(app, contract.reopenMonth, months.reopen)
}
