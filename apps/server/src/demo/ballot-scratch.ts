import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { type App, createApp } from '../app.ts'
import { loadConfig } from '../platform/config.ts'
import { openCastDoor } from '../platform/content-door.ts'
import type { Tx } from '../platform/ctx.ts'
import { openDatabase } from '../platform/database-roles.ts'
import { openLog } from '../platform/log.ts'
import { migrate } from '../platform/migrate.ts'
import { requireFreePort } from '../platform/network.ts'
import { Sessions } from '../platform/session.ts'
import { inSystemTransaction } from '../platform/transaction.ts'

/** A server of its own on a database of its own, with one branch, its secretary, and so many members. */
export type Scratch = {
  readonly app: App
  readonly origin: string
  readonly adminUrl: string
  readonly dataDir: string
  readonly tenantId: string
  readonly orgId: string
  readonly officer: string
  /** Cookies of signed-in members, and their member records in the same order. */
  readonly voters: readonly string[]
  readonly members: readonly string[]
  close(): Promise<void>
}

const BRANCH = { path: 'r00', name: '演示党支部' }

/** Starts it in a temporary folder, which `close` removes. Nothing of an existing installation is touched. */
export async function openScratch(voters: number): Promise<Scratch> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tongxin-ballot-'))
  const remove = () => rmSync(dataDir, { recursive: true, force: true })
  try {
    const given = loadConfig({ TONGXIN_DATA: dataDir, PORT: '0' })
    const port = await requireFreePort(given.host, 0)
    const config = { ...given, port, publicOrigin: given.publicOrigin.replace(/:0$/, `:${port}`) }
    const log = openLog('error')
    const database = await openDatabase(config, log)
    await migrate(database.ownerUrl, log)
    const door = await openCastDoor(config)
    if (!door) throw new Error('no port for casting')
    const app = await createApp({
      config: { ...config, castOrigin: door.origin },
      database: { appUrl: database.appUrl, ownerUrl: database.ownerUrl },
      log,
    })
    const origin = await app.listen()
    door.serve(app.http.routing)
    const close = async () => {
      await door.close()
      await app.close()
      await database.stop()
      remove()
    }
    const people = await plantPeople(app, voters)
    return { app, origin, adminUrl: database.adminUrl ?? database.ownerUrl, dataDir, ...people, close }
  } catch (error) {
    remove()
    throw error
  }
}

type Planted = { readonly token: string; readonly memberId: string }
type Unit = { readonly tenantId: string; readonly orgId: string; readonly now: Date }
const AT_ONCE = 500
const HOURS = 12 * 3_600_000

async function plantPeople(
  app: App,
  count: number,
): Promise<Pick<Scratch, 'tenantId' | 'orgId' | 'officer' | 'voters' | 'members'>> {
  const { platform } = app.http
  const unit = { tenantId: uuidv7(), orgId: uuidv7(), now: new Date() }
  const { tenantId, orgId, now } = unit
  await platform.db
    .insertInto('platform_tenant')
    .values({ id: tenantId, ...BRANCH, created_at: now })
    .execute()
  const scope = { tenantId, scope: BRANCH.path }
  await inSystemTransaction(platform, scope, async (tx) => {
    const times = { founded_on: '2016-06-18', created_at: now, updated_at: now }
    await tx
      .insertInto('org_unit')
      .values({ tenant_id: tenantId, id: orgId, ...BRANCH, kind: 'branch', parent_id: null, ...times })
      .execute()
  })
  const [officer] = await inSystemTransaction(platform, scope, (tx) => plantSome(tx, unit, ['支部书记'], true))
  const voters: Planted[] = []
  for (let from = 0; from < count; from += AT_ONCE) {
    const names = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, at) => `党员${from + at + 1}`)
    voters.push(...(await inSystemTransaction(platform, scope, (tx) => plantSome(tx, unit, names, false))))
  }
  return {
    tenantId,
    orgId,
    officer: `${platform.cookieName}=${officer?.token}`,
    voters: voters.map(({ token }) => `${platform.cookieName}=${token}`),
    members: voters.map(({ memberId }) => memberId),
  }
}

/** People with one grant and a live session each, past the sign-in, which is not what is shown here. */
async function plantSome(tx: Tx, unit: Unit, names: readonly string[], isOfficer: boolean): Promise<Planted[]> {
  const { tenantId, orgId, now } = unit
  const people = names.map((name) => ({
    name,
    personId: uuidv7(),
    grantId: uuidv7(),
    memberId: uuidv7(),
    token: randomBytes(32).toString('base64url'),
  }))
  const at = { tenant_id: tenantId, org_id: orgId, org_path: BRANCH.path }
  await tx
    .insertInto('access_person')
    .values(people.map((one) => ({ id: one.personId, name: one.name, created_at: now })))
    .execute()
  await tx
    .insertInto('access_account')
    .values(people.map((one) => ({ person_id: one.personId, state: 'active', created_at: now })))
    .execute()
  await tx
    .insertInto('access_person_tenant')
    .values(people.map((one) => ({ person_id: one.personId, tenant_id: tenantId })))
    .execute()
  await tx
    .insertInto('access_grant')
    .values(
      people.map((one) => ({
        ...at,
        id: one.grantId,
        person_id: one.personId,
        role: isOfficer ? 'branch_secretary' : 'member',
        reach: isOfficer ? 'subtree' : 'self',
        from_on: new Date(now.getTime() - 1000),
        member_id: isOfficer ? null : one.memberId,
        created_at: now,
      })),
    )
    .execute()
  await plantSessions(tx, unit, people, isOfficer)
  if (!isOfficer) await plantRecords(tx, unit, people)
  return people
}

async function plantSessions(
  tx: Tx,
  { tenantId, now }: Unit,
  people: readonly { personId: string; grantId: string; token: string }[],
  isOfficer: boolean,
): Promise<void> {
  await tx
    .insertInto('access_session')
    .values(
      people.map((one) => ({
        tenant_id: tenantId,
        person_id: one.personId,
        grant_id: one.grantId,
        token_hash: Sessions.hash(one.token),
        created_at: now,
        last_seen_at: now,
        idle_minutes: HOURS / 60_000,
        expires_at: new Date(now.getTime() + HOURS),
        second_factor_at: isOfficer ? now : null,
      })),
    )
    .execute()
}

let serial = 0

async function plantRecords(
  tx: Tx,
  { tenantId, orgId, now }: Unit,
  people: readonly { name: string; personId: string; memberId: string }[],
): Promise<void> {
  await tx
    .insertInto('members_member')
    .values(
      people.map((one) => {
        serial += 1
        return {
          tenant_id: tenantId,
          id: one.memberId,
          person_id: one.personId,
          org_id: orgId,
          org_path: BRANCH.path,
          member_no: `DEMO${String(serial).padStart(7, '0')}`,
          name: one.name,
          given_name: one.name.slice(1),
          pinyin: 'dang yuan',
          initials: 'dy',
          category: 'formal',
          record_state: 'approved',
          created_at: now,
          updated_at: now,
        }
      }),
    )
    .execute()
}
