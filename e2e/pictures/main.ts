import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { type Authenticator, authenticatorOf } from '../authenticator.ts'
import { launch } from '../browser.ts'
import { ROOT } from '../installation.ts'
import { faultsOf } from './faults.ts'
import { nameOf, parentOf, type Route, routes, urlOf } from './routes.ts'
import { layOut, type Taken } from './sheets.ts'
import { putInto, STATES, type State } from './states.ts'
import { takeTelevision } from './television.ts'

/**
 * Pictures of every page of both applications in every state, and of a television set (`tv`), for people to look at:
 * `npm run pictures -- --origin http://127.0.0.1:8080 --accounts FILE`, FILE being what `npx tongxin demo load --json`
 * printed. `--only` and `--states` narrow it. Writes pictures, contact sheets and `faults.txt` to
 * `test-results/pictures`.
 */
const { values: asked } = parseArgs({
  options: {
    origin: { type: 'string', default: 'http://127.0.0.1:8080' },
    accounts: { type: 'string', default: 'accounts.json' },
    out: { type: 'string', default: join(ROOT, 'test-results/pictures') },
    only: { type: 'string', default: '' },
    states: { type: 'string', default: [...STATES.map(({ key }) => key), 'tv'].join(',') },
  },
})

type Account = { role: string; signInName: string; password: string; totpSecret: string | null }
type Seat = { readonly role: string; readonly storage: Awaited<ReturnType<BrowserContext['storageState']>> }

// Who looks first: the next is asked only when the page is not for the one before.
const DESK_ROLES = ['committee_admin', 'security_admin', 'audit_admin', 'system_admin', 'branch_secretary']
const PHONE_ROLES = ['member']
const common = { locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' } as const
// Pages without a session would only lead on to the first page.
const OUTSIDE = /^\/(sign-in|activate|reset|welcome)/

async function seatsOf(browser: Browser): Promise<Map<string, Seat>> {
  const seats = new Map<string, Seat>()
  for (const account of JSON.parse(readFileSync(resolve(asked.accounts), 'utf8')) as Account[]) {
    if (![...DESK_ROLES, ...PHONE_ROLES].includes(account.role)) continue
    const context = await browser.newContext({ ...common, baseURL: asked.origin })
    await signIn(await context.newPage(), account, account.totpSecret ? authenticatorOf(account.totpSecret) : null)
    seats.set(account.role, { role: account.role, storage: await context.storageState() })
    await context.close()
  }
  return seats
}

async function signIn(page: Page, account: Account, authenticator: Authenticator | null): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('账号').fill(account.signInName)
  await page.getByLabel('密码').fill(account.password)
  if (authenticator) await page.getByLabel('验证码').fill(await authenticator.figures())
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.waitForURL((url) => url.pathname !== '/sign-in')
}

/** The page as it stands when nothing is a placeholder any more; a page that stays one is shown as it is. */
async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url, { waitUntil: 'load' })
  await page
    .locator('h1')
    .first()
    .waitFor({ timeout: 6000 })
    .catch(() => undefined)
  await page
    .locator('.tx-skeleton')
    .first()
    .waitFor({ state: 'detached', timeout: 4000 })
    .catch(() => undefined)
  await page.waitForTimeout(150)
}

type Place = { readonly route: Route; readonly url: string; readonly role: string }

/** Who may see each page, and the address of a record where the page is about one. */
async function placesOf(browser: Browser, seats: Map<string, Seat>): Promise<Place[]> {
  const places: Place[] = []
  for (const route of routes.filter(({ path, app }) => new RegExp(asked.only).test(`${app}${path}`))) {
    if (route.app === 'phone' && OUTSIDE.test(route.path)) {
      places.push({ route, url: urlOf(route), role: '' })
      continue
    }
    for (const role of route.app === 'desk' ? DESK_ROLES : PHONE_ROLES) {
      const seat = seats.get(role)
      const url = seat ? await addressFor(browser, seat, route) : null
      if (url === null) continue
      places.push({ route, url, role })
      break
    }
  }
  const missing = routes.filter((route) => !places.some((place) => place.route === route))
  if (asked.only === '') console.warn('nothing to show for:', missing.map(nameOf).join(' '))
  return places
}

async function addressFor(browser: Browser, seat: Seat, route: Route): Promise<string | null> {
  const context = await browser.newContext({ ...common, baseURL: asked.origin, storageState: seat.storage })
  const page = await context.newPage()
  let isRefused = false
  const ids: string[] = []
  page.on('response', async (answer) => {
    if (!answer.url().includes('/api/v1/')) return
    if (answer.status() === 403) isRefused = true
    const body: unknown = await answer.json().catch(() => null)
    if (typeof body !== 'object' || body === null || !('rows' in body) || !('next' in body)) return
    for (const row of body.rows as { id?: unknown }[]) if (typeof row.id === 'string') ids.push(row.id)
  })
  try {
    const isRecord = route.path.includes('$id')
    await visit(page, isRecord ? parentOf(route) : urlOf(route))
    if (isRefused || (isRecord && ids.length === 0)) return null
    return isRecord ? urlOf(route, ids[0]) : urlOf(route)
  } finally {
    await context.close()
  }
}

async function takeState(browser: Browser, state: State, places: readonly Place[], seats: Map<string, Seat>) {
  const folder = join(asked.out, state.key)
  mkdirSync(folder, { recursive: true })
  const taken: Taken[] = []
  const faults: string[] = []
  for (const role of [...new Set(places.map((place) => place.role))]) {
    const seat = seats.get(role)
    const { width, height } = state
    const context = await browser.newContext({
      ...common,
      baseURL: asked.origin,
      viewport: { width, height },
      ...(seat ? { storageState: seat.storage } : {}),
    })
    await putInto(context, state)
    const page = await context.newPage()
    for (const place of places.filter((one) => one.role === role)) {
      const name = nameOf(place.route)
      const file = join(folder, `${name}.png`)
      await visit(page, place.url)
      await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' })
      const found = await faultsOf(page, state.language ?? 'zh-CN').catch((error: Error) => [error.message])
      faults.push(...found.map((fault) => `${state.key} ${name}: ${fault}`))
      taken.push({ name, file })
    }
    await context.close()
  }
  await layOut(asked.out, state.key, taken, state.width < state.height)
  return faults
}

const browser = await launch()
try {
  const seats = await seatsOf(browser)
  const places = await placesOf(browser, seats)
  const faults: string[] = []
  for (const state of STATES.filter(({ key }) => asked.states.split(',').includes(key))) {
    faults.push(...(await takeState(browser, state, places, seats)))
    writeFileSync(join(asked.out, 'faults.txt'), `${faults.join('\n')}\n`)
    console.warn(`${state.key}: ${places.length} pages`)
  }
  const keeper = seats.get('committee_admin')
  if (keeper && asked.states.split(',').includes('tv')) {
    const taken = await takeTelevision(browser, { origin: asked.origin, out: asked.out, storage: keeper.storage })
    await layOut(asked.out, 'tv', taken, false)
    console.warn(`tv: ${taken.length} screens`)
  }
  console.warn(`${faults.length} faults in ${join(asked.out, 'faults.txt')}`)
} finally {
  await browser.close()
}
