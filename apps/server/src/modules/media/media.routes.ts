import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount, mountProving } from '../../platform/http.ts'
import * as captions from './media.captions.ts'
import { mountContent } from './media.content.ts'
import { exportList } from './media.export.ts'
import { play, playPublic } from './media.playback.ts'
import type { MediaPorts } from './media.ports.ts'
import * as proposals from './media.proposals.ts'
import * as reading from './media.reading.ts'
import * as media from './media.service.ts'

export const mediaRoutes =
  (ports: MediaPorts) =>
  async (app: FastifyInstance): Promise<void> => {
    mountContent(app, ports)
    mount(app, contract.listMedia, reading.list(ports))
    mount(app, contract.readMedia, reading.read(ports))
    mount(app, contract.addMedia, media.add)
    mount(app, contract.changeMedia, media.change(ports))
    mount(app, contract.replaceMedia, media.replace(ports))
    mount(app, contract.transcodeMedia, media.transcode)
    mount(app, contract.removeMedia, media.remove(ports))
    mount(app, contract.restoreMedia, media.restore)
    mount(app, contract.putCaptions, captions.put(ports))
    mount(app, contract.removeCaptions, captions.remove(ports))
    mount(app, contract.acceptMediaProposal, proposals.accept(ports))
    mount(app, contract.refuseMediaProposal, proposals.refuse)
    mount(app, contract.withdrawMediaProposal, proposals.withdraw)
    mount(app, contract.playMedia, play(app.platform, ports))
    mountProving(app, contract.playPublicMedia, playPublic(ports))
    mount(app, contract.exportMedia, exportList(ports))
  }
