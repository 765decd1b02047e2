import type { Module } from '../../platform/module.ts'
import { birthdayJobs } from './members.birthdays.ts'
import { membersConsumer } from './members.events.ts'
import { idCardJobs } from './members.id-cards.ts'
import { membersJobs } from './members.jobs.ts'
import { keptConsumer } from './members.kept.events.ts'
import type { MemberPorts } from './members.ports.ts'
import { qualityConsumer } from './members.quality.events.ts'
import { qualityJobs } from './members.quality.jobs.ts'
import { membersRoutes } from './members.routes.ts'
import { structureJobs } from './members.structure.jobs.ts'
import { membersWaiting } from './waiting.doors.ts'

export { enterAppraisals } from './members.appraisal.doors.ts'
export * from './members.audience.doors.ts'
export * from './members.bulk.doors.ts'
export { changeMember, placeMember } from './members.doors.ts'
export { homesOf, nameOfRecords } from './members.home.doors.ts'
export { inventedRows } from './members.invented.ts'
export { emptyBin, rebuildCounts } from './members.jobs.ts'
export * from './members.missed.doors.ts'
export { lookAgain } from './members.quality.jobs.ts'
export { ownNumbersOf, slipFactsOf } from './members.slips.ts'
export { ownStanding, type PersonStanding, standingsOf } from './members.standing.doors.ts'
export * from './members.transfer.doors.ts'
export { register } from './service/change-records.ts'
export const membersModule = (ports: MemberPorts): Module => ({
  name: 'members',
  routes: membersRoutes(ports),
  consumer: [membersConsumer, qualityConsumer, keptConsumer],
  jobs: [...membersJobs, ...qualityJobs, ...birthdayJobs, ...idCardJobs, ...structureJobs],
  waitingFor: membersWaiting,
})
