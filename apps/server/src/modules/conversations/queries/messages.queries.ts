import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'

export type MessageRow = {
  id: string
  conversationId: string
  seq: number
  personId: string
  sealed: Buffer | null
  fileId: string | null
  mentions: string[]
  at: Date
}
type Of = { readonly tenantId: string; readonly id: string }

const messages = (db: Db, tenantId: string) =>
  db
    .selectFrom('conversations_message as m')
    .select([
      'm.id',
      'm.conversation_id as conversationId',
      'm.seq',
      'm.person_id as personId',
      'm.sealed',
      'm.file_id as fileId',
      'm.mentions',
      'm.at',
    ])
    .where('m.tenant_id', '=', tenantId)
const inside = (db: Db, { tenantId, id }: Of) => messages(db, tenantId).where('m.conversation_id', '=', id)

/** In the order of the server, the oldest first. */
export async function messagesAfter(db: Db, of: Of, seq: number, most: number): Promise<MessageRow[]> {
  return inside(db, of).where('m.seq', '>', seq).orderBy('m.seq').limit(most).execute()
}
/** The newest before a place, the newest first. */
export async function messagesBefore(db: Db, of: Of, seq: number, most: number): Promise<MessageRow[]> {
  return inside(db, of).where('m.seq', '<', seq).orderBy('m.seq', 'desc').limit(most).execute()
}
export async function messagesByIds(db: Db, of: Of, ids: readonly string[]): Promise<MessageRow[]> {
  if (ids.length === 0) return []
  return inside(db, of)
    .where(sql<boolean>`m.id = any(${[...ids]}::uuid[])`)
    .orderBy('m.seq')
    .execute()
}
export async function messagesBetween(db: Db, of: Of, from: Date, until: Date, most: number): Promise<MessageRow[]> {
  return inside(db, of)
    .where('m.at', '>=', from)
    .where('m.at', '<', until)
    .where('m.recalled_at', 'is', null)
    .orderBy('m.seq')
    .limit(most)
    .execute()
}
/** The last message of each conversation, by its number. */
export async function lastMessages(
  db: Db,
  tenantId: string,
  last: readonly { readonly id: string; readonly lastSeq: number }[],
): Promise<MessageRow[]> {
  if (last.length === 0) return []
  const ids = last.map(({ id }) => id)
  const seqs = last.map(({ lastSeq }) => lastSeq)
  return messages(db, tenantId)
    .where(sql<boolean>`(m.conversation_id, m.seq) in (select * from unnest(${ids}::uuid[], ${seqs}::bigint[]))`)
    .execute()
}
/** Of conversations with something unread those in which the person is called. */
export async function calledIn(
  db: Db,
  tenantId: string,
  personId: string,
  unread: readonly { readonly id: string; readonly after: number }[],
): Promise<Set<string>> {
  if (unread.length === 0) return new Set()
  const rows = await db
    .selectFrom('conversations_message as m')
    .innerJoin(
      sql<{ id: string; after: number }>`unnest(${unread.map(({ id }) => id)}::uuid[],
        ${unread.map(({ after }) => after)}::bigint[])`.as<'u'>(sql`u (id, after)`),
      (join) => join.onRef('u.id', '=', 'm.conversation_id'),
    )
    .select('m.conversation_id as id')
    .distinct()
    .where('m.tenant_id', '=', tenantId)
    .where(sql<boolean>`m.seq > u.after`)
    .where(sql<boolean>`${personId}::uuid = any(m.mentions)`)
    .execute()
  return new Set(rows.map(({ id }) => id))
}

export type NewMessageRow = MessageRow & { readonly sealed: Buffer }
export async function insertMessage(tx: Tx, tenantId: string, message: NewMessageRow): Promise<void> {
  await tx
    .insertInto('conversations_message')
    .values({
      tenant_id: tenantId,
      conversation_id: message.conversationId,
      seq: message.seq,
      id: message.id,
      person_id: message.personId,
      sealed: message.sealed,
      file_id: message.fileId,
      mentions: message.mentions,
      at: message.at,
    })
    .execute()
}
/** Nothing of it is left but that it was there; browsers are told by the number of this transaction. */
export async function setRecalled(tx: Tx, of: Of, messageId: string, at: Date): Promise<void> {
  await tx
    .updateTable('conversations_message')
    .set({ sealed: null, file_id: null, mentions: [], recalled_at: at, xid: sql`pg_current_xact_id()` })
    .where('tenant_id', '=', of.tenantId)
    .where('conversation_id', '=', of.id)
    .where('id', '=', messageId)
    .execute()
}

/** The conversation whose living message a file stands in. */
export async function conversationOfFile(db: Db, tenantId: string, fileId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('conversations_message as m')
    .select('m.conversation_id as id')
    .where('m.tenant_id', '=', tenantId)
    .where('m.file_id', '=', fileId)
    .executeTakeFirst()
  return row?.id
}

/** Conversations in which something was said or recalled by transactions from `from` until before `until`. */
export async function spokenIn(db: Db, tenantId: string, from: string, until: string): Promise<string[]> {
  const rows = await db
    .selectFrom('conversations_message as m')
    .select('m.conversation_id as id')
    .distinct()
    .where('m.tenant_id', '=', tenantId)
    .where(sql<boolean>`m.xid >= ${from}::xid8 and m.xid < ${until}::xid8`)
    .execute()
  return rows.map(({ id }) => id)
}

/** @returns how many went */
export async function deleteBefore(tx: Tx, tenantId: string, ids: readonly string[], before: Date): Promise<number> {
  const gone = await tx
    .deleteFrom('conversations_message')
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`conversation_id = any(${[...ids]}::uuid[])`)
    .where('at', '<', before)
    .executeTakeFirst()
  return Number(gone.numDeletedRows)
}
