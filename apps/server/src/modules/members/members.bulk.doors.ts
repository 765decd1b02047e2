import { setImmediate } from 'node:timers/promises'
import { readPhone } from '@tongxin/domain/identity/phone'
import type { MemberFacts } from '@tongxin/domain/members/fields'
import { todayOf } from '../../platform/clock.ts'
import type { Actor, Db, Tx } from '../../platform/ctx.ts'
import { newId } from '../../platform/events.ts'
import type { Vault } from '../../platform/vault.ts'
import {
  activatedAmong,
  closeAccounts,
  grantMemberships,
  nameIndexOf,
  openAccounts,
  personNamesOf,
  postedAmong,
} from '../access/index.ts'
import { endDeadlines } from '../deadlines/index.ts'
import { idCardKey } from './members.id-cards.ts'
import { numberOf } from './members.number.ts'
import { columnsOf, type FactColumns, factsOf, idIndexOf, versionFacts, versionValues } from './members.record.ts'
import * as bulk from './queries/bulk.queries.ts'
import { takeNumbers } from './queries/records.queries.ts'

/** Doors for registering many people at once. Rights, scope and events are the caller's business. */

/** Who of these ID numbers is registered: the record's id when it lies in the caller's scope, else empty. */
export async function findRegistered(
  db: Db,
  vault: Vault,
  actor: Actor,
  idNumbers: readonly string[],
): Promise<Map<string, string>> {
  const byIndex = new Map(idNumbers.map((idNumber) => [idIndexOf(vault, idNumber).toString('hex'), idNumber]))
  const rows = await bulk.identitiesOf(
    db,
    [...byIndex.keys()].map((hex) => Buffer.from(hex, 'hex')),
  )
  const here = rows.filter((row) => row.tenantId === actor.tenantId).map((row) => row.memberId)
  const inScope = await bulk.livingInScope(db, actor, here)
  return new Map(
    rows.map((row) => [
      byIndex.get(row.idIndex.toString('hex')) as string,
      inScope.has(row.memberId) ? row.memberId : '',
    ]),
  )
}

/** Reserves numbers in a transaction of its own, so that a long import holds up nobody. Returns the first. */
export async function reserveNumbers(tx: Tx, now: Date, count: number): Promise<number> {
  return takeNumbers(tx, Number(todayOf(now).slice(0, 4)), count)
}

export type Newcomer = {
  readonly facts: MemberFacts
  readonly orgId: string
  readonly orgPath: string
  readonly running: number
  readonly row: number
}
export type BulkOrder = {
  readonly tenantId: string
  readonly batchId: string
  readonly by: string
  readonly now: Date
  readonly vault: Vault
}

type Prepared = Newcomer & {
  readonly memberId: string
  readonly personId: string
  readonly memberNo: string
  readonly columns: FactColumns
  readonly idIndex: Buffer | null
  readonly names: readonly { readonly kind: 'member_no' | 'phone'; readonly index: Buffer }[]
  readonly version: bulk.BulkVersion
}

const AT_ONCE = 50

/** Seals and indexes what will be registered; gives way to other work after every few people. */
export async function prepareMany(
  order: Pick<BulkOrder, 'now' | 'vault'>,
  newcomers: readonly Newcomer[],
): Promise<Prepared[]> {
  const { vault, now } = order
  const year = Number(todayOf(now).slice(0, 4))
  const prepared: Prepared[] = []
  for (const newcomer of newcomers) {
    const { facts } = newcomer
    const [memberId, personId, versionId] = [newId(order), newId(order), newId(order)]
    const memberNo = numberOf(year, newcomer.running)
    const signIn = [
      { kind: 'member_no' as const, value: memberNo },
      ...(facts.phone && readPhone(facts.phone).isMobile ? [{ kind: 'phone' as const, value: facts.phone }] : []),
    ]
    prepared.push({
      ...newcomer,
      memberId,
      personId,
      memberNo,
      columns: columnsOf(vault, memberId, facts, now),
      idIndex: facts.idNumber ? idIndexOf(vault, facts.idNumber) : null,
      names: signIn.map(({ kind, value }) => ({ kind, index: nameIndexOf(vault, value) })),
      version: {
        id: versionId,
        memberId,
        personId,
        orgPath: newcomer.orgPath,
        version: 1,
        ...versionValues(vault, versionId, {}, facts, now),
      },
    })
    if (prepared.length % AT_ONCE === 0) await setImmediate()
  }
  return prepared
}

/**
 * Registers prepared people: identities, accounts (pending), records, versions, memberships, by one statement for each
 * table. Returns the rows whose ID number was registered by somebody else in the meantime; the caller then gives up the
 * whole.
 */
export async function registerMany(
  tx: Tx,
  order: BulkOrder,
  people: readonly Prepared[],
): Promise<{ taken: number[] }> {
  if (people.length === 0) return { taken: [] }
  const { tenantId, now } = order
  const identified = people.flatMap(({ idIndex, personId, memberId, row }) =>
    idIndex === null ? [] : [{ idIndex, personId, memberId, row }],
  )
  const claimed = await bulk.claimIdentities(tx, tenantId, identified)
  if (claimed.size < identified.length) {
    return { taken: identified.filter(({ memberId }) => !claimed.has(memberId)).map(({ row }) => row) }
  }
  const batch = { tenantId, batchId: order.batchId, at: now }
  await openAccounts(
    tx,
    people.map(({ personId, names, facts }) => ({ personId, names, name: facts.name ?? '' })),
    now,
  )
  await bulk.insertMembers(tx, batch, people)
  await bulk.insertVersions(
    tx,
    { ...batch, by: order.by },
    people.map(({ version }) => version),
  )
  await grantMemberships(tx, tenantId, people, now)
  return { taken: [] }
}

