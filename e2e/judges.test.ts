import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { howToLaunch, launch, openDesk, watch } from './browser.ts'
import { openFront } from './front.ts'
import { isKnownSound } from './judged.ts'
import { barriersOf, faultsOf, hindrancesOf } from './judges.ts'

/** A judge that never says no is not believed: each is shown a planted fault in the run that trusts its silence. */
describe('judges of the journeys', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser.close())

  test('axe refuses a button without a name and grey on white, and accepts the mended page', async () => {
    const { page } = await openDesk(browser, 'http://127.0.0.1')
    const written = (button: string, colour: string) =>
      `<!doctype html><html lang="en"><head><title>Page</title></head><body><main><h1>Page</h1><p style="color:${colour};background:#fff">Words</p>${button}</main></body></html>`
    await page.setContent(written('<button></button>', '#ccc'))
    expect((await barriersOf(page)).map((text) => text.split(':')[0])).toEqual(['button-name', 'color-contrast'])
    await page.setContent(written('<button>Go</button>', '#333'))
    expect(await barriersOf(page)).toEqual([])
  })

  test('axe refuses a button whose name does not hold what is seen on it', async () => {
    const { page } = await openDesk(browser, 'http://127.0.0.1')
    const written = (name: string) =>
      `<!doctype html><html lang="en"><head><title>Page</title></head><body><main><h1>Page</h1><button aria-label="${name}">5</button></main></body></html>`
    await page.setContent(written('2026-01-05'))
    expect((await barriersOf(page)).map((text) => text.split(':')[0])).toEqual(['label-content-name-mismatch'])
    await page.setContent(written('5 2026-01-05'))
    expect(await barriersOf(page)).toEqual([])
  })

  test('a screen that was found sound is known again with other words and more rows, and not with one class more', async () => {
    const { page } = await openDesk(browser, 'http://127.0.0.1')
    const shown = (rows: readonly string[], row = '<li class="row">') =>
      page.setContent(
        `<!doctype html><title>Page</title><style>@media (prefers-color-scheme: dark) { body { color: #fff } }</style><h1>Page</h1><ul>${rows.map((words) => row + words).join('')}</ul>`,
      )
    const isKnown = async () => (await isKnownSound(page)).isKnown
    await shown(['planted one'])
    expect(await isKnown()).toBe(false)
    ;(await isKnownSound(page)).remember()
    await shown(['planted two', 'planted three'])
    expect(await isKnown()).toBe(true)
    await shown(['planted one'], '<li class="row is-late">')
    expect(await isKnown()).toBe(false)
    await shown([''])
    expect(await isKnown()).toBe(false)
    await shown(['planted one'])
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await isKnown()).toBe(false)
  })

  test('html-validate refuses a field without a kind and a telephone number that breaks', async () => {
    const page = (body: string) =>
      `<!DOCTYPE html><html lang="en"><head><title>Page</title></head><body><main><h1>Page</h1>${body}</main></body></html>`
    const faults = await faultsOf(page('<label>Name <input></label><a href="tel:01012345678">010 12345678</a>'))
    expect(faults.join('\n')).toMatch(/no-implicit-input-type[^]*tel-non-breaking/)
    expect(await faultsOf(page('<label for="_r_1_">Name</label><input id="_r_1_" type="text">'))).toEqual([])
  })

  test('html-validate refuses an id that comes twice and a label for nothing', async () => {
    const page = (body: string) =>
      `<!DOCTYPE html><html lang="en"><head><title>Page</title></head><body><main><h1>Page</h1>${body}</main></body></html>`
    const faults = await faultsOf(page('<p id="a">1</p><p id="a">2</p><div><li>x</li></div>'))
    expect(faults.join('\n')).toMatch(/no-dup-id/)
    expect(faults.join('\n')).toMatch(/element-permitted-(content|parent)/)
    expect(await faultsOf(page('<p id="a">1</p>'))).toEqual([])
  })

  test('html-validate refuses what is hidden and takes the focus, except beside an open dialog', async () => {
    const page = (body: string) =>
      `<!DOCTYPE html><html lang="en"><head><title>Page</title></head><body><main><h1>Page</h1>${body}</main></body></html>`
    const guard = '<span aria-hidden="true" tabindex="0"></span>'
    expect((await faultsOf(page(guard))).join('\n')).toMatch(/hidden-focusable/)
    expect(await faultsOf(page(`${guard}<div role="dialog" aria-label="Ask"><p>Sure?</p></div>`))).toEqual([])
  })

  test('errors on the console and exceptions are complaints', async () => {
    const { page } = await openDesk(browser, 'http://127.0.0.1')
    const complaints: string[] = []
    watch(page, complaints)
    await page.setContent('<script>console.error("planted")</script><script>throw new Error("thrown")</script>')
    await expect.poll(() => complaints.length).toBe(2)
    expect(complaints.join('\n')).toMatch(/planted[^]*thrown/)
  })

  test('Chromium says why a page without a manifest is no application', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tongxin-profile-'))
    const server = createServer((_, reply) => reply.setHeader('content-type', 'text/html').end('<title>Page</title>'))
    const port = await new Promise<number>((done) =>
      server.listen(0, '127.0.0.1', () => done((server.address() as { port: number }).port)),
    )
    const context = await chromium.launchPersistentContext(folder, howToLaunch({ isWhole: true }))
    try {
      const page = await context.newPage()
      await page.goto(`http://127.0.0.1:${port}/`)
      expect(await hindrancesOf(await context.newCDPSession(page))).toContain('no-manifest')
    } finally {
      await context.close()
      server.close()
      rmSync(folder, { recursive: true, force: true })
    }
  })

  test('an answer off the contract becomes an error and is remembered', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tongxin-contract-'))
    const reply = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } }
    const answer = { description: 'found', content: { 'application/json': { schema: reply } } }
    const contract = {
      openapi: '3.1.0',
      info: { title: 'Planted', version: '1' },
      paths: { '/api/v1/thing': { get: { responses: { 200: answer } } } },
    }
    writeFileSync(join(folder, 'openapi.json'), JSON.stringify(contract))
    const said = { body: '{"name":"right"}' }
    const program = createServer((_, outgoing) => outgoing.setHeader('content-type', 'application/json').end(said.body))
    const port = await new Promise<number>((done) =>
      program.listen(0, '127.0.0.1', () => done((program.address() as { port: number }).port)),
    )
    const front = await openFront(join(folder, 'openapi.json'))
    try {
      await front.serve(port)
      expect((await fetch(`${front.origin}/api/v1/thing`)).status).toBe(200)
      expect(front.offContract).toEqual([])
      said.body = '{"name":7}'
      expect((await fetch(`${front.origin}/api/v1/thing`)).status).toBe(500)
      expect(front.offContract).toHaveLength(1)
      expect(front.judged).toBe(2)
    } finally {
      await front.close()
      program.close()
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
