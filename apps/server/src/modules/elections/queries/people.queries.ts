import type { ElectedBody, ElectionLeftOut } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { inScope } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'

export type Card = { id: string; personId: string; name: string; category: string; status: string }
const card = ['m.id', 'm.person_id as personId', 'm.name', 'm.category', 'm.status'] as const

/** Records of the organisation and below it, by id. */
export async function cardsOf(db: Db, tenantId: string, path: string, ids: readonly string[]): Promise<Card[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('member_card as m')
    .select(card)
    .where('m.tenant_id', '=', tenantId)
    .where(inScope('m.org_path', path))
    .where('m.id', 'in', [...ids])
    .execute()
  return rows as Card[]
}

/** Full members of the organisation and below it, with their standing. */
export async function formalBelow(db: Db, tenantId: string, path: string): Promise<Card[]> {
  const rows = await db
    .selectFrom('member_card as m')
    .select(card)
    .where('m.tenant_id', '=', tenantId)
    .where(inScope('m.org_path', path))
    .where('m.category', '=', 'formal')
    .execute()
  return rows as Card[]
}

/** Electable members of the caller's own branch whose name contains the text. */
export async function electableNamed(db: Db, actor: Actor, text: string): Promise<Card[]> {
  const rows = await db
    .selectFrom('member_card as m')
    .select(card)
    .where('m.tenant_id', '=', actor.tenantId)
    .where('m.org_path', '=', actor.scope)
    .where('m.category', '=', 'formal')
    .where('m.status', 'in', ['normal', 'restored'])
    .where('m.name', 'like', containing(text))
    .orderBy('m.name')
    .orderBy('m.id')
    .limit(20)
    .execute()
  return rows as Card[]
}

export type Standing = { memberId: string; personId: string; name: string; body: ElectedBody }

export async function candidatesOf(db: Db, tenantId: string, electionId: string): Promise<Standing[]> {
  const rows = await db
    .selectFrom('elections_candidate as c')
    .select(['c.member_id as memberId', 'c.person_id as personId', 'c.name', 'c.body'])
    .where('c.tenant_id', '=', tenantId)
    .where('c.election_id', '=', electionId)
    .execute()
  return rows as Standing[]
}

type File = { readonly id: string; readonly orgPath: string }

export async function replaceCandidates(
  tx: Tx,
  tenantId: string,
  file: File,
  people: readonly (Standing & { id: string })[],
): Promise<void> {
  await tx
    .deleteFrom('elections_candidate')
    .where('tenant_id', '=', tenantId)
    .where('election_id', '=', file.id)
    .execute()
  await tx
    .insertInto('elections_candidate')
    .values(
      people.map((one) => ({
        tenant_id: tenantId,
        id: one.id,
        election_id: file.id,
        org_path: file.orgPath,
        body: one.body,
        member_id: one.memberId,
        person_id: one.personId,
        name: one.name,
      })),
    )
    .execute()
}

/** How many members propose each person. */
export async function proposalsOf(db: Db, tenantId: string, electionId: string) {
  return db
    .selectFrom('elections_nomination as n')
    .select(['n.member_id as memberId', 'n.name', sql<number>`count(*)::int`.as('proposals')])
    .where('n.tenant_id', '=', tenantId)
    .where('n.election_id', '=', electionId)
    .where('n.withdrawn_at', 'is', null)
    .groupBy(['n.member_id', 'n.name'])
    .execute()
}

export async function ownNominations(db: Db, actor: Actor, electionId: string) {
  return db
    .selectFrom('elections_nomination as n')
    .select(['n.id', 'n.member_id as memberId', 'n.name', 'n.reason'])
    .where('n.tenant_id', '=', actor.tenantId)
    .where('n.election_id', '=', electionId)
    .where('n.by_person', '=', actor.personId)
    .where('n.withdrawn_at', 'is', null)
    .orderBy('n.id')
    .execute()
}

export async function insertNomination(
  tx: Tx,
  actor: Actor,
  file: File,
  made: { id: string; memberId: string; name: string; reason: string },
  at: Date,
): Promise<void> {
  await tx
    .insertInto('elections_nomination')
    .values({
      tenant_id: actor.tenantId,
      id: made.id,
      election_id: file.id,
      org_path: file.orgPath,
      by_person: actor.personId,
      member_id: made.memberId,
      name: made.name,
      reason: made.reason,
      at,
    })
    .execute()
}

export async function setWithdrawn(tx: Tx, actor: Actor, nominationId: string, at: Date): Promise<void> {
  await tx
    .updateTable('elections_nomination')
    .set({ withdrawn_at: at })
    .where('tenant_id', '=', actor.tenantId)
    .where('by_person', '=', actor.personId)
    .where('id', '=', nominationId)
    .execute()
}

export type Voter = {
  memberId: string
  personId: string
  name: string
  leftOut: ElectionLeftOut | null
  isPresent: boolean
}

export async function votersOf(db: Db, tenantId: string, electionId: string): Promise<Voter[]> {
  const rows = await db
    .selectFrom('elections_voter as v')
    .select([
      'v.member_id as memberId',
      'v.person_id as personId',
      'v.name',
      'v.left_out as leftOut',
      'v.is_present as isPresent',
    ])
    .where('v.tenant_id', '=', tenantId)
    .where('v.election_id', '=', electionId)
    .execute()
  return rows as Voter[]
}

/** The roll is drawn anew: people who left or came since the last time. What was known of those who stay is kept. */
export async function replaceVoters(
  tx: Tx,
  tenantId: string,
  file: File,
  people: readonly (Voter & { id: string })[],
): Promise<void> {
  await tx.deleteFrom('elections_voter').where('tenant_id', '=', tenantId).where('election_id', '=', file.id).execute()
  for (let from = 0; from < people.length; from += 500) {
    await tx
      .insertInto('elections_voter')
      .values(
        people.slice(from, from + 500).map((one) => ({
          tenant_id: tenantId,
          id: one.id,
          election_id: file.id,
          org_path: file.orgPath,
          member_id: one.memberId,
          person_id: one.personId,
          name: one.name,
          left_out: one.leftOut,
          is_present: one.isPresent,
        })),
      )
      .execute()
  }
}

export async function setPresence(tx: Tx, tenantId: string, electionId: string, ids: readonly string[]): Promise<void> {
  await tx
    .updateTable('elections_voter')
    .set({ is_present: sql<boolean>`member_id = any(${[...ids]}::uuid[])` })
    .where('tenant_id', '=', tenantId)
    .where('election_id', '=', electionId)
    .execute()
}

/** The name of the unit at a path; those above the scope are names only. */
export async function unitNameAt(db: Db, tenantId: string, path: string): Promise<string | null> {
  const row = await db
    .selectFrom('org_path as o')
    .select('o.name')
    .where('o.tenant_id', '=', tenantId)
    .where('o.path', '=', path)
    .executeTakeFirst()
  return row?.name ?? null
}
