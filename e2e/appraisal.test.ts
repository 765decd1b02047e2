import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk, openPhone } from './browser.ts'
import { type Demonstration, keepPictures, openDemonstration } from './stage.ts'
import { ask, expectSound, type Person, typed } from './steps.ts'

/** The appraisal of the year in the invented branch: the last sheets, grades over the third, then fitted, told, signed. */
type Round = { id: string; year: number; state: string; orgName: string }

let stage: Demonstration
let secretary: Person
let officer: Person
let member: Person
let round: Round
const now = new Date()
const today = typed(now).day
const inDays = (days: number) => typed(new Date(now.getTime() + days * 86_400_000)).day

beforeAll(async () => {
  stage = await openDemonstration()
  secretary = await stage.enter('branch_secretary', openDesk)
  officer = await stage.enter('branch_officer', openDesk)
  member = await stage.enter('member', openPhone)
})

afterAll(async () => {
  await stage?.close()
})

keepPictures(() => stage)

/** Presses an act of the round, fills the dialog by the labels that a person reads, and confirms. */
async function act(page: Page, name: string, verb: string, values: Readonly<Record<string, string>> = {}) {
  await page.getByRole('button', { name, exact: true }).click()
  const dialog = page.getByRole('dialog', { name })
  for (const [label, value] of Object.entries(values)) {
    const field = dialog.getByRole('textbox', { name: label, exact: true })
    await field.fill(value)
    await field.press('Tab')
  }
  await dialog.getByRole('button', { name: verb, exact: true }).click()
  return dialog
}

test('a branch opens the appraisal of an earlier year, studies, and a member hands in the self-review by phone', async () => {
  const { page } = secretary.screen
  await page.goto('/admin/appraisals')
  await expectSound(secretary.screen, 'desk-appraisals')
  await page.getByRole('button', { name: '开展评议' }).click()
  const dialog = page.getByRole('dialog', { name: '开展评议' })
  const { rows } = await ask<{ rows: Round[] }>(page, 'GET', '/appraisals?state=assessing')
  round = rows[0] as Round
  await dialog.getByRole('combobox', { name: '党组织' }).fill(round.orgName)
  await dialog.page().locator('.ant-select-tree-title', { hasText: round.orgName }).first().click()
  await dialog.getByRole('textbox', { name: '年度' }).fill(String(round.year - 2))
  for (const [at, label] of ['自评截止', '测评截止', '评定截止', '上报截止'].entries()) {
    await dialog.getByRole('textbox', { name: label }).fill(inDays(7 + at * 7))
    await dialog.getByRole('textbox', { name: label }).press('Tab')
  }
  await dialog.getByRole('button', { name: '开始', exact: true }).click()
  await page.waitForURL(/appraisals\/[0-9a-f-]{36}/)
  const id = page.url().split('/').at(-1) ?? ''
  const study = await act(page, '登记学习', '保存', { 学习日期: today, 学习内容: '学习党章和有关条例' })
  await study.waitFor({ state: 'detached' })
  await expectSound(secretary.screen, 'desk-appraisal-progress')

  const phone = member.screen.page
  await phone.goto('/appraisals')
  await expectSound(member.screen, 'phone-appraisals')
  await phone.goto(`/appraisals/${id}`)
  await phone
    .getByRole('textbox', { name: '一年来的表现' })
    .fill('坚持学习，按时参加组织生活，认真完成教学任务，联系群众还不够。')
  await phone.getByRole('combobox', { name: '自评等次' }).selectOption({ label: '合格' })
  await phone.getByRole('button', { name: '存草稿' }).click()
  await phone.getByText('草稿已保存').waitFor()
  await expectSound(member.screen, 'phone-self-review')
  await phone.getByRole('button', { name: '提交自评' }).click()
  await phone.getByText('自评等次：合格').waitFor({ state: 'attached' })
})

test('a member fills in the sheet with one thumb, looks it over, and it cannot be changed', async () => {
  const { page } = member.screen
  await page.goto(`/appraisals/${round.id}`)
  await page.getByText('不记名测评', { exact: true }).waitFor()
  await page.getByRole('button', { name: '核对一遍' }).waitFor()
  const lines = page.locator('fieldset')
  const count = await lines.count()
  expect(count).toBeGreaterThan(10)
  for (let at = 0; at < count; at += 1) await lines.nth(at).getByRole('radio', { name: '合格', exact: true }).check()
  await expectSound(member.screen, 'phone-sheet')
  await page.getByRole('button', { name: '核对一遍' }).click()
  await expectSound(member.screen, 'phone-sheet-check')
  await page.getByRole('button', { name: '投入票箱' }).click()
  await page.getByText('测评表已投入票箱').first().waitFor()
  expect(await page.getByRole('button', { name: '核对一遍' }).count()).toBe(0)
})

