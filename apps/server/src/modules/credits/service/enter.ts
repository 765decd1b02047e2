import type { CreditPart, CreditSource } from '@tongxin/contract'
import { type Credit, type CreditFact, creditOf, yearOf } from '@tongxin/domain'
import { newId, publishAll } from '../../../platform/events.ts'
import type { CreditPorts } from '../credits.ports.ts'
import * as accounts from '../queries/accounts.queries.ts'
import { type Entry, insertCounted } from '../queries/entries.queries.ts'
import * as persons from '../queries/people.queries.ts'
import { type CreditsCtx, keepAccounts, parametersIn } from './accounts.ts'

export type Earned = {
  readonly memberId: string
  readonly on: string
  readonly source: CreditSource
  readonly sourceId: string
  readonly statementId: string | null
  readonly title: string
  readonly part: CreditPart
  readonly fact: CreditFact
}

/**
 * Counts something learned, once per member, source and year: a repetition does nothing. Opens the account where there
 * is none. False when it was counted before, counts nothing by the rules, or the person has no record any more.
 */
export async function enter(ctx: CreditsCtx, ports: CreditPorts, earned: Earned): Promise<boolean> {
  const { db, tenantId } = ctx
  const [person] = await persons.peopleOf(db, tenantId, [earned.memberId])
  if (!person) return false
  const credit = creditOf(earned.fact, earned.on, await parametersIn(db, tenantId)(person.orgPath))
  if (!credit) return false
  const year = yearOf(earned.on)
  const { personId, orgPath } = person
  const line = { ...lineOf(earned, credit), personId, orgPath, year }
  if (await write(ctx, line)) return true
  // There is a line of this source already, or no account yet.
  if (await accounts.findAccount(db, tenantId, person.memberId, year)) return false
  await keepAccounts(ctx, ports, [person], year, parametersIn(db, tenantId))
  return write(ctx, line)
}

type Line = Omit<Entry, 'id' | 'isReversed' | 'at'>

const lineOf = (earned: Earned, credit: Credit): Omit<Line, 'personId' | 'orgPath' | 'year'> => ({
  memberId: earned.memberId,
  on: earned.on,
  source: earned.source,
  sourceId: earned.sourceId,
  generation: 0,
  statementId: earned.statementId,
  title: earned.title.slice(0, 200),
  part: earned.part,
  rule: credit.rule,
  ruleVersion: credit.version,
  fact: earned.fact,
  hundredths: credit.hundredths,
  reverses: null,
  reason: null,
})

/**
 * Writes a line, moves the sums and marks older transcripts as superseded; the unit is counted by whoever hears of it.
 * False where the source has been counted, or there is no account.
 */
export async function write(ctx: CreditsCtx, line: Line): Promise<boolean> {
  const { db, tenantId, now } = ctx
  const id = newId(ctx)
  const { hundredths, memberId, year, personId } = line
  const orgPath = await insertCounted(db, tenantId, { ...line, id, madeBy: ctx.actorId }, now)
  if (orgPath === null) return false
  const subject = { kind: 'credits_entry', id, orgPath, personId }
  const at = { tenantId, now, actorId: ctx.actorId }
  if (line.reverses)
    await publishAll(db, at, 'credits.reversed', [
      { subject, payload: { memberId, year, entryId: line.reverses, hundredths } },
    ])
  else {
    const { source, sourceId, rule } = line
    await publishAll(db, at, 'credits.entered', [
      { subject, payload: { memberId, year, source, sourceId, rule, hundredths } },
    ])
  }
  return true
}

/** The line that takes another back, below zero and with the reason. */
export const reversalOf = (entry: Entry, reason: string): Line => {
  const { id, isReversed: _, at: __, ...line } = entry
  return { ...line, hundredths: -entry.hundredths, reverses: id, reason }
}
