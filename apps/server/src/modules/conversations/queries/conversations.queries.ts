import type { ConversationKind } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'

export type Conversation = {
  id: string
  kind: ConversationKind
  unitId: string
  orgPath: string
  unitName: string
  sourceId: string | null
  name: string
  people: string[]
  founderId: string | null
  key: Buffer
  state: 'open' | 'ended'
  lastSeq: number
  lastAt: Date
}

/** Where a person belongs now: everything that decides which conversations are the person's own. */
export type Belonging = {
  readonly tenantId: string
  readonly personId: string
  /** The branch whose group the person is in; null for whoever is no member of one. */
  readonly branchId: string | null
  /** Paths of the units around which the person is an officer. */
  readonly offices: readonly string[]
  readonly studyGroups: readonly string[]
  /** Conversations in which the person is a guest today. */
  readonly visits: readonly string[]
}

export const conversations = (db: Db, tenantId: string) =>
  db
    .selectFrom('conversations_conversation as c')
    .select([
      'c.id',
      'c.kind',
      'c.unit_id as unitId',
      'c.org_path as orgPath',
      'c.unit_name as unitName',
      'c.source_id as sourceId',
      'c.name',
      'c.people',
      'c.founder_id as founderId',
      'c.key',
      'c.state',
      'c.last_seq as lastSeq',
      'c.last_at as lastAt',
    ])
    .where('c.tenant_id', '=', tenantId)

/** The whole test of belonging, asked by every statement about a conversation of a person. */
const isOwn = ({ personId, branchId, offices, studyGroups, visits }: Belonging) => sql<boolean>`(
  (c.kind = 'branch' and c.unit_id = ${branchId}::uuid)
  or (c.kind = 'officers' and c.org_path = any(${[...offices]}::text[]))
  or (c.kind = 'study' and c.source_id = any(${[...studyGroups]}::uuid[]))
  or (c.kind in ('team', 'pair') and ${personId}::uuid = any(c.people))
  or c.id = any(${[...visits]}::uuid[]))`

/** Ids of the conversations in which somebody was an invited one or has read: candidates, of which `isOwn` decides. */
export async function seatedIn(db: Db, tenantId: string, personId: string, most: number): Promise<string[]> {
  const rows = await db
    .selectFrom('conversations_seat as s')
    .select('s.conversation_id as id')
    .where('s.tenant_id', '=', tenantId)
    .where('s.person_id', '=', personId)
    .orderBy('s.updated_at', 'desc')
    .limit(most)
    .execute()
  return rows.map(({ id }) => id)
}

export async function listOwn(
  db: Db,
  own: Belonging,
  seated: readonly string[],
  most: number,
): Promise<Conversation[]> {
  const { branchId, offices, studyGroups, visits } = own
  const rows = await conversations(db, own.tenantId)
    .where(
      // Each arm has an index of its own; `isOwn` then decides about those that come by their seat.
      sql<boolean>`(c.id = any(${[...seated, ...visits]}::uuid[]) or c.unit_id = ${branchId}::uuid
        or c.org_path = any(${[...offices]}::text[]) or c.source_id = any(${[...studyGroups]}::uuid[]))`,
    )
    .where(isOwn(own))
    .orderBy('c.last_at', 'desc')
    .orderBy('c.id')
    .limit(most)
    .execute()
  return rows as Conversation[]
}
export async function findOwn(db: Db, own: Belonging, id: string): Promise<Conversation | undefined> {
  const select = conversations(db, own.tenantId).where('c.id', '=', id).where(isOwn(own))
  return (await select.executeTakeFirst()) as Conversation | undefined
}
export async function lockOwn(tx: Tx, own: Belonging, id: string): Promise<Conversation | undefined> {
  const select = conversations(tx, own.tenantId).where('c.id', '=', id).where(isOwn(own))
  return (await select.forUpdate('c').executeTakeFirst()) as Conversation | undefined
}
/** Past who belongs: for what the system itself does. */
export async function conversationOf(db: Db, tenantId: string, id: string): Promise<Conversation | undefined> {
  return (await conversations(db, tenantId).where('c.id', '=', id).executeTakeFirst()) as Conversation | undefined
}
export async function findPair(db: Db, tenantId: string, pairKey: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('conversations_conversation as c')
    .select('c.id')
    .where('c.tenant_id', '=', tenantId)
    .where('c.pair_key', '=', pairKey)
    .executeTakeFirst()
  return row?.id
}

export type NewConversation = Pick<Conversation, 'id' | 'kind' | 'unitId' | 'orgPath' | 'unitName' | 'name' | 'key'> & {
  readonly sourceId?: string | null
  readonly pairKey?: string | null
  readonly people?: readonly string[]
  readonly founderId?: string | null
}
/** Those that are there already stay as they are. */
export async function insertConversations(
  tx: Tx,
  tenantId: string,
  batch: readonly NewConversation[],
  at: Date,
): Promise<void> {
  if (batch.length === 0) return
  await tx
    .insertInto('conversations_conversation')
    .values(
      batch.map((one) => ({
        tenant_id: tenantId,
        id: one.id,
        kind: one.kind,
        unit_id: one.unitId,
        org_path: one.orgPath,
        unit_name: one.unitName,
        source_id: one.sourceId ?? null,
        pair_key: one.pairKey ?? null,
        name: one.name,
        people: [...(one.people ?? [])],
        founder_id: one.founderId ?? null,
        key: one.key,
        last_at: at,
        created_at: at,
        updated_at: at,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export type ConversationChange = {
  name?: string
  people?: string[]
  state?: 'open' | 'ended'
  last_seq?: number
  last_at?: Date
}
export async function setConversation(
  tx: Tx,
  tenantId: string,
  id: string,
  change: ConversationChange,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('conversations_conversation')
    .set({ ...change, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** Groups of units or study groups by what they follow from, for keeping them. */
export async function groupsOf(
  db: Db,
  tenantId: string,
  by: 'unit_id' | 'source_id',
  ids: readonly string[],
): Promise<{ id: string; kind: ConversationKind; followed: string; name: string; unitName: string; state: string }[]> {
  const rows = await db
    .selectFrom('conversations_conversation as c')
    .select(['c.id', 'c.kind', `c.${by} as followed`, 'c.name', 'c.unit_name as unitName', 'c.state'])
    .where('c.tenant_id', '=', tenantId)
    .where(sql<boolean>`${sql.ref(`c.${by}`)} = any(${[...ids]}::uuid[])`)
    .where(by === 'unit_id' ? sql<boolean>`c.kind in ('branch', 'officers')` : sql<boolean>`c.kind = 'study'`)
    .execute()
  return rows as never
}
export async function setFollowed(
  tx: Tx,
  tenantId: string,
  id: string,
  change: { name: string; unit_name: string; state: 'open' | 'ended' },
  at: Date,
): Promise<void> {
  await tx
    .updateTable('conversations_conversation')
    .set({ ...change, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}
/** Conversations in the order of their ids, with where their settings stand: for the removal of what is old. */
export const conversationsAfter = (
  db: Db,
  tenantId: string,
  id: string,
  most: number,
): Promise<{ id: string; orgPath: string }[]> =>
  db
    .selectFrom('conversations_conversation as c')
    .select(['c.id', 'c.org_path as orgPath'])
    .where('c.tenant_id', '=', tenantId)
    .where('c.id', '>', id)
    .orderBy('c.id')
    .limit(most)
    .execute()
