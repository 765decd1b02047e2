import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk, openPhone, type Watched } from '../browser.ts'
import { type Cinema, openCinema } from '../camera.ts'
import { takePicture } from '../judges.ts'
import { FORGET_THE_YOUNG } from '../old-engine.ts'
import { type Demonstration, keepPictures, openDemonstration } from '../stage.ts'
import { ask, expectSound, type Person } from '../steps.ts'

/**
 * A television set: paired by the code on its screen, a programme played by the keys of a remote control, the room
 * checked in, and the network lost for a moment; then paired anew from the phone, and the code of a meeting shown on
 * it. Its browser has forgotten what came after 2017.
 */
type Airing = { id: string; state: string; isWhole: boolean; present: number; setName: string }

let stage: Demonstration
let committee: Person
let member: Person
let secretary: Person
let set: Watched
let cinema: Cinema

beforeAll(async () => {
  stage = await openDemonstration(() => ({ UNSCANNED_FILES: 'open' }))
  committee = await stage.enter('committee_admin', openDesk)
  member = await stage.enter('member', openPhone)
  set = await openDesk(stage.browser, stage.front.origin)
  await set.page.setViewportSize({ width: 1920, height: 1080 })
  await set.context.addInitScript({ content: FORGET_THE_YOUNG })
})

afterAll(async () => {
  await cinema?.close()
  await stage?.close()
})

keepPictures(() => stage)

const airings = async (): Promise<Airing[]> => {
  const { rows } = await ask<{ rows: Airing[] }>(committee.screen.page, 'GET', '/television-airings?limit=5')
  return rows.filter(({ setName }) => setName === '大礼堂')
}
const press = (...keys: string[]) =>
  keys.reduce<Promise<void>>(async (before, key) => {
    await before
    await set.page.keyboard.press(key)
  }, Promise.resolve())
/** What has the focus is seen: it stands on the screen and wears a ring of six pixels. */
const focused = (page: Page) => page.evaluate<{ isOnScreen: boolean; ring: string; size: number }>(FOCUSED)
const FOCUSED = `(() => {
  const { left, top, right, bottom } = document.activeElement.getBoundingClientRect()
  const isOnScreen = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
  const size = Math.round(parseFloat(getComputedStyle(document.documentElement).fontSize))
  return { isOnScreen, ring: getComputedStyle(document.activeElement).outlineWidth, size }
})()`
const isFocused = (page: Page, title: string) =>
  page.evaluate<boolean>(`document.activeElement.textContent.includes(${JSON.stringify(title)})`)

test('the set shows a code, is paired at the desk, and receives the channels of the committee', async () => {
  await set.page.goto('/tv/')
  expect(await set.page.evaluate('[typeof [].at, typeof structuredClone, typeof AbortController].join()')).toBe(
    'undefined,undefined,undefined',
  )
  const code = set.page.locator('.code')
  await expect.poll(() => code.innerText()).toMatch(/^[A-Z2-9]{3} [A-Z2-9]{3}$/)
  const desk = committee.screen.page
  await desk.goto('/admin/television/sets')
  await desk.getByRole('table').waitFor()
  await expectSound(committee.screen, 'desk-television-sets')
  await desk.getByRole('button', { name: '配对电视' }).first().click()
  const dialog = desk.getByRole('dialog', { name: '配对电视' })
  await dialog.getByLabel('配对码').fill(await code.innerText())
  await dialog.getByLabel('电视名称').fill('大礼堂')
  await dialog.getByRole('button', { name: '配对', exact: true }).click()
  await desk.getByRole('cell', { name: '大礼堂' }).waitFor()
  await set.page.getByRole('heading', { name: '大礼堂' }).waitFor()
  await set.page.getByText('党史故事：誓言').waitFor()
  expect(set.complaints.splice(0)).toEqual([])
})

