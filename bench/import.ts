import { chmodSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { withClient } from '../apps/server/src/platform/database-roles.ts'
import { clusterOf } from '../apps/server/src/test/installation.ts'
import { idNumberOf, nameOf, type Person } from '../apps/server/src/test/planting.ts'
import { againstFloor, type Figure } from './figure.ts'
import { MEMBERS, type Stage } from './stage.ts'

const ROWS = 100_000
type Batch = { id: string; state: string; rowsHash: string; people: number; code?: string }

/** A roster of 100,000 rows, from the upload to the last applied row, against COPY of the rows it made. */
export async function importRoster(stage: Stage): Promise<Figure> {
  const { adminUrl, dataDir } = stage.whole
  let lastBatch = ''
  let turn = 0
  const ours = async () => {
    turn += 1
    const began = performance.now()
    lastBatch = await imported(stage, rosterOf(stage, MEMBERS + turn * ROWS))
    return (performance.now() - began) / 1000
  }
  // One import before the first floor: COPY needs finished rows.
  await ours()
  // Inside the cluster: the user that the database runs as reaches no other folder for certain.
  const folder = join(clusterOf(dataDir), 'bench-copy')
  try {
    const tables = await withClient(adminUrl, (client) => exportRows(client, lastBatch, folder))
    return await againstFloor('import', 's', 0.15, 'less', {
      floor: () => withClient(adminUrl, (client) => copied(client, tables)),
      ours,
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function rosterOf(stage: Stage, from: number): Buffer {
  const { branches } = stage.planted
  const rows = Array.from({ length: ROWS }, (_, offset) => {
    const at = from + offset
    const branch = branches[at % branches.length]?.name
    return `${nameOf(at)},${idNumberOf(at)},${branch},正式党员,2012-06-01,137${String(at).padStart(8, '0')}`
  })
  return Buffer.from(['姓名,公民身份号码,党支部,人员类别,入党日期,手机号码', ...rows, ''].join('\r\n'))
}

/** As two people do it: one uploads and hands in, the other confirms. @returns the id of the applied batch */
async function imported(stage: Stage, file: Buffer): Promise<string> {
  const [maker, checker] = stage.readers
  const send = async (
    cookie: string | undefined,
    method: string,
    path: string,
    body?: Buffer | object,
  ): Promise<Batch> => {
    const isFile = body instanceof Buffer
    const answer = await fetch(`${stage.whole.url}/api/v1${path}`, {
      method,
      headers: {
        cookie: cookie ?? '',
        ...(body ? { 'content-type': isFile ? 'application/octet-stream' : 'application/json' } : {}),
      },
      ...(body ? { body: isFile ? new Uint8Array(body) : JSON.stringify(body) } : {}),
    })
    const read = (await answer.json()) as Batch
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(read).slice(0, 500)}`)
    return read
  }
  const { id, rowsHash } = await send(maker?.cookie, 'POST', '/imports?fileName=roster.csv', file)
  await send(maker?.cookie, 'POST', `/imports/${id}/submit`, { existing: 'skip' })
  await withClient(stage.whole.adminUrl, (client) => showSecondFactor(client, checker))
  await send(checker?.cookie, 'POST', `/imports/${id}/approve`, { rowsHash })
  for (;;) {
    const batch = await send(checker?.cookie, 'GET', `/imports/${id}`)
    if (batch.state === 'applied') {
      if (batch.people !== ROWS) throw new Error(`${batch.people} of ${ROWS} rows were taken`)
      return id
    }
    if (batch.state !== 'applying') throw new Error(`the batch is ${batch.state}`)
    await wait(100)
  }
}

/** Confirming asks for a second factor of the last five minutes, which a run may outlast. */
async function showSecondFactor(client: pg.Client, person: Person | undefined): Promise<void> {
  await client.query('update access_session set second_factor_at = now() where person_id = $1', [person?.personId])
}

type Table = { readonly name: string; readonly file: string; readonly columns: string }

/** Writes the rows that the batch made to files of the database server, and prepares empty tables with the same indexes. */
async function exportRows(client: pg.Client, batchId: string, folder: string): Promise<Table[]> {
  mkdirSync(folder)
  chmodSync(folder, 0o777)
  await client.query('create schema bench_copy')
  const selects = {
    members_member: `from members_member r where r.batch_id = '${batchId}'`,
    members_identity: `from members_identity r join members_member m on m.id = r.member_id where m.batch_id = '${batchId}'`,
    members_version: `from members_version r where r.source_id = '${batchId}'`,
  }
  const tables: Table[] = []
  for (const [name, select] of Object.entries(selects)) {
    const file = join(folder, name)
    const columns = await writtenColumns(client, name)
    const chosen = columns.map((column) => `r.${column}`).join(', ')
    const { rowCount } = await client.query(`copy (select ${chosen} ${select}) to '${file}'`)
    if (rowCount === 0) continue
    if (rowCount !== ROWS) throw new Error(`${name}: ${rowCount} of ${ROWS} rows`)
    await client.query(`create table bench_copy.${name} (like public.${name} including all)`)
    tables.push({ name, file, columns: columns.join(', ') })
  }
  return tables
}

/** Columns that a row is given; the others PostgreSQL computes from them, for the floor as for us. */
async function writtenColumns(client: pg.Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  )
  return rows.map(({ name }) => name)
}

/** The floor: the same rows through COPY, one transaction, on the same server. */
async function copied(client: pg.Client, tables: readonly Table[]): Promise<number> {
  for (const { name } of tables) await client.query(`truncate bench_copy.${name}`)
  await client.query('checkpoint')
  const began = performance.now()
  await client.query('begin')
  for (const { name, file, columns } of tables)
    await client.query(`copy bench_copy.${name} (${columns}) from '${file}'`)
  await client.query('commit')
  return (performance.now() - began) / 1000
}
