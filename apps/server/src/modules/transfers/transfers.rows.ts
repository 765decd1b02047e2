import type { TransferRow } from '@tongxin/contract'
import { addDays, daysBetween } from '@tongxin/domain'
import { lampOn } from '@tongxin/domain/general/deadlines'
import type { Actor } from '../../platform/ctx.ts'
import { reaches } from '../../platform/scope.ts'
import type { Transfer } from './queries/transfers.queries.ts'
import { YELLOW_DAYS } from './transfers.policy.ts'

/** Rows of the database as the contract shows them: days left, lamp, and the side of whoever looks. */

export const sideOf = (
  actor: Pick<Actor, 'scope' | 'reach'>,
  one: Pick<Transfer, 'orgPath'>,
): 'sending' | 'receiving' => (reaches(actor, one.orgPath) ? 'sending' : 'receiving')

type Running = Pick<Transfer, 'state' | 'validUntil' | 'settledOn' | 'renewedById'>

/** The clock of a letter while somebody waits for it; an expired one stays red until people have settled it. */
export function clockOf(
  one: Running,
  today: string,
): { daysLeft: number | null; lamp: 'green' | 'yellow' | 'red' | null } {
  const { validUntil } = one
  const isLoose = one.state === 'expired' && one.settledOn === null && one.renewedById === null
  if (validUntil === null || !(one.state === 'awaiting' || isLoose)) return { daysLeft: null, lamp: null }
  const lamp = isLoose ? 'red' : lampOn({ yellowOn: addDays(validUntil, -YELLOW_DAYS), dueOn: validUntil }, today)
  return { daysLeft: daysBetween(today, validUntil), lamp }
}

export function rowOf(one: Transfer, actor: Pick<Actor, 'scope' | 'reach'>, today: string): TransferRow {
  return {
    id: one.id,
    number: one.number,
    direction: one.direction,
    kind: one.kind,
    state: one.state,
    side: sideOf(actor, one),
    memberId: one.memberId,
    name: one.name,
    category: one.category as TransferRow['category'],
    fromName: one.fromName,
    toName: one.toName,
    committeeName: one.committeeName,
    issuedOn: one.issuedOn,
    validUntil: one.validUntil,
    ...clockOf(one, today),
    reportedOn: one.reportedOn,
    receivedOn: one.receivedOn,
    settledOn: one.settledOn,
    createdAt: one.createdAt.toISOString(),
    version: one.version,
  }
}

export const subjectOf = (one: Pick<Transfer, 'id' | 'orgPath' | 'personId'>, orgPath = one.orgPath) => ({
  kind: 'transfer',
  id: one.id,
  orgPath,
  personId: one.personId,
})