test('a programme is chosen by arrow keys and enter, and the room checks in by the code on the screen', async () => {
  const { page } = set
  // What comes is above, what may be chosen below.
  await press('ArrowDown')
  expect(await isFocused(page, '党史故事：誓言')).toBe(true)
  expect(await focused(page)).toEqual({ isOnScreen: true, ring: '6px', size: 56 })
  // Whoever presses twice does not stop it before it has begun.
  await press('Enter', 'Enter')
  const figures = page.locator('.figures')
  await expect.poll(() => figures.innerText(), { timeout: 20_000 }).toMatch(/^\d{3} \d{3}$/)
  await press('Enter')
  await page.getByText('已暂停').waitFor()
  const phone = member.screen.page
  await phone.goto('/television')
  await phone.getByRole('heading', { name: '党史故事：誓言' }).waitFor()
  await expectSound(member.screen, 'phone-television')
  await phone.getByLabel('签到码').fill((await figures.innerText()).replace(' ', ''))
  await phone.getByRole('button', { name: '签到', exact: true }).click()
  await phone.getByText('已签到：党史故事：誓言').waitFor()
  await press('Enter')
  await page.getByRole('heading', { name: '大礼堂' }).waitFor({ timeout: 30_000 })
  await expect.poll(airings, { timeout: 20_000 }).toMatchObject([{ state: 'ended', isWhole: true, present: 1 }])
})

test('without a network the kept programme plays to its end, and is told when the network is back', async () => {
  const { page, context } = set
  await context.setOffline(true)
  await page.getByText('网络中断').waitFor()
  const chosen = page.getByRole('button', { name: /党史故事：誓言/ }).last()
  await chosen.focus()
  await press('Enter')
  await page.getByText('暂时不能签到').waitFor()
  await page.getByRole('heading', { name: '大礼堂' }).waitFor({ timeout: 30_000 })
  expect(await airings()).toHaveLength(1)
  // Switched off and on again: the page itself opens from the set.
  await page.reload()
  await page.getByRole('heading', { name: '大礼堂' }).waitFor()
  await context.setOffline(false)
  await expect.poll(async () => (await airings()).length, { timeout: 20_000 }).toBe(2)
  expect(await airings()).toMatchObject([{ isWhole: true, present: 0 }, { present: 1 }])
})

test('the desk reads the coverage level by level, and an ended set shows a code again', async () => {
  const desk = committee.screen.page
  await desk.goto('/admin/television')
  await desk.getByRole('link', { name: '党员远程教育' }).click()
  await desk.getByText('党史故事：誓言').first().waitFor()
  await expectSound(committee.screen, 'desk-television-channel')
  await desk.goto('/admin/television/coverage')
  await desk.getByRole('heading', { name: '下级组织' }).waitFor()
  await expectSound(committee.screen, 'desk-television-coverage')
  await desk.goto('/admin/television/airings')
  await desk.getByText('大礼堂').first().waitFor()
  await expectSound(committee.screen, 'desk-television-log')
  await desk.goto('/admin/television/sets')
  await desk.getByRole('cell', { name: '大礼堂' }).click()
  await desk.getByRole('button', { name: '停用电视' }).click()
  await desk.getByLabel('理由').fill('礼堂改造')
  await desk.getByRole('dialog', { name: '停用电视' }).getByRole('button', { name: '停用电视' }).click()
  await set.page.getByText('使用权限已收回').waitFor({ timeout: 60_000 })
  await expect.poll(() => set.page.locator('.code').innerText()).toMatch(/^[A-Z2-9]{3} [A-Z2-9]{3}$/)
})

