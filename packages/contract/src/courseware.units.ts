import { type Static, Type } from 'typebox'
import { AttemptCard, PackageAt, PackageItem, UNIT_MODES, UnitLaunch, UnitStanding } from './courseware.words.ts'
import type { Endpoint } from './endpoint.ts'
import { Id, InstantAt, nullable, oneOf, strict } from './page.ts'

const Item = Type.String({ minLength: 1, maxLength: 300 })
const Reason = Type.String({ minLength: 2, maxLength: 500, pattern: '\\S' })

export const launchMyUnit = {
  method: 'POST',
  path: '/my/packages/:id/units/launch',
  permission: 'signed-in',
  summary: 'Open one unit of a cmi5 package; `again` begins a new registration after the last one is finished',
  params: PackageAt,
  body: strict({ item: Item, mode: Type.Optional(oneOf(UNIT_MODES)), again: Type.Optional(Type.Boolean()) }),
  reply: UnitLaunch,
  unkept: true,
} as const satisfies Endpoint

/** One opening of one unit. */
const UnitSession = Type.Object({
  id: Id,
  item: Type.String(),
  mode: oneOf(UNIT_MODES),
  launchedAt: InstantAt,
  lastAt: InstantAt,
  endedAt: nullable(InstantAt),
  /** `terminated` by the unit itself, `abandoned` by the platform. */
  state: oneOf(['open', 'terminated', 'abandoned'] as const),
})
export type UnitSession = Static<typeof UnitSession>

export const UnitAttempt = Type.Object({
  ...AttemptCard.properties,
  packageId: Id,
  memberId: Id,
  memberName: Type.String(),
  orgName: Type.String(),
  versionNumber: Type.Integer(),
  contents: Type.Array(PackageItem),
  units: Type.Array(UnitStanding),
  /** Newest first. */
  sessions: Type.Array(UnitSession),
  /** Whether the caller may exempt and end sessions. */
  canChange: Type.Boolean(),
})
export type UnitAttempt = Static<typeof UnitAttempt>

export const readPackageAttempt = {
  method: 'GET',
  path: '/package-attempts/:id',
  permission: 'learning.read',
  summary: 'One registration of a cmi5 package: its units and the sessions in which they were opened',
  params: PackageAt,
  reply: UnitAttempt,
} as const satisfies Endpoint

export const waivePackageUnit = {
  method: 'POST',
  path: '/package-attempts/:id/waive',
  permission: 'learning.write',
  summary: 'Exempt somebody from a unit of cmi5, stated as `waived` with its reason',
  params: PackageAt,
  body: strict({ item: Item, reason: Reason }),
  reply: UnitAttempt,
} as const satisfies Endpoint

export const abandonPackageSession = {
  method: 'POST',
  path: '/package-sessions/:id/abandon',
  permission: 'learning.write',
  summary: 'End a session that was left without its end, stated as `abandoned`',
  params: PackageAt,
  body: strict({}),
  reply: UnitAttempt,
} as const satisfies Endpoint
