import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount } from '../../platform/http.ts'
import * as changes from './org.move.service.ts'
import * as posts from './org.posts.service.ts'
import * as prints from './org.print.service.ts'
import * as record from './org.record.service.ts'
import * as register from './org.register.service.ts'
import * as org from './org.service.ts'
import * as terms from './org.terms.service.ts'

export async function orgRoutes(app: FastifyInstance): Promise<void> {
  mount(app, contract.listOrgs, org.list)
  mount(app, contract.foundOrg, org.found)
  mount(app, contract.renameOrg, org.rename)
  mount(app, contract.readOrg, record.read)
  mount(app, contract.correctOrg, record.correct)
  mount(app, contract.readLeadership, terms.leadership)
  mount(app, contract.printLeadership, register.print)
  mount(app, contract.setTerm, terms.term)
  mount(app, contract.shiftTerm, terms.shift)
  mount(app, contract.appoint, posts.appoint)
  mount(app, contract.reportPost, posts.report)
  mount(app, contract.endPost, posts.leavePost)
  mount(app, contract.readMyOrg, record.readOwn)
  mount(app, contract.planMove, changes.planMove)
  mount(app, contract.moveOrg, changes.move)
  mount(app, contract.planMerge, changes.planMerge)
  mount(app, contract.mergeOrg, changes.merge)
  mount(app, contract.upgradeOrg, changes.upgrade)
  mount(app, contract.dissolveOrg, changes.dissolve)
  mount(app, contract.orgChart, prints.chart)
  mount(app, contract.printOrg, prints.print)
  mount(app, contract.exportOrgs, prints.exportList)
}
