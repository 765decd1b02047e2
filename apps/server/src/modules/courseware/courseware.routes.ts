import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount, mountPrepared } from '../../platform/http.ts'
import { mountContent } from './courseware.content.ts'
import { exportResults } from './courseware.export.ts'
import { prepare } from './courseware.import.ts'
import { launchUnit } from './courseware.launching.ts'
import { commit, launch, preview, readOwn } from './courseware.playing.ts'
import type { CoursewarePorts } from './courseware.ports.ts'
import * as reading from './courseware.reading.ts'
import * as registrations from './courseware.registrations.ts'
import * as packages from './courseware.service.ts'

export const coursewareRoutes =
  (ports: CoursewarePorts) =>
  async (app: FastifyInstance): Promise<void> => {
    const { platform } = app
    mountContent(app)
    mount(app, contract.listPackages, reading.list)
    mount(app, contract.readPackage, reading.read(ports))
    mountPrepared(
      app,
      contract.importPackage,
      (ctx, { body }) => prepare(ctx, body.fileId, platform),
      packages.importOne,
    )
    mountPrepared(app, contract.renewPackage, (ctx, { body }) => prepare(ctx, body.fileId, platform), packages.renew)
    mount(app, contract.renamePackage, packages.rename)
    mount(app, contract.removePackage, packages.remove(ports))
    mount(app, contract.restorePackage, packages.restore)
    mount(app, contract.previewPackage, preview(platform))
    mount(app, contract.listPackageResults, reading.results)
    mount(app, contract.exportPackageResults, exportResults)
    mount(app, contract.readMyPackage, readOwn(ports))
    mount(app, contract.launchMyPackage, launch(platform, ports))
    mount(app, contract.commitMyPackage, commit(ports))
    mount(app, contract.launchMyUnit, launchUnit(platform, ports))
    mount(app, contract.readPackageAttempt, registrations.readRegistration)
    mount(app, contract.waivePackageUnit, registrations.waive(ports))
    mount(app, contract.abandonPackageSession, registrations.abandonOne(ports))
  }
