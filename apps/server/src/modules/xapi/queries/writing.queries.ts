import type { Statement } from '../../../platform/batch.ts'

/** Statements of the two round trips in which a group of xAPI statements is read about and written. */

export type CredentialRow = {
  id: string
  secretHash: Buffer
  scopes: string[]
  orgPath: string
  name: string
  mostPerMinute: number
  memberId: string | null
  registration: string | null
}

const VALID = `select c.id, c.secret_hash as "secretHash", c.scopes, c.org_path as "orgPath", c.name,
    c.most_per_minute as "mostPerMinute", null::uuid as "memberId", null::uuid as registration
  from xapi_credential c
  where c.tenant_id = $1 and c.id = any($2::uuid[]) and c.ended_at is null and (c.until_on is null or c.until_on >= $4::date)
  union all
  select l.id, l.secret_hash, '{}'::text[], l.org_path, '', 0, l.member_id, l.registration
  from xapi_launch l
  where l.tenant_id = $1 and l.id = any($2::uuid[]) and l.ended_at is null and l.expires_at > $3
    and l.fetched_at is not null`

/** Keys of programs and of launched content that are valid now. */
export const findingCredentials = (tenantId: string, ids: readonly string[], now: Date, today: string): Statement => ({
  name: 'xapi_credentials',
  text: VALID,
  values: [tenantId, [...new Set(ids)], now, today],
})

export type KnownStatement = {
  id: string
  digest: string
  credentialId: string | null
  voids: string | null
  refers: string[] | null
}

/** What is known of statements that have these ids, or are referred to. */
export const findingStatements = (tenantId: string, ids: readonly string[]): Statement => ({
  name: 'xapi_known',
  text: `select id, digest, credential_id as "credentialId", voids, refers from xapi_statement
    where tenant_id = $1 and id = any($2::uuid[])`,
  values: [tenantId, [...new Set(ids)]],
})

export type Voiding = { voids: string; credentialId: string | null }

/** Statements that void others which come only now. */
export const findingVoiding = (tenantId: string, ids: readonly string[]): Statement => ({
  name: 'xapi_voiding',
  text: `select voids, credential_id as "credentialId" from xapi_statement where tenant_id = $1 and voids = any($2::uuid[])`,
  values: [tenantId, [...new Set(ids)]],
})

export type NewStatement = {
  readonly id: string
  readonly seq: string
  readonly orgPath: string
  /** Null: the platform itself. */
  readonly credentialId: string | null
  readonly memberId: string | null
  readonly actorKey: string
  readonly verbKey: string
  readonly activityKey: string | null
  readonly registration: string | null
  readonly refers: readonly string[]
  readonly voids: string | null
  readonly voided: boolean
  readonly digest: string
  readonly raw: string
}

/** Lists are sent as texts of arrays: rows of `unnest` cannot have lists of different lengths. */
const listOf = (keys: readonly string[]): string | null => (keys.length === 0 ? null : `{${keys.join(',')}}`)

const inserting = (repeatable: boolean): string => `insert into xapi_statement (tenant_id, id, seq, stored, org_path,
      credential_id, member_id, actor_key, verb_key, activity_key, registration, refers, voids, voided, digest, raw, repeatable)
    select $1, r.id, r.seq, $2, r.org_path, r.credential_id, r.member_id, r.actor_key, r.verb_key, r.activity_key,
      r.registration, r.refers::uuid[], r.voids, r.voided, r.digest, r.raw::json, ${repeatable}
    from unnest($3::uuid[], $4::uuid[], $5::text[], $6::uuid[], $7::uuid[], $8::uuid[], $9::uuid[], $10::uuid[],
      $11::uuid[], $12::text[], $13::uuid[], $14::boolean[], $15::uuid[], $16::text[])
      as r(id, seq, org_path, credential_id, member_id, actor_key, verb_key, activity_key, registration, refers, voids,
        voided, digest, raw)`

const INSERTING = inserting(false)
const INSERTING_OWN = inserting(true)

export const insertingStatements = (tenantId: string, stored: Date, rows: readonly NewStatement[]): Statement => ({
  name: 'xapi_insert',
  text: INSERTING,
  values: valuesOf(tenantId, stored, rows),
})

/** What the platform says of launched content: the same may be said again. */
export const insertingOwn = (tenantId: string, stored: Date, rows: readonly NewStatement[]): Statement => ({
  name: 'xapi_insert_own',
  text: INSERTING_OWN,
  values: valuesOf(tenantId, stored, rows),
})

const valuesOf = (tenantId: string, stored: Date, rows: readonly NewStatement[]): Statement['values'] => [
  tenantId,
  stored,
  rows.map(({ id }) => id),
  rows.map(({ seq }) => seq),
  rows.map(({ orgPath }) => orgPath),
  rows.map(({ credentialId }) => credentialId),
  rows.map(({ memberId }) => memberId),
  rows.map(({ actorKey }) => actorKey),
  rows.map(({ verbKey }) => verbKey),
  rows.map(({ activityKey }) => activityKey),
  rows.map(({ registration }) => registration),
  rows.map(({ refers }) => listOf(refers)),
  rows.map(({ voids }) => voids),
  rows.map(({ voided }) => voided),
  rows.map(({ digest }) => digest),
  rows.map(({ raw }) => raw),
]

