import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { type Authenticator, authenticatorOf } from './authenticator.ts'
import type { Watched } from './browser.ts'
import { isKnownSound } from './judged.ts'
import { judge, NO_FAULTS, takePicture } from './judges.ts'

/** A person of the journey: what is known for signing in, and the screen in front of the person. */
export type Person = {
  readonly name: string
  readonly signInName: string
  readonly password: string
  readonly screen: Watched
  authenticator: Authenticator | null
}

export const PASSWORD = '江湾晨跑绕湖三圈再吃早饭真好'

/** The page passes every judge as it stands, and nothing complained on the way here. */
export async function expectSound({ page, complaints }: Watched, picture?: string): Promise<void> {
  // One moment is not enough: after a click the page left behind is still whole, and the next one is not there yet.
  // A page on its way to another has no answer.
  let moments = 0
  const whole = async () => {
    moments = (await isWhole(page).catch(() => false)) ? moments + 1 : 0
    return moments
  }
  await expect.poll(whole, { interval: 100, timeout: 30_000 }).toBeGreaterThanOrEqual(4)
  expect.soft(complaints.splice(0)).toEqual([])
  await page.waitForLoadState('load')
  if (picture) await takePicture(page, picture)
  const { isKnown, remember } = await isKnownSound(page)
  if (isKnown) return
  const found = await judge(page)
  expect.soft({ page: page.url(), ...found }).toEqual({ page: page.url(), ...NO_FAULTS })
  if (found.barriers.length + found.faults.length === 0) remember()
}

/** A page has rendered when it has a title and a heading and nothing is a placeholder any more. */
const isWhole = (page: Page): Promise<boolean> => page.evaluate(WHOLE)
const WHOLE = `document.title !== '' && document.querySelector('h1') !== null && document.querySelector('.tx-skeleton') === null`

/** Puts an authenticator app in force on the page that offers it. */
export async function enrolAuthenticator(page: Page): Promise<Authenticator> {
  await page.getByRole('button', { name: '设置验证器应用' }).click()
  await page.getByText('不能扫码？手工输入密钥').click()
  const authenticator = authenticatorOf(await page.locator('details .code-block').innerText())
  await page.getByLabel('验证码').fill(await authenticator.figures())
  await page.getByRole('button', { name: '完成设置' }).click()
  await page.getByRole('button', { name: '完成设置' }).waitFor({ state: 'detached' })
  return authenticator
}

/** First use of an account with a one-time code, as the slip or the screen at the meeting shows it. */
export async function activate(
  page: Page,
  given: { code: string; number: string; lastFour: string; password: string },
): Promise<void> {
  await page.goto(`/activate#${encodeURIComponent(given.code)}`)
  await page.getByLabel('党员编号').fill(given.number)
  await page.getByLabel('身份证号或手机号末四位').fill(given.lastFour)
  await page.getByLabel('新密码').fill(given.password)
  await page.getByRole('button', { name: '激活并登录' }).click()
  await page.waitForURL((url) => url.pathname !== '/activate')
}

/** Signs in on the page for everybody; a second factor is asked for on the same form. */
export async function signIn(person: Person, to = ''): Promise<void> {
  const { page } = person.screen
  await page.goto(`/sign-in${to === '' ? '' : `?to=${encodeURIComponent(to)}`}`)
  await page.getByLabel('账号').fill(person.signInName)
  await page.getByLabel('密码').fill(person.password)
  if (person.authenticator) await page.getByLabel('验证码').fill(await person.authenticator.figures())
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.waitForURL((url) => url.pathname !== '/sign-in')
}

/** The same without the page: who signs in, and that one can, is no part of the story. */
export async function enterQuietly({ signInName, password, authenticator, screen }: Person): Promise<void> {
  const code = authenticator ? { code: await authenticator.figures() } : {}
  await ask(screen.page, 'POST', '/session', { name: signInName, password, ...code })
}

/** A request beside the page, with its cookies. Throws what was refused. */
export async function ask<T = Record<string, never>>(
  page: Page,
  method: string,
  path: string,
  body?: object,
  more: Readonly<Record<string, string>> = {},
): Promise<T> {
  const headers = { 'content-type': 'application/json', ...more }
  const answer = await page.request.fetch(`/api/v1${path}`, { method, headers, ...(body ? { data: body } : {}) })
  const text = await answer.text()
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${text}`)
  return (text === '' ? {} : JSON.parse(text)) as T
}

/** The instant at which clocks in Shanghai say `time` on `day`. */
export const inShanghai = (day: string, time: string): Date => new Date(`${day}T${time}+08:00`)

/** Day and time in Shanghai, as people type them. */
export function typed(instant: Date): { day: string; time: string } {
  const [day = '', time = ''] = new Date(instant.getTime() + 8 * 3600_000).toISOString().split('T')
  return { day, time: time.slice(0, 5) }
}
