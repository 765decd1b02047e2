import { ROLES, type RoleName } from '@tongxin/contract'
import type { BatchRows, Statement } from '../../platform/batch.ts'
import type { Actor } from '../../platform/ctx.ts'

/**
 * The two statements that prove a session. Both run in the transaction of the request they belong to: the first
 * finds the live session and sets tenant and person, which lets the second see the person's own grant and set the
 * scope. The row-security policies of every statement after them read these settings.
 */
const SESSION = `
select s.person_id, p.name as person_name, s.tenant_id, s.grant_id, s.second_factor_at,
  set_config('app.tenant', coalesce(s.tenant_id::text, ''), true) as set_tenant,
  set_config('app.person', s.person_id::text, true) as set_person,
  set_config('app.scope', '', true) as set_scope
from access_session s
join access_account a on a.person_id = s.person_id and a.state = 'active'
join access_person p on p.id = s.person_id
where s.token_hash = $1 and not s.waits_for_factor and s.expires_at > $2 and s.last_seen_at > $2::timestamptz - make_interval(mins => s.idle_minutes)`

const GRANT = `
-- tenant-free: the tenant stands in the session row, which the statement before has proved
select g.id, g.role, g.org_id, g.org_path, g.reach, g.version,
  coalesce(g.member_id, (select m.member_id from access_grant m where m.tenant_id = g.tenant_id and m.person_id = g.person_id
    and m.role = 'member' and m.from_on <= $2 and (m.until_on is null or m.until_on > $2) limit 1)) as member_id,
  set_config('app.scope', g.org_path, true) as set_scope
from access_session s
join access_grant g on g.tenant_id = s.tenant_id and g.id = s.grant_id and g.person_id = s.person_id
where s.token_hash = $1 and g.tenant_id = s.tenant_id and g.from_on <= $2 and (g.until_on is null or g.until_on > $2)`

export function preamble(sessionHash: Buffer, now: Date): readonly Statement[] {
  const values = [sessionHash, now]
  return [
    { name: 'session', text: SESSION, values },
    { name: 'session_grant', text: GRANT, values },
  ]
}

type SessionRow = {
  person_id: string
  person_name: string
  tenant_id: string
  grant_id: string
  second_factor_at: Date | null
}
type GrantRow = {
  id: string
  role: RoleName
  org_id: string
  org_path: string
  reach: Actor['reach']
  member_id: string | null
  version: number
}

export function actorOf(rows: BatchRows[], sessionHash: Buffer): Actor | null {
  const session = rows[0]?.rows[0] as SessionRow | undefined
  const grant = rows[1]?.rows[0] as GrantRow | undefined
  if (!session || !grant || !(grant.role in ROLES)) return null
  const role = ROLES[grant.role]
  return {
    personId: session.person_id,
    personName: session.person_name,
    tenantId: session.tenant_id,
    grantId: grant.id,
    role: grant.role,
    orgId: grant.org_id,
    scope: grant.org_path,
    reach: grant.reach,
    memberId: grant.member_id,
    permissions: new Set(role.permissions),
    secondFactorAt: session.second_factor_at,
    secondFactorNeeded: role.secondFactor,
    sessionHash,
  }
}

/** Equal for equal rights; empty when there is no valid session or grant. */
export function stampOf(rows: BatchRows[]): string {
  const session = rows[0]?.rows[0] as SessionRow | undefined
  const grant = rows[1]?.rows[0] as GrantRow | undefined
  return session && grant ? stamp(session, grant) : ''
}

const stamp = (session: SessionRow, grant: GrantRow): string =>
  `${grant.id}/${grant.version}/${grant.org_path}/${grant.reach}/${grant.role}/${grant.member_id ?? ''}/${session.second_factor_at?.getTime() ?? 0}/${session.person_name}`

/** The same proof for many sessions of one tenant in one statement, in a transaction with the scope of the tenant. */
const STAMPS = `
select encode(s.token_hash, 'hex') as hash, p.name as person_name, s.second_factor_at,
  g.id, g.role, g.org_path, g.reach, g.version,
  coalesce(g.member_id, (select m.member_id from access_grant m where m.tenant_id = $1 and m.person_id = g.person_id
    and m.role = 'member' and m.from_on <= $3 and (m.until_on is null or m.until_on > $3) limit 1)) as member_id
from access_session s
join access_account a on a.person_id = s.person_id and a.state = 'active'
join access_person p on p.id = s.person_id
join access_grant g on g.tenant_id = $1 and g.id = s.grant_id and g.person_id = s.person_id
where s.tenant_id = $1 and s.token_hash = any($2) and not s.waits_for_factor and s.expires_at > $3
  and s.last_seen_at > $3::timestamptz - make_interval(mins => s.idle_minutes)
  and g.from_on <= $3 and (g.until_on is null or g.until_on > $3)`

export const stamping = (tenantId: string, hashes: readonly Buffer[], now: Date): Statement => ({
  name: 'session_stamps',
  text: STAMPS,
  values: [tenantId, hashes, now],
})

export const stampsOf = (rows: BatchRows | undefined): Map<string, string> =>
  new Map(
    ((rows?.rows ?? []) as (SessionRow & GrantRow & { hash: string })[]).map((row) => [row.hash, stamp(row, row)]),
  )
