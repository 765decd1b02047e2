import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Judge } from './judge.ts'
import { scan } from './scan.ts'
import { withTarget } from './target.ts'

const PROGRAMS = ['sqlmap', 'wapiti'] as const

/** Whether sqlmap could inject into the parameters of an address. */
async function sqlmapFinds(address: string, cookie: string, engine = 'PostgreSQL'): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'tongxin-sqlmap-'))
  try {
    const said = await scan('sqlmap', [
      '-u',
      address,
      '--cookie',
      cookie,
      '--batch',
      '--flush-session',
      '--level',
      '1',
      '--risk',
      '1',
      '--technique',
      'BU',
      '--dbms',
      engine,
      '--disable-coloring',
      '--ignore-code',
      '400',
      '--output-dir',
      folder,
    ])
    if (/is vulnerable|injection point\(s\)|is injectable/.test(said)) return true
    if (/do not appear to be injectable|does not seem to be injectable/.test(said)) return false
    throw new Error(`sqlmap could not judge ${address}: ${said.slice(-800)}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Vulnerabilities that wapiti reports for a page and what it links to. */
async function wapitiFinds(address: string, cookie: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'tongxin-wapiti-'))
  try {
    const jar = join(folder, 'cookies.json')
    const [name = '', value = ''] = cookie.split('=')
    const entry = { [name]: { version: 0, expires: null, secure: false, value, port: null } }
    writeFileSync(jar, JSON.stringify({ [new URL(address).hostname]: { '/': entry } }))
    const report = join(folder, 'report.json')
    const said = await scan('wapiti', [
      '-u',
      address,
      '--scope',
      'folder',
      '-m',
      'xss,sql,exec,file',
      '--max-scan-time',
      '2',
      '-f',
      'json',
      '-o',
      report,
      '-c',
      jar,
      '--flush-session',
      '--no-bugreport',
      '-v',
      '0',
    ])
    if (!existsSync(report)) throw new Error(`wapiti wrote no report: ${said.slice(-800)}`)
    const { vulnerabilities } = JSON.parse(readFileSync(report, 'utf8')) as {
      vulnerabilities: Record<string, unknown[]>
    }
    return Object.values(vulnerabilities).reduce((sum, found) => sum + found.length, 0)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A page with every sin: the parameter becomes part of a statement, whose errors are shown, and of the page. */
async function withSinner<T>(work: (url: string) => Promise<T>): Promise<T> {
  const database = new DatabaseSync(':memory:')
  database.exec("create table member (id integer, name text); insert into member values (1, 'wang'), (2, 'li')")
  const server: Server = createServer((request, reply) => {
    const id = new URL(request.url ?? '', 'http://x').searchParams.get('id') ?? '1'
    reply.writeHead(200, { 'content-type': 'text/html' })
    try {
      const rows = database.prepare(`select name from member where id = ${id}`).all()
      reply.end(`<html><a href="/?id=1">one</a><p>${rows.map(({ name }) => name).join(' ')}</p></html>`)
    } catch (error) {
      reply.end(`<html>SQLite error: ${(error as Error).message} in ${id}</html>`)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.close()
    database.close()
  }
}

/** Scanners with the session of a committee administrator against a running installation on loopback. */
export const scanners: Judge = {
  name: 'scanners',
  packages: PROGRAMS,
  missing() {
    const missing = PROGRAMS.filter((program) => !existsSync(`/usr/bin/${program}`))
    return missing.length > 0 ? missing.join(', ') : null
  },
  async refusesFault() {
    return withSinner(
      async (url) =>
        (await sqlmapFinds(`${url}/?id=1`, 'a=b', 'SQLite')) && (await wapitiFinds(`${url}/?id=1`, 'a=b')) > 0,
    )
  },
  async accepts() {
    return withTarget(async ({ url, cookie, memberId }) => {
      const asked = [
        '/api/v1/members?search=wang&sort=name&limit=5',
        `/api/v1/members/${memberId}*/card`,
        '/api/v1/orgs?search=a&sort=name',
        '/api/v1/notices?text=a',
      ]
      const found: string[] = []
      for (const path of asked) if (await sqlmapFinds(url + path, cookie)) found.push(`sqlmap ${path}`)
      for (const path of ['/', '/api/v1/members?search=wang']) {
        if ((await wapitiFinds(url + path, cookie)) > 0) found.push(`wapiti ${path}`)
      }
      if (found.length > 0) console.log(found.join('\n'))
      return found.length === 0
    })
  },
}