export type Mention = { readonly way: number; readonly key: string; readonly seq: string }

/** Under what else statements are found; the ways stand with the table. */
export const WAYS = { agent: 1, relatedAgent: 2, relatedActivity: 3, refers: 4 } as const
/** The ways of a statement about another one, by what the other one is found under. */
export const VIA = {
  agent: 11,
  relatedAgent: 12,
  relatedActivity: 13,
  verb: 14,
  activity: 15,
  registration: 16,
} as const

export const mentioning = (tenantId: string, rows: readonly Mention[]): Statement => ({
  name: 'xapi_mentions',
  text: `insert into xapi_mention (tenant_id, way, key, seq)
    select $1, r.way, r.key, r.seq from unnest($2::smallint[], $3::uuid[], $4::uuid[]) as r(way, key, seq)
    on conflict do nothing`,
  values: [tenantId, rows.map(({ way }) => way), rows.map(({ key }) => key), rows.map(({ seq }) => seq)],
})

/**
 * Lets statements about others be found under what the others are found under: new references to what is there, and
 * references that were there before what they refer to.
 */
export const mentioningVia = (
  tenantId: string,
  { seqs, ids }: { readonly seqs: readonly string[]; readonly ids: readonly string[] },
): Statement => ({
  name: 'xapi_mentions_via',
  text: `with pair as materialized (
      select m.key as target, m.seq from xapi_mention m where m.tenant_id = $1 and m.way = 4 and m.seq = any($2::uuid[])
      union select m.key, m.seq from xapi_mention m where m.tenant_id = $1 and m.way = 4 and m.key = any($3::uuid[])
    )
    insert into xapi_mention (tenant_id, way, key, seq)
    select $1, v.way, v.key, p.seq from pair p
      join xapi_statement t on t.tenant_id = $1 and t.id = p.target
      cross join lateral (values (11, t.actor_key), (14, t.verb_key), (15, t.activity_key), (16, t.registration)) as v(way, key)
      where v.key is not null
    union all
    select $1, o.way + 10, o.key, p.seq from pair p
      join xapi_statement t on t.tenant_id = $1 and t.id = p.target
      join xapi_mention o on o.tenant_id = $1 and o.seq = t.seq and o.way between 1 and 3
    on conflict do nothing`,
  values: [tenantId, seqs, ids],
})

export const markingVoided = (tenantId: string, ids: readonly string[]): Statement => ({
  name: 'xapi_void',
  text: 'update xapi_statement set voided = true where tenant_id = $1 and id = any($2::uuid[]) and voids is null',
  values: [tenantId, ids],
})

export type ActivityRow = { readonly key: string; readonly iri: string; readonly definition: string }

/** Puts definitions together: what is said anew stands, what is not said again stays. In the order of keys. */
export const knowingActivities = (tenantId: string, rows: readonly ActivityRow[]): Statement => ({
  name: 'xapi_activities',
  text: `insert into xapi_activity as a (tenant_id, key, iri, definition)
    select $1, r.key, r.iri, r.definition::jsonb from unnest($2::uuid[], $3::text[], $4::text[]) as r(key, iri, definition)
    on conflict (tenant_id, key) do update set definition = a.definition || excluded.definition
      || jsonb_strip_nulls(jsonb_build_object('name', (a.definition -> 'name') || (excluded.definition -> 'name'),
        'description', (a.definition -> 'description') || (excluded.definition -> 'description'),
        'extensions', (a.definition -> 'extensions') || (excluded.definition -> 'extensions')))
    where a.definition is distinct from excluded.definition`,
  values: [tenantId, rows.map(({ key }) => key), rows.map(({ iri }) => iri), rows.map(({ definition }) => definition)],
})

export type AttachmentRow = { readonly sha2: Buffer; readonly contentType: string; readonly bytes: Buffer }

export const keepingAttachments = (tenantId: string, stored: Date, rows: readonly AttachmentRow[]): Statement => ({
  name: 'xapi_attachments',
  text: `insert into xapi_attachment (tenant_id, sha2, content_type, bytes, stored)
    select $1, r.sha2, r.content_type, r.bytes, $2 from unnest($3::bytea[], $4::text[], $5::bytea[]) as r(sha2, content_type, bytes)
    order by r.sha2 on conflict do nothing`,
  values: [
    tenantId,
    stored,
    rows.map(({ sha2 }) => sha2),
    rows.map(({ contentType }) => contentType),
    rows.map(({ bytes }) => bytes),
  ],
})

export type AttachedRow = { readonly statementId: string; readonly sha2: Buffer; readonly contentType: string }

/** Which statement brought which bytes: who may read the one is given the other. */
export const linkingAttachments = (tenantId: string, rows: readonly AttachedRow[]): Statement => ({
  name: 'xapi_attached',
  text: `insert into xapi_attached (tenant_id, statement_id, sha2, content_type)
    select $1, r.statement_id, r.sha2, r.content_type
    from unnest($2::uuid[], $3::bytea[], $4::text[]) as r(statement_id, sha2, content_type) on conflict do nothing`,
  values: [
    tenantId,
    rows.map(({ statementId }) => statementId),
    rows.map(({ sha2 }) => sha2),
    rows.map(({ contentType }) => contentType),
  ],
})
