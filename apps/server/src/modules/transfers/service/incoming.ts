import {
  type draftIncoming as draftContract,
  type IncomingFacts,
  type Input,
  type Reply,
  transferRefusals as refusals,
} from '@tongxin/contract'
import { letterValid } from '@tongxin/domain'
import type { MemberFacts } from '@tongxin/domain/members/fields'
import { maskIdNumber, maskPhone } from '@tongxin/domain/members/masks'
import { normaliseFacts } from '@tongxin/domain/members/normalise'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import type { Vault } from '../../../platform/vault.ts'
import { readmitMember, register } from '../../members/index.ts'
import { findUnit } from '../../org/index.ts'
import { committeesOf } from '../queries/places.queries.ts'
import type * as q from '../queries/transfers.queries.ts'
import * as w from '../queries/writing.queries.ts'
import { BRANCH_KINDS } from '../transfers.policy.ts'
import { subjectOf } from '../transfers.rows.ts'
import { note } from '../transfers.steps.ts'

/** People who come from outside with a letter: recorded, agreed and approved like the rest, then registered. */

const place = (id: string) => ({ table: 'transfers_transfer', column: 'sealed', rowId: id })

/** What identifies somebody from outside, in the clear: for registering, never for an answer. */
export function openFacts(vault: Vault, one: Pick<q.Transfer, 'id' | 'sealed'>): MemberFacts {
  return one.sealed === null ? {} : (JSON.parse(vault.open(place(one.id), one.sealed)) as MemberFacts)
}

/** The same as it may be shown. */
export function maskedFacts(vault: Vault, one: Pick<q.Transfer, 'id' | 'sealed'>): Record<string, string> | null {
  if (one.sealed === null) return null
  const facts = Object.entries(openFacts(vault, one)).flatMap(([field, value]): [string, string][] =>
    value ? [[field, field === 'idNumber' ? maskIdNumber(value) : field === 'phone' ? maskPhone(value) : value]] : [],
  )
  return Object.fromEntries(facts)
}

export async function draftIncoming(
  ctx: Ctx<Tx>,
  { body }: Input<typeof draftContract>,
): Promise<Reply<typeof draftContract>> {
  const unit = await findUnit(ctx.db, ctx.actor, body.orgId)
  if (!unit || unit.dissolvedOn)
    throw refusals.no_such_org({}, [{ field: '/body/orgId', code: 'transfers.no_such_org' }])
  if (!BRANCH_KINDS.includes(unit.kind))
    throw refusals.not_a_branch({}, [{ field: '/body/orgId', code: 'transfers.not_a_branch' }])
  demandValidLetter(body.letter, todayOf(ctx.now))
  const facts = canonical(body.facts, todayOf(ctx.now))
  const committee = (await committeesOf(ctx.db, ctx.actor.tenantId, [unit.path])).get(unit.path)
  if (!committee) throw refusals.no_such_org({}, [{ field: '/body/orgId', code: 'transfers.no_such_org' }])
  const id = newId(ctx)
  const row: q.NewTransfer = {
    id,
    direction: 'in',
    kind: body.kind,
    memberId: null,
    personId: null,
    name: facts.name ?? '',
    memberNo: null,
    category: body.facts.category,
    orgId: unit.id,
    orgPath: unit.path,
    toOrgId: null,
    toPath: null,
    committeeId: committee.id,
    committeePath: committee.path,
    committeeName: committee.name,
    fromName: body.fromName.trim(),
    toName: unit.name,
    needsDepartment: false,
    reason: body.reason.trim(),
    contact: body.contact ?? {},
    duesPaidUntil: body.duesPaidUntil ?? null,
    batchId: null,
    letter: body.letter,
    sealed: ctx.vault.seal(place(id), JSON.stringify(facts), ctx.now),
  }
  await w.insertTransfers(ctx.db, ctx.actor.tenantId, [row], ctx.actor.personId, ctx.now)
  await note(ctx, { ...row, issuedOn: null }, 'draft', { on: body.letter.arrivedOn, note: row.reason })
  await publish(ctx, 'transfers.drafted', subjectOf(row), { direction: 'in', kind: body.kind, batchId: null })
  return { id, state: 'draft', version: 1 }
}

/** The letter must have been valid on the day on which the person reported (MEM-9). */
function demandValidLetter(letter: { issuedOn: string; validDays: number; arrivedOn: string }, today: string): void {
  const { issuedOn, validDays, arrivedOn } = letter
  if (arrivedOn > today)
    throw refusals.in_future({}, [{ field: '/body/letter/arrivedOn', code: 'transfers.in_future' }])
  if (arrivedOn < issuedOn)
    throw refusals.before_issue({ issuedOn }, [{ field: '/body/letter/arrivedOn', code: 'transfers.before_issue' }])
  const verdict = letterValid({ issuedOn, reportOn: arrivedOn, maxDays: validDays })
  if (!verdict.value)
    throw refusals.letter_expired({ rule: verdict.ruleId }, [
      { field: '/body/letter/arrivedOn', code: 'transfers.letter_expired' },
    ])
}

function canonical(written: IncomingFacts, today: string): MemberFacts {
  const { facts, faults } = normaliseFacts(written, today)
  if (faults.length > 0)
    throw refusals.facts_wrong(
      {},
      faults.map(({ field, reason }) => ({ field: `/body/facts/${field}`, code: `members.${reason}` })),
    )
  return facts
}

/** Registers who comes from outside, or takes the record up again that an earlier departure left here. */
export async function registerIncoming(
  ctx: Ctx<Tx>,
  one: q.Transfer,
  on: string,
): Promise<{ memberId: string; personId: string }> {
  const facts = openFacts(ctx.vault, one)
  const to = { id: one.orgId, path: one.orgPath }
  const because = { sourceId: one.id, reason: one.reason }
  const back = facts.idNumber ? await readmitMember(ctx, { idNumber: facts.idNumber, to, on, ...because }) : null
  return (
    back ??
    register(ctx, {
      orgId: to.id,
      orgPath: to.path,
      facts: { ...facts, status: 'normal', branchEnteredOn: on },
      source: 'transfer',
      ...because,
    })
  )
}
