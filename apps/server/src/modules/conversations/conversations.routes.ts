import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount } from '../../platform/http.ts'
import type { ConversationPorts } from './conversations.ports.ts'
import * as keeping from './service/keeping.ts'
import * as listing from './service/listing.ts'
import * as messages from './service/messages.ts'
import * as people from './service/people.ts'
import * as reports from './service/reports.ts'
import { say } from './service/say.ts'
import * as summary from './service/summary.ts'
import * as teams from './service/teams.ts'

export const conversationsRoutes = (ports: ConversationPorts) => async (app: FastifyInstance) => {
  mount(app, contract.listMyConversations, listing.list(ports))
  mount(app, contract.findPartners, people.find(ports))
  mount(app, contract.openPair, teams.pair(ports))
  mount(app, contract.makeTeam, teams.make(ports))
  mount(app, contract.readMyConversation, listing.read(ports))
  mount(app, contract.inviteToTeam, teams.invite(ports))
  mount(app, contract.renameTeam, teams.rename(ports))
  mount(app, contract.leaveTeam, teams.leave(ports))
  mount(app, contract.removeFromTeam, teams.remove(ports))
  mount(app, contract.readPeople, people.read(ports))
  mount(app, contract.listMessages, messages.list(ports))
  mount(app, contract.sayMessage, say(ports))
  mount(app, contract.recallMessage, messages.recall(ports))
  mount(app, contract.listReaders, messages.readers(ports))
  mount(app, contract.noteConversationRead, messages.noteRead(ports))
  mount(app, contract.muteConversation, messages.mute(ports))
  mount(app, contract.searchMessages, messages.search(ports))
  mount(app, contract.silencePerson, keeping.silence(ports))
  mount(app, contract.endSilence, keeping.speak(ports))
  mount(app, contract.reportMessages, reports.report(ports))
  mount(app, contract.listMyReports, reports.listOwn)
  mount(app, contract.summarizeConversation, summary.file(ports))
  mount(app, contract.listConversationGroups, keeping.list)
  mount(app, contract.readConversationGroup, keeping.read)
  mount(app, contract.admitGuest, keeping.admit)
  mount(app, contract.endGuest, keeping.dismiss)
  mount(app, contract.listReports, reports.list)
  mount(app, contract.openReport, reports.open)
  mount(app, contract.decideReport, reports.decide)
}
