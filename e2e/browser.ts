import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, type BrowserContext, chromium, devices, type Page } from 'playwright-core'

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome']
// The same engine without the window around the page: a journey costs a fifth less of the machine.
const WITHOUT_WINDOW = 'chromium-headless-shell'

const onPath = (name: string): string | undefined =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(existsSync)

/** The Chromium of this machine, or the one that CHROMIUM_PATH names. */
function chromiumPath(isWhole: boolean): string {
  const given = process.env.CHROMIUM_PATH
  const names = isWhole ? PROGRAMS : [WITHOUT_WINDOW, ...PROGRAMS]
  const found = given ?? names.map(onPath).find((path) => path !== undefined)
  if (!found) throw new Error('no Chromium: apt-get install -y chromium')
  return found
}

// A camera that shows a test picture, and no question whether the page may use it.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--lang=zh-CN',
]

/**
 * Which Chromium, and how. `isWhole`: with what only the whole browser has, as installing a page. It reads the names of files in the encoding of its locale: without one it does not find a
 * file to upload below a folder with a Chinese name.
 */
export const howToLaunch = ({ isWhole = false }: { isWhole?: boolean } = {}) => ({
  executablePath: chromiumPath(isWhole),
  args: FLAGS,
  env: { ...process.env, LC_ALL: 'C.UTF-8' },
})

export const launch = (): Promise<Browser> => chromium.launch(howToLaunch())

/** Complaints of pages: errors on the console and exceptions nobody caught. */
export type Watched = { readonly context: BrowserContext; readonly page: Page; readonly complaints: string[] }

const common = { locale: 'zh-CN', timezoneId: 'Asia/Shanghai', colorScheme: 'light', reducedMotion: 'reduce' } as const
const DESK = { ...common, viewport: { width: 1440, height: 900 } }
const { userAgent } = devices['Pixel 7'] as { userAgent: string }
const PHONE = {
  ...common,
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
  userAgent,
}

/** A desk of its own: cookies, storage and all. `origin` lets paths stand alone. */
export const openDesk = (browser: Browser, origin: string): Promise<Watched> =>
  open(browser, { ...DESK, baseURL: origin })
export const openPhone = (browser: Browser, origin: string): Promise<Watched> =>
  open(browser, { ...PHONE, baseURL: origin })

async function open(browser: Browser, options: Parameters<Browser['newContext']>[0]): Promise<Watched> {
  const context = await browser.newContext(options)
  // Beside the other tests, on two cores, a page may take long; where nothing is wrong nobody waits so long.
  context.setDefaultTimeout(45_000)
  // Only when asked for: a fault that whoever looks at a journey must see.
  if (process.env.TEST_PAGES_COMPLAIN) await context.addInitScript('console.error("planted complaint")')
  const page = await context.newPage()
  const complaints: string[] = []
  watch(page, complaints)
  return { context, page, complaints }
}

/** Expected refusals (4xx) are told to the person and to the console by Chromium itself; they are no complaint. */
export function watch(page: Page, complaints: string[]): void {
  page.on('console', (message) => {
    const isRefusal =
      /Failed to load resource: (the server responded with a status of 4|net::ERR_INTERNET_DISCONNECTED)/.test(
        message.text(),
      )
    if (message.type() === 'error' && !isRefusal) complaints.push(`${page.url()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.stack ?? error.message}`))
}
