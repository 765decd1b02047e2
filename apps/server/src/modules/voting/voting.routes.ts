import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount } from '../../platform/http.ts'
import { readBoardFile } from './service/board.ts'
import { openBallots, recount } from './service/count.ts'
import { drawPapers, optionsToDraw } from './service/draw.ts'
import { exported } from './service/files.ts'
import { giveKeys, giveSignatures } from './service/freeze.ts'
import * as named from './service/named.ts'
import { listNames } from './service/names.ts'
import * as own from './service/own.ts'
import * as papers from './service/papers.ts'
import { advance, cancel } from './service/phases.ts'
import { changePoll, makePoll } from './service/prepare.ts'
import { printed } from './service/print.ts'
import * as read from './service/read.ts'
import { castRoutes } from './voting.cast.routes.ts'
import type { VotingPorts } from './voting.ports.ts'

export const votingRoutes =
  (ports: VotingPorts) =>
  async (app: FastifyInstance): Promise<void> => {
    const { platform } = app
    mount(app, contract.listVotes, read.list)
    mount(app, contract.exportVotes, exported)
    mount(app, contract.readVote, read.read(platform.castOrigin))
    mount(app, contract.makePoll, makePoll)
    mount(app, contract.changePoll, changePoll)
    mount(app, contract.listRoll, read.listRoll)
    mount(app, contract.giveKeys, giveKeys(platform.castOrigin))
    mount(app, contract.giveSignatures, giveSignatures)
    mount(app, contract.advanceVote, advance(ports))
    mount(app, contract.cancelVoteRoute, cancel)
    mount(app, contract.givePapers, papers.givePapers)
    mount(app, contract.enterOpinion, papers.enterOpinion)
    mount(app, contract.confirmOpinion, papers.confirmOpinion)
    mount(app, contract.enterHandCount, papers.enterHandCount(platform))
    mount(app, contract.openBallots, openBallots)
    mount(app, contract.recountVote, recount)
    mount(app, contract.readNamedVotes, named.readNamed)
    mount(app, contract.readBoardFile, readBoardFile(platform))
    mount(app, contract.printVote, printed)
    mount(app, contract.listMyVotes, own.listMine)
    mount(app, contract.readMyVote, own.readMine(platform))
    mount(app, contract.listDrawn, own.listDrawn)
    mount(app, contract.listVoteNames, listNames(platform))
    mount(app, contract.optionsToDraw, optionsToDraw(platform))
    mount(app, contract.drawPapers, drawPapers(ports, platform))
    mount(app, contract.voteByName, named.voteByName(ports))
    await castRoutes(app)
  }
