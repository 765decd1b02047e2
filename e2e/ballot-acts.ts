import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'
import { type Ceremony, makeKeys, signPlan } from './trustees.ts'

const SOON = { timeout: 20_000 }

/** One step of a vote: what it means is read before it is taken. */
export async function step(page: Page, verb: string): Promise<void> {
  await page.getByRole('button', { name: verb, exact: true }).click()
  const dialog = page.getByRole('dialog', { name: verb })
  await dialog.getByRole('button', { name: verb, exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}

/** The trustees make a key on the page whose sum the desk publishes, and its public half freezes the roll. */
export async function freezeWithKeys(page: Page, browser: Browser, folder: string): Promise<Ceremony> {
  const shown = page.locator('.vote-code').first()
  await expect.poll(() => shown.innerText(), SOON).toMatch(/^[0-9a-f]{64}$/)
  const [taken] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '下载离线页' }).click(),
  ])
  const file = join(folder, 'trustees.html')
  await taken.saveAs(file)
  expect(createHash('sha256').update(readFileSync(file)).digest('hex')).toBe(await shown.innerText())
  const ceremony = await makeKeys(browser, file, folder)
  await page.getByLabel('公开钥匙文件').setInputFiles(ceremony.publicFile)
  await page.getByRole('button', { name: '使用并冻结名册' }).click()
  await page.getByRole('button', { name: '下载 config.json' }).waitFor()
  return ceremony
}

/** Every trustee signs the plan that the desk hands out. */
export async function signedByAll(page: Page, ceremony: Ceremony, folder: string): Promise<void> {
  const [config] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载 config.json' }).click(),
  ])
  const plan = join(folder, 'config.json')
  await config.saveAs(plan)
  for (const [at, signature] of (await signPlan(ceremony, plan)).entries()) {
    await page.getByLabel('签名文件').setInputFiles(signature)
    await expect.poll(() => page.getByText('已签名').count(), SOON).toBe(at + 1)
  }
}
