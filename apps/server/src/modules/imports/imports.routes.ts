import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount, mountPrepared } from '../../platform/http.ts'
import { beginApplying, reverse } from './service/apply-batch.ts'
import * as batches from './service/batches.ts'
import { readUpload } from './service/read-roster.ts'
import * as rows from './service/troubled-rows.ts'

export async function importsRoutes(app: FastifyInstance): Promise<void> {
  // The file comes as the body itself and is taken as a stream, after the rights were proved.
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))
  mountPrepared(app, contract.uploadRoster, readUpload, batches.store)
  mount(app, contract.listImports, batches.list)
  mount(app, contract.downloadRosterTemplate, rows.template)
  mount(app, contract.readImport, batches.read)
  mount(app, contract.listImportRows, rows.listRows)
  mount(app, contract.downloadImportErrors, rows.errors)
  mount(app, contract.submitImport, batches.submit)
  mount(app, contract.withdrawImport, batches.withdraw)
  mount(app, contract.approveImport, (ctx, input) =>
    batches.approve(ctx, input, (tenantId, batchId) => beginApplying(app.platform, tenantId, batchId)),
  )
  mount(app, contract.returnImport, batches.sendBack)
  mount(app, contract.reverseImport, reverse)
}
