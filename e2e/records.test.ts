import { checkCharacterOf } from '@tongxin/domain/identity/citizen-id'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk, openPhone } from './browser.ts'
import { confirmed } from './desk-acts.ts'
import { type Demonstration, keepPictures, openDemonstration } from './stage.ts'
import { ask, expectSound, inShanghai, type Person, typed } from './steps.ts'

/** Records in the invented committee: one entered, returned, mended and approved; two merged and parted; a letter expired. */
type Rows<Row> = { rows: Row[] }

const DAY = 86_400_000
let stage: Demonstration
let officer: Person
let secretary: Person
let committee: Person

beforeAll(async () => {
  stage = await openDemonstration()
  officer = await stage.enter('branch_officer', openDesk)
  secretary = await stage.enter('branch_secretary', openDesk)
  committee = await stage.enter('committee_admin', openDesk)
})

afterAll(async () => {
  await stage?.close()
})

keepPictures(() => stage)

/** Opens a proposal that waits, by the name of the person it is about. */
async function openWaiting({ screen }: Person, view: string, name: string): Promise<void> {
  await screen.page.goto(`/admin/member-changes?view=${view}`)
  await screen.page.getByRole('link', { name }).first().click()
  await screen.page.waitForURL(/member-changes\/[0-9a-f-]{36}/)
  await screen.page.getByRole('heading', { level: 1, name }).waitFor()
}

const NAME = '欧阳新录'
// The county 99 of the province 11 was never given out (GB/T 2260): nobody has the number.
const digits = '11009919950612997'
const ID_NUMBER = digits + checkCharacterOf(digits)

test('a record is entered, and returned by the first reviewer with a reason', async () => {
  const { page } = officer.screen
  await page.goto('/admin/members/new')
  const own = stage.account('branch_officer').organisation
  const form = page.locator('form')
  await form.getByRole('combobox', { name: '党组织' }).fill(own)
  await page.locator('.ant-select-tree-title', { hasText: own }).first().click()
  await form.getByRole('textbox', { name: '姓名', exact: true }).fill(NAME)
  await form.getByRole('textbox', { name: '公民身份号码', exact: true }).fill(ID_NUMBER)
  await form.locator('select[name=category]').selectOption('formal')
  await form.getByRole('textbox', { name: '入党日期', exact: true }).fill('2016-07-01')
  await page.keyboard.press('Tab')
  await expectSound(officer.screen, 'desk-record-new')
  await page.getByRole('button', { name: '提交审核' }).click()
  await page.getByText('已提交，等待一审').waitFor()
  const reader = secretary.screen.page
  await openWaiting(secretary, 'first', NAME)
  await reader.getByRole('button', { name: '退回修改' }).first().click()
  const dialog = reader.getByRole('dialog')
  await dialog.getByRole('textbox').fill('请补转正日期和工作单位')
  await dialog.getByRole('button', { name: '退回修改' }).click()
  await reader.getByText('已退回提交人').waitFor()
})

test('the one who entered it mends it, and two others approve', async () => {
  const { page } = officer.screen
  await openWaiting(officer, 'mine', NAME)
  await page.getByText('请补转正日期和工作单位').first().waitFor()
  await expectSound(officer.screen, 'desk-record-returned')
  await page.getByText('修改', { exact: true }).first().click()
  const form = page.locator('form')
  await form.getByRole('textbox', { name: '转正日期', exact: true }).fill('2017-07-01')
  await page.keyboard.press('Tab')
  await form.locator('[name=workplace]').fill('澜川大学')
  // The number is not shown again, and so not kept: it is written once more.
  await form.getByRole('textbox', { name: '公民身份号码', exact: true }).fill(ID_NUMBER)
  await page.getByRole('button', { name: '提交审核' }).click()
  await page.getByText('已提交，等待一审').waitFor()
  for (const [person, view, verb, said] of [
    [secretary, 'first', '一审通过', '一审已通过，等待二审'],
    [committee, 'second', '核准', '已核准，档案已更新'],
  ] as const) {
    const reader = person.screen.page
    await openWaiting(person, view, NAME)
    await expectSound(person.screen)
    await reader.getByRole('button', { name: verb, exact: true }).click()
    await reader.getByRole('dialog').getByRole('button', { name: verb, exact: true }).click()
    await reader.getByText(said).waitFor()
  }
  const { rows } = await ask<Rows<{ name: string; recordState: string }>>(
    page,
    'GET',
    `/members?search=${encodeURIComponent(NAME)}`,
  )
  expect(rows).toMatchObject([{ name: NAME, recordState: 'approved' }])
})

