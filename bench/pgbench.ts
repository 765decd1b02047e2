import { execFile } from 'node:child_process'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { NotMeasurable } from './figure.ts'

const CLIENTS = 8

/** Rows a second: one row a statement and a commit, eight connections. `folder` takes the script. */
export async function insertOneByOne({
  folder,
  adminUrl,
  statement,
  rows,
}: {
  folder: string
  adminUrl: string
  statement: string
  rows: number
}): Promise<number> {
  const script = join(folder, 'insert.sql')
  writeFileSync(script, statement)
  const url = new URL(adminUrl.replace('@/', '@localhost/'))
  const env = {
    PATH: process.env.PATH ?? '',
    PGHOST: url.searchParams.get('host') ?? url.hostname,
    PGPORT: url.searchParams.get('port') ?? url.port,
    PGUSER: url.username,
    PGPASSWORD: decodeURIComponent(url.password),
  }
  const args = ['-n', '-M', 'prepared', '-c', `${CLIENTS}`, '-j', '1', '-t', `${rows / CLIENTS}`, '-f', script]
  const { stdout } = await promisify(execFile)(findPgbench(), [...args, url.pathname.slice(1)], { env })
  const perSecond = Number(/tps = ([\d.]+)/.exec(stdout)?.[1])
  if (!(perSecond > 0)) throw new Error(`pgbench said: ${stdout}`)
  return perSecond
}

/** @throws NotMeasurable with the remedy */
export function findPgbench(): string {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql').sort() : []
  const found = versions
    .map((version) => `/usr/lib/postgresql/${version}/bin/pgbench`)
    .findLast((program) => existsSync(program))
  if (found) return found
  throw new NotMeasurable('this figure needs pgbench: apt-get install postgresql-contrib')
}
