import { ROLES, type RoleName } from '@tongxin/contract'
import type { BatchRows, Statement } from '../../platform/batch.ts'
import type { Actor } from '../../platform/ctx.ts'

/**
 * The statement that proves a session, in the transaction of the request it belongs to. The inner query finds the live
 * session and sets tenant and person, which lets the lateral one see the person's own grant; then the scope is set. A
 * volatile column keeps the inner query apart and `lateral` keeps it first; were it ever otherwise, no grant would be
 * found and nobody admitted. The row-security policies of every statement after it read these settings.
 */
const SESSION = `
-- tenant-free: the tenant stands in the session row, which the inner query proves
select s.person_id, s.person_name, s.tenant_id, s.second_factor_at, g.*,
  set_config('app.scope', g.org_path, true) as set_scope
from (
  select s.person_id, p.name as person_name, s.tenant_id, s.grant_id, s.second_factor_at,
    set_config('app.tenant', coalesce(s.tenant_id::text, ''), true) as set_tenant,
    set_config('app.person', s.person_id::text, true) as set_person
  from access_session s
  join access_account a on a.person_id = s.person_id and a.state = 'active'
  join access_person p on p.id = s.person_id
  where s.token_hash = $1 and not s.waits_for_factor and s.expires_at > $2
    and s.last_seen_at > $2::timestamptz - make_interval(mins => s.idle_minutes)
  offset 0
) s
cross join lateral (
  select g.id, g.role, g.org_id, g.org_path, g.reach, g.version,
    coalesce(g.member_id, (select m.member_id from access_grant m where m.tenant_id = g.tenant_id and m.person_id = g.person_id
      and m.role = 'member' and m.from_on <= $2 and (m.until_on is null or m.until_on > $2) limit 1)) as member_id
  from access_grant g
  where g.tenant_id = s.tenant_id and g.id = s.grant_id and g.person_id = s.person_id
    and g.from_on <= $2 and (g.until_on is null or g.until_on > $2)
) g`

export const preamble = (sessionHash: Buffer, now: Date): readonly Statement[] => [
  { name: 'session', text: SESSION, values: [sessionHash, now] },
]

/** Session and grant in one; `id` is the grant's. */
type ProvedRow = {
  person_id: string
  person_name: string
  tenant_id: string
  second_factor_at: Date | null
  id: string
  role: RoleName
  org_id: string
  org_path: string
  reach: Actor['reach']
  member_id: string | null
  version: number
}

const provedRow = (rows: BatchRows[]): ProvedRow | undefined => rows[0]?.rows[0] as ProvedRow | undefined

export function actorOf(rows: BatchRows[], sessionHash: Buffer): Actor | null {
  const proved = provedRow(rows)
  if (!proved || !(proved.role in ROLES)) return null
  const role = ROLES[proved.role]
  return {
    personId: proved.person_id,
    personName: proved.person_name,
    tenantId: proved.tenant_id,
    grantId: proved.id,
    role: proved.role,
    orgId: proved.org_id,
    scope: proved.org_path,
    reach: proved.reach,
    memberId: proved.member_id,
    permissions: new Set(role.permissions),
    secondFactorAt: proved.second_factor_at,
    secondFactorNeeded: role.secondFactor,
    sessionHash,
  }
}

/** Equal for equal rights; empty when there is no valid session or grant. */
export function stampOf(rows: BatchRows[]): string {
  const proved = provedRow(rows)
  return proved ? stamp(proved) : ''
}

const stamp = (proved: ProvedRow): string =>
  `${proved.id}/${proved.version}/${proved.org_path}/${proved.reach}/${proved.role}/${proved.member_id ?? ''}/${proved.second_factor_at?.getTime() ?? 0}/${proved.person_name}`

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
  new Map(((rows?.rows ?? []) as (ProvedRow & { hash: string })[]).map((row) => [row.hash, stamp(row)]))
