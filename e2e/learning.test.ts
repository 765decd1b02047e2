import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { samplePackage } from '../apps/server/src/demo/sample-package.ts'
import { pdfText } from '../apps/server/src/test/pdf-text.ts'
import { openDesk, openPhone } from './browser.ts'
import { mediaBlock, packageBlock, releasedCourse } from './course-acts.ts'
import { chooseOrg } from './desk-acts.ts'
import { type Demonstration, keepPictures, openDemonstration } from './stage.ts'
import { ask, expectSound, type Person } from './steps.ts'

/** A required course on the phone in three sittings: begun and kept, read on without a network, finished at home. */
type Row = { id: string; title: string; total: number }
type Course = { id: string; state: string; done: number; total: number }

let stage: Demonstration
let member: Person
let worker: Person
let course: Row
let secretary: Person
let lecturer: Person

beforeAll(async () => {
  // Packages need an origin of their own: the same program under another name.
  stage = await openDemonstration((port) => ({ CONTENT_ORIGIN: `http://localhost:${port}`, UNSCANNED_FILES: 'open' }))
  member = await stage.enter('member', openPhone)
  worker = await stage.enter('committee_admin', openDesk)
  secretary = await stage.enter('branch_secretary', openPhone)
  lecturer = await stage.enter('party_worker', openPhone)
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
  await desk.goto('/admin/learning/courses')
  await desk.getByRole('table').waitFor()
  await expectSound(worker.screen, 'desk-courses')
  await desk.goto('/admin/learning/plans')
  await desk.getByText('党员教育年度学习计划').first().waitFor()
  await expectSound(worker.screen, 'desk-plans')
})

const shanghaiDay = (days: number) =>
  new Date(Date.now() + days * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10)

const HOMEWORK = '党史视频课作业'

test('homework is given at the desk, done on the phone with a note in its video, returned, done again and passed', async () => {
  const desk = worker.screen.page
  const { page } = member.screen
  const { rows } = await ask<{ rows: { id: string }[] }>(desk, 'GET', '/media?limit=1')
  const hands = { author: secretary, reviewer: lecturer, releaser: worker }
  const lesson = await releasedCourse(hands, '党史视频课', [mediaBlock(rows[0]?.id ?? '')])
  await givenHomework(desk)
  await page.goto(`/learning/courses/${lesson}`)
  await clicked(page, '开始学习')
  await playedFor(page, 2)
  await clicked(page, '记笔记')
  await page.getByRole('dialog').getByRole('textbox').fill('旗帜下的誓言，回去讲给支部的同志听')
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await page.goto('/learning/study/notes')
  await page.getByRole('link', { name: /党史视频课 · 0:0[2-8]/ }).waitFor()
  await expectSound(member.screen, 'phone-notes')
  await page.goto('/learning/study')
  await page.getByText(HOMEWORK).click()
  await page.getByRole('link', { name: /去学课程/ }).waitFor()
  const handIn = async (text: string, verb: string) => {
    await page.getByLabel('正文').fill(text)
    await clicked(page, verb)
    await page.waitForURL(/study\/works\//)
  }
  await handIn('看了旗帜和誓言两段，很受教育。', '提交')
  await marked(desk, '退回修改', '请写出打算怎么讲')
  await page.goto('/learning/study')
  await page.getByText(HOMEWORK).click()
  await page.getByText('请写出打算怎么讲').waitFor()
  await expectSound(member.screen, 'phone-homework')
  await handIn('看了旗帜和誓言两段，下周主题党日我来讲誓言的故事。', '修改后再次提交')
  await marked(desk, '评定等级', '打算具体，就这样讲')
  await expectSound(worker.screen, 'desk-marking')
})

async function givenHomework(desk: Page): Promise<void> {
  await desk.goto('/admin/study/tasks')
  await clicked(desk, '布置')
  const dialog = desk.getByRole('dialog', { name: '布置' })
  await dialog.getByLabel('类别').selectOption('homework')
  await chooseOrg(dialog, stage.account('member').organisation)
  await dialog.getByRole('combobox', { name: '所属课程' }).fill('党史视频课')
  await dialog.locator('.ant-select-item-option', { hasText: '党史视频课' }).click()
  await dialog.getByLabel('题目').fill(HOMEWORK)
  await dialog.getByLabel('要求').fill('看完视频，写一写您打算怎么讲给身边的同志。')
  await dialog.getByLabel('最少字数').fill('10')
  await dialog.getByLabel('截止日期').fill(shanghaiDay(7))
  await expectSound(worker.screen, 'desk-homework')
  await clicked(dialog, '布置')
  await dialog.waitFor({ state: 'detached' })
}

async function marked(desk: Page, verb: string, comment: string): Promise<void> {
  await desk.goto(`/admin/study/works?text=${encodeURIComponent(HOMEWORK)}`)
  await desk.getByRole('row').filter({ hasText: HOMEWORK }).click()
  await desk.getByLabel('评语').fill(comment)
  if (verb === '评定等级') await desk.getByRole('combobox', { name: '等级' }).last().selectOption('pass')
  await clicked(desk, verb)
  await desk.getByText(comment).first().waitFor()
}

/** Plays the video of the page for so many seconds, and stops it. */
async function playedFor(page: Page, seconds: number): Promise<void> {
  await page.locator('video').waitFor()
  await expect.poll(() => page.evaluate<number>(PLAYED), { timeout: 30_000 }).toBeGreaterThan(seconds)
  await page.evaluate(`document.querySelector('video').pause()`)
}
// The player is given its source a moment late: what does not play yet is asked again.
const PLAYED = `(() => {
  const video = document.querySelector('video')
  video.muted = true
  if (video.paused) video.play().catch(() => {})
  return video.currentTime
})()`

test('what was learned stands in the transcript, whose code a stranger verifies with the file', async () => {
  const { page } = member.screen
  const counted = async () => {
    const { rows } = await ask<{ rows: { title: string }[] }>(
      page,
      'GET',
      `/my/credits/entries?limit=50&year=${shanghaiDay(0).slice(0, 4)}`,
    )
    return rows.map(({ title }) => title)
  }
  await expect.poll(counted, { timeout: 20_000 }).toEqual(expect.arrayContaining([course.title, HOMEWORK]))
  await page.goto('/learning/credits')
  await page.getByText(course.title).first().waitFor()
  await expectSound(member.screen, 'phone-credits')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^下载 \d{4} 年成绩单$/ }).click(),
  ])
  const file = await download.path()
  const text = await pdfText(readFileSync(file))
  expect(text).toContain(course.title)
  expect(text).toContain(HOMEWORK)
  const code = /[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}/.exec(text)?.[0] ?? ''
  const stranger = await openPhone(stage.browser, stage.front.origin)
  await stranger.page.goto('/verify/transcript')
  await stranger.page.getByLabel('校验码').fill(code)
  await stranger.page.getByRole('button', { name: '核对', exact: true }).click()
  await stranger.page.getByText('是本平台出具的成绩单，内容如下').waitFor()
  await stranger.page.locator('input[type=file]').setInputFiles(file)
  await stranger.page.getByText('文件与出具时完全一致').waitFor()
  await expectSound(stranger, 'phone-verify')
  await stranger.context.close()
})

