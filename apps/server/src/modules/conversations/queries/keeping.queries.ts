import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { Keyset } from '../../../platform/page.ts'
import { byKeyset } from '../../../platform/page.ts'
import { inReach } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'

/** Guests and silences, and groups as the posts that keep them see them. */

export type Guest = {
  id: string
  conversationId: string
  personId: string
  name: string
  untilOn: string
  endedAt: Date | null
  admittedBy: string
}
const guests = (db: Db, tenantId: string) =>
  db
    .selectFrom('conversations_guest as g')
    .select([
      'g.id',
      'g.conversation_id as conversationId',
      'g.person_id as personId',
      'g.name',
      'g.until_on as untilOn',
      'g.ended_at as endedAt',
      'g.admitted_by as admittedBy',
    ])
    .where('g.tenant_id', '=', tenantId)
/** Conversations in which a person is a guest on a day. */
export async function visitsOf(db: Db, tenantId: string, personId: string, on: string): Promise<string[]> {
  const rows = await guests(db, tenantId)
    .where('g.person_id', '=', personId)
    .where('g.ended_at', 'is', null)
    .where('g.until_on', '>=', on)
    .execute()
  return rows.map(({ conversationId }) => conversationId)
}
export async function guestsIn(db: Db, tenantId: string, conversationId: string): Promise<Guest[]> {
  return guests(db, tenantId)
    .where('g.conversation_id', '=', conversationId)
    .where('g.ended_at', 'is', null)
    .orderBy('g.until_on')
    .orderBy('g.id')
    .execute()
}
export async function insertGuest(
  tx: Tx,
  tenantId: string,
  guest: Omit<Guest, 'endedAt'> & { readonly orgPath: string },
  at: Date,
): Promise<void> {
  await tx
    .insertInto('conversations_guest')
    .values({
      tenant_id: tenantId,
      id: guest.id,
      conversation_id: guest.conversationId,
      person_id: guest.personId,
      org_path: guest.orgPath,
      name: guest.name,
      until_on: guest.untilOn,
      admitted_by: guest.admittedBy,
      created_at: at,
    })
    .execute()
}
export async function setGuestEnded(tx: Tx, tenantId: string, id: string, at: Date): Promise<void> {
  await tx
    .updateTable('conversations_guest')
    .set({ ended_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export type SilenceRow = { id: string; personId: string; name: string; until: Date; reason: string; by: string }
/** Silences that hold now. */
export async function silencesIn(db: Db, tenantId: string, conversationId: string, now: Date): Promise<SilenceRow[]> {
  return db
    .selectFrom('conversations_silence as s')
    .select(['s.id', 's.person_id as personId', 's.name', 's.until_at as until', 's.reason', 's.by_name as by'])
    .where('s.tenant_id', '=', tenantId)
    .where('s.conversation_id', '=', conversationId)
    .where('s.ended_at', 'is', null)
    .where('s.until_at', '>', now)
    .orderBy('s.until_at')
    .execute()
}
/** Ends what stands, also what is over by itself, so that a new silence finds its place. */
export async function endSilences(
  tx: Tx,
  tenantId: string,
  conversationId: string,
  personId: string,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('conversations_silence')
    .set({ ended_at: at })
    .where('tenant_id', '=', tenantId)
    .where('conversation_id', '=', conversationId)
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .execute()
}
export async function insertSilence(
  tx: Tx,
  tenantId: string,
  silence: SilenceRow & { readonly conversationId: string; readonly orgPath: string },
  at: Date,
): Promise<void> {
  await tx
    .insertInto('conversations_silence')
    .values({
      tenant_id: tenantId,
      id: silence.id,
      conversation_id: silence.conversationId,
      person_id: silence.personId,
      org_path: silence.orgPath,
      name: silence.name,
      until_at: silence.until,
      reason: silence.reason,
      by_name: silence.by,
      created_at: at,
    })
    .execute()
}

export type Group = {
  id: string
  kind: 'branch' | 'officers' | 'study'
  name: string
  orgId: string
  orgPath: string
  unitName: string
  state: 'open' | 'ended'
  createdAt: Date
  guests: number
  silenced: number
}
const groups = (db: Db, actor: Actor, now: Date, today: string) =>
  db
    .selectFrom('conversations_conversation as c')
    .select([
      'c.id',
      'c.kind',
      'c.name',
      'c.unit_id as orgId',
      'c.org_path as orgPath',
      'c.unit_name as unitName',
      'c.state',
      'c.created_at as createdAt',
      sql<number>`(select count(*)::int from conversations_guest g where g.tenant_id = ${actor.tenantId}
        and g.conversation_id = c.id and g.ended_at is null and g.until_on >= ${today}::date)`.as('guests'),
      sql<number>`(select count(*)::int from conversations_silence s where s.tenant_id = ${actor.tenantId}
        and s.conversation_id = c.id and s.ended_at is null and s.until_at > ${now})`.as('silenced'),
    ])
    .where('c.tenant_id', '=', actor.tenantId)
    .where(sql<boolean>`c.kind in ('branch', 'officers', 'study')`)
    .where(inReach('c.org_path', actor))
type At = { readonly now: Date; readonly today: string }
export type GroupFilter = { readonly kind: string | null; readonly path: string | null; readonly text: string | null }
export async function listGroups(db: Db, actor: Actor, filter: GroupFilter, at: At, keyset: Keyset): Promise<Group[]> {
  let select = groups(db, actor, at.now, at.today)
  if (filter.kind) select = select.where('c.kind', '=', filter.kind)
  if (filter.path !== null)
    select = select.where(sql<boolean>`(c.org_path >= ${filter.path} and c.org_path < ${`${filter.path}/`})`)
  if (filter.text) select = select.where('c.unit_name', 'like', containing(filter.text))
  return (await byKeyset(select, keyset, 'c.id').execute()) as Group[]
}
export async function findGroup(db: Db, actor: Actor, at: At, id: string): Promise<Group | undefined> {
  return (await groups(db, actor, at.now, at.today).where('c.id', '=', id).executeTakeFirst()) as Group | undefined
}