export type ExistingMember = { readonly memberId: string; readonly facts: MemberFacts }

/** Writes what a roster says about people registered already: only fields that the roster fills and that differ. */
export async function updateMany(
  tx: Tx,
  order: BulkOrder,
  existing: readonly ExistingMember[],
): Promise<{ updated: number; deltas: { unitId: string; orgPath: string; category: string; delta: number }[] }> {
  const { tenantId, vault, now } = order
  const records = new Map(
    (
      await bulk.lockMembers(
        tx,
        tenantId,
        existing.map((row) => row.memberId),
      )
    ).map((record) => [record.id, record]),
  )
  const deltas: { unitId: string; orgPath: string; category: string; delta: number }[] = []
  let updated = 0
  for (const { memberId, facts } of existing) {
    const record = records.get(memberId)
    if (!record || record.deleted_at !== null) continue
    const before = factsOf(vault, record)
    const after = {
      ...before,
      ...Object.fromEntries(Object.entries(facts).filter(([, value]) => value)),
      name: before.name ?? '',
    }
    const id = newId(order)
    const values = versionValues(vault, id, before, after, now)
    if (values.fields.length === 0) continue
    await bulk.setMember(tx, tenantId, memberId, columnsOf(vault, memberId, after, now), record.version + 1, now)
    await bulk.insertVersions(tx, { tenantId, batchId: order.batchId, by: order.by, at: now }, [
      { id, memberId, personId: record.person_id, orgPath: record.org_path, version: record.version + 1, ...values },
    ])
    if (after.category && after.category !== record.category) {
      const of = { unitId: record.org_id, orgPath: record.org_path }
      deltas.push({ ...of, category: record.category, delta: -1 }, { ...of, category: after.category, delta: 1 })
    }
    updated += 1
  }
  return { updated, deltas }
}

/** People of a batch who changed since it was applied: their names, at most `most`. Activating an account or being
 * given a post is a change. */
export async function changedSinceBatch(tx: Tx, tenantId: string, batchId: string, most: number): Promise<string[]> {
  const names = await bulk.changedNames(tx, tenantId, batchId, most)
  if (names.length > 0) return names
  const people = await bulk.peopleOfBatch(tx, tenantId, batchId)
  const busy = new Set([...(await activatedAmong(tx, people)), ...(await postedAmong(tx, tenantId, people))])
  return [...(await personNamesOf(tx, [...busy].slice(0, most))).values()]
}

/**
 * Takes back what a batch registered: records, versions, identities go, memberships end, names that nobody activated
 * are free. Records that it only updated get their earlier values again. Returns how many of each, and the deltas of
 * the people rollup.
 */
export async function removeBatch(
  tx: Tx,
  order: Omit<BulkOrder, 'batchId'> & { batchId: string; reason: string },
): Promise<{
  removed: number
  restored: number
  deltas: { unitId: string; orgPath: string; category: string; delta: number }[]
}> {
  const { tenantId, batchId, by, reason, now, vault } = order
  const deltas: { unitId: string; orgPath: string; category: string; delta: number }[] = []
  let removed = 0
  for (;;) {
    const people = await bulk.membersOfBatch(tx, tenantId, batchId, 2000)
    if (people.length === 0) break
    await closeAccounts(tx, tenantId, people, by, reason, now)
    const cards = people.map(({ memberId }) => idCardKey(memberId))
    await endDeadlines({ db: tx, now, actor: { tenantId } }, cards, 'void')
    await bulk.deleteMembers(
      tx,
      tenantId,
      people.map((person) => person.memberId),
    )
    deltas.push(...people.map(({ orgId, orgPath, category }) => ({ unitId: orgId, orgPath, category, delta: -1 })))
    removed += people.length
  }
  const restored = await restoreUpdated(tx, { tenantId, batchId, by, now, vault }, deltas)
  return { removed, restored, deltas }
}

async function restoreUpdated(
  tx: Tx,
  order: BulkOrder,
  deltas: { unitId: string; orgPath: string; category: string; delta: number }[],
): Promise<number> {
  const { tenantId, vault, now } = order
  const versions = await bulk.versionsOfBatch(tx, tenantId, order.batchId)
  const records = new Map(
    (
      await bulk.lockMembers(
        tx,
        tenantId,
        versions.map((row) => row.member_id),
      )
    ).map((record) => [record.id, record]),
  )
  for (const version of versions) {
    const record = records.get(version.member_id)
    if (!record) continue
    const present = factsOf(vault, record)
    const after = { ...present, ...versionFacts(vault, version).before }
    const id = newId(order)
    await bulk.setMember(tx, tenantId, record.id, columnsOf(vault, record.id, after, now), record.version + 1, now)
    await bulk.insertVersions(tx, { tenantId, batchId: order.batchId, by: order.by, at: now, source: 'reversal' }, [
      {
        id,
        memberId: record.id,
        personId: record.person_id,
        orgPath: record.org_path,
        version: record.version + 1,
        ...versionValues(vault, id, present, after, now),
      },
    ])
    if (after.category && after.category !== record.category) {
      const of = { unitId: record.org_id, orgPath: record.org_path }
      deltas.push({ ...of, category: record.category, delta: -1 }, { ...of, category: after.category, delta: 1 })
    }
  }
  return versions.length
}
