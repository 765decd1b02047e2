import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Client } from 'pg'
import { SHELVES } from '../apps/server/src/modules/library/library.policy.ts'
import { marksOf } from '../apps/server/src/modules/library/service/marks.ts'
import { withClient } from '../apps/server/src/platform/database-roles.ts'
import { type Installation, openInstallation } from '../apps/server/src/test/installation.ts'
import { type Planted, plantPeople, plantTree, type Unit } from '../apps/server/src/test/planting.ts'
import { againstLimit, type Figure, RUNS } from './figure.ts'

const DOCUMENTS = 1_000_000
const BRANCHES = 2000
const VOCABULARY = 30_000
/** Stretches of text from which documents are put together, and words of each. */
const STRETCHES = 20_000
const STRETCH_WORDS = 30
const ASKS = 200
const LIMIT_MS = 60

type Library = { readonly cookies: readonly string[]; readonly asked: readonly string[] }

/** Words of the dictionary that texts are cut by, the frequent ones first. */
function vocabulary(): string[] {
  const load = createRequire(join(import.meta.dirname, '../apps/server/src/platform/words.ts'))
  const { dict } = load('@node-rs/jieba/dict') as { dict: Uint8Array }
  const lines = Buffer.from(dict).toString('utf8').split('\n')
  const words = lines.map((line) => line.split(' ')).filter(([word = '']) => /^\p{Script=Han}{2,4}$/u.test(word))
  words.sort((a, b) => Number(b[1]) - Number(a[1]))
  return words.slice(0, VOCABULARY).map(([word = '']) => word)
}

/** Frequent and rare words alone, in pairs and in threes, as people type them. */
function questions(words: readonly string[]): string[] {
  return Array.from({ length: ASKS }, (_, at) => {
    const rank = (turn: number) => Math.floor(((((at + turn * 61) * 7919) % ASKS) / ASKS) ** 3 * words.length)
    return Array.from({ length: 1 + (at % 3) }, (_word, turn) => words[rank(turn)]).join('')
  })
}

/** Searches over a million documents, by posts of the top and of branches, to the last byte. */
export async function fulltext(folder: string, say: (text: string) => void): Promise<Figure> {
  const dataDir = join(folder, 'fulltext')
  const file = join(dataDir, 'library.json')
  mkdirSync(dataDir, { recursive: true })
  const whole = await openInstallation({ dataDir })
  try {
    if (!existsSync(file)) {
      say(`planting ${DOCUMENTS} documents …`)
      writeFileSync(file, JSON.stringify(await plant(whole)))
    }
    const library = JSON.parse(readFileSync(file, 'utf8')) as Library
    return againstLimit('fulltext', 'ms', LIMIT_MS, await percentiles(whole.url, library, say))
  } finally {
    await whole.stop()
  }
}

async function plant({ adminUrl }: Installation): Promise<Library> {
  const words = vocabulary()
  const now = new Date()
  return withClient(adminUrl, async (client) => {
    const tree = await plantTree(client, BRANCHES, now)
    await client.query("set maintenance_work_mem = '512MB'; set synchronous_commit = off")
    await client.query('drop index library_word_words')
    await plantClass(client, tree)
    await plantStretches(client, words)
    await plantPlaces(client, tree)
    await plantDocuments(client, tree, now)
    await client.query('create index library_word_words on library_word using gin (words) with (fastupdate = off)')
    await client.query('vacuum analyze')
    await client.query('checkpoint')
    const posts = [tree.root, ...tree.branches.slice(0, 3)].map((unit: Unit) => ({
      role: unit === tree.root ? ('committee_admin' as const) : ('branch_secretary' as const),
      unit,
    }))
    const people = await plantPeople(client, tree.tenantId, posts, now)
    return { cookies: people.map(({ cookie }) => cookie), asked: questions(words) }
  })
}

const CLASS = '0190a000-0000-7000-8000-000000000001'
const plantClass = (client: Client, { tenantId, root }: Planted) =>
  client.query(
    `insert into library_class (tenant_id, id, unit_id, org_path, name, path, place, updated_at)
      values ($1, '${CLASS}', $2, $3, '学习资料', '${CLASS}', 0, now())`,
    [tenantId, root.id, root.path],
  )

async function plantStretches(client: Client, words: readonly string[]): Promise<void> {
  await client.query('create unlogged table bench_word (at int primary key, word text not null)')
  await client.query('insert into bench_word select n - 1, w from unnest($1::text[]) with ordinality as p(w, n)', [
    words,
  ])
  // Few words are frequent and most are rare, as in texts.
  await client.query(`create unlogged table bench_stretch as select s as at, array_agg(w.word) as words
    from (select n / ${STRETCH_WORDS} as s, floor(power(random(), 3) * ${words.length})::int as word
      from generate_series(0, ${STRETCHES * STRETCH_WORDS - 1}) n) x join bench_word w on w.at = x.word group by s`)
  await client.query('alter table bench_stretch add primary key (at)')
}

