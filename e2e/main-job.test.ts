import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk, openPhone } from './browser.ts'
import { type Cinema, openCinema } from './camera.ts'
import { codeOnScreen, confirmed, figuresOn, givePost, openAccount, printSlips } from './desk-acts.ts'
import { ROOT } from './installation.ts'
import { keepPictures, openStage, type Stage } from './stage.ts'
import { activate, ask, enrolAuthenticator, expectSound, PASSWORD, type Person, signIn, typed } from './steps.ts'

/** A party committee that has nothing but a spreadsheet becomes a working organisation; one story, told in order. */
const ROSTER = join(ROOT, 'test-data/acceptance/roster-campus.xlsx')
const EXPECTED = JSON.parse(readFileSync(join(ROOT, 'test-data/acceptance/roster-campus.expected.json'), 'utf8')) as {
  members: number
  totals: { accept: number; warn: number; reject: number }
}
const COMMITTEE = '江湾大学委员会'
const MINUTE = 60_000

let stage: Stage
let cinema: Cinema
let wall: Page
const people = new Map<string, Person>()
const one = (key: string): Person => people.get(key) as Person
const pageOf = (key: string) => one(key).screen.page

type Member = { name: string; memberNo: string; lastFour: string; id: string }
const branch = { id: '', name: '', members: [] as Member[] }
const meeting = { id: '', startsAt: new Date() }

beforeAll(async () => {
  stage = await openStage()
  cinema = await openCinema()
})

afterAll(async () => {
  await cinema?.close()
  await stage?.close()
})

keepPictures(() => stage)

test('three people become administrators with the codes of the first start, each with a second factor', async () => {
  expect(stage.installation.codes).toHaveLength(3)
  const names = [
    ['system', '陈建国'],
    ['security', '林秀英'],
    ['audit', '何志远'],
  ] as const
  for (const [at, [key, name]] of names.entries()) {
    const screen = await openDesk(stage.browser, stage.front.origin)
    const { page } = screen
    // The very first visitor is led here; the others come by the address that the terminal printed.
    await page.goto(key === 'system' ? '/' : '/welcome')
    await page.waitForURL('**/welcome')
    if (key === 'system') await expectSound(screen, 'desk-welcome')
    await page.getByLabel('启动码').fill(stage.installation.codes[at] as string)
    await page.getByLabel('姓名').fill(name)
    await page.getByLabel('登录名').fill(`${key}.admin`)
    await page.getByLabel('新密码').fill(`${PASSWORD}${at}`)
    await page.getByRole('button', { name: '下一步' }).click()
    const authenticator = await enrolAuthenticator(page)
    people.set(key, { name, signInName: `${key}.admin`, password: `${PASSWORD}${at}`, screen, authenticator })
    if (key !== 'system') continue
    await page.getByLabel('党组织全称').fill(COMMITTEE)
    await page.getByRole('button', { name: '建立党组织' }).click()
    await page.getByText('您这一步已完成').waitFor()
  }
})

test('the security administrator appoints the first committee administrator, who activates on the telephone', async () => {
  const { page } = one('security').screen
  await page.getByLabel('姓名').fill('周国平')
  await page.getByLabel('登录名').fill('zhou.guoping')
  await page.getByRole('button', { name: '任命并显示激活码' }).click()
  const code = await page.locator('.code-block').innerText()
  await expectSound(one('security').screen)
  const phone = await openPhone(stage.browser, stage.front.origin)
  const password = `${PASSWORD}呀`
  await activate(phone.page, { code, number: 'zhou.guoping', lastFour: '', password })
  const authenticator = await enrolAuthenticator(phone.page)
  await expectSound(phone)
  expect(phone.complaints).toEqual([])
  await phone.context.close()
  const screen = await openDesk(stage.browser, stage.front.origin)
  people.set('committee', { name: '周国平', signInName: 'zhou.guoping', password, screen, authenticator })
  await signIn(one('committee'))
  await screen.page.waitForURL('**/admin/')
  await screen.page.getByRole('heading', { level: 1 }).waitFor()
  await expectSound(screen)
})

