import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount } from '../../platform/http.ts'
import { mountDownloads } from './files.downloads.ts'
import type { FileReaders } from './files.policy.ts'
import * as files from './files.service.ts'
import { openFileStore } from './files.store.ts'
import { mountUploads } from './files.uploads.ts'

export const filesRoutes =
  (readers: FileReaders) =>
  async (app: FastifyInstance): Promise<void> => {
    const store = openFileStore(app.platform.dataDir)
    // Before the GET of the same path, whose automatic HEAD would otherwise take the place of the tus one.
    mountUploads(app, store)
    mount(app, contract.findFile, files.find(app.platform.opensUnscanned, readers))
    mountDownloads(app, store, readers)
  }
