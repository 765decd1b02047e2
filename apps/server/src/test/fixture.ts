import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RoleName } from '@tongxin/contract'
import { type Kysely, sql } from 'kysely'
import type pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { expect, inject } from 'vitest'
import { type App, createApp } from '../app.ts'
import { loadConfig } from '../platform/config.ts'
import { withClient } from '../platform/database-roles.ts'
import { openDb, openPool } from '../platform/db.ts'
import type { DB } from '../platform/db-types.ts'
import { openLog } from '../platform/log.ts'
import type { Platform } from '../platform/platform.ts'
import { Sessions } from '../platform/session.ts'
import { inSystemTransaction } from '../platform/transaction.ts'
import { noteStatement, watchAudit } from './audit-watch.ts'
import { TEMPLATE, withDatabaseName } from './global-setup.ts'
import { openFixtures } from './open-fixtures.ts'
import { assertTenantBound } from './tenant-guard.ts'

/** 2026-11-02 09:00 in Shanghai, a Monday. */
export const NOW = new Date('2026-11-02T01:00:00Z')

export type Answer<T = unknown> = { status: number; body: T; headers: Record<string, string | string[] | undefined> }
export type Client = {
  readonly personId: string
  readonly cookie: string
  send<T = unknown>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
    headers?: Record<string, string>,
  ): Promise<Answer<T>>
}

export type Fixture = {
  readonly app: App
  readonly platform: Platform
  /** Past all row policies, for looking at what is really stored. */
  readonly admin: Kysely<DB>
  readonly tenantId: string
  readonly orgs: Readonly<Record<OrgKey, { id: string; path: string; name: string }>>
  /** A signed-in person with one grant; administrators have shown their second factor just now. */
  signIn(
    role: RoleName,
    org: OrgKey,
    more?: { reach?: 'self' | 'node' | 'subtree'; secondFactorAt?: Date | null; name?: string; memberId?: string },
  ): Promise<Client>
  /** Nobody: no cookie. */
  readonly stranger: Client
  setNow(now: Date): void
  /** Runs all reactions to what was committed, and those to what reactions told. */
  deliver(): Promise<void>
}

/** A university committee with two general branches of two branches each, and one branch of its own. */
const TREE = {
  committee: ['江湾大学委员会', 'committee', null, 'r00'],
  faculty: ['机械学院党总支', 'general_branch', 'committee', 'r00.001'],
  teachers: ['机械学院教工党支部', 'branch', 'faculty', 'r00.001.001'],
  students: ['机械学院学生党支部', 'branch', 'faculty', 'r00.001.002'],
  medicine: ['医学院党总支', 'general_branch', 'committee', 'r00.002'],
  nurses: ['医学院护理党支部', 'branch', 'medicine', 'r00.002.001'],
  retired: ['离退休党支部', 'branch', 'committee', 'r00.003'],
} as const
export type OrgKey = keyof typeof TREE

/**
 * A cloned database and the whole application on it, for one test file, with further settings. `isEmpty`: as after the
 * very first start, without an organisation; `isWatched: false`: writes may leave no event. Closed after the file.
 */
export async function openFixture(
  settings: Readonly<Record<string, string>> = {},
  more: { isEmpty?: boolean; isWatched?: boolean } = {},
): Promise<Fixture> {
  const urls = inject('database')
  const name = `t_${randomBytes(6).toString('hex')}`
  // Its files are copied: written page by page to the log of transactions, a new database costs twice as much.
  await withClient(
    urls.adminUrl,
    async (client) => void (await client.query(`create database ${name} template ${TEMPLATE} strategy file_copy`)),
  )
  const dataDir = mkdtempSync(join(tmpdir(), 'tongxin-file-'))
  let now = NOW
  const app = await createApp({
    config: loadConfig({ TONGXIN_DATA: dataDir, PORT: '8080', ...settings }),
    database: { appUrl: withDatabaseName(urls.appUrl, name), ownerUrl: withDatabaseName(urls.adminUrl, name) },
    log: openLog('error'),
    test: { clock: () => now, wrapPool: guarded, poolSize: 6 },
  })
  await app.http.ready()
  const silentRoutes = more.isWatched === false ? () => [] : watchAudit(app.http)
  const pool = openPool({ url: withDatabaseName(urls.adminUrl, name), max: 2, onError: () => {} })
  const platform = app.http.platform
  const admin = openDb(pool)
  const { tenantId, orgs } = more.isEmpty ? { tenantId: '', orgs: {} as Fixture['orgs'] } : await plantTree(platform)
  openFixtures.push(async () => {
    await app.close()
    await pool.end()
    await withClient(urls.adminUrl, async (client) => void (await client.query(`drop database ${name} with (force)`)))
    rmSync(dataDir, { recursive: true, force: true })
    // Last, so that a finding leaves nothing behind.
    expect(silentRoutes(), 'left no event: publish one, or say why not in test/silent-routes.ts').toEqual([])
  })
  return {
    app,
    platform,
    admin,
    tenantId,
    orgs,
    stranger: clientOf(app, '', ''),
    signIn: (role, org, more = {}) => signIn({ app, tenantId, unit: orgs[org], now }, role, more),
    setNow: (instant) => {
      now = instant
    },
    deliver: async () => {
      let told: string | null = null
      for (let newest = await allVisible(admin); newest !== told; newest = await allVisible(admin)) {
        await app.http.outbox.drain()
        told = newest
      }
    },
  }
}