test('a clerk without a member record is given a post by two people', async () => {
  const name = '孙晓梅'
  await openAccount(one('security'), { name, signInName: 'sun.xiaomei', organisation: COMMITTEE })
  await givePost(one('committee'), one('security'), {
    name,
    role: 'party_worker',
    organisation: COMMITTEE,
    home: COMMITTEE,
  })
  const code = await codeOnScreen(one('security'), { name, organisation: COMMITTEE })
  const screen = await openDesk(stage.browser, stage.front.origin)
  const password = `${PASSWORD}啊`
  await activate(screen.page, { code, number: 'sun.xiaomei', lastFour: '', password })
  people.set('clerk', {
    name: '孙晓梅',
    signInName: 'sun.xiaomei',
    password,
    screen,
    authenticator: await enrolAuthenticator(screen.page),
  })
})

test('the clerk uploads the workbook, sees what is wrong row by row, and hands it over', async () => {
  const { screen } = one('clerk')
  const { page } = screen
  await page.goto('/admin/imports/new')
  await page.getByRole('button', { name: '选择文件' }).waitFor()
  await expectSound(screen)
  await page.locator('input[type=file]').setInputFiles(ROSTER)
  await page.getByRole('button', { name: '开始检查' }).waitFor({ timeout: 60_000 })
  await expectSound(screen)
  await page.getByRole('button', { name: '开始检查' }).click()
  const people = EXPECTED.totals.accept + EXPECTED.totals.warn
  const submit = page.getByRole('button', { name: `提交确认（${people} 人）` })
  await submit.waitFor()
  const report = await page.locator('main').innerText()
  for (const count of Object.values(EXPECTED.totals)) expect(report).toContain(String(count))
  await expectSound(screen, 'desk-import')
  await submit.click()
  await page.getByText('等待确认').first().waitFor()
})

test('another person confirms the batch, and only then are the people there', async () => {
  const { page } = one('committee').screen
  await page.goto('/admin/imports')
  await page
    .getByRole('link', { name: /roster-campus/ })
    .first()
    .click()
  await page.getByRole('button', { name: '同意并写入' }).waitFor()
  await expectSound(one('committee').screen, 'desk-review')
  await page.getByRole('button', { name: '同意并写入' }).click()
  await confirmed(
    one('committee'),
    () => page.getByRole('dialog').getByRole('button', { name: '同意并写入' }).click(),
    page.getByText(`已写入 ${EXPECTED.totals.accept + EXPECTED.totals.warn} 人`),
  )
  // Totals follow by events, a moment after the commit.
  const total = async () => (await ask<{ total: number }>(page, 'GET', '/members?limit=1')).total
  await expect.poll(total, { timeout: 30_000 }).toBe(EXPECTED.totals.accept + EXPECTED.totals.warn)
})

test('slips are printed for a branch, one card for each person', async () => {
  await chooseBranch()
  const file = await printSlips(one('committee'), branch.name)
  expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-')
  const { page } = one('committee').screen
  await page.goto('/admin/access/activation')
  await expectSound(one('committee').screen, 'desk-activation')
  await page.goto('/admin/access/slips')
  await page.getByRole('cell', { name: branch.name }).first().waitFor()
  await expectSound(one('committee').screen)
})

test('members activate on their telephones; one of them becomes secretary by two people', async () => {
  const [secretary, chair, absent, offline, filming] = branch.members as [Member, Member, Member, Member, Member]
  const { name } = branch
  await givePost(one('committee'), one('security'), {
    name: secretary.name,
    role: 'branch_secretary',
    organisation: name,
    home: name,
  })
  for (const [key, member] of Object.entries({ secretary, chair, absent, offline, filming })) {
    const code = await codeOnScreen(one('security'), { name: member.name, organisation: name })
    const screen = await openPhone(key === 'filming' ? cinema.browser : stage.browser, stage.front.origin)
    const password = `${PASSWORD}${'甲乙丙丁戊'[branch.members.indexOf(member)]}`
    if (key === 'chair') {
      await screen.page.goto(`/activate#${code}`)
      await expectSound(screen, 'phone-activate')
    }
    await activate(screen.page, { code, number: member.memberNo, lastFour: member.lastFour, password })
    await screen.page.getByRole('navigation', { name: '主导航' }).waitFor()
    if (key === 'chair') await expectSound(screen)
    people.set(key, { name: member.name, signInName: member.memberNo, password, screen, authenticator: null })
  }
})

