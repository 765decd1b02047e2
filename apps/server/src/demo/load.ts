import { randomBytes } from 'node:crypto'
import { demonstrationRefusals } from '@tongxin/contract/demonstration'
import { ROLES, type RoleName } from '@tongxin/contract/roles'
import { v7 as uuidv7 } from 'uuid'
import { createApp } from '../app.ts'
import { endWorkSessions, hashPassword, inventKeys, openAccount, openWorkSessions } from '../modules/access/index.ts'
import { createRoot } from '../modules/org/index.ts'
import type { Config } from '../platform/config.ts'
import { withClient } from '../platform/database-roles.ts'
import type { Log } from '../platform/log.ts'
import { DEMONSTRATION_PATH, tenants } from '../platform/tenants.ts'
import { inSystemTransaction } from '../platform/transaction.ts'
import { sendPeopleAway } from './absent-people.ts'
import { admitMembers } from './admissions.ts'
import { appraiseMembers } from './appraisals.ts'
import { publishArticles } from './articles.ts'
import { workInBranches } from './branch-work.ts'
import { planningOnce, sleepless } from './brisk.ts'
import { setUpChannels } from './channels.ts'
import { COMMITTEE_NAME } from './committee.ts'
import { talkTogether } from './conversations.ts'
import { teachCourses } from './courses.ts'
import { keepStudyAccounts } from './credits.ts'
import { openDesks } from './desk.ts'
import { keepDossiers } from './dossiers.ts'
import { holdElections } from './elections.ts'
import { examineMembers } from './exams.ts'
import { keepLearningFiles } from './learning-files.ts'
import { inventPeople } from './people.ts'
import { blurRecords } from './quality.ts'
import { seeded } from './random.ts'
import { moveRelations } from './relations.ts'
import { holdSecretVotes } from './secret-votes.ts'
import { foundBranches, givePosts, openOffices, type Plan, registerPeople, type Stage } from './staffing.ts'
import { studyTogether } from './study.ts'
import { askTasks } from './tasks.ts'
import { showTelevision } from './television.ts'
import { gatherTopics } from './topics.ts'
import { at, virtualClock } from './virtual-time.ts'
import { liveThrough } from './year.ts'

/** One account per role, with the keys made for this installation. */
export type DemonstrationAccount = {
  readonly role: RoleName
  readonly organisation: string
  readonly signInName: string
  readonly password: string
  readonly totpSecret: string | null
}

const SEED = 20_260_701
const DAY = 86_400_000
const CASTING = 'http://casting.invalid'

/**
 * Makes the invented committee as a tenant of its own and lets it live through the twelve months before `now`, through
 * the doors and routes that everybody uses, events included. Needs no set-up and does not mind a running server.
 * @throws Refusal `demonstration.there_already`
 */
export async function loadDemonstration(
  given: { config: Config; appUrl: string; ownerUrl: string; log: Log; now: Date },
  tell: (step: 'people' | 'life' | 'keys') => void,
): Promise<DemonstrationAccount[]> {
  const { config, log, now } = given
  // A generated committee that a power cut takes away is generated again: its commits need not wait for the disk. Not
  // through somebody else's connection pooler, which may refuse the parameter.
  const appUrl = config.databaseUrl === undefined ? withoutWaiting(given.appUrl) : given.appUrl
  const app = await createApp({
    // Votes that are held here are cast in this process; which origin a server has says itself when it starts.
    config: { ...config, castOrigin: config.castOrigin ?? CASTING },
    database: { appUrl },
    log,
    test: { clock: virtualClock(now), wrapPool: planningOnce, sessions: sleepless },
  })
  try {
    await app.http.ready()
    const { platform } = app.http
    if ((await tenants(platform.db)).some(({ path }) => path === DEMONSTRATION_PATH))
      throw demonstrationRefusals.there_already()
    const tenantId = uuidv7({ msecs: now.getTime() })
    const begin = new Date(now.getTime() - 370 * DAY)
    const random = seeded(SEED)
    const measureTables = () => withClient(given.ownerUrl, async (client) => void (await client.query('analyze')))
    tell('people')
    const stage = await at(begin, () => openStage({ app, tenantId, begin, now, measureTables }))
    const people = inventPeople(random, now)
    const plan = await at(begin, async () => givePosts(stage, await registerPeople(stage, people)))
    await wakeUp(stage)
    await at(begin, () => app.http.outbox.drain())
    await measureTables()
    tell('life')
    await liveThrough(stage, plan, random)
    await measureTables()
    await doBusiness(stage, plan)
    await at(now, () => app.http.outbox.drain())
    await keepStudyAccounts(stage, plan)
    await studyTogether(stage, plan)
    await askTasks(stage, plan)
    await setUpChannels(stage)
    await publishArticles(stage, plan)
    await talkTogether(stage, plan)
    await at(now, () => app.http.outbox.drain())
    await measureTables()
    tell('keys')
    const accounts = await giveKeys(stage, plan)
    await inSystemTransaction(platform, { tenantId, scope: DEMONSTRATION_PATH }, (tx) => endWorkSessions(tx, tenantId))
    return accounts
  } finally {
    await app.close()
  }
}

