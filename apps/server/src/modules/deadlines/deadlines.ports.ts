import type { Permission } from '@tongxin/contract'
import type { Db } from '../../platform/ctx.ts'

/** What falls to the holders of a permission at a unit. */
export type Duty = { readonly orgPath: string; readonly permission: Permission }
export type Holder = { readonly personId: string }

/** What this module asks of the accounts; wired in modules.ts, because everything else may ask this module. */
export type DeadlinePorts = {
  /** For each duty (`dutyKey`) the people who hold it: of the grants that reach the unit, the nearest. */
  readonly holdersOfDuties: (
    db: Db,
    tenantId: string,
    duties: readonly Duty[],
    now: Date,
  ) => Promise<ReadonlyMap<string, readonly Holder[]>>
}

export const dutyKey = ({ orgPath, permission }: Duty): string => `${orgPath} ${permission}`
