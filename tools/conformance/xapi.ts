import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { withClient } from '../../apps/server/src/platform/database-roles.ts'
import { type Installation, openInstallation } from '../../apps/server/src/test/installation.ts'
import { plantPeople, plantTree } from '../../apps/server/src/test/planting.ts'

/**
 * `npm run conformance:xapi [-- VERSION...]`: ADL's public suite (adlnet/lrs-conformance-test-suite, unpacked and
 * installed in the folder `LRS_SUITE_DIR`) against a clean server, for 1.0.3 and 2.0.0. Its exit code says too little
 * (failures modulo 256, and tests behind a failing hook are not counted), so passed must equal total. Exit 0: it does,
 * for each version; 1: it does not; 2: there is no suite.
 */
const VERSIONS = ['1.0.3', '2.0.0']
const MOST_PER_MINUTE = 1_000_000
const MINUTES = 10

type Summary = { readonly total: number; readonly passed: number; readonly failed: number }
type Key = { readonly endpoint: string; readonly name: string; readonly secret: string }

const suite = process.env.LRS_SUITE_DIR ?? ''
if (!existsSync(join(suite, 'bin/console_runner.js'))) {
  console.error(
    'LRS_SUITE_DIR must name a folder with the suite: git clone https://github.com/adlnet/lrs-conformance-test-suite, npm install',
  )
  process.exit(2)
}
const wanted = process.argv.slice(2)
const installation = await openInstallation()
try {
  const key = await issueKey(installation)
  for (const version of wanted.length > 0 ? wanted : VERSIONS) {
    const { total, passed, failed } = await judged(version, key)
    const isRight = total > 0 && passed === total && failed === 0
    console.log(`${isRight ? 'ok  ' : 'MISS'}  xAPI ${version}: passed ${passed} of ${total}`)
    if (!isRight) process.exitCode = 1
  }
} finally {
  await installation.remove()
}

/** A key with all rights, issued as people issue it. */
async function issueKey({ adminUrl, url }: Installation): Promise<Key> {
  const cookie = await withClient(adminUrl, async (client) => {
    const now = new Date()
    const { tenantId, root } = await plantTree(client, 1, now)
    const [person] = await plantPeople(client, tenantId, [{ role: 'committee_admin', unit: root }], now)
    return person?.cookie ?? ''
  })
  const answer = await fetch(`${url}/api/v1/xapi/credentials`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({
      name: 'conformance',
      purpose: 'conformance suite',
      rights: ['statements/write', 'statements/read/mine', 'statements/read', 'state', 'profile'],
      mostPerMinute: MOST_PER_MINUTE,
    }),
  })
  if (!answer.ok) throw new Error(`no key was issued: ${answer.status} ${await answer.text()}`)
  const { credential, secret } = (await answer.json()) as { credential: { key: string }; secret: string }
  return { endpoint: `${url}/xapi`, name: credential.key, secret }
}

/** Runs the suite once and reads the last summary that it printed. */
function judged(version: string, { endpoint, name, secret }: Key): Promise<Summary> {
  const words = ['-x', version, '-e', endpoint, '-a', '-u', name, '-p', secret, '-z']
  const child = spawn(process.execPath, ['bin/console_runner.js', ...words], {
    cwd: suite,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
    timeout: MINUTES * 60_000,
  })
  let summary: Summary = { total: 0, passed: 0, failed: 0 }
  let rest = ''
  child.stdout.on('data', (bytes: Buffer) => {
    const lines = (rest + bytes.toString()).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const found = /^\{.*"total":.*\}$/.exec(line.trim())
      if (found) summary = JSON.parse(found[0]) as Summary
      else if (line.startsWith('Full run log')) console.log(line)
    }
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () => resolve(summary))
  })
}
