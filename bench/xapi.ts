import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { keyOf } from '../apps/server/src/modules/xapi/xapi.keys.ts'
import { withClient } from '../apps/server/src/platform/database-roles.ts'
import { type Installation, openInstallation } from '../apps/server/src/test/installation.ts'
import { plantPeople, plantTree } from '../apps/server/src/test/planting.ts'
import type { Burst, BurstResult } from './burst.ts'
import { againstFloor, againstLimit, type Figure, RUNS } from './figure.ts'
import { findPgbench, insertOneByOne } from './pgbench.ts'

const POSTS = 20_000
const CONNECTIONS = 256
const run = promisify(execFile)
const VERBS = ['completed', 'passed', 'failed', 'progressed', 'initialized'].map(
  (verb) => `http://adlnet.gov/expapi/verbs/${verb}`,
)
const COURSES = 1000

type Program = { readonly tenantId: string; readonly headers: Readonly<Record<string, string>> }

/** A key with all rights, issued as people issue it. */
async function programOf({ adminUrl, url }: Installation): Promise<Program> {
  const { tenantId, cookie } = await withClient(adminUrl, async (client) => {
    const now = new Date()
    const { tenantId, root } = await plantTree(client, 1, now)
    const [person] = await plantPeople(client, tenantId, [{ role: 'committee_admin', unit: root }], now)
    return { tenantId, cookie: person?.cookie ?? '' }
  })
  const rights = ['statements/write', 'statements/read/mine', 'statements/read', 'state', 'profile']
  const answer = await fetch(`${url}/api/v1/xapi/credentials`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'bench', purpose: 'bench', rights, mostPerMinute: 1_000_000 }),
  })
  const { credential, secret } = (await answer.json()) as { credential: { key: string }; secret: string }
  const authorization = `Basic ${Buffer.from(`${credential.key}:${secret}`).toString('base64')}`
  return { tenantId, headers: { authorization, 'x-experience-api-version': '2.0.0' } }
}

const activityOf = (course: number) => `https://courses.example.org/${course}`
const mailboxOf = (person: number) => `mailto:learner${person}@example.org`

const statementOf = (at: number) => ({
  actor: { mbox: mailboxOf(at) },
  verb: { id: VERBS[at % VERBS.length], display: { 'zh-CN': '完成' } },
  object: { id: activityOf(at % COURSES), definition: { name: { 'zh-CN': `第${at % COURSES}课` } } },
  result: { score: { scaled: 0.8 }, success: true, duration: 'PT30M' },
})

/** Single-statement posts of as many learners, each acknowledged after its commit, against pgbench writing such rows one by one. */
export async function xapiWrite(): Promise<Figure> {
  findPgbench()
  const whole = await openInstallation()
  const folder = mkdtempSync(join(tmpdir(), 'tongxin-xapi-'))
  try {
    const { tenantId, headers } = await programOf(whole)
    const bodiesFile = join(folder, 'bodies')
    writeFileSync(bodiesFile, Array.from({ length: POSTS }, (_, at) => JSON.stringify(statementOf(at))).join('\n'))
    const burst = () =>
      posted(whole, tenantId, {
        url: whole.url,
        path: '/xapi/statements',
        connections: CONNECTIONS,
        bodiesFile,
        headers,
      })
    // One burst before the first floor: it compiles, and gives a row to take the size of others from.
    await burst()
    const raw = await withClient(whole.adminUrl, async (client) => {
      await client.query('create table bench_statement (like xapi_statement including all)')
      await client.query('vacuum analyze')
      const { rows } = await client.query<{ raw: string }>('select raw::text as raw from xapi_statement limit 1')
      return forPgbench(rows[0]?.raw ?? '')
    })
    const statement = `insert into bench_statement (tenant_id, id, seq, stored, org_path, credential_id, actor_key, verb_key, activity_key, digest, raw)
values ('${tenantId}', gen_random_uuid(), gen_random_uuid(), now(), 'r00', '${tenantId}', gen_random_uuid(), md5((random() * 5)::int::text)::uuid, md5((random() * 1000)::int::text)::uuid, gen_random_uuid(), '${raw}');`
    return await againstFloor('xapi-write', 'rows/s', 0.4, 'more', {
      floor: () => insertOneByOne({ folder, adminUrl: whole.adminUrl, statement, rows: POSTS }),
      ours: burst,
    })
  } finally {
    await whole.remove()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The same JSON without a colon before a letter or a figure, which pgbench would take for one of its variables. */
const forPgbench = (json: string): string =>
  json
    .replace(/"(?:[^"\\]|\\.)*"/g, (text) => text.replaceAll(':', '\\u003a'))
    .replaceAll(':', ': ')
    .replaceAll("'", "''")

/** Statements a second. Refuses a run in which one is lost or doubled. */
async function posted({ adminUrl }: Installation, tenantId: string, burst: Burst): Promise<number> {
  const count = () =>
    withClient(adminUrl, async (client) => {
      const text =
        'select count(*)::int as rows, count(distinct xmin::text)::int as writes from xapi_statement where tenant_id = $1'
      return (await client.query<{ rows: number; writes: number }>(text, [tenantId])).rows[0] ?? { rows: 0, writes: 0 }
    })
  const before = await count()
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'burst.ts'), JSON.stringify(burst)])
  const { milliseconds, acknowledged } = JSON.parse(stdout) as BurstResult
  const after = await count()
  if (acknowledged !== POSTS || after.rows - before.rows !== POSTS)
    throw new Error(`lost or doubled: ${acknowledged} acknowledged, ${after.rows - before.rows} kept`)
  if (after.writes - before.writes >= POSTS) throw new Error('statements were not written in groups')
  return POSTS / (milliseconds / 1000)
}

