/**
 * Every event of the product, `module.fact` in the past tense, with its payload. Payloads carry ids and names of
 * fields, never sensitive values. Find-references on one name shows its publisher and all reactions. Modules add
 * their own by declaration in `<module>.events.ts` of this package.
 */
import type { ImportsEvents } from './imports.events.ts'
import type { MembersEvents } from './members.events.ts'
import type { AccessEvents } from './access.events.ts'
import type { OrgEvents } from './org.events.ts'

export type Events = AccessEvents & ImportsEvents & MembersEvents & OrgEvents
export type EventType = keyof Events & string
