import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount } from '../../platform/http.ts'
import * as act from './service/act.ts'
import * as draft from './service/draft.ts'
import { draftIncoming } from './service/incoming.ts'
import * as own from './service/own.ts'
import * as print from './service/print.ts'
import * as read from './service/read.ts'
import type { TransferPorts } from './transfers.ports.ts'

export const transfersRoutes =
  (ports: TransferPorts) =>
  async (app: FastifyInstance): Promise<void> => {
    mount(app, contract.listTransfers, read.listTransfers)
    mount(app, contract.countTransfers, read.countTransfers)
    mount(app, contract.readTransfer, read.readTransfer)
    mount(app, contract.draftTransfer, draft.draft)
    mount(app, contract.draftIncoming, draftIncoming)
    mount(app, contract.editTransfer, draft.edit)
    mount(app, contract.previewBatch, draft.preview)
    mount(app, contract.draftBatch, draft.batch)
    mount(app, contract.findDestinations, draft.destinations)
    mount(app, contract.stepTransfer, act.single(ports))
    mount(app, contract.decideTransfer, act.single(ports))
    mount(app, contract.stepTransfers, act.many(ports))
    mount(app, contract.decideTransfers, act.many(ports))
    mount(app, contract.printTransfers, print.printed)
    mount(app, contract.exportTransfers, print.exported)
    mount(app, contract.listOwnTransfers, own.listOwn)
    mount(app, contract.reportArrival, own.reportArrival)
  }
