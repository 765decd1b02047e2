import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount, mountProving } from '../../platform/http.ts'
import * as accounts from './access.accounts.service.ts'
import * as activation from './access.activation.service.ts'
import * as factor from './access.factor.service.ts'
import * as firstRun from './access.first-run.service.ts'
import * as grants from './access.grants.service.ts'
import type { AccessPorts } from './access.ports.ts'
import * as recovery from './access.recovery.service.ts'
import * as session from './access.session.service.ts'
import * as passkey from './access.webauthn.service.ts'
import * as whoHasWhat from './access.who-has-what.service.ts'

export const accessRoutes =
  (ports: AccessPorts) =>
  async (app: FastifyInstance): Promise<void> => {
    ownRoutes(app, ports)
    mountProving(app, contract.activate, (ctx, input, platform) => activation.activate(ctx, input, platform, ports))
    mount(app, contract.issueActivations, (ctx, input) => activation.issueActivations(ctx, input, ports))
    mount(app, contract.listActivations, accounts.listActivations)
    mount(app, contract.printSlips, (ctx, input) => activation.printSlips(ctx, input, ports, app.platform))
    mount(app, contract.showActivation, (ctx, input) => activation.showActivation(ctx, input, ports))
    mount(app, contract.readActivation, (ctx, input) => activation.readActivation(ctx, input, app.platform))
    mount(app, contract.listNotActivated, accounts.listNotActivated)
    mount(app, contract.listAccounts, accounts.listAccounts)
    recoveryRoutes(app, ports)
    grantRoutes(app)
    mountProving(app, contract.readSetUp, firstRun.readSetUp)
    mountProving(app, contract.claimSetUp, firstRun.claimSetUp)
    mountProving(app, contract.nameOrganisation, firstRun.nameOrganisation)
    mount(app, contract.appointFirst, firstRun.appointFirst)
  }

function recoveryRoutes(app: FastifyInstance, ports: AccessPorts): void {
  mount(app, contract.listRecoveries, recovery.listRecoveries)
  mount(app, contract.startRecovery, recovery.startRecovery)
  mount(app, contract.confirmRecovery, recovery.confirmRecovery)
  mount(app, contract.cancelRecovery, recovery.cancelRecovery)
  mount(app, contract.readRecoveryCode, (ctx, input) => recovery.readRecoveryCode(ctx, input, app.platform))
  mountProving(app, contract.resetPassword, (ctx, input) => recovery.resetPassword(ctx, input, ports))
}

function grantRoutes(app: FastifyInstance): void {
  mount(app, contract.listGrants, whoHasWhat.listGrants)
  mount(app, contract.exportGrants, whoHasWhat.exportGrants)
  mount(app, contract.endGrant, grants.endGrant)
  mount(app, contract.listGrantRequests, grants.listGrantRequests)
  mount(app, contract.proposeGrant, grants.proposeGrant)
  mount(app, contract.confirmGrant, grants.confirmGrant)
  mount(app, contract.returnGrant, grants.returnGrant)
  mount(app, contract.findPeople, grants.findPeople)
  mount(app, contract.openOfficerAccount, grants.openOfficerAccount)
  mount(app, contract.switchAccount, grants.switchAccount)
}

/** What everybody does with the own account; hashing and sessions without a post keep it out of `mount`. */
function ownRoutes(app: FastifyInstance, ports: AccessPorts): void {
  mountProving(app, contract.readSession, session.readSession)
  mountProving(app, contract.signIn, session.signIn)
  mountProving(app, contract.endSession, session.endSession)
  mountProving(app, contract.takePost, session.takePost)
  mountProving(app, contract.listSessions, session.listSessions)
  mountProving(app, contract.endOneSession, session.endOneSession)
  mountProving(app, contract.endOtherSessions, session.endOtherSessions)
  mountProving(app, contract.stepUp, factor.stepUp)
  mountProving(app, contract.showPassword, factor.showPassword)
  mountProving(app, contract.stepUpOptions, passkey.stepUpOptions)
  mountProving(app, contract.stepUpByPasskey, passkey.stepUpByPasskey)
  mountProving(app, contract.readSecurity, factor.readSecurity)
  mountProving(app, contract.changePassword, (ctx, input, platform) =>
    factor.changePassword(ctx, input, platform, ports),
  )
  mountProving(app, contract.beginTotp, factor.beginTotp)
  mountProving(app, contract.confirmTotp, factor.confirmTotp)
  mountProving(app, contract.removeTotp, factor.removeTotp)
  mountProving(app, contract.passkeyOptions, passkey.passkeyOptions)
  mountProving(app, contract.addPasskey, passkey.addPasskey)
  mountProving(app, contract.removePasskey, passkey.removePasskey)
}
