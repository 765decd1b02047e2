import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { stepOf, tokenOf } from '../apps/server/src/modules/meetings/meetings.codes.ts'
import { withClient } from '../apps/server/src/platform/database-roles.ts'
import { masterKey, openVault } from '../apps/server/src/platform/vault.ts'
import { openInstallation } from '../apps/server/src/test/installation.ts'
import { plantMeeting, plantMembers, plantPeople, plantTree } from '../apps/server/src/test/planting.ts'
const run = promisify(execFile)
const prof = process.argv[2] === 'prof' ? ['--cpu-prof', '--cpu-prof-dir=/tmp/m4prof'] : []
const whole = await openInstallation([...prof, '--disable-warning=ExperimentalWarning', '--max-semi-space-size=8', join(process.cwd(), 'apps/server/src/test/serve-app.ts')])
const N = 10000
const cpu = () => { const s = readFileSync(`/proc/${whole.pid}/stat`, 'utf8').split(') ')[1]!.split(' '); return (Number(s[11]) + Number(s[12])) * 10 }
try {
  const now = new Date()
  const folder = mkdtempSync('/tmp/m4b-')
  const cookiesFile = join(folder, 'cookies')
  const { planted, members } = await withClient(whole.adminUrl, async (client) => {
    const planted = await plantTree(client, 50, now)
    const members = await plantMembers(client, openVault(masterKey(whole.dataDir)), planted, N, now)
    const people = await plantPeople(client, planted.tenantId, members.map(({ id, personId, unit }) => ({ role: 'member' as const, unit, memberId: id, personId })), now)
    writeFileSync(cookiesFile, people.map(({ cookie }) => cookie).join('\n'))
    await client.query('vacuum analyze')
    await client.query("alter system set log_min_duration_statement = 0"); await client.query("alter system set logging_collector=on").catch(()=>{}); await client.query('select pg_reload_conf()')
    console.log((await client.query("select name, setting from pg_settings where name in ('log_destination','logging_collector','log_directory','data_directory','synchronous_commit','fsync','shared_buffers','commit_delay')")).rows)
    return { planted, members }
  })
  const key = openVault(masterKey(whole.dataDir)).derive('meetings.check-in')
  for (let i = 0; i < 2; i += 1) {
    const meetingId = await withClient(whole.adminUrl, (client) => plantMeeting(client, planted, members, new Date()))
    const ask = { url: whole.url, path: `/api/v1/my/meetings/${meetingId}/check-in`, body: { code: tokenOf(key, meetingId, stepOf(new Date())) }, connections: 128, cookiesFile }
    const before = cpu()
    const { stdout } = await run(process.execPath, ['bench/burst.ts', JSON.stringify(ask)])
    const r = JSON.parse(stdout)
    const groups = await withClient(whole.adminUrl, async (c) => (await c.query(`select count(distinct xmin::text)::int n from meetings_check_in where meeting_id=$1`, [meetingId])).rows[0].n)
    console.log('rate', Math.round(N / (r.milliseconds / 1000)), 'server cpu ms', cpu() - before, 'wall', Math.round(r.milliseconds), 'groups', groups)
  }
  const { execSync } = await import('node:child_process'); execSync(`find ${whole.dataDir} /tmp -maxdepth 3 -name '*.log' -newer bench/m4tmp.ts 2>/dev/null | head; cp -r ${whole.dataDir}/log* /tmp/m4prof/ 2>/dev/null || true`, { stdio: 'inherit' })
} finally { await whole.stop(); await whole.remove() }
