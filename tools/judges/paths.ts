import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Judge, ROOT } from './judge.ts'
import { scan } from './scan.ts'
import { type Target, withTarget } from './target.ts'

/** What must not be had over the wire: files of the checkout, of the data folder, of careless operators. */
const LEAKS = [
  ...['.git/HEAD', '.git/config', '.env', '.npmrc', 'package.json', 'package-lock.json', 'biome.json', 'openapi.json~'],
  ...['node_modules/.package-lock.json', 'apps/server/src/main.ts', 'src/main.ts', 'bin/tongxin.mjs', '.ci/run'],
  ...['database-passwords.json', 'data/database-passwords.json', 'run/database.json', 'run/lock.json', 'cluster.json'],
  ...['log/postgresql.log', 'keys/master', 'backup.sql', 'backup.zip', 'dump.sql', 'db.sqlite', 'roster.xlsx'],
  ...['..%2fpackage.json', '..%2f..%2fpackage.json', '%2e%2e/%2e%2e/package.json', '..%5c..%5cpackage.json'],
  ...['assets/..%2f..%2f..%2fpackage.json', 'admin/..%2f..%2fpackage.json', 'admin/assets/..%2f..%2findex.html%00'],
  ...['assets/index.js.map', 'admin/assets/index.js.map', 'sw.js.map', 'server-status.html', 'phpinfo.php'],
  ...['actuator/env.json', 'debug/vars.json', 'files/incoming/x.bin', 'files/kept/x.bin', '%2fetc%2fpasswd'],
]

/** Queries that a program for lists must refuse or survive. */
const QUERIES = [
  ...['limit=-1', 'limit=0', 'limit=1e99', 'limit=99999999999999999999', 'limit=', 'limit[]=1', 'limit=1&limit=2'],
  ...['cursor=%00', 'cursor=AAAA', 'cursor=eyJ2IjoxfQ', 'sort=__proto__', 'sort=constructor', 'sort=-', 'sort=name%00'],
  ...[
    'search=%00',
    'search=%F0%9F',
    'search=%25%25%25',
    'search=%27%22%5C',
    'search=\\',
    'search=%E2%80%AE',
    'search=',
  ],
  ...['orgId=..%2F..', 'orgId=00000000-0000-0000-0000-000000000000', 'below=maybe', 'category=%00', 'ageFrom=NaN'],
  ...['asOf=0000-00-00', 'asOf=9999-12-31', 'asOf=2026-02-30', 'from=2026-13-01', '__proto__[a]=1', 'constructor=1'],
]

type Hit = { readonly status: number; readonly word: string }

/** Answers of ffuf for each word at the place of FUZZ, but for pages of the applications themselves. */
async function fuzz(address: string, words: readonly string[], cookie?: string): Promise<Hit[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tongxin-ffuf-'))
  try {
    const [list, report] = [join(folder, 'words'), join(folder, 'report.json')]
    writeFileSync(list, words.join('\n'))
    const session = cookie ? ['-b', cookie] : []
    const output = ['-o', report, '-of', 'json', '-s', '-t', '4']
    const said = await scan('ffuf', [
      ...['-u', address, '-w', list, '-mc', 'all', '-fr', '<div id="root"'],
      ...session,
      ...output,
    ])
    if (!existsSync(report)) throw new Error(`ffuf wrote no report: ${said.slice(-800)}`)
    const { results } = JSON.parse(readFileSync(report, 'utf8')) as {
      results: { status: number; input: { FUZZ: string } }[]
    }
    return results.map(({ status, input }) => ({ status, word: input.FUZZ }))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const isAnswered = ({ status }: Hit): boolean => status < 400
const isBroken = ({ status }: Hit): boolean => status >= 500

async function leaksOf(url: string, cookie?: string): Promise<string[]> {
  const hits = await fuzz(`${url}/FUZZ`, LEAKS, cookie)
  return hits.filter((hit) => isAnswered(hit) || isBroken(hit)).map(({ status, word }) => `${status} /${word}`)
}

type Described = { readonly paths: Record<string, Record<string, { readonly description?: string }>> }

/** Routes of the contract that are read, with ids filled in; `isPublic` tells those that need no session. */
function reads({ memberId, meetingId }: Target): { path: string; isPublic: boolean }[] {
  const { paths } = JSON.parse(readFileSync(join(ROOT, 'openapi.json'), 'utf8')) as Described
  return Object.entries(paths).flatMap(([path, { get }]) => {
    if (!get) return []
    const id = path.includes('meeting') ? meetingId : memberId
    const filled = path
      .replace('{file}', 'x.ics')
      .replace('{year}', '2026')
      .replaceAll(/\{\w+\}/g, id)
    return [{ path: filled.slice(1), isPublic: get.description?.startsWith('Public') === true }]
  })
}

async function faultsOf(target: Target): Promise<string[]> {
  const { url, cookie, memberCookie } = target
  const faults = [...(await leaksOf(url)), ...(await leaksOf(url, cookie))]
  const routes = reads(target)
  const closed = routes.filter(({ isPublic }) => !isPublic).map(({ path }) => path)
  // 400: the id of another kind of thing is refused before anybody asks who is there.
  for (const hit of await fuzz(`${url}/FUZZ`, closed))
    if (hit.status !== 401 && hit.status !== 400) faults.push(`signed out: ${hit.status} /${hit.word}`)
  const all = routes.map(({ path }) => path)
  for (const who of [cookie, memberCookie])
    for (const hit of (await fuzz(`${url}/FUZZ`, all, who)).filter(isBroken)) faults.push(`${hit.status} /${hit.word}`)
  const lists = all.filter((path) => !path.includes(target.memberId) && !path.includes(target.meetingId))
  for (const path of lists)
    for (const hit of (await fuzz(`${url}/${path}?FUZZ`, QUERIES, cookie)).filter(isBroken))
      faults.push(`${hit.status} /${path}?${hit.word}`)
  return faults
}

/** A server that gives away its settings and breaks at a word it does not expect. */
async function withCareless<T>(work: (url: string) => Promise<T>): Promise<T> {
  const server = createServer((request, reply) => {
    const isLeak = request.url === '/.env' || request.url === '/.git/HEAD'
    reply.writeHead(isLeak ? 200 : request.url?.includes('package.json') ? 500 : 404).end('SECRET=1')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.close()
  }
}

/** ffuf asks for what nobody links to: files that must not be there, routes without a session, broken queries. */
export const paths: Judge = {
  name: 'paths',
  packages: ['ffuf'],
  missing: () => (existsSync('/usr/bin/ffuf') ? null : 'ffuf'),
  async refusesFault() {
    const leaks = await withCareless((url) => leaksOf(url))
    return leaks.includes('200 /.env') && leaks.includes('500 /package.json')
  },
  async accepts() {
    const faults = await withTarget(faultsOf)
    for (const fault of faults) console.log(fault)
    return faults.length === 0
  },
}