/** What the branches and the committee do beside their meetings. */
async function doBusiness(stage: Stage, plan: Plan): Promise<void> {
  await workInBranches(stage, plan)
  await moveRelations(stage, plan)
  await sendPeopleAway(stage, plan)
  await admitMembers(stage, plan)
  await holdElections(stage, plan)
  await appraiseMembers(stage, plan)
  await examineMembers(stage, plan)
  await blurRecords(stage, plan)
  await keepDossiers(stage, plan)
  await holdSecretVotes(stage, plan)
  await teachCourses(stage, plan)
  await gatherTopics(stage, plan)
  await keepLearningFiles(stage)
  await showTelevision(stage, plan)
}

async function openStage(given: Pick<Stage, 'app' | 'tenantId' | 'begin' | 'now' | 'measureTables'>): Promise<Stage> {
  const { app, tenantId, begin } = given
  const { platform } = app.http
  const root = await platform.db
    .transaction()
    .execute((tx) =>
      createRoot(tx, { tenantId, path: DEMONSTRATION_PATH, name: COMMITTEE_NAME, kind: 'committee', now: begin }),
    )
  const stage: Stage = { ...given, rootId: root.id, desks: openDesks(app, []), units: new Map() }
  await openOffices(stage)
  await wakeUp(stage)
  await foundBranches(stage)
  return stage
}

/** Sessions of everybody who has a post or an account by now. */
async function wakeUp(stage: Stage): Promise<void> {
  const { app, tenantId, now } = stage
  const sessions = await inSystemTransaction(app.http.platform, { tenantId, scope: DEMONSTRATION_PATH }, async (tx) => {
    await endWorkSessions(tx, tenantId)
    return openWorkSessions(tx, tenantId, now)
  })
  stage.desks = openDesks(app, sessions)
}

/** Four groups of four letters without those that are mistaken for others: 80 bits, readable on the telephone. */
function newPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  const taken = [...randomBytes(16)].map((byte) => letters[byte % letters.length])
  return [0, 4, 8, 12].map((from) => taken.slice(from, from + 4).join('')).join('-')
}

async function giveKeys(stage: Stage, plan: Plan): Promise<DemonstrationAccount[]> {
  const { app, tenantId, now } = stage
  const { platform } = app.http
  const accounts: DemonstrationAccount[] = []
  for (const { role, personId, name, organisation, orgPath } of plan.faces) {
    const password = newPassword()
    const passwordHash = await hashPassword(password)
    const signInName = `demo-${role.replaceAll('_', '-')}`
    const totpSecret = await inSystemTransaction(platform, { tenantId, scope: orgPath }, async (tx) => {
      await openAccount(tx, {
        personId,
        name,
        signInNames: [{ kind: 'chosen', value: signInName }],
        now,
        vault: platform.vault,
      })
      return inventKeys(tx, {
        tenantId,
        personId,
        passwordHash,
        withTotp: ROLES[role].secondFactor,
        at: now,
        vault: platform.vault,
      })
    })
    accounts.push({ role, organisation, signInName, password, totpSecret })
  }
  return accounts
}

/** The address of the embedded database names a socket and is no URL of the WHATWG: only its query is added to. */
function withoutWaiting(url: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}options=${encodeURIComponent('-c synchronous_commit=off')}`
}
