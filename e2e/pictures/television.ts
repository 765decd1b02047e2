import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { Taken } from './sheets.ts'

type Asked = {
  readonly origin: string
  readonly out: string
  /** Somebody who may pair sets. */
  readonly storage: Awaited<ReturnType<BrowserContext['storageState']>>
}

const SIZES = { '720': { width: 1280, height: 720 }, '1080': { width: 1920, height: 1080 } } as const
const WAITING_MS = 40_000

/**
 * The screens of a television set, which has no addresses: its code, what it may play, the key that was pressed, a
 * programme with the code of the room, and the network gone. The set that was paired for it is ended again.
 */
export async function takeTelevision(browser: Browser, asked: Asked): Promise<Taken[]> {
  const folder = join(asked.out, 'tv')
  mkdirSync(folder, { recursive: true })
  const desk = await browser.newContext({ baseURL: asked.origin, storageState: asked.storage })
  const taken: Taken[] = []
  try {
    for (const [size, viewport] of Object.entries(SIZES)) {
      const context = await browser.newContext({ baseURL: asked.origin, viewport, locale: 'zh-CN' })
      const page = await context.newPage()
      const take = async (name: string) => {
        const file = join(folder, `tv-${size}-${name}.png`)
        await page.screenshot({ path: file })
        taken.push({ name: `tv-${size}-${name}`, file })
      }
      await show(page, desk, `照片 ${size}`, take)
      await context.close()
    }
  } finally {
    await desk.close()
  }
  return taken
}

async function show(page: Page, desk: BrowserContext, name: string, take: (name: string) => Promise<void>) {
  await page.goto('/tv/')
  const code = (await page.locator('.code').innerText({ timeout: WAITING_MS })).replace(' ', '')
  await take('code')
  const answer = await desk.request.post('/api/v1/television-sets', { data: { code, name } })
  if (!answer.ok()) throw new Error(`the set was not paired: ${answer.status()} ${await answer.text()}`)
  const { id } = (await answer.json()) as { id: string }
  await page.getByRole('heading', { name }).waitFor({ timeout: WAITING_MS })
  await take('home')
  await page.keyboard.press('ArrowDown')
  await take('focus')
  await page.keyboard.press('Enter')
  await page
    .locator('.figures')
    .waitFor({ timeout: WAITING_MS })
    .catch(() => undefined)
  await take('playing')
  await page.keyboard.press('Backspace')
  await page.getByRole('heading', { name }).waitFor({ timeout: WAITING_MS })
  await page.context().setOffline(true)
  await page
    .getByText('网络中断')
    .waitFor({ timeout: WAITING_MS })
    .catch(() => undefined)
  await take('offline')
  await page.context().setOffline(false)
  await desk.request.post(`/api/v1/television-sets/${id}/end`, { data: { reason: '照片拍完' } })
}
