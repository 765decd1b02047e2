import type { Module } from '../../platform/module.ts'
import { votingWaiting } from './service/read.ts'
import { votingJobs } from './voting.jobs.ts'
import type { VotingPorts } from './voting.ports.ts'
import { votingRoutes } from './voting.routes.ts'

export { cancelVote } from './service/phases.ts'
export { prepareVote } from './service/prepare.ts'
export { electorateOf, isVoteCancelled, voteCard, voteResultOf } from './voting.doors.ts'
export const votingModule = (ports: VotingPorts): Module => ({
  name: 'voting',
  routes: votingRoutes(ports),
  jobs: votingJobs(ports),
  waitingFor: votingWaiting,
})
