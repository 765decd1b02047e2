import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withClient } from '../../apps/server/src/platform/database-roles.ts'
import { masterKey, openVault } from '../../apps/server/src/platform/vault.ts'
import { type Installation, openInstallation } from '../../apps/server/src/test/installation.ts'
import { plantMembers, plantPeople, plantTree } from '../../apps/server/src/test/planting.ts'

/**
 * `npm run conformance:cmi5`: the LMS test suite of adlnet/CATAPULT (folder `lts` of `CATAPULT_DIR`, installed, its
 * packages built) against a clean server, through cmi5-adapter.cjs, in the browser of `PUPPETEER_EXECUTABLE_PATH`.
 * Exit 0: every test passed; 1: not so; 2: there is no suite.
 */
const MINUTES = 15
const CHROMIUM = '/usr/bin/chromium'

type Summary = { readonly numTotalTests: number; readonly numPassedTests: number }

const suite = join(process.env.CATAPULT_DIR ?? '', 'lts')
if (!existsSync(join(suite, 'pkg/dist/001-essentials.zip')) || !existsSync(join(suite, 'node_modules/jest'))) {
  console.error(
    'CATAPULT_DIR must name a folder with the suite: git clone https://github.com/adlnet/CATAPULT, then in lts: npm ci, and in lts/pkg: npx webpack',
  )
  process.exit(2)
}
// Nobody scans viruses on a machine that tests.
process.env.UNSCANNED_FILES = 'open'
const installation = await openInstallation()
try {
  const { numTotalTests, numPassedTests } = await judged(await peopleOf(installation))
  const isRight = numTotalTests > 0 && numPassedTests === numTotalTests
  console.log(`${isRight ? 'ok  ' : 'MISS'}  cmi5: passed ${numPassedTests} of ${numTotalTests}`)
  if (!isRight) process.exitCode = 1
} finally {
  await installation.remove()
}

/** Three hands that release courses, a learner, and a key with which the suite reads statements. */
async function peopleOf({ adminUrl, url, dataDir }: Installation): Promise<object> {
  const planted = await withClient(adminUrl, async (client) => {
    const now = new Date()
    const tree = await plantTree(client, 1, now)
    const { tenantId, root } = tree
    const [member] = await plantMembers(client, openVault(masterKey(dataDir)), tree, 1, now)
    if (!member) throw new Error('no member was planted')
    const post = { role: 'member' as const, unit: member.unit, memberId: member.id, personId: member.personId }
    const roles = (['committee_admin', 'party_worker', 'committee_admin'] as const).map((role) => ({
      role,
      unit: root,
    }))
    const people = await plantPeople(client, tenantId, [...roles, post], now)
    return { cookies: people.map(({ cookie }) => cookie), orgId: root.id }
  })
  const [author = '', reviewer, releaser, learner] = planted.cookies
  const answer = await fetch(`${url}/api/v1/xapi/credentials`, {
    method: 'POST',
    headers: { cookie: author, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'conformance', purpose: 'conformance suite', rights: ['statements/read'] }),
  })
  if (!answer.ok) throw new Error(`no key was issued: ${answer.status} ${await answer.text()}`)
  const { credential, secret } = (await answer.json()) as { credential: { key: string }; secret: string }
  const lrs = { endpoint: `${url}/xapi`, name: credential.key, secret }
  return { url, orgId: planted.orgId, author, reviewer, releaser, learner, lrs }
}

/** Runs the suite once, one file after the other and with patience for busy machines, and reads the report that it writes. */
async function judged(told: object): Promise<Summary> {
  const folder = mkdtempSync(join(tmpdir(), 'tongxin-cmi5-'))
  const report = join(folder, 'report.json')
  const words = [
    'node_modules/jest/bin/jest.js',
    '--ci',
    '--runInBand',
    '--testTimeout=60000',
    '--json',
    `--outputFile=${report}`,
  ]
  const child = spawn(process.execPath, words, {
    cwd: suite,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      CATAPULT_LMS: join(import.meta.dirname, 'cmi5-adapter.cjs'),
      JEST_PUPPETEER_CONFIG: join(import.meta.dirname, 'cmi5-browser.cjs'),
      PUPPETEER_EXECUTABLE_PATH: process.env.PUPPETEER_EXECUTABLE_PATH ?? CHROMIUM,
      TONGXIN_CMI5: JSON.stringify(told),
    },
    timeout: MINUTES * 60_000,
  })
  try {
    await new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve))
    return JSON.parse(readFileSync(report, 'utf8')) as Summary
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
