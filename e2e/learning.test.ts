import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk, openPhone } from './browser.ts'
import { type Demonstration, keepPictures, openDemonstration } from './stage.ts'
import { ask, expectSound, type Person } from './steps.ts'

/** A required course on the phone in three sittings: begun and kept, read on without a network, finished at home. */
type Row = { id: string; title: string; total: number }
type Course = { id: string; state: string; done: number; total: number }

let stage: Demonstration
let member: Person
let worker: Person
let course: Row

beforeAll(async () => {
  stage = await openDemonstration()
  member = await stage.enter('member', openPhone)
  worker = await stage.enter('committee_admin', openDesk)
})

afterAll(async () => {
  await stage?.close()
})

keepPictures(() => stage)

const far = async () => (await ask<Course>(member.screen.page, 'GET', `/my/courses/${course.id}`)) as Course

test('the first sitting: a required course is found, begun, kept on the phone, and read for one screen', async () => {
  const { page } = member.screen
  await page.goto('/learning')
  await page.getByRole('heading', { name: /必修未完成/ }).waitFor()
  await expectSound(member.screen, 'phone-learning')
  const { rows } = await ask<{ rows: Row[] }>(page, 'GET', '/my/courses?state=new&kind=article&limit=100')
  course = rows.find(({ total }) => total >= 3) as Row
  await page.goto(`/learning/courses/${course.id}`)
  await expectSound(member.screen, 'phone-course')
  await page.getByRole('button', { name: '开始学习' }).click()
  await page.waitForURL(/\/read\?block=/)
  await expectSound(member.screen, 'phone-reader')
  await page.getByRole('button', { name: '下一页' }).click()
  await page.getByText(`2/${course.total}`).first().waitFor()
  await page.goto(`/learning/courses/${course.id}`)
  await page.getByRole('button', { name: '下载到本机' }).click()
  await page.getByRole('button', { name: '从本机删除' }).waitFor()
  expect(await far()).toMatchObject({ state: 'begun', done: 1 })
})

test('the second sitting: without a network the kept course goes on, and what was read is noted', async () => {
  const { page, context } = member.screen
  await context.setOffline(true)
  await page.getByRole('button', { name: '继续学习' }).click()
  await page.getByText(`2/${course.total}`).first().waitFor()
  await page.getByRole('button', { name: '下一页' }).click()
  await page.getByText(`3/${course.total}`).first().waitFor()
  await context.setOffline(false)
  await page.goto('/learning')
  await expect.poll(async () => (await far()).done, { timeout: 15_000 }).toBe(2)
})

test('the third sitting finishes it; the desk sees who has not', async () => {
  const { page } = member.screen
  await page.goto(`/learning/courses/${course.id}`)
  await page.getByRole('button', { name: '继续学习' }).click()
  for (let at = 2; at < course.total; at += 1) {
    await page
      .getByText(`${at + 1}/${course.total}`)
      .first()
      .waitFor()
    await page.getByRole('button', { name: at + 1 === course.total ? '完成' : '下一页' }).click()
  }
  await page.getByText('恭喜，课程已学完').waitFor()
  await expectSound(member.screen, 'phone-finished')
  expect(await far()).toMatchObject({ state: 'completed', done: course.total })
  const desk = worker.screen.page
  await desk.goto(`/admin/learning/courses/${course.id}?tab=learners`)
  await desk.getByRole('table').waitFor()
  await expectSound(worker.screen, 'desk-course')
  await desk.goto('/admin/learning/plans')
  await desk.getByText('党员教育年度学习计划').first().waitFor()
  await expectSound(worker.screen, 'desk-plans')
})

test('a stranger reads a public course without signing in', async () => {
  const stranger = await openPhone(stage.browser, stage.front.origin)
  await stranger.page.goto('/learning/public')
  await stranger.page.getByText('校史里的支部').click()
  await stranger.page.getByRole('heading', { name: '第一个学生支部' }).waitFor()
  await expectSound(stranger, 'phone-public')
  await stranger.context.close()
})