test('the secretary plans a branch meeting at the desk and convenes it', async () => {
  const person = one('secretary')
  await person.screen.context.close()
  people.set('secretary', { ...person, screen: await openDesk(stage.browser, stage.front.origin) })
  const { screen } = one('secretary')
  const { page } = screen
  await signIn(one('secretary'))
  await page.goto('/admin/meetings/plan')
  await page.getByLabel('会议名称').fill('十一月党员大会')
  // Far enough away for asking leave, near enough for the check-in to be open.
  await setTime(new Date(Date.now() + 25 * MINUTE))
  await page.getByLabel('地点').fill('图书馆研讨间 302')
  for (const [label, key] of [
    ['主持人', 'chair'],
    ['记录人', 'offline'],
  ] as const) {
    await page.getByLabel(label).fill(one(key).name)
    await page
      .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', {
        hasText: one(key).signInName,
      })
      .click()
  }
  await page.getByLabel('议题 1').fill('通过支部四季度工作计划')
  await page.getByLabel('表决').selectOption('ordinary')
  await expectSound(screen)
  await page.getByRole('button', { name: '保存计划' }).click()
  await page.getByRole('button', { name: '发出通知' }).click()
  await page.getByText('已通知').first().waitFor()
  meeting.id = /meetings\/([0-9a-f-]{36})/.exec(page.url())?.[1] as string
  await expectSound(screen)
})

test('members receive the notice on their telephones: one confirms, one asks for leave', async () => {
  const { screen } = one('chair')
  const { page } = screen
  await page.goto('/')
  await page.getByText('十一月党员大会').first().waitFor()
  await expectSound(screen, 'phone-home')
  await page.goto('/messages')
  await page.getByText('十一月党员大会').first().waitFor()
  await expectSound(screen, 'phone-messages')
  await page.goto(`/meetings/${meeting.id}`)
  await page.getByRole('button', { name: '确认参加' }).click()
  await page.getByText('已确认参加').first().waitFor()
  await expectSound(screen, 'phone-meeting')
  const away = pageOf('absent')
  await away.goto(`/meetings/${meeting.id}`)
  await away.getByRole('button', { name: '请假' }).click()
  await away.getByLabel('请假事由').fill('带队实习，不在校内')
  await expectSound(one('absent').screen)
  await away.getByRole('button', { name: '提交请假' }).click()
  await away.getByText('请假待批').first().waitFor()
  const desk = pageOf('secretary')
  await desk.goto(`/admin/meetings/${meeting.id}?tab=people`)
  await desk.getByRole('button', { name: '准假', exact: true }).click()
  await desk.getByText('已准假').first().waitFor()
  await expectSound(one('secretary').screen)
})

test('the meeting is brought forward, and the check-in screen shows a code', async () => {
  const { page } = one('secretary').screen
  await page.goto(`/admin/meetings/${meeting.id}/change`)
  await page.getByLabel('会议名称').waitFor()
  await setTime(nextMinute(new Date()))
  await page.getByRole('button', { name: '保存计划' }).click()
  await page.getByRole('button', { name: '开始会议' }).click()
  await page.getByText('进行中').first().waitFor()
  wall = await one('secretary').screen.context.newPage()
  await wall.goto(`/admin/meetings/${meeting.id}/screen`)
  await wall.locator('.figures-big').waitFor()
  await expectSound({ ...one('secretary').screen, page: wall }, 'desk-checkin')
})

test('a member scans the code on the wall with the camera of the telephone', async () => {
  const { page } = one('filming').screen
  await cinema.aimAt(await wall.locator('.check-in-screen figure').screenshot())
  await page.goto('/check-in')
  await page.getByText(/已签到 \d\d:\d\d 第 1 位/).waitFor()
  await expectSound(one('filming').screen)
  await wall.getByText(one('filming').name).waitFor()
})

