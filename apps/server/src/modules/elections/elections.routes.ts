import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount } from '../../platform/http.ts'
import type { Votes } from './elections.ports.ts'
import * as candidates from './service/candidates.ts'
import * as congress from './service/congress.ts'
import * as files from './service/files.ts'
import * as finish from './service/finish.ts'
import * as hall from './service/hall.ts'
import * as handover from './service/handover.ts'
import * as leadingGroup from './service/leading-group.ts'
import * as own from './service/own.ts'
import * as prepare from './service/prepare.ts'
import { form } from './service/print.ts'
import * as reading from './service/read.ts'
import * as rounds from './service/rounds.ts'

export const electionsRoutes =
  (votes: Votes) =>
  async (app: FastifyInstance): Promise<void> => {
    mount(app, contract.listElections, reading.list)
    mount(app, contract.exportElections, files.elections)
    mount(app, contract.readElection, reading.read)
    mount(app, contract.readElectionRoll, reading.roll)
    mount(app, contract.printElectionForm, form)
    mount(app, contract.createElection, prepare.create)
    mount(app, contract.changeElection, prepare.change)
    mount(app, contract.requestElection, prepare.request)
    mount(app, contract.approveElection, prepare.approve)
    mount(app, contract.returnElection, prepare.sendBack)
    mount(app, contract.cancelElection, prepare.cancel(votes))
    mount(app, contract.appointGroup, leadingGroup.appoint)
    mount(app, contract.reportCandidates, candidates.report)
    mount(app, contract.approveCandidates, candidates.agree)
    mount(app, contract.postCandidates, candidates.post)
    mount(app, contract.closeCandidates, candidates.close)
    mount(app, contract.readCongress, congress.read)
    mount(app, contract.allotDelegateSeats, congress.allot)
    mount(app, contract.examineCredentials, congress.examine)
    mount(app, contract.exportDelegates, files.delegates)
    mount(app, contract.adoptMethod, hall.method)
    mount(app, contract.appointTellers, hall.tellers)
    mount(app, contract.drawRoll, hall.draw)
    mount(app, contract.leaveOut, hall.leaveOutSome)
    mount(app, contract.enterPresence, hall.presence)
    mount(app, contract.openRound, rounds.open(votes))
    mount(app, contract.countRound, rounds.count)
    mount(app, contract.collectRound, rounds.collect(votes))
    mount(app, contract.reduceSeats, rounds.reduce)
    mount(app, contract.reportElection, finish.report)
    mount(app, contract.approveResult, finish.approve)
    mount(app, contract.listHandovers, handover.list)
    mount(app, contract.enterHandover, handover.enter)
    mount(app, contract.withdrawHandover, handover.withdraw)
    mount(app, contract.confirmHandover, handover.confirm)
    mount(app, contract.printHandover, handover.print)
    mount(app, contract.listMyElections, own.list)
    mount(app, contract.readMyElection, own.read)
    mount(app, contract.findElectable, own.electable)
    mount(app, contract.nominate, own.propose)
    mount(app, contract.withdrawNomination, own.withdraw)
  }
