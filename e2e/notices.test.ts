import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk, openPhone } from './browser.ts'
import { type Demonstration, keepPictures, openDemonstration } from './stage.ts'
import { ask, expectSound, type Person } from './steps.ts'

/** A notice from the committee to a branch to its members and back, with one missing. */
type Own = { person: { memberId: string }; posts: { role: string; orgId: string }[] }
type Members = { rows: { id: string; name: string }[] }

let stage: Demonstration
let committee: Person
let secretary: Person
let member: Person
const TITLE = '关于报送主题党日计划的通知'
const TEXT = '请各支部于本周五前报送下月主题党日计划。'
const PREFACE = '请两位同志先报各自的题目。'
let missing = ''

beforeAll(async () => {
  stage = await openDemonstration()
  committee = await stage.enter('committee_admin', openDesk)
  secretary = await stage.enter('branch_secretary', openDesk)
  member = await stage.enter('member', openPhone)
})

afterAll(async () => {
  await stage?.close()
})

keepPictures(() => stage)

async function confirmSending({ screen }: Person): Promise<void> {
  await screen.page.getByRole('button', { name: '发出通知', exact: true }).click()
  const dialog = screen.page.getByRole('dialog', { name: '现在发出？' })
  await dialog.getByRole('button', { name: '发出通知', exact: true }).click()
  await screen.page.waitForURL(/notices\/[0-9a-f-]{36}/)
}

test('the committee writes to everybody below and is told how many that are', async () => {
  const { page } = committee.screen
  await page.goto('/admin/notices/new')
  await page.getByLabel('标题').fill(TITLE)
  await page.getByLabel('正文').fill(TEXT)
  await page.getByText(/将发给 [1-9]\d* 人。/).waitFor()
  await expectSound(committee.screen)
  await confirmSending(committee)
  await page.getByText('已发出').first().waitFor()
})

test('the branch passes it on to two of its people with a preface, the text untouched', async () => {
  const { page } = secretary.screen
  const { person, posts } = await ask<Own>(member.screen.page, 'GET', '/session')
  const orgId = posts[0]?.orgId ?? ''
  const { rows } = await ask<Members>(page, 'GET', `/members?orgId=${orgId}&limit=100`)
  const other = rows.find(({ id }) => id !== person.memberId) as Members['rows'][number]
  const own = rows.find(({ id }) => id === person.memberId) as Members['rows'][number]
  missing = other.name
  await page.goto('/admin/notices?from=above')
  await page.getByRole('link', { name: TITLE }).click()
  await page.getByRole('link', { name: '转发', exact: true }).click()
  await page.getByText(TEXT).waitFor()
  await page.getByLabel('转发说明').fill(PREFACE)
  await page.getByRole('button', { name: '去掉' }).click()
  for (const { name } of [own, other]) {
    await page.getByRole('combobox', { name: '指定人员' }).fill(name)
    await page
      .locator('.ant-select-item-option', { hasText: `${name} · ` })
      .first()
      .click()
  }
  await page.getByText('将发给 2 人。').waitFor()
  await confirmSending(secretary)
})

test('a member reads preface and text on the phone and confirms', async () => {
  const { page } = member.screen
  await page.goto('/messages')
  const card = page.getByRole('listitem').filter({ hasText: '转发' }).filter({ hasText: TITLE })
  await card.getByRole('link', { name: '查看' }).click()
  await page.getByText(PREFACE).waitFor()
  await page.getByText(TEXT).waitFor()
  await expectSound(member.screen)
  await page.getByRole('button', { name: '签收', exact: true }).click()
  await page.getByText('已签收').first().waitFor()
})

test('the branch sees the one who is missing and reminds only him', async () => {
  const { page } = secretary.screen
  await page.getByRole('tab', { name: '按人员' }).click()
  const rows = page.getByRole('table').getByRole('row')
  await rows.filter({ hasText: missing }).waitFor()
  expect(await rows.count()).toBe(2)
  await page.getByRole('button', { name: '只提醒这些人' }).click()
  await page.getByText('已再次提醒 1 人').waitFor()
  await page.getByRole('button', { name: '已读和已签收' }).click()
  await expect.poll(() => rows.filter({ hasText: missing }).count()).toBe(0)
  await expectSound(secretary.screen)
})
