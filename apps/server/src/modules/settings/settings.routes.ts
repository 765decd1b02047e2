import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount } from '../../platform/http.ts'
import * as settings from './settings.service.ts'
import * as views from './settings.views.service.ts'

export async function settingsRoutes(app: FastifyInstance): Promise<void> {
  mount(app, contract.listSettings, settings.list)
  mount(app, contract.settingHistory, settings.history)
  mount(app, contract.proposeSetting, settings.propose)
  mount(app, contract.decideSetting, settings.decide)
  mount(app, contract.listEntries, settings.entries)
  mount(app, contract.saveEntry, settings.saveEntry)
  mount(app, contract.readWorkingDays, settings.workingDays)
  mount(app, contract.saveWorkingDays, settings.saveWorkingDays)
  mount(app, contract.listFilters, views.savedViews)
  mount(app, contract.saveFilter, views.saveView)
  mount(app, contract.chooseDefaultFilter, views.chooseDefault)
  mount(app, contract.dropFilter, views.dropView)
  mount(app, contract.restoreFilter, views.restoreView)
}
