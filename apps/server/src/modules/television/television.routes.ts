import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { grouped } from '../../platform/grouped.ts'
import { mount, mountProving } from '../../platform/http.ts'
import { demandPatience } from './service/admitted.ts'
import * as airings from './service/airings.ts'
import * as channels from './service/channels.ts'
import * as coverage from './service/coverage.ts'
import * as meetings from './service/meetings.ts'
import { type Ask, reportGroup } from './service/reports.ts'
import * as rooms from './service/rooms.ts'
import * as schedule from './service/schedule.ts'
import * as sets from './service/sets.ts'
import * as tv from './service/tv.ts'
import type { TelevisionPorts } from './television.ports.ts'

/** Ten thousand sets report every half minute: some hundreds in a second, most of them only that they live. */
const GROUP = { most: 200, atOnce: 2, worth: 32 }

export const televisionRoutes = (ports: TelevisionPorts) => async (app: FastifyInstance) => {
  mount(app, contract.listChannels, channels.list)
  mount(app, contract.openChannel, channels.open)
  mount(app, contract.readChannel, channels.read)
  mount(app, contract.changeChannel, channels.change)
  mount(app, contract.endChannel, channels.end)
  mount(app, contract.reopenChannel, channels.reopen)
  mount(app, contract.addProgramme, channels.add(ports))
  mount(app, contract.orderProgrammes, channels.order)
  mount(app, contract.changeProgramme, channels.changeOne)
  mount(app, contract.removeProgramme, channels.removeOne)
  mount(app, contract.restoreProgramme, channels.restoreOne)
  mount(app, contract.listSlots, schedule.list)
  mount(app, contract.scheduleProgramme, schedule.plan)
  mount(app, contract.unschedule, schedule.remove)
  mount(app, contract.reschedule, schedule.restore)
  mount(app, contract.listSets, sets.list)
  mount(app, contract.pairSet, sets.pair)
  mount(app, contract.changeSet, sets.change)
  mount(app, contract.endSet, sets.end)
  mount(app, contract.listMeetingSets, meetings.list(ports))
  mount(app, contract.showMeeting, meetings.show(ports))
  mount(app, contract.takeMeetingOff, meetings.takeOff)
  mount(app, contract.listAirings, airings.list)
  mount(app, contract.exportAirings, coverage.logFile)
  mount(app, contract.readAiring, airings.read)
  mount(app, contract.addAiringPeople, airings.add(ports))
  mount(app, contract.strikePresence, airings.strike)
  mount(app, contract.readCoverage, coverage.read)
  mount(app, contract.exportCoverage, coverage.file)
  mount(app, contract.listRooms, rooms.list)
  mount(app, contract.enterRoom, rooms.enter)
  mountProving(app, contract.beginPairing, tv.beginPair)
  mountProving(app, contract.askPairing, tv.askPair)
  mountProving(app, contract.readGuide, tv.guide(ports))
  mountProving(app, contract.playProgramme, tv.play(ports))
  const report = grouped<Ask, contract.TvReport>(reportGroup(app.platform, ports), GROUP)
  mountProving(app, contract.reportAirings, ({ address, now }, { body }) => {
    demandPatience(app.platform, address)
    return report({ body, address, now })
  })
}