test('a secretary who stands before the set pairs it from the phone by the picture on it', async () => {
  cinema = await openCinema()
  secretary = await stage.enter('branch_secretary', (_, origin) => openPhone(cinema.browser, origin))
  const { page } = secretary.screen
  const code = (await set.page.locator('.code').innerText()).replace(' ', '')
  await expectShown('television-pairing')
  await filmTheSet()
  await page.goto('/television/pair')
  await page.getByRole('button', { name: '扫描电视上的二维码' }).click()
  await expect.poll(() => page.getByRole('textbox', { name: '配对码' }).inputValue()).toBe(code)
  await page.getByLabel('电视名称').fill('支部活动室')
  await expectSound(secretary.screen, 'phone-pairing')
  await page.getByRole('button', { name: '配对', exact: true }).click()
  await page.getByText('已配对：支部活动室').waitFor()
  await set.page.getByRole('heading', { name: '支部活动室' }).waitFor()
})

test('a meeting puts its code on the set of its room, and who scans or types it is at the meeting', async () => {
  const title = '十一月支部党员大会'
  const id = await calledMeeting(title)
  const desk = committee.screen.page
  await desk.goto(`/admin/meetings/${id}`)
  await desk.getByRole('button', { name: '电视签到' }).click()
  const dialog = desk.getByRole('dialog', { name: '电视签到' })
  await dialog.getByRole('listitem').filter({ hasText: '支部活动室' }).getByRole('button', { name: '显示' }).click()
  await dialog.getByText('正在显示本次会议的签到码').waitFor()
  await expectSound(committee.screen, 'desk-television-meeting')
  await askedAgain()
  await set.page.getByRole('heading', { name: title }).waitFor()
  const figures = set.page.locator('.board .figures')
  await expect.poll(() => figures.innerText()).toMatch(/^\d{3} \d{3}$/)
  await expectShown('television-meeting')
  await filmTheSet()
  await secretary.screen.page.goto('/check-in')
  await secretary.screen.page.getByText(/已签到 \d\d:\d\d 第 1 位/).waitFor()
  const phone = member.screen.page
  await phone.goto(`/check-in?m=${id}`)
  await phone.getByLabel('六位数字').fill((await figures.innerText()).replace(' ', ''))
  await phone.getByRole('button', { name: '签到' }).click()
  await phone.getByText(/已签到 \d\d:\d\d 第 2 位/).waitFor()
  await askedAgain()
  await expect.poll(() => set.page.locator('.board .present').innerText()).toMatch(/2 /)
  // The back key of the remote control leaves the code, and it is one press away.
  await press('Backspace')
  await set.page.getByRole('button', { name: title }).click()
  await figures.waitFor()
  expect(stage.front.offContract).toEqual([])
})

/** The meeting of the own branch, called for now. */
async function calledMeeting(title: string): Promise<string> {
  const { page } = secretary.screen
  type Own = { person: { memberId: string }; posts: { role: string; orgId: string }[] }
  const { person, posts } = await ask<Own>(page, 'GET', '/session')
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
  const { id } = await ask<{ id: string }>(page, 'POST', '/meetings', {
    orgId: posts.find(({ role }) => role === 'branch_secretary')?.orgId,
    title,
    kinds: ['generalMeeting'],
    startsAt: at(10),
    endsAt: at(100),
    place: '支部活动室',
    chairId: person.memberId,
    agenda: [{ title: '通报支部工作', votes: 'none' }],
    invites: { who: 'all' },
  })
  await ask(page, 'POST', `/meetings/${id}/convene`, {}, { 'if-match': '"1"' })
  return id
}

/** The set asks every half minute, and at once when its network is back. */
async function askedAgain(): Promise<void> {
  await set.context.setOffline(true)
  await set.context.setOffline(false)
}

/** What hangs before the camera of the secretary: the picture on the set, as the page opens the camera anew. */
const filmTheSet = async () => cinema.aimAt(await set.page.locator('canvas.qr').screenshot())

/** A picture of the set for whoever looks at it, and nothing cut off. */
async function expectShown(picture: string): Promise<void> {
  const isCut =
    'document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight'
  expect(await set.page.evaluate<boolean>(isCut), picture).toBe(false)
  await takePicture(set.page, picture)
}
