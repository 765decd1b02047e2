import type { Locator, Page } from 'playwright-core'
import type { Person } from './steps.ts'

/** What officers do at the desk, by mouse and keyboard, each through the page where it stands. */

// Writing a whole roster takes a moment.
const LONGEST_MS = 60_000

/** Picks an organisation in the picker of a dialog: types the name, then presses the row found. */
export async function chooseOrg(dialog: Locator, name: string): Promise<void> {
  await dialog.getByRole('combobox', { name: '党组织' }).fill(name)
  await dialog.getByText(name, { exact: true }).click()
}

/** Does an act that may ask for the second factor again, and waits for the words that say it is done. */
export async function confirmed({ screen, authenticator }: Person, act: () => Promise<void>, done: Locator) {
  const code = screen.page.getByRole('dialog', { name: '再次确认身份' }).getByLabel('验证码')
  await act()
  await done.or(code).first().waitFor({ timeout: LONGEST_MS })
  if (await code.isVisible()) {
    await code.fill((await authenticator?.figures()) ?? '')
    await code.press('Enter')
  }
  await done.first().waitFor({ timeout: LONGEST_MS })
}

/** An account for somebody who is no member, opened by the security administrator. */
export async function openAccount(officer: Person, given: { name: string; signInName: string; organisation: string }) {
  const { page } = officer.screen
  await page.goto('/admin/access/accounts')
  await page.getByRole('button', { name: '为非党员开账号' }).click()
  const dialog = page.getByRole('dialog', { name: '为非党员开账号' })
  await dialog.getByLabel('姓名').fill(given.name)
  await dialog.getByLabel('登录名').fill(given.signInName)
  await chooseOrg(dialog, given.organisation)
  await confirmed(
    officer,
    () => dialog.getByRole('button', { name: '开账号', exact: true }).click(),
    page.getByText(`${given.name}的账号已建立，等待激活`),
  )
}

type Post = { name: string; role: string; organisation: string; home: string }

/** One proposes a post, another looks at exactly what was proposed and confirms it. `home`: where the person belongs. */
export async function givePost(maker: Person, checker: Person, post: Post): Promise<void> {
  const { page } = maker.screen
  await page.goto('/admin/access/grants')
  await page.getByRole('button', { name: '授予岗位' }).click()
  const dialog = page.getByRole('dialog', { name: '授予岗位' })
  await dialog.getByRole('combobox', { name: '授予谁' }).fill(post.name)
  await dialog.locator('.ant-select-item-option', { hasText: `${post.name} · ${post.home}` }).click()
  await dialog.getByRole('combobox', { name: '岗位' }).selectOption(post.role)
  await chooseOrg(dialog, post.organisation)
  await dialog.getByLabel('原因或依据').fill('党委会决定')
  await confirmed(
    maker,
    () => dialog.getByRole('button', { name: '提出', exact: true }).click(),
    page.getByText('已提出，等待另一人确认'),
  )
  const other = checker.screen.page
  await other.goto('/admin/access/proposals')
  await other.getByRole('cell', { name: post.name }).first().click()
  await confirmed(checker, () => other.getByRole('button', { name: '确认授权' }).click(), other.getByText('授权已生效'))
}

/** The ten-minute code for one person, read from the screen of whoever helps. */
export async function codeOnScreen(officer: Person, who: { name: string; organisation: string }): Promise<string> {
  const { page } = officer.screen
  await page.goto('/admin/access/activation')
  await page.getByRole('searchbox', { name: '姓名' }).fill(who.name)
  await page.getByRole('button', { name: '查找', exact: true }).click()
  await page.waitForURL(/search=/)
  await page
    .getByRole('row', { name: who.name })
    .filter({ hasText: who.organisation })
    .first()
    .getByRole('cell', { name: who.name })
    .click()
  await page.getByRole('button', { name: '当面激活' }).click()
  return page.locator('.access-code code').innerText()
}

/** Slips for one branch: codes are made, and printed as one PDF. @returns the file's path */
export async function printSlips({ screen: { page } }: Person, organisation: string): Promise<string> {
  await page.goto('/admin/access/activation')
  await page.getByRole('button', { name: '发放激活单' }).click()
  const dialog = page.getByRole('dialog', { name: '发放激活单' })
  await chooseOrg(dialog, organisation)
  await dialog.getByRole('button', { name: '生成激活码' }).click()
  const print = page.getByRole('button', { name: '打印激活单' })
  await print.waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), print.click()])
  await page.keyboard.press('Escape')
  return download.path()
}

/** The six figures on the wall, as everybody in the room sees them. */
export const figuresOn = async (wall: Page): Promise<string> =>
  (await wall.locator('.figures-big').innerText()).replace(/\D/g, '')
