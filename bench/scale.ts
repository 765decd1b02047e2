import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { loadScale } from '../apps/server/src/demo/scale.ts'
import { withClient } from '../apps/server/src/platform/database-roles.ts'
import { type Installation, openInstallation } from '../apps/server/src/test/installation.ts'
import { plantPeople, type Unit } from '../apps/server/src/test/planting.ts'
import { againstLimit, type Figure, medianOf, RUNS } from './figure.ts'

/** Both sizes have twenty people in an organisation; the larger is a province of a kind. */
const SMALL = { members: 100_000, organisations: 5_000 }
export const LARGE = { members: 1_000_000, organisations: 50_000 }
/** What grows with the data may grow by so much while the data grows tenfold. */
const GROWTH = 1.3

type Reader = { readonly scope: Unit; readonly cookie: string }
export type City = {
  readonly whole: Installation
  /** Readers of the top, of one street and of one branch. */
  readonly readers: readonly Reader[]
  readonly memberIds: readonly string[]
  readonly unitIds: readonly string[]
}

/**
 * Opens an installation of the size, with people signed in at three heights. Generating a million takes minutes, so
 * that a data folder that is there is used again.
 */
export async function openCity(folder: string, size: typeof SMALL, say: (text: string) => void): Promise<City> {
  const dataDir = join(folder, String(size.members))
  const isThere = existsSync(join(dataDir, 'keys'))
  mkdirSync(dataDir, { recursive: true })
  const whole = await openInstallation({ dataDir })
  const now = new Date()
  if (!isThere) {
    say(`generating ${size.members} members in ${size.organisations} organisations …`)
    await loadScale({ config: { dataDir }, adminUrl: whole.adminUrl, now, scale: size }, () => undefined)
  }
  return withClient(whole.adminUrl, async (client) => {
    const ask = async (text: string) => (await client.query<Unit & { tenantId: string }>(text)).rows
    const unit = `select u.id, u.path, u.name, u.tenant_id as "tenantId" from org_unit u`
    const [top] = await ask(`${unit} where u.parent_id is null`)
    const [street] = await ask(`${unit} where u.kind = 'committee' and u.parent_id is not null order by u.path limit 1`)
    const [branch] = await ask(`${unit} where u.kind = 'branch' order by u.path limit 1`)
    if (!top || !street || !branch) throw new Error(`${dataDir} holds no city`)
    const heights = [top, street, branch]
    const posts = heights.map((scope) => ({ role: 'committee_admin' as const, unit: scope }))
    const people = await plantPeople(client, top.tenantId, posts, now)
    const spread = (table: string, where: string) =>
      ask(
        `select id from ${table} where ${where} and hashtext(id::text) % ${Math.ceil(size.members / 10_000)} = 0 limit 200`,
      )
    return {
      whole,
      readers: people.map(({ cookie }, at) => ({ cookie, scope: heights[at] as Unit })),
      memberIds: (await spread('members_member', 'deleted_at is null')).map(({ id }) => id),
      unitIds: (await ask(`${unit} where u.kind <> 'branch' order by u.path limit 40`)).map(({ id }) => id),
    }
  })
}

type Ask = { readonly path: string; readonly cookie: string }

/** What people type into the box: frequent and rare surnames, names, letters, beginnings of pinyin, figures. */
const TYPED = [
  '王',
  '李',
  '欧阳',
  '佘',
  '伟',
  '王伟',
  '张静',
  'w',
  'wang',
  'wangw',
  'zw',
  'lxy',
  'o',
  '2',
  '1975',
  '1234',
  '032X',
]
const FILTERS = [
  'category=activist',
  'category=applicant&category=candidate',
  'status=expelled',
  'status=suspended&sex=2',
  'recordState=second_review',
  'ageFrom=30&ageTo=35',
  'ageFrom=91',
  'education=11',
  'education=90&sex=1',
  'ethnic=33',
  'completenessBelow=60',
  'joinedFrom=2020-01-01&joinedTo=2020-12-31',
  'category=probationary&education=21&ageTo=28',
]
/** Parts of names of organisations, frequent and rare, and how they are typed. */
const UNITS = ['春晖', '街道党委', '第40党支部', '没有这样', 'chunhui', 'wh']
const SORTS = ['name', '-name', 'joined', '-joined', 'updated', '-updated', 'completeness', '-completeness']

/** Searches, filters, sorts and both together, as each of the readers asks; and pages far behind the first. */
async function searches({ whole, readers }: City): Promise<Ask[]> {
  const typed = TYPED.map((text) => `search=${encodeURIComponent(text)}`)
  const queries = [
    ...typed,
    ...FILTERS,
    ...SORTS.map((sort) => `sort=${sort}`),
    ...SORTS.flatMap((sort) => [`sort=${sort}&${typed[0]}`, `sort=${sort}&${FILTERS[5]}`]),
    ...typed.slice(0, 8).map((search) => `${search}&${FILTERS[0]}`),
  ]
  const asks = readers.flatMap(({ cookie }) => queries.map((query) => ({ path: `/members?${query}`, cookie })))
  for (const { cookie } of readers)
    for (const text of UNITS) asks.push({ path: `/orgs?search=${encodeURIComponent(text)}`, cookie })
  const [top] = readers as [Reader]
  const deep: Ask[] = []
  for (const query of ['sort=name', 'sort=-joined', typed[0] ?? '', FILTERS[5] ?? '']) {
    let cursor = ''
    for (let page = 0; page < 10; page += 1) {
      const path = `/members?limit=100&${query}${cursor}`
      const { next } = (await (await send(whole, { path, cookie: top.cookie })).json()) as { next: string | null }
      if (next === null) break
      cursor = `&cursor=${next}`
    }
    deep.push({ path: `/members?limit=20&${query}${cursor}`, cookie: top.cookie })
  }
  return [...asks, ...deep]
}

