import type { OwnNumbersOf, SlipFacts, SlipFactsOf } from '../access/index.ts'
import { openColumn } from './members.record.ts'
import { ownColumnsOf, slipColumnsOf } from './queries/slips.queries.ts'

/** Numbers and endings for activation slips: answers the port of the access module. Members of the scope only. */
export const slipFactsOf: SlipFactsOf = async (ctx, memberIds) => {
  const facts = new Map<string, SlipFacts>()
  for (const row of await slipColumnsOf(ctx.db, ctx.actor.tenantId, memberIds)) {
    const endings = [
      openColumn(ctx.vault, row.id, 'id_number', row.idNumber),
      openColumn(ctx.vault, row.id, 'phone', row.phone),
    ]
    const lastFours = endings.flatMap((whole) => (whole && whole.length >= 8 ? [whole.slice(-4)] : []))
    facts.set(row.id, { memberNumber: row.memberNumber, lastFours })
  }
  return facts
}

/** ID, member number and telephone of a person's records, for judging a new password: another port of access. */
export const ownNumbersOf: OwnNumbersOf = async ({ db, vault }, tenantId, personId) =>
  (await ownColumnsOf(db, tenantId, personId)).flatMap((row) =>
    [
      row.memberNumber,
      openColumn(vault, row.id, 'id_number', row.idNumber),
      openColumn(vault, row.id, 'phone', row.phone),
    ].flatMap((number) => number ?? []),
  )