test('nothing is shown before the closing; afterwards more than a third excellent is refused with the article, then fits', async () => {
  const { page } = secretary.screen
  await page.goto(`/admin/appraisals/${round.id}`)
  expect(await page.getByRole('tab', { name: '等次评定' }).count()).toBe(0)
  const closing = await act(page, '结束测评', '结束测评', { 提前结束的原因: '其余同志外出，已请假' })
  await closing.waitFor({ state: 'detached' })

  const desk = officer.screen.page
  await desk.goto(`/admin/appraisals/${round.id}?tab=grades`)
  const rows = desk.getByRole('row').filter({ has: desk.getByRole('combobox') })
  await rows.first().waitFor()
  const graded = await rows.count()
  for (let at = 0; at < graded; at += 1) {
    const row = rows.nth(at)
    await row.getByRole('combobox').first().selectOption({ label: '优秀' })
    await row.getByRole('textbox', { name: /^日常表现/ }).fill('工作扎实，按时参加组织生活')
    const reason = row.getByRole('textbox', { name: /^说明/ })
    if (await reason.count()) await reason.fill('结合全年表现综合评定')
  }
  const most = Math.floor(graded / 3)
  await desk.getByText(`优秀 ${graded} 人，最多 ${most} 人`).waitFor()
  await expectSound(officer.screen, 'desk-grades-over')
  await desk.getByRole('button', { name: '保存', exact: true }).click()
  await desk.getByText('已保存').waitFor()
  const submit = async () => {
    await desk.getByRole('button', { name: '提交审核', exact: true }).click()
    const dialog = desk.getByRole('dialog', { name: '提交审核' })
    await dialog.getByRole('combobox', { name: '由谁评定' }).selectOption({ label: '支部委员会' })
    await dialog.getByRole('textbox', { name: '评定日期' }).fill(today)
    await dialog.getByRole('textbox', { name: '评定日期' }).press('Tab')
    await dialog.getByRole('button', { name: '提交审核', exact: true }).click()
    return dialog
  }
  const refused = await submit()
  await refused
    .getByText(/三分之一/)
    .first()
    .waitFor()
  await refused.getByText(/EVAL-2/).waitFor()
  officer.screen.complaints.splice(0)
  await expectSound(officer.screen, 'desk-grades-refused')
  await refused.getByRole('button', { name: '返回' }).click()

  for (let at = most; at < graded; at += 1) {
    const row = rows.nth(at)
    await row.getByRole('combobox').first().selectOption({ label: '合格' })
    const reason = row.getByRole('textbox', { name: /^说明/ })
    if ((await reason.count()) && (await reason.inputValue()) === '') await reason.fill('结合全年表现综合评定')
  }
  await desk.getByText(`优秀 ${most} 人，最多 ${most} 人`).waitFor()
  await desk.getByRole('button', { name: '保存', exact: true }).click()
  await desk.getByText('请先保存改动').waitFor({ state: 'detached' })
  await (await submit()).waitFor({ state: 'detached' })
  await expectSound(officer.screen, 'desk-grades')
})

test('another person confirms, and the member reads and signs the result by phone', async () => {
  const { page } = secretary.screen
  await page.goto(`/admin/appraisals/${round.id}`)
  const dialog = await act(page, '审核通过', '审核通过')
  await dialog.waitFor({ state: 'detached' })
  const phone = member.screen.page
  await phone.goto(`/appraisals/${round.id}`)
  await expectSound(member.screen, 'phone-result')
  await phone.getByRole('button', { name: '我已阅读并签字' }).click()
  await phone.getByText('本人已签字').waitFor()
  await page.goto(`/admin/appraisals/${round.id}?tab=feedback`)
  await page.getByText(`本人已签字 ${today}`).first().waitFor()
  await expectSound(secretary.screen, 'desk-feedback')
  await page.goto(`/admin/appraisals/${round.id}?tab=papers`)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('listitem').filter({ hasText: '测评情况汇总表' }).getByRole('button', { name: 'PDF' }).click(),
  ])
  expect(download.suggestedFilename()).toContain('汇总表')
  expect(stage.front.offContract).toEqual([])
})
