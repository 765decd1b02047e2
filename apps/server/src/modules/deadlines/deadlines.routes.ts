import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount } from '../../platform/http.ts'
import * as deadlines from './deadlines.service.ts'

export async function deadlinesRoutes(app: FastifyInstance): Promise<void> {
  mount(app, contract.listDeadlines, deadlines.list)
  mount(app, contract.countDeadlines, deadlines.counts)
  mount(app, contract.exportDeadlines, deadlines.exportList)
  mount(app, contract.listOwnDeadlines, deadlines.listOwn)
}