type Place = {
  readonly app: App
  readonly tenantId: string
  readonly unit: { id: string; path: string }
  readonly now: Date
}

/** Plants a person with one grant and a live session, past the sign-in that has tests of its own. */
async function signIn(
  { app, tenantId, unit, now }: Place,
  role: RoleName,
  more: Parameters<Fixture['signIn']>[2] = {},
): Promise<Client> {
  const { platform } = app.http
  const [personId, grantId] = [uuidv7(), uuidv7()]
  const token = randomBytes(32).toString('base64url')
  const grant = {
    role,
    org_id: unit.id,
    org_path: unit.path,
    created_at: now,
    reach: more.reach ?? (role === 'member' ? 'self' : 'subtree'),
    from_on: new Date(now.getTime() - 1000),
    member_id: more.memberId ?? null,
  }
  const session = {
    created_at: now,
    last_seen_at: now,
    idle_minutes: 30,
    expires_at: new Date(now.getTime() + 12 * 3600_000),
    second_factor_at: more.secondFactorAt === undefined ? now : more.secondFactorAt,
  }
  const person = { id: personId, name: more.name ?? `${role} 测试`, created_at: now }
  const ids = { person_id: personId, tenant_id: tenantId }
  await inSystemTransaction(platform, { tenantId, scope: unit.path }, async (tx) => {
    await tx.insertInto('access_person').values(person).execute()
    await tx.insertInto('access_account').values({ person_id: personId, state: 'active', created_at: now }).execute()
    await tx.insertInto('access_person_tenant').values(ids).execute()
    await tx
      .insertInto('access_grant')
      .values({ ...ids, ...grant, id: grantId })
      .execute()
    await tx
      .insertInto('access_session')
      .values({ ...ids, ...session, grant_id: grantId, token_hash: Sessions.hash(token) })
      .execute()
  })
  return clientOf(app, personId, `${platform.cookieName}=${token}`)
}

/**
 * Events are delivered in the order of commits, which waits for older transactions, also those of other test files on
 * the same server: this waits until the newest event is below the oldest of them. @returns the transaction of that event
 */
export async function allVisible(admin: Kysely<DB>): Promise<string | null> {
  for (;;) {
    const { rows } = await sql<{ newest: string | null; visible: boolean }>`
      select n.xid::text as newest, coalesce(n.xid < pg_snapshot_xmin(pg_current_snapshot()), true) as visible
      from (select (select xid from platform_event order by xid desc limit 1) as xid) n`.execute(admin)
    if (rows[0]?.visible) return rows[0].newest
  }
}

function clientOf(app: App, personId: string, cookie: string): Client {
  return {
    personId,
    cookie,
    async send(method, path, body, headers = {}) {
      const answer = await app.http.inject({
        method,
        url: `/api/v1${path}`,
        headers: { ...(cookie ? { cookie } : {}), ...headers },
        ...(body === undefined ? {} : { payload: body }),
      })
      const json = /json/.test(String(answer.headers['content-type'] ?? ''))
      return {
        status: answer.statusCode,
        body: (json ? answer.json() : answer.body) as never,
        headers: answer.headers as Answer['headers'],
      }
    },
  }
}

async function plantTree(platform: Platform): Promise<Pick<Fixture, 'tenantId' | 'orgs'>> {
  const tenantId = uuidv7()
  const orgs = Object.fromEntries(
    Object.entries(TREE).map(([key, [name, , , path]]) => [key, { id: uuidv7(), path, name }]),
  ) as unknown as Fixture['orgs']
  await platform.db
    .insertInto('platform_tenant')
    .values({ id: tenantId, path: 'r00', name: TREE.committee[0], created_at: NOW })
    .execute()
  await inSystemTransaction(platform, { tenantId, scope: 'r00' }, async (tx) => {
    for (const [key, [name, kind, parent, path]] of Object.entries(TREE)) {
      await tx
        .insertInto('org_unit')
        .values({
          tenant_id: tenantId,
          id: orgs[key as OrgKey].id,
          path,
          name,
          kind,
          parent_id: parent ? orgs[parent as OrgKey].id : null,
          founded_on: '2016-06-18',
          created_at: NOW,
          updated_at: NOW,
        })
        .execute()
    }
  })
  return { tenantId, orgs }
}

/** Refuses every statement of the application that does not hold each tenant table to one tenant. */
function guarded(pool: pg.Pool): pg.Pool {
  pool.on('connect', (client) => {
    const send = client.query.bind(client) as (...args: unknown[]) => unknown
    client.query = ((...args: unknown[]) => {
      const first = args[0] as string | { text?: string; statements?: readonly { text: string }[] }
      const texts = typeof first === 'string' ? [first] : (first.statements?.map((s) => s.text) ?? [first.text ?? ''])
      for (const text of texts) {
        assertTenantBound(text)
        noteStatement(client, text)
      }
      return send(...args)
    }) as typeof client.query
  })
  return pool
}
