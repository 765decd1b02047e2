import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount } from '../../platform/http.ts'
import { exportEvents } from './service/export-events.ts'
import { pack } from './service/pack-incident.ts'
import { retention } from './service/retention.ts'
import { search, trail } from './service/search-events.ts'

export async function auditRoutes(app: FastifyInstance): Promise<void> {
  mount(app, contract.searchAudit, search)
  mount(app, contract.exportAudit, exportEvents)
  mount(app, contract.packIncident, pack)
  mount(app, contract.readRetention, retention)
  mount(app, contract.listMyTrail, trail)
}