/** The marks that documents of each place carry, made as the module makes them. */
async function plantPlaces(client: Client, { tenantId, root, branches }: Planted): Promise<void> {
  const places = [root, ...branches].map((unit, at) => ({ at, id: unit.id, path: unit.path, name: unit.name }))
  const marks = places.map(({ path }) => {
    const facts = { title: '', summary: '', tags: [], documentNumber: null, issuer: null, kind: 'material' as const }
    const document = {
      id: CLASS,
      seq: 0,
      orgPath: path,
      audiencePath: path,
      classPath: CLASS,
      secrecy: 'internal' as const,
    }
    return marksOf(tenantId, { ...facts, ...document }).filter((mark) => !/^[sr]:/.test(mark))
  })
  await client.query(
    'create unlogged table bench_place (at int primary key, id uuid, path text, name text, marks text[])',
  )
  await client.query(
    `insert into bench_place select p.at, p.id, p.path, p.name, array(select jsonb_array_elements_text($2::jsonb -> p.at))
      from jsonb_to_recordset($1::jsonb) as p(at int, id uuid, path text, name text)`,
    [JSON.stringify(places), JSON.stringify(marks)],
  )
}

/** A third of the documents applies to everybody, the rest to single branches; a title is four words. */
async function plantDocuments(client: Client, { tenantId }: Planted, now: Date): Promise<void> {
  const batch = 50_000
  for (let from = 1; from <= DOCUMENTS; from += batch) {
    await client.query(
      `create temp table made as select n, ('0190b000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id,
          p.id as unit, p.path, p.name, p.marks, a.words || b.words || c.words || d.words || ('文' || n) as words, a.words[1:4] as title
        from (select n, case when random() < 0.33 then 0 else 1 + floor(random() * ${BRANCHES})::int end as place,
            floor(random() * ${STRETCHES})::int as a, floor(random() * ${STRETCHES})::int as b,
            floor(random() * ${STRETCHES})::int as c, floor(random() * ${STRETCHES})::int as d
          from generate_series($1::int, $2::int) n) x
        join bench_place p on p.at = x.place join bench_stretch a on a.at = x.a join bench_stretch b on b.at = x.b
        join bench_stretch c on c.at = x.c join bench_stretch d on d.at = x.d`,
      [from, from + batch - 1],
    )
    await client.query(
      `insert into library_document (tenant_id, id, kind, unit_id, org_path, unit_name, audience_id, audience_path, audience_name,
          class_id, class_trail, title, summary, secrecy, downloads, is_marked, retention, version_number, file_name, file_kind,
          bytes, seq, worded_as, made_by, made_by_id, published_at, updated_at)
        select $1, id, 'material', unit, path, name, unit, path, name, '${CLASS}', '${CLASS}', array_to_string(title, ''), '',
          'internal', 'readers', true, 'y10', 1, 'a.pdf', 'pdf', 1000, n, path || ' ' || path, '某', unit,
          $2::timestamptz - (${DOCUMENTS} - n) * interval '1 minute', $2::timestamptz from made`,
      [tenantId, now],
    )
    await client.query(
      `insert into library_text (tenant_id, document_id, body, words)
        select $1, id, array_to_string(words, '，'), array_to_tsvector(words) from made`,
      [tenantId],
    )
    await client.query(
      `insert into library_word (tenant_id, document_id, seq, words)
        select $1, id, n, array_to_tsvector(words || marks || array['d:' || id, 's:' || n / ${SHELVES.s}, 'r:' || n / ${SHELVES.r}]
          || array(select 't:' || w from unnest(title) w)) from made`,
      [tenantId],
    )
    await client.query('drop table made')
  }
  await client.query("insert into library_counter values ($1, 'documents', $2)", [tenantId, DOCUMENTS])
}

async function percentiles(url: string, { cookies, asked }: Library, say: (text: string) => void): Promise<number[]> {
  const ask = async (text: string, at: number) => {
    const began = performance.now()
    const answer = await fetch(`${url}/api/v1/library/search`, {
      method: 'POST',
      headers: { cookie: cookies[at % cookies.length] ?? '', 'content-type': 'application/json' },
      body: JSON.stringify({ text }),
    })
    if (!answer.ok) throw new Error(`${text}: ${answer.status} ${await answer.text()}`)
    const { rows } = (await answer.json()) as { rows: readonly unknown[] }
    return { text, rows: rows.length, took: performance.now() - began }
  }
  for (const [at, text] of asked.entries()) await ask(text, at)
  const runs: number[] = []
  for (let turn = 0; turn < RUNS; turn += 1) {
    const times = []
    for (const [at, text] of asked.entries()) times.push(await ask(text, at))
    times.sort((a, b) => a.took - b.took)
    runs.push(times[Math.ceil(times.length * 0.95) - 1]?.took ?? 0)
    if (turn < RUNS - 1) continue
    const found = times.filter(({ rows }) => rows > 0).length
    say(`  ${found} of ${ASKS} found something; the median took ${times[ASKS / 2]?.took.toFixed(1)} ms`)
    for (const { text, rows, took } of times.slice(-5)) say(`  ${took.toFixed(0)} ms  ${text} (${rows})`)
  }
  return runs
}
