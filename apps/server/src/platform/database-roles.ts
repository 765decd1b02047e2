import { runtimeRefusals } from '@tongxin/contract/runtime'
import pg from 'pg'
import type { Config } from './config.ts'
import type { Embedded } from './embedded-postgres.ts'
import { causeOf, nothing, type RuntimeLog } from './runtime-log.ts'

/**
 * Two roles share the database: the owner, who migrates, and `tongxin_app`, as which the application runs: it owns
 * nothing, bypasses no row policy and has only what migrations grant by name.
 */
export type RolePasswords = { readonly admin: string; readonly owner: string; readonly app: string }

export type OpenDatabase = {
  readonly ownerUrl: string
  readonly appUrl: string
  /** May read past row policies, for backups; absent on a server of somebody else. */
  readonly adminUrl: string | undefined
  readonly embedded: Embedded | undefined
  stop(): Promise<void>
}

const OLDEST = 150_000

/**
 * Opens the database of this configuration: the embedded one, or the server that DATABASE_URL names.
 * @throws Refusal `runtime.*` of `startEmbedded`, `runtime.database_unreachable`, `database_too_old`, `role_missing`
 */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  log: RuntimeLog,
): Promise<OpenDatabase> {
  if (config.databaseUrl === undefined) {
    const { startEmbedded } = await import('./embedded-postgres.ts')
    const embedded = await startEmbedded({ dataDir: config.dataDir, log })
    return {
      ownerUrl: embedded.ownerUrl,
      appUrl: embedded.appUrl,
      adminUrl: embedded.adminUrl,
      embedded,
      stop: () => embedded.stop(),
    }
  }
  await prepareServer(config.databaseUrl)
  return {
    ownerUrl: config.databaseUrl,
    appUrl: asApplication(config.databaseUrl),
    adminUrl: undefined,
    embedded: undefined,
    stop: async () => nothing(),
  }
}

/** The same connection with the rights of the application only. */
export function asApplication(ownerUrl: string): string {
  return `${ownerUrl}${ownerUrl.includes('?') ? '&' : '?'}options=${encodeURIComponent('-c role=tongxin_app')}`
}

/** Runs `work` on one connection of its own and closes it. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'tongxin-maintenance',
  })
  // Without a listener a connection that breaks between statements ends the process; the next statement reports it.
  client.on('error', nothing)
  try {
    await client.connect()
  } catch (error) {
    await client.end().catch(nothing)
    throw runtimeRefusals.database_unreachable({ cause: causeOf(error) })
  }
  try {
    return await work(client)
  } finally {
    await client.end().catch(nothing)
  }
}

/** PostgreSQL 15 is the oldest that the migrations are written for. @throws Refusal `runtime.database_too_old` */
export function demandVersion(version: string, number: number): void {
  if (number < OLDEST) throw runtimeRefusals.database_too_old({ version })
}

async function prepareServer(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    const facts = await client.query<{
      version: string
      number: number
      user: string
      isThere: boolean
      mayBe: boolean
    }>(`
      select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
        current_user as user, exists (select from pg_roles where rolname = 'tongxin_app') as "isThere",
        coalesce((select pg_has_role(current_user, oid, 'member') from pg_roles where rolname = 'tongxin_app'), false) as "mayBe"`)
    const { version, number, user, isThere, mayBe } = facts.rows[0]!
    demandVersion(version, number)
    const create = isThere ? [] : ['create role tongxin_app nologin']
    const grant = mayBe && isThere ? [] : [`grant tongxin_app to ${client.escapeIdentifier(user)}`]
    const statements = [...create, ...grant]
    try {
      for (const statement of statements) await client.query(statement)
    } catch (error) {
      const isRace = (error as { code?: string }).code === '42710'
      if (!isRace) throw runtimeRefusals.role_missing({ cause: causeOf(error), statement: `${statements.join('; ')};` })
    }
    await restrictPublic(client)
  })
  await withClient(asApplication(ownerUrl), async (client) => {
    // A pooler may drop the option that takes the role: the application would run as owner, past every row policy.
    const { rows } = await client.query<{ user: string }>('select current_user as user')
    if (rows[0]?.user !== 'tongxin_app') {
      throw runtimeRefusals.role_missing({ cause: `connected as ${rows[0]?.user}`, statement: 'set role tongxin_app' })
    }
  })
}

/** Nothing by default: tables and functions reach the application only through the grants of migrations. */
async function restrictPublic(client: pg.Client): Promise<void> {
  await client.query('alter default privileges revoke execute on functions from public')
  await client.query('grant usage on schema public to tongxin_app')
}

/** Makes the roles and the database of a fresh cluster; on a known one it only looks. Safe to repeat after a kill. */
export async function ensureEmbeddedRoles(
  serverUrl: string,
  databaseUrl: string,
  passwords: RolePasswords,
): Promise<void> {
  const isNew = await withClient(serverUrl, async (client) => {
    const found = await client.query<{ done: boolean }>(
      `select exists (select from pg_shdescription d join pg_database b on b.oid = d.objoid
        where b.datname = 'tongxin' and d.description = 'prepared') as done`,
    )
    if (found.rows[0]?.done) return false
    for (const [role, password] of [
      ['tongxin_owner', passwords.owner],
      ['tongxin_app', passwords.app],
    ] as const) {
      const known = await client.query('select from pg_roles where rolname = $1', [role])
      const verb = known.rowCount === 0 ? 'create' : 'alter'
      const limits = 'login nosuperuser nocreatedb nocreaterole nobypassrls noreplication'
      await client.query(`${verb} role ${role} ${limits} password ${client.escapeLiteral(password)}`)
    }
    const database = await client.query(`select from pg_database where datname = 'tongxin'`)
    if (database.rowCount === 0) await client.query('create database tongxin owner tongxin_owner template template0')
    await client.query('revoke all on database tongxin from public')
    await client.query('grant connect on database tongxin to tongxin_app')
    return true
  })
  if (!isNew) return
  await withClient(databaseUrl, async (client) => {
    await client.query('set role tongxin_owner')
    await restrictPublic(client)
    await client.query('reset role')
    // Last, as the mark that everything before is done.
    await client.query(`comment on database tongxin is 'prepared'`)
  })
}