const clicked = (at: Pick<Page, 'getByRole'>, name: string) => at.getByRole('button', { name, exact: true }).click()

test('a package is imported at the desk, played on the phone, left, gone on with and reported', async () => {
  const desk = worker.screen.page
  await desk.goto('/admin/courseware')
  await desk.getByRole('button', { name: '导入课件', exact: true }).first().click()
  const dialog = desk.getByRole('dialog', { name: '导入课件' })
  const buffer = Buffer.from(samplePackage())
  await dialog.getByLabel('文件').setInputFiles({ name: '支部工作自测.zip', mimeType: 'application/zip', buffer })
  await dialog.getByRole('button', { name: '上传并导入' }).click()
  await desk.waitForURL(/courseware\/[0-9a-f-]{36}/)
  await desk.getByRole('heading', { name: '支部工作自测' }).waitFor()
  await expectSound(worker.screen, 'desk-package')
  const id = new URL(desk.url()).pathname.split('/').at(-1) ?? ''
  const hands = { author: secretary, reviewer: lecturer, releaser: worker }
  const lesson = await releasedCourse(hands, '支部工作自测', [packageBlock(id)])
  const { page } = member.screen
  await page.goto(`/learning/courses/${lesson}`)
  await clicked(page, '开始学习')
  await page.getByRole('link', { name: '打开课件' }).click()
  await page.waitForURL(/learning\/packages\//)
  const open = async (verb: string) => {
    await page.goto(`/learning/packages/${id}`)
    await page.getByRole('button', { name: verb, exact: true }).click()
    return page.frameLocator('iframe').frameLocator('iframe')
  }
  const first = await open('开始学习')
  await first.getByLabel('每季度').check()
  await first.getByLabel('一年').check()
  await page.getByRole('button', { name: '返回', exact: true }).click()
  await page.getByText('第 1 次', { exact: true }).waitFor()
  const again = await open('继续学习')
  expect(await again.getByLabel('每季度').isChecked()).toBe(true)
  await again.getByLabel('支部委员会').check()
  await again.getByRole('button', { name: '提交' }).click()
  await again.getByText('得分 100').waitFor()
  await expectSound(member.screen, 'phone-package')
  await page.getByRole('button', { name: '返回', exact: true }).click()
  await page.getByText(/得分 100/).waitFor()
  await desk.goto(`/admin/courseware/${id}?tab=results`)
  await desk.getByRole('row').filter({ hasText: '100' }).waitFor()
  // The package told its course, and the course is done.
  const state = async () => (await ask<Course>(page, 'GET', `/my/courses/${lesson}`)).state
  await expect.poll(state, { timeout: 20_000 }).toBe('completed')
})

/** The first day of the working week from so many days on. */
const workdayFrom = (days: number): string => {
  const day = new Date(`${shanghaiDay(days)}T00:00:00Z`).getUTCDay()
  return shanghaiDay(days + (day === 6 ? 2 : day === 0 ? 1 : 0))
}

test('a wish finds support, a lecturer and a match that both sides accept, and becomes a lesson and a course', async () => {
  const title = '信访条例要点串讲'
  const { page } = member.screen
  await page.goto('/learning/topics/wish')
  await page.getByLabel('课题名称').fill(title)
  await page.getByLabel('为什么想学').fill('接待来访同志时常用到，想请人系统讲一讲')
  await page.getByLabel('主题标签').fill('信访工作')
  await page.getByLabel('征集截止').fill(shanghaiDay(3))
  await page.getByLabel('最早开课').fill(shanghaiDay(4))
  await page.getByLabel('最晚开课').fill(shanghaiDay(40))
  await page.getByLabel('需要支持人数').fill('2')
  await expectSound(member.screen, 'phone-wish')
  await clicked(page, '提交课题')
  await page.waitForURL(/topics\/[0-9a-f-]{36}/)
  const topic = new URL(page.url()).pathname
  await secretary.screen.page.goto(topic)
  await clicked(secretary.screen.page, '支持')
  await secretary.screen.page.getByText(/2\/2 人支持/).waitFor()
  await offered(lecturer.screen.page, workdayFrom(10))
  await expectSound(lecturer.screen, 'phone-lecturing')
  const desk = worker.screen.page
  await desk.goto('/admin/topics/lecturers?state=submitted&tag=' + encodeURIComponent('信访工作'))
  await desk.getByRole('row').filter({ hasText: '信访工作' }).click()
  await confirmed(desk, '资质通过')
  await desk.goto('/admin/topics/proposals')
  await clicked(desk, '运行匹配')
  await desk.getByRole('row').filter({ hasText: title }).click()
  await desk.getByText(/2 人支持；相同专长 信访工作/).waitFor()
  await expectSound(worker.screen, 'desk-match')
  await clicked(desk, '组织同意')
  await lecturer.screen.page.reload()
  await clicked(lecturer.screen.page, '同意')
  await lecturer.screen.page.getByText('双方同意').first().waitFor()
  // What lies open beside the list is in the address.
  await desk.reload()
  await desk.getByLabel(/^开始时间/).fill('15:00')
  await desk.getByLabel(/^结束时间/).fill('16:30')
  await desk.getByLabel(/^地点/).fill('支部活动室')
  await clicked(desk, '排期')
  const scheduled = async () =>
    (await ask<{ rows: { title: string }[] }>(desk, 'GET', '/topic-proposals?state=scheduled&limit=100')).rows
  await expect.poll(async () => (await scheduled()).map((one) => one.title), { timeout: 20_000 }).toContain(title)
  await desk.goto(`/admin/topics?text=${encodeURIComponent(title)}`)
  await desk.getByRole('row').filter({ hasText: title }).click()
  await confirmed(desk, '新建课程草稿')
  await page.goto(topic)
  await page.getByText('地点：支部活动室').waitFor()
  await clicked(page, '报名')
  await page.getByText('1 人报名').waitFor()
  await expectSound(member.screen, 'phone-lesson')
})

async function offered(page: Page, onDate: string): Promise<void> {
  await page.goto('/learning/lecturing')
  await page.getByLabel('个人简介').fill('在信访接待岗位工作八年，多次为支部讲课')
  await page.getByLabel('主题标签').fill('信访工作')
  await page.getByLabel('可讲课题').fill('信访条例要点')
  await clicked(page, '添加时间')
  await page.getByLabel('日期').fill(onDate)
  await page.getByLabel('日期').blur()
  await clicked(page, '提交申报')
  await page.getByText('待审核', { exact: true }).waitFor()
}

async function confirmed(page: Page, verb: string): Promise<void> {
  await clicked(page, verb)
  const dialog = page.getByRole('dialog', { name: verb })
  await clicked(dialog, verb)
  await dialog.waitFor({ state: 'detached' })
}

test('a stranger reads a public course without signing in', async () => {
  const stranger = await openPhone(stage.browser, stage.front.origin)
  await stranger.page.goto('/learning/public')
  await stranger.page.getByText('校史里的支部').click()
  await stranger.page.getByRole('heading', { name: '第一个学生支部' }).waitFor()
  await expectSound(stranger, 'phone-public')
  await stranger.context.close()
})
