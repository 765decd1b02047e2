import { randomBytes } from 'node:crypto'
import type { RoleName } from '@tongxin/contract'
import type pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { columnsOf } from '../modules/members/members.record.ts'
import { Sessions } from '../platform/session.ts'
import type { Vault } from '../platform/vault.ts'

// What a whole installation is filled with for kill tests and measurements: straight into the tables, as superuser.

export type Unit = { readonly id: string; readonly path: string; readonly name: string }
export type Planted = { readonly tenantId: string; readonly root: Unit; readonly branches: readonly Unit[] }
export type Person = { readonly personId: string; readonly cookie: string; readonly unit: Unit }

/** Rows into a table, columns by the names of the first row; bytes as Buffer, the rest as JSON. */
export async function insertRows(client: pg.Client, table: string, rows: readonly object[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).join(', ')
  for (let at = 0; at < rows.length; at += 2000) {
    const text = JSON.stringify(rows.slice(at, at + 2000), (_, value: unknown) => {
      const bytes = value as { type?: string; data?: number[] } | null
      return bytes?.type === 'Buffer' ? `\\x${Buffer.from(bytes.data ?? []).toString('hex')}` : value
    })
    await client.query(
      `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      [text],
    )
  }
}

/** A committee with branches below it: one tenant. */
export async function plantTree(client: pg.Client, branches: number, now: Date): Promise<Planted> {
  const tenantId = uuidv7()
  const root = { id: uuidv7(), path: 'r00', name: '江湾大学委员会' }
  const units = Array.from({ length: branches }, (_, at) => ({
    id: uuidv7(),
    path: `r00.${String(at).padStart(4, '0')}`,
    name: `第${at + 1}党支部`,
  }))
  await client.query('insert into platform_tenant (id, path, name, created_at) values ($1, $2, $3, $4)', [
    tenantId,
    root.path,
    root.name,
    now,
  ])
  const row = (unit: Unit, kind: string, parentId: string | null) => ({
    tenant_id: tenantId,
    id: unit.id,
    path: unit.path,
    name: unit.name,
    kind,
    parent_id: parentId,
    founded_on: '2016-06-18',
    created_at: now,
    updated_at: now,
  })
  await insertRows(client, 'org_unit', [
    row(root, 'committee', null),
    ...units.map((unit) => row(unit, 'branch', root.id)),
  ])
  return { tenantId, root, branches: units }
}

export type Post = {
  readonly role: RoleName
  readonly unit: Unit
  readonly memberId?: string
  readonly personId?: string
}

/** Signed-in people, one post each; the second factor was shown just now. @returns their cookies, in order */
export async function plantPeople(
  client: pg.Client,
  tenantId: string,
  posts: readonly Post[],
  now: Date,
): Promise<Person[]> {
  const people = posts.map((post) => ({
    ...post,
    personId: post.personId ?? uuidv7(),
    grantId: uuidv7(),
    token: randomBytes(32).toString('base64url'),
  }))
  await insertRows(
    client,
    'access_person',
    people.map(({ personId, role }) => ({ id: personId, name: `${role} 测试`, created_at: now })),
  )
  await insertRows(
    client,
    'access_account',
    people.map(({ personId }) => ({ person_id: personId, state: 'active', created_at: now })),
  )
  await insertRows(
    client,
    'access_person_tenant',
    people.map(({ personId }) => ({ person_id: personId, tenant_id: tenantId })),
  )
  await insertRows(
    client,
    'access_grant',
    people.map(({ personId, grantId, role, unit, memberId }) => ({
      tenant_id: tenantId,
      id: grantId,
      person_id: personId,
      role,
      org_id: unit.id,
      org_path: unit.path,
      reach: role === 'member' ? 'self' : 'subtree',
      member_id: memberId ?? null,
      from_on: new Date(now.getTime() - 60_000),
      created_at: now,
    })),
  )
  await insertRows(
    client,
    'access_session',
    people.map(({ personId, grantId, token }) => ({
      token_hash: Sessions.hash(token),
      person_id: personId,
      tenant_id: tenantId,
      grant_id: grantId,
      created_at: now,
      last_seen_at: now,
      idle_minutes: 240,
      expires_at: new Date(now.getTime() + 12 * 3600_000),
      second_factor_at: now,
    })),
  )
  return people.map(({ personId, token, unit }) => ({ personId, unit, cookie: `sid=${token}` }))
}

export type Member = {
  readonly id: string
  readonly personId: string
  readonly unit: Unit
  readonly name: string
  readonly memberNo: string
}

/** Approved records of formal members, spread over the units, sealed as the application seals them. */
export async function plantMembers(
  client: pg.Client,
  vault: Vault,
  planted: Planted,
  count: number,
  now: Date,
): Promise<Member[]> {
  const members: Member[] = []
  const units = planted.branches
  for (let from = 0; from < count; from += 5000) {
    const rows = Array.from({ length: Math.min(5000, count - from) }, (_, offset) => {
      const at = from + offset
      const unit = units[at % units.length] as Unit
      const member = { id: uuidv7(), personId: uuidv7(), unit, name: nameOf(at), memberNo: numberOf(at) }
      members.push(member)
      return { row: rowOf(vault, planted.tenantId, member, at, now), member }
    })
    await insertRows(
      client,
      'members_member',
      rows.map(({ row }) => row),
    )
  }
  const counts = units.map((unit, at) => ({
    tenant_id: planted.tenantId,
    unit_id: unit.id,
    org_path: unit.path,
    category: 'formal',
    people: Math.floor(count / units.length) + (at < count % units.length ? 1 : 0),
  }))
  const all = { tenant_id: planted.tenantId, org_path: planted.root.path, category: 'formal', people: count }
  await insertRows(client, 'org_count', counts)
  await insertRows(client, 'org_total', [all, ...counts.map(({ unit_id: _, ...total }) => total)])
  await client.query('analyze')
  return members
}

function rowOf(vault: Vault, tenantId: string, member: Member, at: number, now: Date): object {
  const facts = {
    name: member.name,
    sex: at % 2 ? '1' : '2',
    ethnic: '01',
    bornOn: bornOnOf(at),
    education: '21',
    category: 'formal',
    status: 'normal',
    joinedOn: `20${String(10 + (at % 12))}-07-01`,
    convertedOn: `20${String(11 + (at % 12))}-07-01`,
    idNumber: idNumberOf(at),
    phone: `139${String(at).padStart(8, '0')}`,
    address: `江湾路 ${at} 号`,
  }
  return {
    tenant_id: tenantId,
    id: member.id,
    person_id: member.personId,
    org_id: member.unit.id,
    org_path: member.unit.path,
    member_no: member.memberNo,
    record_state: 'approved',
    created_at: now,
    updated_at: now,
    ...columnsOf(vault, member.id, facts, now),
  }
}

const SURNAMES = [...'王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗']
const GIVEN = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉红']

/** A name by number, thousands of different ones. */
export function nameOf(at: number): string {
  const pick = (list: readonly string[], index: number) => list[index % list.length] as string
  return `${pick(SURNAMES, at)}${pick(GIVEN, Math.floor(at / 20))}${pick(GIVEN, Math.floor(at / 520) + at)}`
}

const numberOf = (at: number) => `T26${String(at).padStart(8, '0')}`

const bornOnOf = (at: number) => idNumberOf(at).replace(/^.{6}(.{4})(.{2})(.{2}).*$/, '$1-$2-$3')

/** A well-formed invented ID number (GB 11643-1999), different for each number up to nine million. */
export function idNumberOf(at: number): string {
  const day = `${1980 + Math.floor(at / 336_000)}${String((Math.floor(at / 1000) % 12) + 1).padStart(2, '0')}${String((Math.floor(at / 12_000) % 28) + 1).padStart(2, '0')}`
  const body = `110101${day}${String(at % 1000).padStart(3, '0')}`
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, index) => total + weight * Number(body[index]), 0)
  return body + '10X98765432'[sum % 11]
}

/** A branch meeting in progress that `called` are invited to, with the counts that convening would have made. */
export async function plantMeeting(
  client: pg.Client,
  planted: Planted,
  called: readonly Member[],
  now: Date,
): Promise<string> {
  const id = uuidv7()
  const at = { tenant_id: planted.tenantId, meeting_id: id, org_path: planted.root.path }
  await insertRows(client, 'meetings_meeting', [
    {
      tenant_id: planted.tenantId,
      id,
      org_id: planted.root.id,
      org_path: planted.root.path,
      state: 'in_progress',
      title: '党员大会',
      kinds: ['member_meeting'],
      starts_at: new Date(now.getTime() - 10 * 60_000),
      ends_at: new Date(now.getTime() + 110 * 60_000),
      held_on: now.toISOString().slice(0, 10),
      opens_before: 60,
      closes_after: 120,
      invites: { who: 'all' },
      leave_before: 60,
      made_by: called[0]?.personId,
      convened_at: now,
      opened_at: now,
      created_at: now,
      updated_at: now,
    },
  ])
  await insertRows(client, 'meetings_count', [{ ...at, voters: called.length }])
  await insertRows(
    client,
    'meetings_attendee',
    called.map((member) => ({
      ...at,
      member_id: member.id,
      person_id: member.personId,
      org_id: member.unit.id,
      name: member.name,
      member_no: member.memberNo,
      category: 'formal',
      part: 'voter',
      answer: 'confirmed',
      created_at: now,
    })),
  )
  return id
}
