import type { Ctx, Db } from '../../platform/ctx.ts'
import type { Vault } from '../../platform/vault.ts'

/**
 * What activation must know of a member's record. `memberNumber` is printed on the slip, `lastFours` are the endings
 * of the ID number and the telephones, one of which the person has to know.
 */
export type SlipFacts = { readonly memberNumber: string; readonly lastFours: readonly string[] }

/** Asked of the members module, which is above this one and hence given in by `modules.ts`. Unknown members are absent. */
export type SlipFactsOf = (
  ctx: Pick<Ctx, 'db' | 'vault' | 'actor'>,
  memberIds: readonly string[],
) => Promise<ReadonlyMap<string, SlipFacts>>

/** Numbers others know of a person (ID, member number, telephone), as they stand in the record of one tenant. */
export type OwnNumbersOf = (
  given: { readonly db: Db; readonly vault: Vault },
  tenantId: string,
  personId: string,
) => Promise<readonly string[]>

/** How many hours codes on paper live where nobody says otherwise: a setting of the organisation. */
export type ActivationHoursOf = (db: Db, tenantId: string, orgPath: string, on: string) => Promise<number>

export type AccessPorts = {
  readonly slipFactsOf: SlipFactsOf
  readonly ownNumbersOf: OwnNumbersOf
  readonly activationHoursOf: ActivationHoursOf
}
