import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount } from '../../platform/http.ts'
import * as browse from './service/browse.ts'
import * as credentials from './service/credentials.ts'
import { exported } from './service/export.ts'

export async function xapiRoutes(app: FastifyInstance): Promise<void> {
  const { publicOrigin } = app.platform
  mount(app, contract.listXapiCredentials, credentials.list)
  mount(app, contract.issueXapiCredential, credentials.issue(publicOrigin))
  mount(app, contract.endXapiCredential, credentials.end)
  mount(app, contract.listXapiStatements, browse.list(publicOrigin))
  mount(app, contract.readXapiStatement, browse.read(publicOrigin))
  mount(app, contract.exportXapiStatements, exported(app.platform))
}
