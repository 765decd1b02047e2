import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freezeWithKeys, signedByAll, step } from './ballot-acts.ts'
import { openDesk, openPhone } from './browser.ts'
import { type Demonstration, keepPictures, openDemonstration } from './stage.ts'
import { expectSound, type Person } from './steps.ts'
import { type Ceremony, joinKey } from './trustees.ts'

/** A secret vote in the invented committee: a key on a page without a network, three telephones, one count. */

let stage: Demonstration
let secretary: Person
let ceremony: Ceremony
let address = ''
const voters: Person[] = []
const codes: string[] = []
const SOON = { timeout: 20_000 }
const folder = mkdtempSync(join(tmpdir(), 'tongxin-trustees-'))

beforeAll(async () => {
  stage = await openDemonstration()
  secretary = await stage.enter('branch_secretary', openDesk)
})

afterAll(async () => {
  await stage?.close()
  rmSync(folder, { recursive: true, force: true })
})

keepPictures(() => stage)

test('the secretary makes a secret vote and sees the paper beside the form', async () => {
  const { page } = secretary.screen
  await page.goto('/admin/votes/new')
  await expectSound(secretary.screen)
  await page.getByLabel('标题').fill('支部活动阵地和评议代表')
  const branch = stage.account('branch_secretary').organisation
  await page.getByRole('combobox', { name: '组织', exact: true }).fill(branch)
  await page.locator('.ant-select-tree-title', { hasText: branch }).first().click()
  await page.getByLabel('问什么').fill('阵地设在哪里')
  await page.getByLabel('选项（一行一个）').fill('东湖书屋\n西山驿站')
  await page.getByRole('button', { name: '再加一题' }).click()
  const second = page.getByRole('group', { name: '第 2 题' })
  await second.getByLabel('问什么').fill('推荐评议代表')
  await second.getByLabel('题型').selectOption({ label: '逐项赞成或不赞成' })
  await second.getByLabel('选项（一行一个）').fill('丁一\n王二\n张三')
  await second.getByLabel('最多赞成几项').fill('2')
  await expectSound(secretary.screen, 'desk-vote-form')
  await page.getByRole('button', { name: '保存投票' }).click()
  await page.waitForURL(/votes\/[0-9a-f-]{36}/)
  address = new URL(page.url()).pathname
  await page.getByRole('heading', { name: /支部活动阵地/ }).waitFor()
  await expectSound(secretary.screen)
})

test('the trustees make the key on a page without a network whose sum is published, and sign the plan', async () => {
  const { page } = secretary.screen
  await page.goto(`${address}?tab=keys`)
  ceremony = await freezeWithKeys(page, stage.browser, folder)
  await expectSound(secretary.screen, 'desk-vote-keys')
  await signedByAll(page, ceremony, folder)
})

test('three people draw their papers on the telephone and write down the code', async () => {
  const { page } = secretary.screen
  await step(page, '公布方案')
  await step(page, '开始领票')
  for (const role of ['member', 'group_leader', 'branch_officer']) voters.push(await stage.enter(role, openPhone))
  for (const [at, { screen }] of voters.entries()) {
    await screen.page.goto('/')
    const card = screen.page.getByRole('region', { name: '支部活动阵地和评议代表' })
    await card.getByRole('link', { name: '去领票' }).click()
    // What is compared in the hall: the words of the election and who signed it.
    await screen.page.getByRole('region', { name: '签署方案的监票人' }).getByText('周监票').waitFor()
    await screen.page.getByText('做不到的事，请先了解').waitFor()
    await expectSound(screen, at === 0 ? 'phone-vote-draw' : undefined)
    await screen.page.getByRole('button', { name: '领票' }).click()
    codes.push(await screen.page.getByLabel('恢复码', { exact: true }).innerText())
    await expectSound(screen, at === 0 ? 'phone-vote-code' : undefined)
    await screen.page.getByLabel('我已抄好并核对').check()
    await screen.page.getByRole('button', { name: '继续' }).click()
    await screen.page.getByText('票已领好').waitFor()
    await expectSound(screen)
  }
  expect(new Set(codes).size).toBe(3)
  await page.goto(`${address}?tab=roll&way=electronic`)
  await expect.poll(() => page.getByRole('rowheader').count(), SOON).toBe(3)
  await expectSound(secretary.screen)
})

