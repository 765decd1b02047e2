import type { OutReach } from '@tongxin/contract'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'

type Own = Pick<Actor, 'tenantId' | 'personId'>

export type AddressRow = {
  readonly id: string
  readonly personId: string
  readonly reach: OutReach
  readonly sealed: Buffer | null
  readonly digest: Buffer | null
  readonly masked: string
  readonly device: string | null
  readonly verifiedAt: Date | null
  readonly code: Buffer | null
  readonly codeUntil: Date | null
  readonly codeSentAt: Date | null
}

const addresses = (db: Db, tenantId: string) =>
  db
    .selectFrom('channels_address')
    .select([
      'id',
      'person_id as personId',
      'reach',
      'sealed',
      'digest',
      'masked',
      'device',
      'verified_at as verifiedAt',
      'code',
      'code_until as codeUntil',
      'code_sent_at as codeSentAt',
    ])
    .where('tenant_id', '=', tenantId)

const MOST_OWN = 50

export const ownAddresses = async (db: Db, { tenantId, personId }: Own): Promise<AddressRow[]> =>
  (await addresses(db, tenantId)
    .where('person_id', '=', personId)
    .orderBy('created_at')
    .orderBy('id')
    .limit(MOST_OWN)
    .execute()) as AddressRow[]

export const lockOwnAddress = async (
  tx: Tx,
  { tenantId, personId }: Own,
  id: string,
): Promise<AddressRow | undefined> =>
  (await addresses(tx, tenantId)
    .where('person_id', '=', personId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()) as AddressRow | undefined

export type NewAddress = AddressRow

/** A new address, or the same one of the same person with a new code, subscription or day. */
export async function keepAddress(tx: Tx, tenantId: string, address: NewAddress, at: Date): Promise<void> {
  const said = {
    sealed: address.sealed,
    digest: address.digest,
    masked: address.masked,
    device: address.device,
    verified_at: address.verifiedAt,
    code: address.code,
    code_until: address.codeUntil,
    code_sent_at: address.codeSentAt,
  }
  await tx
    .insertInto('channels_address')
    .values({
      tenant_id: tenantId,
      id: address.id,
      person_id: address.personId,
      reach: address.reach,
      created_at: at,
      ...said,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doUpdateSet(said))
    .execute()
}

export async function setVerified(tx: Tx, tenantId: string, id: string, at: Date): Promise<void> {
  await tx
    .updateTable('channels_address')
    .set({ verified_at: at, code: null, code_until: null })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export async function deleteAddress(tx: Tx, tenantId: string, id: string): Promise<void> {
  await tx.deleteFrom('channels_address').where('tenant_id', '=', tenantId).where('id', '=', id).execute()
}

/** Of mail, telephone and WeChat a person has one: the newest takes the place of those before. */
export async function deleteOthers(tx: Tx, { tenantId, personId }: Own, reach: OutReach, id: string): Promise<void> {
  await tx
    .deleteFrom('channels_address')
    .where('tenant_id', '=', tenantId)
    .where('person_id', '=', personId)
    .where('reach', '=', reach)
    .where('id', '<>', id)
    .execute()
}

/** Whoever owns a WeChat account owns it alone: it is taken from anybody it was bound to. */
export async function deleteByDigest(
  tx: Tx,
  tenantId: string,
  reach: OutReach,
  digest: Buffer,
): Promise<{ personId: string }[]> {
  return tx
    .deleteFrom('channels_address')
    .where('tenant_id', '=', tenantId)
    .where('reach', '=', reach)
    .where('digest', '=', digest)
    .returning('person_id as personId')
    .execute()
}

export const lockByCode = async (
  tx: Tx,
  tenantId: string,
  reach: OutReach,
  code: Buffer,
  now: Date,
): Promise<AddressRow | undefined> =>
  (await addresses(tx, tenantId)
    .where('reach', '=', reach)
    .where('code', '=', code)
    .where('code_until', '>', now)
    .forUpdate()
    .executeTakeFirst()) as AddressRow | undefined

/** Verified addresses of people whose wish they meet: switched off counts for everything but what is urgent. */
export async function addressesOf(
  tx: Tx,
  tenantId: string,
  people: readonly string[],
  isUrgent: boolean,
): Promise<Pick<AddressRow, 'id' | 'personId' | 'reach' | 'masked'>[]> {
  let select = tx
    .selectFrom('channels_address as a')
    .select(['a.id', 'a.person_id as personId', 'a.reach', 'a.masked'])
    .where('a.tenant_id', '=', tenantId)
    .where('a.person_id', 'in', [...people])
    .where('a.verified_at', 'is not', null)
  if (!isUrgent)
    select = select.where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('channels_preference as p')
            .select('p.reach')
            .where('p.tenant_id', '=', tenantId)
            .whereRef('p.person_id', '=', 'a.person_id')
            .whereRef('p.reach', '=', 'a.reach')
            .where('p.is_on', '=', false),
        ),
      ),
    )
  return (await select.execute()) as Pick<AddressRow, 'id' | 'personId' | 'reach' | 'masked'>[]
}

export async function sealedOf(tx: Tx, tenantId: string, ids: readonly string[]): Promise<Map<string, Buffer>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .selectFrom('channels_address')
    .select(['id', 'sealed'])
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.flatMap(({ id, sealed }) => (sealed ? [[id, sealed]] : [])))
}

/** Codes that nobody gave: the addresses were never shown to be anybody's. */
export async function deleteUnproved(tx: Tx, tenantId: string, before: Date): Promise<void> {
  await tx
    .deleteFrom('channels_address')
    .where('tenant_id', '=', tenantId)
    .where('verified_at', 'is', null)
    .where('code_until', '<', before)
    .execute()
}

export async function preferencesOf(db: Db, { tenantId, personId }: Own): Promise<Map<string, boolean>> {
  const rows = await db
    .selectFrom('channels_preference')
    .select(['reach', 'is_on as isOn'])
    .where('tenant_id', '=', tenantId)
    .where('person_id', '=', personId)
    .execute()
  return new Map(rows.map(({ reach, isOn }) => [reach, isOn]))
}

export async function setPreference(
  tx: Tx,
  { tenantId, personId }: Own,
  reach: OutReach,
  isOn: boolean,
  at: Date,
): Promise<void> {
  await tx
    .insertInto('channels_preference')
    .values({ tenant_id: tenantId, person_id: personId, reach, is_on: isOn, updated_at: at })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'person_id', 'reach']).doUpdateSet({ is_on: isOn, updated_at: at }),
    )
    .execute()
}