test('people check in by the code, one of them without a network, and one by the organiser', async () => {
  const { screen } = one('chair')
  await screen.page.goto(`/check-in?m=${meeting.id}`)
  await screen.page.getByLabel('六位数字').waitFor()
  await expectSound(screen, 'phone-checkin')
  await screen.page.getByLabel('六位数字').fill(await figuresOn(wall))
  await screen.page.getByRole('button', { name: '签到' }).click()
  await screen.page.getByText(/已签到 \d\d:\d\d 第 2 位/).waitFor()
  await expectSound(screen, 'phone-checked-in')

  const dead = one('offline').screen
  await dead.page.goto(`/check-in?m=${meeting.id}`)
  await dead.page.getByLabel('六位数字').fill(await figuresOn(wall))
  await dead.context.setOffline(true)
  await dead.page.getByRole('button', { name: '签到' }).click()
  await dead.page.getByText('已记下，联网后提交').first().waitFor()
  await dead.context.setOffline(false)
  await expect.poll(() => presentCount(), { timeout: 30_000 }).toBe(3)

  const desk = pageOf('secretary')
  await desk.goto(`/admin/meetings/${meeting.id}?tab=people`)
  await desk
    .getByRole('row', { name: new RegExp(one('secretary').name) })
    .getByRole('button', { name: '代为签到' })
    .click()
  await desk
    .getByRole('dialog')
    .getByLabel(/代签原因/)
    .fill('手机没电')
  await desk.getByRole('dialog').getByRole('button', { name: '代为签到' }).click()
  await expect.poll(() => presentCount()).toBe(4)
  // Everybody else who is in the room: ticked together, with one reason.
  await desk.getByRole('checkbox', { name: '选择本页还没有签到的人' }).check()
  await desk.getByRole('region', { name: '批量操作' }).getByRole('button', { name: '代为签到' }).click()
  const asked = desk.getByRole('dialog')
  await asked.getByLabel(/代签原因/).fill('没有带手机')
  await expectSound(one('secretary').screen)
  await asked.getByRole('button', { name: '代为签到' }).click()
  await expect.poll(() => presentCount()).toBe(branch.members.length - 1)
  await wall.close()
})

test(
  'the record is written with counted votes, signed by two people and filed',
  async () => {
    const { screen } = one('secretary')
    const { page } = screen
    // Meetings begin at whole minutes, and this one must have begun: the clock goes there, nobody waits.
    for (const context of stage.browser.contexts()) for (const open of context.pages()) await open.goto('about:blank')
    await stage.installation.restart(new Date(meeting.startsAt.getTime() + 500))
    await page.goto(`/admin/meetings/${meeting.id}`)
    await page.getByRole('button', { name: '结束会议' }).click()
    await page.getByText('待补记录').first().waitFor()
    await page.goto(`/admin/meetings/${meeting.id}?tab=votes`)
    const voters = (await ask<{ counts: { presentVoters: number } }>(page, 'GET', `/meetings/${meeting.id}`)).counts
      .presentVoters
    await page.getByLabel('赞成', { exact: true }).fill(String(voters))
    await page.getByLabel('反对').fill('0')
    await page.getByLabel('弃权').fill('0')
    await page.getByRole('button', { name: '记录结果' }).click()
    await page.getByText('通过', { exact: true }).first().waitFor()
    await expectSound(screen)
    await page.goto(`/admin/meetings/${meeting.id}?tab=minutes`)
    await page.getByLabel('发言人').fill(one('chair').name)
    await page.getByLabel('发言要点').fill('同意工作计划，建议把走访老党员的名单附在后面。')
    await page.getByLabel(/^决议/).fill('会议同意支部四季度工作计划。')
    await expectSound(screen, 'desk-meeting')
    await page.getByRole('button', { name: '保存记录' }).click()
    await page.getByText('记录已保存').first().waitFor()
    await page.getByRole('button', { name: '提交签字' }).click()
    await page.getByText('待签字').first().waitFor()
    await page.goto(`/admin/meetings/${meeting.id}?tab=signatures`)
    await page.getByRole('button', { name: '以书记身份签字' }).click()
    const phone = pageOf('chair')
    await phone.goto(`/meetings/${meeting.id}`)
    await phone.getByRole('button', { name: '签字确认' }).click()
    await phone.getByText('已签字').first().waitFor()
    await expectSound(one('chair').screen)
    await page.reload()
    await page.getByRole('button', { name: '归档' }).click()
    await page.getByText('已归档').first().waitFor()
    await expectSound(screen)
  },
  4 * MINUTE,
)

