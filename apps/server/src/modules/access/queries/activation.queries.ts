import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { containing } from '../../../platform/sql.ts'
import { inReach, inScope } from '../../org/index.ts'
import type { AccountState } from './accounts.queries.ts'

export type PersonInScope = {
  personId: string
  memberId: string | null
  name: string
  orgId: string
  orgPath: string
  orgName: string
  state: AccountState
}

// The view's columns count as nullable; a unit always has a name.
const ORG_NAME = sql<string>`o.name`.as('orgName')
const live = (now: Date, alias: string) =>
  sql<boolean>`(${sql.ref(`${alias}.until_on`)} is null or ${sql.ref(`${alias}.until_on`)} > ${now})`

/** People with a valid grant in a subtree (or one node): one row each, with the oldest grant there. */
function people(db: Db, actor: Actor, scope: string, now: Date) {
  return db
    .selectFrom('access_grant as g')
    .innerJoin('access_person as p', 'p.id', 'g.person_id')
    .innerJoin('access_account as a', 'a.person_id', 'g.person_id')
    .innerJoin('org_path as o', (j) => j.onRef('o.tenant_id', '=', 'g.tenant_id').onRef('o.id', '=', 'g.org_id'))
    .where('g.tenant_id', '=', actor.tenantId)
    .where('o.tenant_id', '=', actor.tenantId)
    .where(inReach('g.org_path', actor))
    .where(inScope('g.org_path', scope))
    .where(live(now, 'g'))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('access_grant as h')
            .select('h.id')
            .where('h.tenant_id', '=', actor.tenantId)
            .whereRef('h.person_id', '=', 'g.person_id')
            .whereRef('h.id', '<', 'g.id')
            .where(inReach('h.org_path', actor))
            .where(inScope('h.org_path', scope))
            .where(live(now, 'h')),
        ),
      ),
    )
}

const memberOf = (now: Date) => sql<
  string | null
>`(select m.member_id from access_grant m where m.tenant_id = g.tenant_id and m.person_id = g.person_id
  and m.role = 'member' and ${live(now, 'm')} limit 1)`

export type Whom = { orgPath: string; below: boolean; personIds: readonly string[] | null }

/** Everyone of an organisation whose account waits for activation. */
export async function pendingPeople(tx: Tx, actor: Actor, whom: Whom, now: Date): Promise<PersonInScope[]> {
  let select = people(tx, actor, whom.orgPath, now)
    .where('a.state', '=', 'pending')
    .select([
      'p.id as personId',
      memberOf(now).as('memberId'),
      'p.name',
      'g.org_id as orgId',
      'g.org_path as orgPath',
      ORG_NAME,
      'a.state',
    ])
  if (!whom.below) select = select.where('g.org_path', '=', whom.orgPath)
  if (whom.personIds) select = select.where(sql<boolean>`p.id = any(${[...whom.personIds]}::uuid[])`)
  return (await select.orderBy('g.org_path').orderBy('p.name').orderBy('p.id').limit(5000).execute()) as PersonInScope[]
}

/** One person in the actor's scope, or undefined as if there were none. */
export async function findPerson(
  db: Db,
  actor: Actor,
  personId: string,
  now: Date,
): Promise<PersonInScope | undefined> {
  const row = await people(db, actor, actor.scope, now)
    .where('p.id', '=', personId)
    .select([
      'p.id as personId',
      memberOf(now).as('memberId'),
      'p.name',
      'g.org_id as orgId',
      'g.org_path as orgPath',
      ORG_NAME,
      'a.state',
    ])
    .executeTakeFirst()
  return row as PersonInScope | undefined
}

export type AccountFilter = {
  scope: string
  below: boolean
  search: string | null
  state: AccountState | null
  isWaiting: boolean
}

export async function listAccounts(db: Db, actor: Actor, filter: AccountFilter, keyset: Keyset, now: Date) {
  let select = people(db, actor, filter.scope, now).select((eb) => [
    'p.id as personId',
    'p.name',
    'g.org_id as orgId',
    ORG_NAME,
    'a.state',
    'a.activated_at as activatedAt',
    sql<number>`(a.totp_confirmed_at is not null)::int + (select count(*)::int from access_passkey k where k.person_id = p.id)`.as(
      'factors',
    ),
    eb
      .selectFrom('access_one_time_code as c')
      .select((c) => c.fn.max('c.expires_at').as('at'))
      .whereRef('c.person_id', '=', 'p.id')
      .where('c.purpose', '=', 'activation')
      .where('c.used_at', 'is', null)
      .where('c.expires_at', '>', now)
      .as('codeUntil'),
    sql<number>`(select count(*)::int from access_grant n where n.tenant_id = g.tenant_id and n.person_id = p.id and n.role <> 'member' and ${live(now, 'n')})`.as(
      'posts',
    ),
  ])
  if (!filter.below) select = select.where('g.org_path', '=', filter.scope)
  if (filter.search !== null) select = select.where('p.name', 'like', containing(filter.search))
  if (filter.isWaiting) select = select.where('a.state', '=', 'pending')
  else if (filter.state !== null) select = select.where('a.state', '=', filter.state)
  return byKeyset(select, keyset, 'p.id').execute()
}

export type NewActivation = {
  id: string
  orgId: string
  orgPath: string
  way: 'slips' | 'screen'
  people: number
  by: string
  at: Date
  expiresAt: Date
}

export async function insertActivation(tx: Tx, tenantId: string, activation: NewActivation): Promise<void> {
  await tx
    .insertInto('access_activation')
    .values({
      tenant_id: tenantId,
      id: activation.id,
      org_id: activation.orgId,
      org_path: activation.orgPath,
      way: activation.way,
      people: activation.people,
      made_by: activation.by,
      made_at: activation.at,
      expires_at: activation.expiresAt,
    })
    .execute()
}

const activationOf = (db: Db, actor: Actor) =>
  db
    .selectFrom('access_activation as b')
    .innerJoin('org_path as o', (j) => j.onRef('o.tenant_id', '=', 'b.tenant_id').onRef('o.id', '=', 'b.org_id'))
    .innerJoin('access_person as p', 'p.id', 'b.made_by')
    .where('b.tenant_id', '=', actor.tenantId)
    .where('o.tenant_id', '=', actor.tenantId)
    .where(inReach('b.org_path', actor))

export async function findActivation(db: Db, actor: Actor, id: string) {
  return activationOf(db, actor)
    .where('b.id', '=', id)
    .select([
      'b.id',
      'b.org_id as orgId',
      'b.org_path as orgPath',
      ORG_NAME,
      'b.way',
      'b.made_by as madeBy',
      'p.name as maker',
      'b.expires_at as expiresAt',
    ])
    .executeTakeFirst()
}

export async function setPrinted(tx: Tx, tenantId: string, id: string, at: Date): Promise<void> {
  await tx
    .updateTable('access_activation')
    .set({ printed_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export async function listActivations(db: Db, actor: Actor, keyset: Keyset) {
  const select = activationOf(db, actor)
    .where('b.way', '=', 'slips')
    .select((eb) => [
      'b.id',
      'b.org_id as orgId',
      ORG_NAME,
      'b.way',
      'b.people',
      'p.name as madeBy',
      'b.made_at as madeAt',
      'b.expires_at as expiresAt',
      'b.printed_at as printedAt',
      eb
        .selectFrom('access_one_time_code as c')
        .select(sql<number>`count(*)::int`.as('n'))
        .whereRef('c.batch_id', '=', 'b.id')
        .where('c.used_at', 'is not', null)
        .as('activated'),
    ])
  return byKeyset(select, keyset, 'b.id').execute()
}
