import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Judge, type Ran, ROOT, run } from './judge.ts'

const BIN = '/usr/lib/postgresql/15/bin'
const isRoot = process.getuid?.() === 0

/** PostgreSQL does not run as root: Debian's package brings the user. */
function asServer(program: string, ...args: string[]): Ran {
  const path = join(BIN, program)
  return isRoot ? run('runuser', ['-u', 'postgres', '--', path, ...args]) : run(path, args)
}

/** Runs `work` with the URL of an instance of its own, on a socket in a folder of its own, gone afterwards. */
function withServer<T>(work: (url: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'tongxin-pg15-'))
  if (isRoot) {
    const [uid = '', gid = ''] = ['-u', '-g'].map((which) => run('id', [which, 'postgres']).said.trim())
    chownSync(folder, Number(uid), Number(gid))
  }
  const data = join(folder, 'data')
  try {
    const made = asServer('initdb', '-D', data, '-A', 'trust', '-U', 'judge', '-E', 'UTF8', '--locale=C.UTF-8')
    if (made.status !== 0) throw new Error(made.said)
    const options = `-k ${folder} -h '' -c fsync=off -c max_connections=120`
    const started = asServer('pg_ctl', '-D', data, '-w', '-o', options, '-l', join(folder, 'log'), 'start')
    if (started.status !== 0) throw new Error(started.said)
    return work(`postgresql://judge@localhost/postgres?host=${folder}`)
  } finally {
    asServer('pg_ctl', '-D', data, '-m', 'immediate', 'stop')
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The oldest engine that is promised runs all migrations and the suites of all modules. */
export const postgres15: Judge = {
  name: 'postgres-15',
  packages: ['postgresql-15'],
  missing: () => (existsSync(join(BIN, 'postgres')) ? null : 'PostgreSQL 15 of Debian 12'),
  async refusesFault() {
    // A function of PostgreSQL 18, as a careless migration would call it.
    return withServer((url) => run(join(BIN, 'psql'), [url, '-c', 'select uuidv7()']).said.includes('does not exist'))
  },
  async accepts() {
    return withServer((url) => {
      const suite = ['apps/server/src/modules', 'apps/server/src/test']
      const { status, said } = run(join(ROOT, 'node_modules/.bin/vitest'), ['run', '--project', 'server', ...suite], {
        TEST_DATABASE_URL: url,
      })
      if (status !== 0) console.log(said)
      return status === 0
    })
  },
}