test('casting opens after drawing has closed, and a lost telephone loses no vote', async () => {
  const { page } = secretary.screen
  await step(page, '结束领票')
  await step(page, '开始投票')
  const wall = await openDesk(stage.browser, stage.front.origin)
  await wall.context.addCookies(await secretary.screen.context.cookies())
  await wall.page.goto(`${address}/screen`)
  await wall.page.getByText('请现在投票').waitFor()
  await expectSound(wall, 'wall-vote')
  const [first] = voters
  const phone = (first as Person).screen.page
  await phone.evaluate(() => {
    for (const key of Object.keys(localStorage)) if (key.startsWith('tongxin.ballot.')) localStorage.removeItem(key)
  })
  await phone.reload()
  await phone.getByLabel('恢复码').fill('0000-0000')
  await phone.getByRole('button', { name: '找回选票' }).click()
  await phone.getByText('不是这张票的恢复码').waitFor()
  await expectSound((first as Person).screen)
  await phone.getByLabel('恢复码').fill((codes[0] ?? '').toLowerCase())
  await phone.getByRole('button', { name: '找回选票' }).click()
  await phone.getByRole('group', { name: '阵地设在哪里' }).waitFor()
})

test('too many names are stopped on the paper, and each ballot gets a receipt without the choice', async () => {
  for (const [at, { screen }] of voters.entries()) {
    const { page } = screen
    await page.reload()
    await page.getByRole('radio', { name: at === 2 ? '西山驿站' : '东湖书屋' }).check()
    const mark = (name: string, word: string) =>
      page.getByRole('group', { name, exact: true }).getByRole('radio', { name: word, exact: true }).check()
    for (const name of ['丁一', '王二', '张三']) await mark(name, '赞成')
    await page.getByRole('alert').getByText('是无效票').waitFor()
    await expectSound(screen, at === 0 ? 'phone-vote-too-many' : undefined)
    await mark('张三', '不赞成')
    await page.getByRole('button', { name: '核对选票' }).click()
    await page.getByText('张三：不赞成').waitFor()
    await expectSound(screen, at === 0 ? 'phone-vote-look-over' : undefined)
    await page.getByRole('button', { name: '投入票箱' }).click()
    await expect.poll(() => page.getByText('已进入票箱').count(), SOON).toBe(2)
    await expectSound(screen, at === 0 ? 'phone-vote-receipt' : undefined)
  }
})

test('two trustees open the box, the result is published, and every receipt is found on the board', async () => {
  const { page } = secretary.screen
  await page.goto(`${address}?tab=count`)
  await step(page, '截止投票')
  await page.getByLabel('选举钥匙文件').setInputFiles(await joinKey(ceremony))
  await page.getByRole('button', { name: '开票并计票' }).click()
  await page.getByRole('tab', { name: '结果' }).click()
  await page.getByText('通过：东湖书屋').waitFor()
  await step(page, '公布结果')
  await page.getByRole('button', { name: '重新计票' }).click()
  await page.getByText('重新计票，结果相同').first().waitFor()
  await expectSound(secretary.screen, 'desk-vote-result')
  const [record] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '打印计票记录（PDF）' }).click(),
  ])
  expect(
    readFileSync(await record.path())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')
  for (const { screen } of voters) {
    await screen.page.reload()
    await screen.page.getByText('通过：丁一、王二').waitFor()
    await screen.page.getByRole('button', { name: '在公告栏核对我的票' }).click()
    await expect.poll(() => screen.page.getByText('在公告栏第').count(), SOON).toBe(2)
    await expectSound(screen, 'phone-vote-result')
  }
  await page.goto(`${address}/screen`)
  await page.getByText('东湖书屋').first().waitFor()
  await expectSound(secretary.screen, 'wall-vote-result')
})

test('the files that anybody may download pass the independent verifier', async () => {
  const { page } = secretary.screen
  await page.goto(`${address}?tab=result`)
  const bundle = join(folder, 'bundle')
  mkdirSync(bundle)
  const buttons = page.locator('.vote-files').getByRole('button')
  await expect.poll(() => buttons.count(), SOON).toBe(8)
  for (let at = 0; at < (await buttons.count()); at += 1) {
    const [file] = await Promise.all([page.waitForEvent('download'), buttons.nth(at).click()])
    writeFileSync(join(bundle, (await buttons.nth(at).innerText()).trim()), readFileSync(await file.path()))
  }
  await stage.installation.command('ballot', 'verify', bundle)
  await page.goto('/admin/votes')
  await expectSound(secretary.screen, 'desk-votes')
  expect(stage.front.offContract).toEqual([])
})
