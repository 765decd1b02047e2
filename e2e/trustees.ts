import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Download, Page } from 'playwright-core'

/** What the trustees carry away from the offline page: files by the name of their owner. */
export type Ceremony = {
  readonly page: Page
  readonly folder: string
  readonly trustees: readonly string[]
  readonly publicFile: string
}

const passphraseOf = (name: string) => `江湾晨跑绕湖三圈-${name}`

async function saved(page: Page, folder: string, name: string, press: () => Promise<void>): Promise<string> {
  const [taken] = await Promise.all([page.waitForEvent('download') as Promise<Download>, press()])
  const path = join(folder, name)
  await taken.saveAs(path)
  return path
}

/** Opens the downloaded page from the disk, without any network, and makes a key of which two of three shares open. */
export async function makeKeys(browser: Browser, file: string, folder: string): Promise<Ceremony> {
  const context = await browser.newContext({ locale: 'zh-CN', acceptDownloads: true, offline: true })
  const page = await context.newPage()
  await page.goto(pathToFileURL(file).href)
  const trustees = ['周监票', '吴计票', '郑代表']
  await page.getByLabel('这次投票的名称').fill('演示投票')
  for (const [at, name] of trustees.entries()) await page.getByLabel(`第 ${at + 1} 位监票人`).fill(name)
  await page.getByRole('button', { name: '生成钥匙并分存' }).click()
  for (const name of trustees) {
    await page.getByRole('heading', { name: new RegExp(`${name}操作`) }).waitFor()
    await page.getByLabel('口令', { exact: true }).fill(passphraseOf(name))
    await page.getByLabel('再输一遍口令').fill(passphraseOf(name))
    await saved(page, folder, `${name}.share.json`, () =>
      page.getByRole('button', { name: '加密并保存我的分钥匙' }).click(),
    )
    await page.getByText(`${name}的分钥匙已保存`).waitFor({ timeout: 60_000 })
    await page.getByRole('button', { name: /交给下一位|全部分完/ }).click()
  }
  const publicFile = await saved(page, folder, 'key.public.json', () =>
    page.getByRole('button', { name: '保存公开钥匙文件' }).click(),
  )
  return { page, folder, trustees, publicFile }
}

/** Every trustee signs the plan. @returns the signature files */
export async function signPlan({ page, folder, trustees }: Ceremony, config: string): Promise<string[]> {
  const files: string[] = []
  for (const name of trustees) {
    await page.getByRole('button', { name: '一、制作钥匙' }).click()
    await page.getByRole('button', { name: '二、签署方案' }).click()
    await page.getByLabel('投票方案（config.json）').setInputFiles(config)
    await page.getByText('方案内容').waitFor()
    await page.getByLabel('我的分钥匙文件').setInputFiles(join(folder, `${name}.share.json`))
    await page.getByLabel('口令', { exact: true }).fill(passphraseOf(name))
    await page.getByRole('button', { name: '核对无误，签名' }).click()
    const keep = page.getByRole('button', { name: '保存签名文件' })
    await keep.waitFor({ timeout: 60_000 })
    files.push(await saved(page, folder, `${name}.signature.json`, () => keep.click()))
  }
  return files
}

/** One trustee alone gets nothing; two give the key. @returns the file with the election key */
export async function joinKey({ page, folder, trustees }: Ceremony): Promise<string> {
  await page.getByRole('button', { name: '三、合钥匙开票' }).click()
  const go = page.getByRole('button', { name: '合成选举钥匙' })
  for (const name of trustees.slice(0, 2)) {
    if (await go.isVisible()) throw new Error('one share alone must not open anything')
    await page.getByLabel('分钥匙文件').setInputFiles(join(folder, `${name}.share.json`))
    await page.getByLabel('口令', { exact: true }).fill(passphraseOf(name))
    await page.getByRole('button', { name: '打开这一份' }).click()
    await page.getByText(`${name}的分钥匙已打开`).waitFor({ timeout: 60_000 })
  }
  await go.click()
  return saved(page, folder, 'election-key.json', () => page.getByRole('button', { name: '保存选举钥匙文件' }).click())
}
