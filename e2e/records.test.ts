import { checkCharacterOf } from '@tongxin/domain/identity/citizen-id'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk } from './browser.ts'
import { confirmed } from './desk-acts.ts'
import { type Demonstration, keepPictures, openDemonstration } from './stage.ts'
import { ask, expectSound, type Person } from './steps.ts'

/** Records in the invented committee: one entered, returned, mended and approved; two merged and parted; a letter expired. */
type Rows<Row> = { rows: Row[] }

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

test('a letter that nobody received in time stands in the list of those that expired', async () => {
  const { page } = committee.screen
  type Letter = { id: string; name: string; state: string; number: string }
  const { rows } = await ask<Rows<Letter>>(page, 'GET', '/transfers?state=expired')
  const letter = rows[0]
  if (!letter) throw new Error('the demonstration has no expired letter')
  await page.goto('/admin/transfers?state=expired')
  await page.getByRole('row', { name: letter.name }).first().waitFor()
  await expectSound(committee.screen, 'desk-expired')
  await page.goto(`/admin/transfers/${letter.id}`)
  await page.getByText(letter.number).first().waitFor()
  await expectSound(committee.screen)
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
  expect(stage.front.offContract).toEqual([])
})
