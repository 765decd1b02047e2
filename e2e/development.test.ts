import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk, openPhone } from './browser.ts'
import { type Demonstration, keepPictures, openDemonstration } from './stage.ts'
import { ask, expectSound, inShanghai, type Person, typed } from './steps.ts'

/** The road into the Party in the invented committee: one begins with the first form, another ends in the archive. */
type Case = { id: string; memberId: string; name: string; step: number; dueOn: string | null }
type Rows<Row> = { rows: Row[] }

let stage: Demonstration
let clerk: Person
let committee: Person
const applicant = { id: '', memberId: '', name: '' }
const late = { id: '', name: '' }
const today = typed(new Date()).day
const DAY = 86_400_000

beforeAll(async () => {
  stage = await openDemonstration()
  clerk = await stage.enter('party_worker', openDesk)
  committee = await stage.enter('committee_admin', openDesk)
})

afterAll(async () => {
  await stage?.close()
})

keepPictures(() => stage)

/** Fills a form by the labels that a person reads; a choice is named by its words. */
async function fillIn(form: Locator, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    const field = form.getByRole('textbox', { name, exact: true }).or(form.getByRole('combobox', { name, exact: true }))
    if ((await field.evaluate((node) => node.tagName)) === 'SELECT') await field.selectOption({ label: value })
    else {
      await field.fill(value)
      await field.press('Tab')
    }
  }
}

/** Takes the next step in the drawer of the case. */
async function record(page: Page, step: number, values: Readonly<Record<string, string>>): Promise<Locator> {
  await page
    .getByRole('region', { name: `第 ${step} 步` })
    .getByRole('button', { name: '记录这一步' })
    .click()
  const drawer = page.getByRole('dialog', { name: `第 ${step} 步` })
  await drawer.getByRole('textbox', { name: '日期', exact: true }).waitFor()
  await fillIn(drawer, { 日期: today, ...values })
  return drawer
}

/** The committee reads what waits and agrees. */
async function confirm(id: string, values: Readonly<Record<string, string>>): Promise<void> {
  const { page } = committee.screen
  await page.goto(`/admin/development/${id}`)
  await page.getByRole('button', { name: '审核' }).first().click()
  const drawer = page.getByRole('dialog', { name: /上级确认/ })
  await drawer.getByRole('textbox', { name: '决定日期', exact: true }).waitFor()
  await fillIn(drawer, values)
  await expectSound(committee.screen)
  await drawer.getByRole('button', { name: '同意并确认' }).click()
  await drawer.waitFor({ state: 'detached' })
}

test('the first form takes an application and starts the month for the talk', async () => {
  const { page } = clerk.screen
  const { rows: cases } = await ask<Rows<Case>>(page, 'GET', '/development-cases?limit=100')
  const { rows: people } = await ask<Rows<{ id: string; name: string; orgName: string }>>(
    page,
    'GET',
    '/members?limit=100&category=applicant',
  )
  const person = people.find(({ id }) => !cases.some(({ memberId }) => memberId === id))
  if (!person) throw new Error('the demonstration has no applicant without a case')
  await page.goto('/admin/development/new')
  await page.getByRole('combobox', { name: '申请人' }).fill(person.name)
  await page.locator('.ant-select-item-option', { hasText: `${person.name} · ${person.orgName}` }).click()
  await fillIn(page.locator('form'), { 申请日期: today, 向何处党组织申请: '学习单位' })
  await expectSound(clerk.screen, 'desk-application')
  await page.getByRole('button', { name: '登记申请' }).click()
  await page.waitForURL(/development\/[0-9a-f-]{36}/)
  Object.assign(applicant, { name: person.name, id: page.url().split('/').at(-1) ?? '' })
  await page.getByRole('region', { name: '第 2 步' }).getByText('一个月内派人谈话').waitFor()
  await expectSound(clerk.screen, 'desk-road')
})

test('a step before its turn is refused with the article behind it', async () => {
  const { page } = clerk.screen
  const third = page.getByRole('listitem').filter({ hasText: '3. 推荐和确定入党积极分子' })
  await third.getByRole('button', { name: /为什么还不能办/ }).click()
  await third.getByText('尚未派人同入党申请人谈话').waitFor()
  await third.getByText('为什么？').click()
  await third.getByText(/DEV-4 .*《中国共产党发展党员工作细则》/).waitFor()
  await expectSound(clerk.screen)
})

test('the talk and the decision of the branch are recorded, and the level above confirms', async () => {
  const { page } = clerk.screen
  const talk = await record(page, 2, { 谈话人: '王书记', 谈话人职务: '支部书记', 主要内容: '了解入党动机和思想情况。' })
  await talk.getByRole('button', { name: '先核对规则' }).click()
  await talk.getByText('没有规则阻止这一步').waitFor()
  await expectSound(clerk.screen, 'desk-step')
  await talk.getByRole('button', { name: '记录这一步' }).click()
  await talk.waitFor({ state: 'detached' })
  const counts = { 应到人数: '5', 实到人数: '5', 赞成票: '5' }
  const decided = await record(page, 3, { 推荐方式: '党员推荐', 决定形式: '支部委员会', ...counts })
  await decided.getByRole('button', { name: '记录这一步' }).click()
  await decided.waitFor({ state: 'detached' })
  const reported = await record(page, 4, {})
  await reported.getByRole('button', { name: '记录并报上级' }).click()
  await reported.waitFor({ state: 'detached' })
  await confirm(applicant.id, { 意见: '同意备案。' })
  await page.reload()
  await page.getByRole('region', { name: '第 5 步' }).waitFor()
})