const subtrees = async ({ readers, unitIds }: City): Promise<Ask[]> => {
  const [top, street] = readers as [Reader, Reader]
  return [
    ...unitIds.map((id) => ({ path: `/orgs?parentId=${id}&limit=50`, cookie: top.cookie })),
    ...unitIds.map((id) => ({ path: `/orgs/${id}`, cookie: top.cookie })),
    ...readers.map(({ cookie }) => ({ path: '/orgs', cookie })),
    ...readers.map(({ cookie }) => ({ path: '/members', cookie })),
    { path: `/orgs?parentId=${street.scope.id}`, cookie: street.cookie },
  ]
}

const records = async ({ readers, memberIds }: City): Promise<Ask[]> =>
  memberIds.map((id) => ({ path: `/members/${id}`, cookie: readers[0]?.cookie ?? '' }))

const send = async ({ url }: Installation, { path, cookie }: Ask): Promise<Response> => {
  const answer = await fetch(`${url}/api/v1${path}`, { headers: { cookie } })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return answer
}

type Kind = 'search' | 'subtree' | 'record'
const ASKS: Readonly<Record<Kind, (city: City) => Promise<Ask[]>>> = {
  search: searches,
  subtree: subtrees,
  record: records,
}
/** Milliseconds that nineteen of twenty answers may take at a million members. */
const LIMITS: Readonly<Record<Kind, number>> = { search: 60, subtree: 20, record: 30 }

type Timed = Ask & { readonly took: number }

/** Asks everything once, one question after the other; milliseconds to the last byte, the quickest first. */
async function asked(city: City, asks: readonly Ask[]): Promise<Timed[]> {
  const times: Timed[] = []
  for (const ask of asks) {
    const began = performance.now()
    await (await send(city.whole, ask)).arrayBuffer()
    times.push({ ...ask, took: performance.now() - began })
  }
  return times.toSorted((a, b) => a.took - b.took)
}

const percentile = (times: readonly Timed[]) => times[Math.ceil(times.length * 0.95) - 1]?.took ?? 0

function showSlowest(city: City, times: readonly Timed[], say: (text: string) => void): void {
  for (const { path, cookie, took } of times.slice(-5)) {
    const height = city.readers.findIndex((reader) => reader.cookie === cookie)
    say(`  ${took.toFixed(0)} ms  ${['top', 'street', 'branch'][height]}  ${decodeURIComponent(path).slice(0, 100)}`)
  }
}

/**
 * The 95th percentiles of several runs at each size. The sizes take turns within each run, so that what else the machine
 * does slows both alike; everything is asked once before.
 */
async function percentiles(kind: Kind, cities: readonly City[], say: (text: string) => void): Promise<number[][]> {
  const sides = await Promise.all(
    cities.map(async (city) => ({ city, asks: await ASKS[kind](city), runs: [] as number[], last: [] as Timed[] })),
  )
  for (const { city, asks } of sides) await asked(city, asks)
  for (let run = 0; run < RUNS; run += 1)
    for (const side of sides) {
      side.last = await asked(side.city, side.asks)
      side.runs.push(percentile(side.last))
    }
  for (const { city, last } of sides) showSlowest(city, last, say)
  return sides.map(({ runs }) => runs)
}

export const SCALE_NAMES = ['search', 'subtree', 'record', 'scale-growth'] as const

/** The wanted figures at the larger size; the smaller is only measured for the growth. */
export async function scaleFigures(
  wanted: readonly string[],
  folder: string,
  say: (text: string) => void,
): Promise<Figure[]> {
  const isGrowthWanted = wanted.includes('scale-growth')
  const kinds = (Object.keys(LIMITS) as Kind[]).filter((kind) => isGrowthWanted || wanted.includes(kind))
  const cities: City[] = []
  try {
    for (const size of isGrowthWanted ? [LARGE, SMALL] : [LARGE]) cities.push(await openCity(folder, size, say))
    const figures: Figure[] = []
    const grown: Figure[] = []
    for (const kind of kinds) {
      say(`measuring ${kind} at ${LARGE.members} members …`)
      const [large = [], small = []] = await percentiles(kind, cities, say)
      if (wanted.includes(kind)) figures.push(againstLimit(kind, 'ms', LIMITS[kind], large))
      if (isGrowthWanted) grown.push(growth(small, large))
    }
    // What grew most stands for all.
    return [...figures, ...grown.toSorted((a, b) => (a.ratio ?? 0) - (b.ratio ?? 0)).slice(0, 1)]
  } finally {
    for (const { whole } of cities) await whole.stop()
  }
}

/** The time at 100,000 members over that at a million, at least 1 / 1.3; `runs` are the ratios of the single runs. */
function growth(small: readonly number[], large: readonly number[]): Figure {
  const limit = Number((1 / GROWTH).toFixed(3))
  const runs = large.map((ours, run) => Number(((small[run] ?? 0) / ours).toFixed(3)))
  const ratio = medianOf(runs)
  return {
    name: 'scale-growth',
    ratio,
    ours: Number(medianOf(large).toFixed(2)),
    floor: Number(medianOf(small).toFixed(2)),
    limit,
    ok: ratio >= limit,
    unit: 'ms',
    runs,
  }
}