test('the attendance sheet and the minutes are downloaded as PDF and Word documents', async () => {
  const { page } = one('secretary').screen
  await page.goto(`/admin/meetings/${meeting.id}?tab=print`)
  for (const [form, format, begins] of [
    ['签到表', 'PDF', '%PDF-'],
    ['会议记录', 'PDF', '%PDF-'],
    ['会议记录', 'Word', 'PK\u0003\u0004'],
  ] as const) {
    const button = page.getByRole('listitem').filter({ hasText: form }).getByRole('button', { name: format })
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
    const bytes = readFileSync(await download.path())
    expect(bytes.subarray(0, begins.length).toString('latin1')).toBe(begins)
    expect(bytes.length).toBeGreaterThan(5_000)
  }
  await expectSound(one('secretary').screen)
})

test('the workbench shows who was there and what is due', async () => {
  const { screen } = one('secretary')
  await screen.page.goto('/admin/')
  await screen.page.getByText('本月组织生活').first().waitFor()
  await screen.page.getByText('十一月党员大会').first().waitFor()
  await expectSound(screen)
  const { called, present } = await ask<{ called: number; present: number }>(screen.page, 'GET', '/meetings/figures')
  expect({ called: called > present, present }).toEqual({ called: true, present: branch.members.length - 1 })
})

test('nothing that the program answered on the way was off its contract', () => {
  expect(stage.front.judged).toBeGreaterThan(100)
  expect(stage.front.offContract).toEqual([])
})

/** The branch whose people play: with at least eight full members, all with an ID number. */
async function chooseBranch(): Promise<void> {
  const page = pageOf('committee')
  type Row = { id: string; name: string; memberNo: string; orgId: string; orgName: string; idNumber: string | null }
  const { rows } = await ask<{ rows: Row[] }>(page, 'GET', '/members?category=formal&limit=100')
  const groups = [
    ...Map.groupBy(
      rows.filter((row) => row.idNumber),
      (row) => row.orgId,
    ),
  ].sort(([, a], [, b]) => b.length - a.length)
  const [orgId, own] = groups[0] as [string, Row[]]
  expect(own.length).toBeGreaterThanOrEqual(8)
  const all = await ask<{ rows: Row[] }>(page, 'GET', `/members?orgId=${orgId}&limit=100`)
  const members = all.rows.filter(
    (row) =>
      own.some(({ id }) => id === row.id) || /formal|probationary/.test((row as { category?: string }).category ?? ''),
  )
  const once = members.filter((row) => members.filter(({ name }) => name === row.name).length === 1)
  branch.id = orgId
  branch.name = own[0]?.orgName as string
  const known = once.map((row) => ({
    id: row.id,
    name: row.name,
    memberNo: row.memberNo,
    lastFour: (row.idNumber ?? '').slice(-4),
  }))
  const formal = known.filter(({ id }) => own.some((row) => row.id === id))
  branch.members = [
    ...formal,
    ...known.filter((member) => !formal.includes(member)),
    ...members
      .filter((row) => !once.includes(row))
      .map((row) => ({ id: row.id, name: row.name, memberNo: row.memberNo, lastFour: '' })),
  ]
}

/** The next full minute that is still ahead when the plan has been typed and saved. */
const nextMinute = (now: Date): Date => new Date(Math.ceil((now.getTime() + MINUTE / 2) / MINUTE) * MINUTE)

async function setTime(startsAt: Date): Promise<void> {
  const page = pageOf('secretary')
  startsAt.setUTCSeconds(0, 0)
  meeting.startsAt = startsAt
  const from = typed(startsAt)
  const until = typed(new Date(startsAt.getTime() + 60 * MINUTE))
  const when = page.locator('.when')
  await when.getByRole('textbox').first().fill(from.day)
  await when.locator('input[type=time]').nth(0).fill(from.time)
  await when
    .locator('input[type=time]')
    .nth(1)
    .fill(until.day === from.day ? until.time : '23:59')
}

const presentCount = async (): Promise<number> =>
  (await ask<{ counts: { present: number } }>(pageOf('secretary'), 'GET', `/meetings/${meeting.id}`)).counts.present
