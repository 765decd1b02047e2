import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount, mountPrepared } from '../../platform/http.ts'
import { mountContent } from './library.content.ts'
import * as classes from './service/classes.ts'
import * as documents from './service/documents.ts'
import * as keeping from './service/keeping.ts'
import * as reading from './service/reading.ts'
import * as search from './service/search.ts'
import * as texts from './service/texts.ts'

export async function libraryRoutes(app: FastifyInstance): Promise<void> {
  const { platform } = app
  mountContent(app)
  mount(app, contract.listLibraryClasses, classes.list)
  mount(app, contract.addLibraryClass, classes.add)
  mount(app, contract.changeLibraryClass, classes.change)
  mount(app, contract.closeLibraryClass, classes.close)
  mount(app, contract.searchLibrary, search.searchDesk)
  mount(app, contract.listLibrary, reading.list)
  mountPrepared(
    app,
    contract.addLibraryDocument,
    (ctx, { body }) => documents.read(ctx, body.fileId, platform),
    documents.add,
  )
  mount(app, contract.readLibraryDocument, reading.read)
  mount(app, contract.changeLibraryDocument, documents.change)
  mountPrepared(
    app,
    contract.addLibraryVersion,
    (ctx, { body }) => documents.read(ctx, body.fileId, platform),
    documents.addVersion,
  )
  mount(app, contract.openLibraryText, texts.open)
  mount(app, contract.binLibraryDocument, keeping.bin)
  mount(app, contract.archiveLibraryDocument, keeping.archive)
  mount(app, contract.restoreLibraryDocument, keeping.restore)
  mount(app, contract.linkReplacement, keeping.link)
  mount(app, contract.unlinkReplacement, keeping.unlink)
  mount(app, contract.shareLibraryDocument, keeping.share)
  mount(app, contract.revokeLibraryShare, keeping.revoke)
  mount(app, contract.listLibraryReadings, reading.listReadings)
  mount(app, contract.readLibraryUsage, reading.readUsage)
  mount(app, contract.listMyLibraryClasses, classes.listOwn)
  mount(app, contract.searchMyLibrary, search.searchOwn)
  mount(app, contract.listMyLibrary, reading.listOwn)
  mount(app, contract.readMyLibraryDocument, reading.readOwn)
  mount(app, contract.openMyLibraryText, texts.openOwn)
  mount(app, contract.subscribeToClass, classes.subscribe)
}