test('an overdue case stands first in the list, with its lamp, and in the list of deadlines', async () => {
  const { page } = clerk.screen
  const { rows } = await ask<Rows<Case>>(page, 'GET', '/development-cases?limit=100&lamp=red&step=23')
  Object.assign(late, rows[0])
  await page.goto('/admin/development?lamp=red')
  const row = page.getByRole('row', { name: late.name })
  await row.getByText('超期').waitFor()
  await expectSound(clerk.screen, 'desk-admissions')
  await page.goto('/admin/deadlines?lamp=red&module=development')
  await page.getByText(`${late.name}：预备期满，讨论转正`).first().waitFor()
  await expectSound(clerk.screen)
})

const BALLOT = {
  无记名投票: '是',
  应到会有表决权人数: '10',
  实到人数: '9',
  会前书面意见人数: '0',
  赞成票: '9',
  书面意见中赞成: '0',
  不赞成票: '0',
  弃权票: '0',
  无效票: '0',
  支部大会决议: '同意按期转为中共正式党员。',
}

test('the meeting converts, the committee approves, and the papers go into the archive', async () => {
  const { page } = clerk.screen
  await page.goto(`/admin/development/${late.id}`)
  const opinions = { 党员意见: '同意转正', 群众意见: '反映良好', 支委会意见: '按期转正' }
  const meeting = await record(page, 23, { 结果: '按期转正', ...opinions, ...BALLOT })
  await meeting.getByRole('button', { name: '记录这一步' }).click()
  await meeting.waitFor({ state: 'detached' })
  const approval = await record(page, 24, {})
  await approval.getByRole('button', { name: '记录并报上级' }).click()
  await approval.waitFor({ state: 'detached' })
  await confirm(late.id, { 结果: '同意', 应到人数: '9', 实到人数: '8', 赞成票: '8', 意见: '批准转为正式党员。' })
  await page.reload()
  const filed = await record(page, 25, { 接收人: '档案室', 存入: '人事档案' })
  for (const paper of ['入党志愿书', '入党申请书', '转正申请书']) await filed.getByLabel(paper, { exact: true }).check()
  await filed.getByRole('button', { name: '记录并报上级' }).click()
  await filed.waitFor({ state: 'detached' })
  await confirm(late.id, {})
  await page.reload()
  await page.getByText('全部步骤已完成，材料已归档').waitFor()
  for (const tab of ['people', 'publicity', 'papers']) {
    await page.goto(`/admin/development/${late.id}?tab=${tab}`)
    await expectSound(clerk.screen)
  }
  await committee.screen.page.goto(`/admin/development/${late.id}?tab=vetting`)
  await expectSound(committee.screen, 'desk-vetting')
  await committee.screen.page.goto('/admin/development/quotas')
  await expectSound(committee.screen)
})

test('a member finds the own road and the people to accompany on the telephone', async () => {
  const { screen } = await stage.enter('member', openPhone)
  for (const path of ['/development', '/development/activists', '/development/hand-in?what=report']) {
    await screen.page.goto(path)
    await expectSound(screen)
  }
})

test('a step that nobody takes in time becomes a red lamp, a task and a reminder', async () => {
  const before = await stage.enter('branch_secretary', openDesk)
  const { rows } = await ask<Rows<Case>>(before.screen.page, 'GET', '/development-cases?limit=100&lamp=green')
  const [waiting] = rows
    .filter(({ dueOn }) => dueOn !== null)
    .toSorted((a, b) => (a.dueOn ?? '').localeCompare(b.dueOn ?? ''))
  if (!waiting?.dueOn) throw new Error('the demonstration has no case of this branch with a day to come')
  // The digest is told at eight: a program that begins at noon makes up for it.
  const after = typed(new Date(inShanghai(waiting.dueOn, '12:00').getTime() + DAY)).day
  await stage.goOnAt(inShanghai(after, '12:00'))
  const phone = (await stage.enter('branch_secretary', openPhone)).screen
  // Told after the work of the night, which is made up for too.
  const kinds = async () =>
    (await ask<Rows<{ kind: string }>>(phone.page, 'GET', '/my/notices?limit=100')).rows.map(({ kind }) => kind)
  await expect.poll(kinds, { timeout: 90_000, interval: 1000 }).toContain('deadlines_digest')
  await phone.page.goto('/messages')
  await phone.page
    .getByText(/到期提醒：临近 \d+ 件，超期 [1-9]\d* 件/)
    .first()
    .waitFor()
  await expectSound(phone, 'phone-reminder')
  await phone.page.goto('/deadlines')
  await phone.page.getByText(`${waiting.name}：`).first().waitFor()
  const { screen } = await stage.enter('branch_secretary', openDesk)
  const { page } = screen
  await page.goto('/admin/')
  await page.getByRole('link', { name: '超期的发展党员档案' }).click()
  await page.getByRole('row', { name: waiting.name }).getByText('超期').waitFor()
  await page.goto('/admin/deadlines?lamp=red&module=development')
  await page.getByText(`${waiting.name}：`).first().waitFor()
  await expectSound(screen)
  expect(stage.front.offContract).toEqual([])
}, 240_000)
