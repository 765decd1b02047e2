import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk, openPhone } from './browser.ts'
import { type Demonstration, keepPictures, openDemonstration } from './stage.ts'
import { ask, expectSound, type Person, typed } from './steps.ts'

/** An exam on the telephone while the network goes and the program is started again: nothing written is lost. */
type Sitting = { questions: { response: object | null }[] }

let stage: Demonstration
let officer: Person
let member: Person
let exam = ''
const SOON = { timeout: 60_000 }

beforeAll(async () => {
  stage = await openDemonstration()
  officer = await stage.enter('committee_admin', openDesk)
  member = await stage.enter('member', openPhone)
})
afterAll(async () => {
  await stage?.close()
})
keepPictures(() => stage)

async function confirmed(page: Page, verb: string): Promise<void> {
  await page.getByRole('button', { name: verb, exact: true }).click()
  const dialog = page.getByRole('dialog', { name: verb })
  await dialog.getByRole('button', { name: verb, exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}

test('an exam is planned, its list filled and announced', async () => {
  const { page } = officer.screen
  await page.goto('/admin/exam-sessions')
  await expectSound(officer.screen, 'desk-exams')
  await page.getByRole('button', { name: '安排考试', exact: true }).first().click()
  const dialog = page.getByRole('dialog', { name: '安排考试' })
  await dialog.getByRole('textbox', { name: '考试', exact: true }).fill('支部学习考试')
  await dialog.getByLabel('试卷').selectOption({ label: '党章党规知识考试卷' })
  const at = (minutes: number) => {
    const { day, time } = typed(new Date(Date.now() + minutes * 60_000))
    return `${day}T${time}`
  }
  await dialog.getByLabel('开始').fill(at(-5))
  await dialog.getByLabel('结束').fill(at(180))
  await dialog.getByRole('button', { name: '安排考试', exact: true }).click()
  await page.waitForURL(/exam-sessions\/[0-9a-f-]{36}/)
  exam = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  await page.getByRole('button', { name: '列入名单', exact: true }).first().click()
  const list = page.getByRole('dialog', { name: '列入名单' })
  const branch = stage.account('member').organisation
  await list.getByRole('combobox', { name: '这个党组织的全部党员' }).fill(branch)
  await page.locator('.ant-select-tree-title', { hasText: branch }).first().click()
  await list.getByRole('button', { name: '列入名单', exact: true }).click()
  await list.waitFor({ state: 'detached' })
  await confirmed(page, '公布考试')
  await page.getByText('已公布', { exact: true }).first().waitFor()
  await expectSound(officer.screen, 'desk-exam')
})

/** The saved sheet as the server has it. */
const stored = (page: Page): Promise<Sitting> =>
  ask<Sitting>(page, 'GET', `/my/exam-sittings/${new URL(page.url()).pathname.split('/').at(-1)}`)
/** Answers what is on the screen, of whatever kind it is. */
async function answer(page: Page): Promise<void> {
  await page.locator('.exam-question h2').waitFor()
  const options = page.locator('.exam-option input')
  if ((await options.count()) > 0) await options.first().check()
  else await page.locator('.exam-question').getByRole('textbox').first().fill('三年以上')
}
const next = (page: Page) => page.getByRole('button', { name: '下一题' }).click()

test('the network is cut and the server restarted while a member answers, and nothing is lost', async () => {
  const { page, context, complaints } = member.screen
  await page.goto('/learning/exams')
  await expectSound(member.screen, 'phone-exams')
  await page.getByRole('button', { name: '开始作答' }).first().click()
  await page.waitForURL(/learning\/sittings\/[0-9a-f-]{36}$/)
  await answer(page)
  await page.getByText('已保存', { exact: true }).waitFor(SOON)
  await expectSound(member.screen, 'phone-sitting')
  await next(page)
  await context.setOffline(true)
  await answer(page)
  await page.getByText('未联网，已记在手机上').waitFor(SOON)
  expect((await context.pages()[0]?.evaluate(() => localStorage.length)) ?? 0).toBeGreaterThan(0)
  await context.setOffline(false)
  await page.getByText('已保存', { exact: true }).waitFor(SOON)
  await next(page)
  const restarting = stage.installation.restart()
  await answer(page)
  await restarting
  await page.getByText('已保存', { exact: true }).waitFor(SOON)
  const before = await stored(page)
  expect(before.questions.slice(0, 3).filter(({ response }) => response === null)).toEqual([])
  await page.reload()
  await page.getByRole('button', { name: /第 1 题，共/ }).click(SOON)
  for (const nth of [1, 2, 3]) await page.getByRole('button', { name: `第 ${nth} 题，已答` }).waitFor()
  await page.getByRole('button', { name: '交卷', exact: true }).click()
  await page.waitForURL(/result$/, SOON)
  await page.getByText('考试结束、阅卷完成后统一公布成绩。').waitFor(SOON)
  // A network that was cut and a server that was away are told on the console, as they should be.
  complaints.splice(0)
  await expectSound(member.screen, 'phone-handed-in')
})

test('the exam is ended, and the list shows who handed in', async () => {
  const { page } = officer.screen
  await page.goto(`/admin/exam-sessions/${exam}`)
  await confirmed(page, '结束考试')
  await page.getByText('已结束，阅卷中').first().waitFor(SOON)
  const { rows } = await ask<{ rows: { standing: string }[] }>(page, 'GET', `/exam-sessions/${exam}/seats?limit=100`)
  expect(rows.filter(({ standing }) => standing !== 'absent').length).toBe(1)
  officer.screen.complaints.splice(0)
  await expectSound(officer.screen, 'desk-exam-over')
})
