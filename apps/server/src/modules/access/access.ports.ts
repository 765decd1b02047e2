import type { Ctx } from '../../platform/ctx.ts'

/**
 * What activation must know of a member's record. `memberNumber` is printed on the slip, `lastFours` are the endings
 * of the ID number and the telephones, one of which the person has to know.
 */
export type SlipFacts = { readonly memberNumber: string; readonly lastFours: readonly string[] }

/** Asked of the members module, which is above this one and hence given in by `app.ts`. Unknown members are absent. */
export type SlipFactsOf = (
  ctx: Pick<Ctx, 'db' | 'vault' | 'actor'>,
  memberIds: readonly string[],
) => Promise<ReadonlyMap<string, SlipFacts>>

export type AccessPorts = { readonly slipFactsOf: SlipFactsOf }
