import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './judge.ts'
import { JUDGES } from './judges.ts'

/**
 * `npm run test:judges [-- NAME...] [--allow-missing]`: the judges from outside. Installs Debian's programs where it
 * may. Exit 0: all that sat accepted; 1: one refused the project or accepted its planted fault; 3: one is missing. A
 * judge whose network does not answer is skipped with the reason and counts neither way.
 */
const words = process.argv.slice(2)
const names = words.filter((word) => !word.startsWith('--'))
const isLenient = words.includes('--allow-missing')
const judges = JUDGES.filter(({ name }) => names.length === 0 || names.includes(name))
if (judges.length === 0) {
  console.error(`No such judge. Judges: ${JUDGES.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}

/** Debian starts daemons as it installs them: a policy of 101 forbids it, for this installation only. */
function install(packages: readonly string[]): void {
  const policy = '/usr/sbin/policy-rc.d'
  const folder = mkdtempSync(join(tmpdir(), 'tongxin-policy-'))
  const script = join(folder, 'policy-rc.d')
  writeFileSync(script, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  const linked = run('ln', ['-s', script, policy]).status === 0
  try {
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    run('apt-get', ['update', '-q'], env)
    const { status, said } = run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], env)
    if (status !== 0) console.error(said)
  } finally {
    if (linked) rmSync(policy, { force: true })
    rmSync(folder, { recursive: true, force: true })
  }
}

const wanted = judges
  .filter((judge) => judge.packages.length > 0 && judge.missing() !== null)
  .flatMap(({ packages }) => packages)
if (wanted.length > 0 && process.getuid?.() === 0) install([...new Set(wanted)])

for (const judge of judges) if (judge.missing() !== null) judge.fetch?.()

const outcomes: { name: string; outcome: 'accepted' | 'REFUSED' | 'BLIND' | 'missing' | 'skipped' }[] = []
for (const judge of judges) {
  const missing = judge.missing()
  if (missing) {
    console.error(
      `${judge.name}: missing: ${missing}${judge.packages.length > 0 ? `; apt-get install ${judge.packages.join(' ')}` : ''}`,
    )
    outcomes.push({ name: judge.name, outcome: 'missing' })
    continue
  }
  const unreachable = judge.unreachable?.() ?? null
  if (unreachable) {
    console.error(`${judge.name}: skipped, not reachable: ${unreachable}`)
    outcomes.push({ name: judge.name, outcome: 'skipped' })
    continue
  }
  const started = performance.now()
  const outcome = !(await judge.refusesFault()) ? 'BLIND' : (await judge.accepts()) ? 'accepted' : 'REFUSED'
  outcomes.push({ name: judge.name, outcome })
  console.log(`${judge.name}: ${outcome} in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}
console.log(`judges: ${outcomes.map(({ name, outcome }) => `${name} ${outcome}`).join(', ')}`)
const count = (...words: string[]) => outcomes.filter(({ outcome }) => words.includes(outcome)).length
console.log(`${count('accepted')} passed, ${count('REFUSED', 'BLIND', ...(isLenient ? [] : ['missing']))} failed`)
const has = (outcome: string) => outcomes.some((one) => one.outcome === outcome)
process.exitCode = has('REFUSED') || has('BLIND') ? 1 : has('missing') && !isLenient ? 3 : 0
