import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount } from '../../platform/http.ts'
import * as checking from './service/checking.ts'
import { desk, phone } from './service/doing.ts'
import * as issuing from './service/issue.ts'
import * as months from './service/months.ts'
import * as reading from './service/reading.ts'
import * as register from './service/register.ts'
import * as reports from './service/reports.ts'
import * as times from './service/times.ts'

export async function tasksRoutes(app: FastifyInstance): Promise<void> {
  mount(app, contract.listIssuedTasks, reading.listIssued)
  mount(app, contract.issueTask, issuing.issue)
  mount(app, contract.readTask, reading.readIssued)
  mount(app, contract.withdrawTask, checking.withdraw)
  mount(app, contract.readTaskTimes, times.read)
  mount(app, contract.listTaskParts, reading.listParts)
  mount(app, contract.readTaskPart, reading.readPart)
  mount(app, contract.signTaskPart, desk.sign)
  mount(app, contract.noteTaskPart, desk.note)
  mount(app, contract.handInTaskPart, desk.handIn)
  mount(app, contract.askTaskExtension, desk.ask)
  mount(app, contract.passTaskOn, issuing.passOn)
  mount(app, contract.checkTaskPart, checking.check)
  mount(app, contract.decideTaskExtension, checking.decideExtension)
  mount(app, contract.withdrawTaskPart, checking.withdrawPart)
  mount(app, contract.remindTaskParts, checking.remind)
  mount(app, contract.exportTaskParts, register.file)
  mount(app, contract.listInfoReports, reports.list)
  mount(app, contract.reportInfo, reports.make)
  mount(app, contract.readInfoReport, reports.read)
  mount(app, contract.decideInfoReport, reports.decide)
  mount(app, contract.withdrawInfoReport, reports.withdraw)
  mount(app, contract.readInfoMonth, months.read)
  mount(app, contract.exportInfoMonth, months.file)
  mount(app, contract.listMyTaskParts, reading.listOwn)
  mount(app, contract.readMyTaskPart, reading.readOwn)
  mount(app, contract.signMyTask, phone.sign)
  mount(app, contract.noteMyTask, phone.note)
  mount(app, contract.handInMyTask, phone.handIn)
  mount(app, contract.askMyExtension, phone.ask)
}