test('two records of one person are merged, and parted again as they were', async () => {
  const { page } = committee.screen
  type Side = { id: string; name: string; memberNo: string }
  const { rows } = await ask<Rows<{ a: Side; b: Side }>>(page, 'GET', '/member-pairs')
  const pair = rows[0]
  if (!pair) throw new Error('the demonstration has no pair')
  const read = (id: string) => ask<{ fields: object; entries: object[] }>(page, 'GET', `/members/${id}`)
  const before = [await read(pair.a.id), await read(pair.b.id)]
  await page.goto('/admin/member-duplicates')
  await expectSound(committee.screen, 'desk-duplicates')
  await page.getByRole('row', { name: pair.a.name }).getByRole('link', { name: '对比合并' }).click()
  const decide = page.getByRole('region', { name: '合并' }).last()
  await page.getByRole('checkbox', { name: /身份证/ }).check()
  await decide.getByRole('textbox', { name: '理由' }).fill('核对身份证原件，是同一人')
  await expectSound(committee.screen, 'desk-merge')
  await confirmed(
    committee,
    () => decide.getByRole('button', { name: /合并/ }).last().click(),
    page.getByText(/已合并/),
  )
  await page.goto('/admin/member-duplicates?view=merges')
  await page.getByRole('button', { name: '撤销合并' }).first().click()
  const dialog = page.getByRole('dialog', { name: /撤销/ })
  await dialog.getByRole('textbox').fill('核实为两人')
  await confirmed(
    committee,
    () => dialog.getByRole('button', { name: '撤销合并' }).click(),
    page.getByText(/两份档案恢复原状/),
  )
  await expectSound(committee.screen)
  const after = [await read(pair.a.id), await read(pair.b.id)]
  for (const at of [0, 1] as const) {
    expect(after[at]?.fields).toEqual(before[at]?.fields)
    expect(after[at]?.entries).toEqual(before[at]?.entries)
  }
})

test('a red cell opens the records behind it, and from there the form that mends them', async () => {
  const { page } = committee.screen
  await page.goto('/admin/member-quality')
  await page.getByRole('navigation', { name: '数据质量的各部分' }).waitFor()
  const red = page.locator('.score-cell[data-red]').first()
  await red.waitFor()
  await expectSound(committee.screen, 'desk-quality')
  await red.click()
  await page.waitForURL(/member-quality\/[0-9a-f-]{36}/)
  await page.getByRole('link', { name: '去更正' }).first().waitFor()
  await expectSound(committee.screen)
  await page.getByRole('link', { name: '去更正' }).first().click()
  await page.waitForURL(/members\/[0-9a-f-]{36}\/edit/)
  for (const path of ['member-findings', 'member-errors', 'member-samples', 'member-assignments']) {
    await page.goto(`/admin/${path}`)
    await page.getByRole('row').nth(1).waitFor()
    await expectSound(committee.screen, `desk-${path}`)
  }
})

type Letter = { id: string; memberId: string; number: string; state: string; validUntil: string }
type Row = { id: string; name: string; memberNo: string; orgName: string }
let letter: Letter
let leaving: Row

/** Does one act on the open page of a letter, and waits for what is said of it. */
async function act({ screen: { page } }: Person, verb: string, said: string, days?: string): Promise<void> {
  await page.getByRole('button', { name: verb, exact: true }).click()
  const dialog = page.getByRole('dialog')
  if (days) await dialog.getByRole('textbox', { name: '有效天数' }).fill(days)
  await dialog.getByRole('button', { name: verb, exact: true }).click()
  await page.getByText(said).first().waitFor()
}