const STATEMENTS = 5_000_000
const PEOPLE = 100_000
const ASKS = 300

/** Lists by actor, verb, activity and their pairs, of frequent and rare ones, at five million statements. */
export async function xapiQuery(folder: string, say: (text: string) => void): Promise<Figure> {
  const dataDir = join(folder, 'xapi')
  const isThere = existsSync(join(dataDir, 'program.json'))
  mkdirSync(dataDir, { recursive: true })
  const whole = await openInstallation({ dataDir })
  try {
    const file = join(dataDir, 'program.json')
    if (!isThere) {
      say(`planting ${STATEMENTS} statements …`)
      const program = await programOf(whole)
      await plant(whole.adminUrl, program.tenantId)
      writeFileSync(file, JSON.stringify(program))
    }
    const { headers } = JSON.parse(readFileSync(file, 'utf8')) as Program
    return againstLimit('xapi-query', 'ms', 40, await percentiles(whole.url, headers, say))
  } finally {
    await whole.stop()
  }
}

const MENTIONS = `insert into xapi_mention (tenant_id, way, key, seq)
  select tenant_id, case when get_byte(uuid_send(seq), 15) % 2 = 0 then 1 else 2 end, actor_key, seq
  from xapi_statement where get_byte(uuid_send(seq), 14) < 5
  union select s.tenant_id, 4, k, s.seq from xapi_statement s cross join unnest(s.refers) as k where s.refers is not null`
const MENTIONS_VIA = `insert into xapi_mention (tenant_id, way, key, seq)
  select m.tenant_id, v.way, v.key, m.seq from xapi_mention m
  join xapi_statement t on t.tenant_id = m.tenant_id and t.id = m.key
  cross join lateral (values (11, t.actor_key), (14, t.verb_key), (15, t.activity_key), (16, t.registration)) as v(way, key)
  where m.way = 4 and v.key is not null`

/**
 * Rows as `stateFacts` and programs write them: some learners and courses have a thousand times the statements of others,
 * one in fifty stands in a group or names an instructor, one in a thousand is about a statement.
 */
