import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { launch, openDesk, openPhone } from '../../e2e/browser.ts'
import { type Judge, ROOT, run } from './judge.ts'
import { type Target, withTarget } from './target.ts'

// The checker of the W3C comes as an npm package of 32 MB: too much for everybody who only runs the tests.
const VERSION = '26.9.27'
const SHA512 = 'TkQd5DFfOaWC9ebtvozTsrH2Vaod3jYg+vrOeREzIXxBexLz9+rS2DNtjn7+RPUiZhgli0SghgBX6RJRNea0KA=='
const FOLDER = join(ROOT, '.cache/judges', `vnu-jar-${VERSION}`)
const JAR = join(FOLDER, 'package/build/dist/vnu.jar')

/** Takes the package from npm's registry and looks whether it holds the bytes that were chosen. */
function fetchJar(): void {
  if (existsSync(JAR)) return
  const unfinished = `${FOLDER}.new`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true })
  const packed = run('npm', ['pack', `vnu-jar@${VERSION}`, '--pack-destination', unfinished])
  const [name] = readdirSync(unfinished)
  if (packed.status !== 0 || !name) return void console.error(packed.said)
  const archive = join(unfinished, name)
  if (createHash('sha512').update(readFileSync(archive)).digest('base64') !== SHA512)
    throw new Error(`vnu-jar@${VERSION} is not the package that was chosen`)
  if (run('tar', ['-xzf', archive, '-C', unfinished]).status === 0) renameSync(unfinished, FOLDER)
}

/** What parts of others write into the document while it runs; nobody is hindered by it. */
const FOREIGN: readonly RegExp[] = [
  // Style elements of Ant Design: their attribute, newer CSS than the checker knows, and their place before the charset.
  /^Attribute “rc-util-key” not allowed/,
  /^CSS: /,
  /^A “charset” attribute on a “meta” element found after the first 1024 bytes/,
  // Tables of Ant Design with boxes to tick name the width of the first column only.
  /^A table row was \d+ columns wide and exceeded the column count established using column markup/,
  // Vite's carrier of the nonce, which browsers empty when they have read it.
  /^Element “meta” is missing required attribute “content”/,
]

type Message = { readonly type: string; readonly url: string; readonly message: string; readonly extract?: string }

/** Errors of the checker, by page; what browsers write down is HTML without the habits of its author. */
function faultsOf(pages: ReadonlyMap<string, string>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'tongxin-html-'))
  try {
    const names = [...pages.keys()]
    const files = names.map((_, at) => join(folder, `${at}.html`))
    for (const [at, file] of files.entries()) writeFileSync(file, pages.get(names[at] ?? '') ?? '')
    const flags = ['--format', 'json', '--stdout', '--exit-zero-always', '--errors-only']
    const { said } = run('java', ['-jar', JAR, ...flags, ...files])
    const { messages } = JSON.parse(said.slice(said.indexOf('{'))) as { messages: Message[] }
    return messages
      .filter(({ message }) => !FOREIGN.some((known) => known.test(message)))
      .map(({ url, message, extract }) => {
        const page = names[Number(/(\d+)\.html$/.exec(url)?.[1])] ?? url
        return `${page}: ${message} ${extract ? `| ${extract.replaceAll(/\s+/g, ' ').slice(0, 160)}` : ''}`
      })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const ON_DESK = [
  ...['', 'deadlines', 'orgs', 'orgs/new', 'members', 'members/new', 'member-changes', 'imports', 'imports/new'],
  ...['meetings', 'meetings/plan', 'meetings/ledger', 'notices', 'notices/new', 'inbox', 'audit', 'settings'],
  ...['settings/calendar', 'access/activation', 'access/accounts', 'access/grants', 'help'],
]
const ON_PHONE = [
  ...['', 'meetings', 'me/calendar', 'check-in', 'messages', 'organisation', 'me', 'me/record', 'me/record/correct'],
  ...['me/looks', 'me/trail', 'me/security', 'help'],
]

async function rendered(browser: Browser, target: Target): Promise<Map<string, string>> {
  const pages = new Map<string, string>()
  for (const { open, cookie, at } of [
    { open: openDesk, cookie: target.cookie, at: ON_DESK.map((path) => `/admin/${path}`) },
    { open: openPhone, cookie: target.memberCookie, at: ON_PHONE.map((path) => `/${path}`) },
    { open: openPhone, cookie: '', at: ['/sign-in', '/activate', '/welcome'] },
  ]) {
    const { context, page } = await open(browser, target.url)
    const [name = '', value = ''] = cookie.split('=')
    if (cookie) await context.addCookies([{ name, value, url: target.url }])
    for (const path of at) {
      await page.goto(path)
      await page.locator('h1').first().waitFor()
      pages.set(path, await page.content())
    }
    await context.close()
  }
  return pages
}

const PLANTED = `<!doctype html><html lang="en"><head><title>Page</title></head><body><p id="a">1</p><p id="a">2</p>
  <ul><p>no item</p></ul><a href="/x"><button>both</button></a></body></html>`

/** The Nu HTML checker reads every main page of both applications as the browser holds it after rendering. */
export const html: Judge = {
  name: 'html',
  packages: ['default-jre-headless'],
  fetch: fetchJar,
  missing: () =>
    run('java', ['-version']).status === 0 && existsSync(JAR) ? null : 'Java and the Nu HTML checker (npm: vnu-jar)',
  async refusesFault() {
    const faults = faultsOf(new Map([['planted', PLANTED]])).join('\n')
    return [/Duplicate ID/, /“p” not allowed as child of .*“ul”/, /must not appear as a descendant/].every((fault) =>
      fault.test(faults),
    )
  },
  async accepts() {
    const browser = await launch()
    try {
      const command = [join(ROOT, 'bin/tongxin.mjs'), 'start']
      const pages = await withTarget((target) => rendered(browser, target), command)
      const faults = faultsOf(pages)
      for (const fault of faults) console.log(fault)
      console.log(`${pages.size} pages`)
      return faults.length === 0
    } finally {
      await browser.close()
    }
  },
}