test('a letter of introduction is drawn up, agreed, approved and issued for one day', async () => {
  const own = stage.account('branch_secretary').organisation
  const clerk = await stage.enter('party_worker', openDesk)
  const { page } = clerk.screen
  const moving = await ask<Rows<Letter>>(page, 'GET', '/transfers?limit=100')
  const { rows } = await ask<Rows<Row>>(page, 'GET', '/members?limit=100&category=formal')
  const free = rows.filter(({ id, orgName }) => orgName !== own && !moving.rows.some(({ memberId }) => memberId === id))
  leaving = free.at(-1) as Row
  await page.goto('/admin/transfers/new')
  await page.getByRole('combobox', { name: '党员' }).fill(leaving.memberNo)
  await page.locator('.ant-select-item-option', { hasText: leaving.memberNo }).click()
  await page.getByRole('combobox', { name: '接收支部' }).fill(own)
  await page.locator('.ant-select-item-option', { hasText: own }).first().click()
  await page.getByRole('textbox', { name: '转接原因' }).fill('校内调动')
  await page.getByLabel('党费交至月份').fill(typed(stage.installation.now()).day.slice(0, 7))
  await page.getByRole('button', { name: '保存草稿' }).click()
  await page.waitForURL(/transfers\/[0-9a-f-]{36}/)
  await act(clerk, '支部同意', '已记录支部意见')
  const path = new URL(page.url()).pathname
  await committee.screen.page.goto(path)
  await act(committee, '审批同意', '已审批。')
  await act(committee, '开具介绍信', '介绍信已开具。', '1')
  letter = await ask<Letter>(page, 'GET', path.replace('/admin', ''))
  await secretary.screen.page.goto('/admin/transfers?tab=inbox')
  await secretary.screen.page.getByRole('row', { name: letter.number }).getByText('待接收').waitFor()
})

/** The work of the night is made up for after the start: the list is opened anew until it is done. */
async function isExpiredFor(page: Page): Promise<boolean> {
  await page.goto('/admin/transfers?tab=expired')
  await page.locator('h1').first().waitFor()
  await expect.poll(() => page.locator('.tx-skeleton').count(), { timeout: 20_000 }).toBe(0)
  return page.getByRole('row', { name: letter.number }).getByText('已超期').isVisible()
}

test('it runs out by itself: both sides see it and are told, and the old branch still has the member', async () => {
  // Letters run out shortly after midnight: a program that begins at noon makes up for it.
  const after = typed(new Date(inShanghai(letter.validUntil, '12:00').getTime() + DAY)).day
  await stage.goOnAt(inShanghai(after, '12:00'))
  const receiver = await stage.enter('branch_secretary', openDesk)
  const sender = await stage.enter('party_worker', openDesk)
  for (const { screen } of [receiver, sender]) {
    await expect.poll(() => isExpiredFor(screen.page), { timeout: 90_000, interval: 1000 }).toBe(true)
  }
  await expectSound(receiver.screen, 'desk-expired')
  const { page } = sender.screen
  const { rows } = await ask<Rows<Row>>(page, 'GET', `/members?search=${leaving.memberNo}`)
  expect(rows).toMatchObject([{ name: leaving.name, orgName: leaving.orgName }])
  await page.goto(`/admin/transfers/${letter.id}`)
  await page.getByText('介绍信已超期，组织关系仍在原支部').first().waitFor()
  await expectSound(sender.screen)
  const phone = await stage.enter('branch_secretary', openPhone)
  const kinds = async () =>
    (await ask<Rows<{ kind: string }>>(phone.screen.page, 'GET', '/my/notices?limit=100')).rows.map(({ kind }) => kind)
  await expect.poll(kinds, { timeout: 90_000, interval: 1000 }).toContain('transfer_expired')
  await phone.screen.page.goto('/messages')
  await phone.screen.page.getByText(`组织关系介绍信已超期（${letter.number}）`).waitFor()
  await expectSound(phone.screen)
  expect(stage.front.offContract).toEqual([])
}, 240_000)