async function plant(adminUrl: string, tenantId: string): Promise<void> {
  const keys = (texts: string[]) => `array[${texts.map((text) => `'${keyOf(text)}'`).join(',')}]::uuid[]`
  const verbs = keys(VERBS)
  const courses = keys(Array.from({ length: COURSES }, (_, at) => activityOf(at)))
  await withClient(adminUrl, async (client) => {
    await client.query('create unlogged table bench_person (at int primary key, key uuid not null)')
    const people = Array.from({ length: PEOPLE }, (_, at) => keyOf(mailboxOf(at)))
    await client.query('insert into bench_person select n - 1, k from unnest($1::uuid[]) with ordinality as p(k, n)', [
      people,
    ])
    // Indexes are made of the whole at the end, which is several times faster than keeping them while rows come.
    const { rows: indexes } = await client.query<{ name: string; text: string }>(
      `select indexname as name, indexdef as text from pg_indexes where tablename = 'xapi_statement'`,
    )
    const [key, ...others] = indexes.toSorted(
      (a, b) => Number(b.name.endsWith('_pkey')) - Number(a.name.endsWith('_pkey')),
    )
    await client.query("set maintenance_work_mem = '512MB'; set synchronous_commit = off")
    await client.query(`alter table xapi_statement drop constraint ${key?.name}`)
    for (const { name } of others) await client.query(`drop index ${name}`)
    for (let from = 0; from < STATEMENTS; from += 500_000) {
      await client.query(
        `insert into xapi_statement (tenant_id, id, seq, stored, org_path, credential_id, actor_key, verb_key, activity_key,
          registration, refers, digest, raw)
        select $1, md5(n::text)::uuid,
          (lpad(to_hex(1760000000000 + n::bigint * 1000), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid,
          to_timestamp(1760000000 + n), 'r00.0000', null, p.key,
          (${verbs})[1 + floor(power(random(), 3) * ${VERBS.length})::int],
          (${courses})[1 + floor(power(random(), 2) * ${COURSES})::int],
          case when n % 3 = 0 then gen_random_uuid() end,
          case when n % 1000 = 3 then array[md5((n - 3)::text)::uuid] end, gen_random_uuid(),
          json_build_object('id', n, 'actor', json_build_object('mbox', 'mailto:learner' || p.at || '@example.org'),
            'verb', json_build_object('id', 'http://adlnet.gov/expapi/verbs/completed'),
            'object', json_build_object('id', 'https://courses.example.org/1'), 'result', json_build_object('success', true),
            'timestamp', now(), 'stored', now(), 'version', '2.0.0')
        from (select n, floor(power(random(), 2) * ${PEOPLE})::int as person from generate_series($2::int, $3::int) n) g
        join bench_person p on p.at = g.person`,
        [tenantId, from, from + 499_999],
      )
    }
    await client.query(`alter table xapi_statement add constraint ${key?.name} primary key (tenant_id, id)`)
    for (const { text } of others) await client.query(text)
    await client.query(MENTIONS)
    await client.query(MENTIONS_VIA)
    await client.query('vacuum analyze')
    await client.query('checkpoint')
  })
}

async function percentiles(url: string, headers: Program['headers'], say: (text: string) => void): Promise<number[]> {
  const asks = Array.from({ length: ASKS }, (_, at) => queryOf(at))
  const ask = async (query: string) => {
    const began = performance.now()
    const answer = await fetch(`${url}/xapi/statements?${query}`, { headers })
    if (!answer.ok) throw new Error(`${query}: ${answer.status} ${await answer.text()}`)
    await answer.arrayBuffer()
    return { query, took: performance.now() - began }
  }
  for (const query of asks) await ask(query)
  const runs: number[] = []
  for (let turn = 0; turn < RUNS; turn += 1) {
    const times = []
    for (const query of asks) times.push(await ask(query))
    times.sort((a, b) => a.took - b.took)
    runs.push(times[Math.ceil(times.length * 0.95) - 1]?.took ?? 0)
    if (turn === RUNS - 1)
      for (const { query, took } of times.slice(-5))
        say(`  ${took.toFixed(0)} ms  ${decodeURIComponent(query).slice(0, 120)}`)
  }
  return runs
}

/** Alone and in pairs, the frequent first ones and the rare last ones of each. */
function queryOf(at: number): string {
  const spread = (of: number) => Math.floor(((at * 7919) % ASKS) * (of / ASKS))
  const agent = `agent=${encodeURIComponent(JSON.stringify({ mbox: mailboxOf(spread(PEOPLE)) }))}`
  const verb = `verb=${encodeURIComponent(VERBS[at % VERBS.length] ?? '')}`
  const activity = `activity=${encodeURIComponent(activityOf(spread(COURSES)))}`
  const since = `since=${new Date(1_760_000_000_000 + spread(4_000_000) * 1000).toISOString()}`
  const forms = [
    agent,
    verb,
    activity,
    `${agent}&${verb}`,
    `${agent}&${activity}`,
    `${verb}&${activity}`,
    `${agent}&related_agents=true`,
    `${activity}&ascending=true&${since}`,
    `${verb}&${since}`,
  ]
  return forms[at % forms.length] ?? agent
}
