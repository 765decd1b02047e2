import type { Job, Module } from '../../platform/module.ts'
import { orgRoutes } from './org.routes.ts'
import { foldCounts } from './org.total.doors.ts'

export { inReach, inScope } from '../../platform/scope.ts'
export { COMMITTEE_POSTS, committeeOf, postTimesOf } from './org.committee.doors.ts'
export * from './org.doors.ts'
export * from './org.election.doors.ts'
export { foundingDays } from './org.founded.doors.ts'
export { type LivingUnit, livingUnits, type UnitOfTree, unitOfTree, unitsAfter } from './org.living.doors.ts'
export { nameKeysOf as nameKeysOfUnit } from './org.names.ts'
export { pathsOfUnits } from './org.paths.doors.ts'
export { mayStandBelow } from './org.policy.ts'
export * from './org.posts.doors.ts'
export { findUnit, type OrgUnit, peopleBelowText, unitNameOf } from './org.queries.ts'
export * from './org.total.doors.ts'
export { pathsAbove, peopleAt, peopleBelow, rebuildTotals } from './org.total.queries.ts'
export { unfoundUnits } from './org.unfound.service.ts'

const jobs: readonly Job[] = [
  { name: 'org_fold_counts', cron: '* * * * *', run: async ({ platform }) => void (await foldCounts(platform)) },
]
export const orgModule: Module = { name: 'org', routes: orgRoutes, jobs }
