import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk, openPhone } from './browser.ts'
import { type Demonstration, keepPictures, openDemonstration } from './stage.ts'
import { ask, expectSound, type Person } from './steps.ts'

/** An admission vote: papers counted in the hall by two, with the written opinion of somebody who could not come. */
type Rows<T> = { rows: T[] }
type Attendee = { memberId: string; name: string; part: string; mark: string }

let stage: Demonstration
let secretary: Person
let officer: Person
let member: Person
const meeting = { id: '', ballot: '' }
let absent: Attendee
let come: Attendee[] = []
const NAME = '讨论接收沈一鸣为预备党员'

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

const send = <T>(method: string, path: string, body?: object) => ask<T>(secretary.screen.page, method, path, body)
const voters = async () =>
  (await send<Rows<Attendee>>('GET', `/meetings/${meeting.id}/attendees?limit=100`)).rows.filter(
    ({ part }) => part === 'voter',
  )

/** One step of the vote: what it means is read before it is taken. */
async function step(verb: string): Promise<void> {
  const { page } = secretary.screen
  await page.getByRole('button', { name: verb, exact: true }).click()
  const dialog = page.getByRole('dialog', { name: verb })
  await dialog.getByRole('button', { name: verb, exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}

test('a branch meeting on an admission is called, opened and checked in, all but one', async () => {
  const { page } = secretary.screen
  type Own = { person: { memberId: string }; posts: { role: string; orgId: string }[] }
  const { person, posts } = await send<Own>('GET', '/session')
  const orgId = posts.find(({ role }) => role === 'branch_secretary')?.orgId ?? ''
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
  const made = await send<{ id: string }>('POST', '/meetings', {
    orgId,
    title: '接收预备党员的党员大会',
    kinds: ['generalMeeting'],
    startsAt: at(10),
    endsAt: at(100),
    place: '党员活动室',
    chairId: person.memberId,
    agenda: [{ title: NAME, votes: 'admission' }],
    invites: { who: 'all' },
  })
  meeting.id = made.id
  await page.goto(`/admin/meetings/${meeting.id}`)
  await page.getByRole('button', { name: '发出通知' }).click()
  await page.getByText('已通知').first().waitFor()
  await page.getByRole('button', { name: '开始会议' }).click()
  await page.getByText('进行中').first().waitFor()
  const all = await voters()
  absent = all.at(-1) as Attendee
  come = all.slice(0, -1)
  await send('POST', `/meetings/${meeting.id}/check-ins`, {
    memberIds: come.map(({ memberId }) => memberId),
    reason: '会场点名',
  })
})

test('the written opinion of the absent is entered by one officer and confirmed by another', async () => {
  const { page } = secretary.screen
  await page.goto(`/admin/meetings/${meeting.id}?tab=votes`)
  await page.getByRole('button', { name: '准备电子表决' }).click()
  const dialog = page.getByRole('dialog', { name: NAME })
  await dialog.getByRole('combobox', { name: '投票途径' }).selectOption({ label: '纸质' })
  await dialog.getByRole('button', { name: '准备电子表决' }).click()
  await page.getByRole('link', { name: '打开表决' }).click()
  await page.waitForURL(/votes\/[0-9a-f-]{36}/)
  meeting.ballot = new URL(page.url()).pathname
  await page.goto(`${meeting.ballot}?tab=count`)
  await page.getByRole('button', { name: '录入书面意见' }).click()
  const paper = page.getByRole('dialog', { name: '录入书面意见' })
  await paper.getByRole('combobox', { name: '姓名' }).fill(absent.name)
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: absent.name }).first().click()
  await paper.getByRole('combobox', { name: '意见' }).selectOption({ label: '赞成' })
  await paper.getByRole('button', { name: '提交' }).click()
  await page.getByText('等第二人核对').waitFor()
  await expectSound(secretary.screen, 'desk-opinion')
  const desk = officer.screen.page
  await desk.goto(`${meeting.ballot}?tab=count`)
  await desk.getByRole('button', { name: '已看原件，确认' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: '已看原件，确认' }).click()
  await desk.getByText('已核对').first().waitFor()
  await expectSound(officer.screen)
})

test('ballots of the hall are counted twice, and the opinion joins them at the right denominator', async () => {
  const { page } = secretary.screen
  await page.goto(`${meeting.ballot}?tab=count`)
  for (const verb of ['公布方案', '开始投票']) await step(verb)
  await member.screen.page.goto('/votes')
  await member.screen.page.getByText(NAME).first().waitFor()
  await expectSound(member.screen, 'phone-votes')
  await step('截止投票')
  const against = 1
  // With the opinion of the absent: more than half of all who are entitled, not of those present (DEV-16).
  for (const [who, verb] of [
    [secretary, '录入'],
    [officer, '第二人录入'],
  ] as const) {
    const desk = who.screen.page
    await desk.goto(`${meeting.ballot}?tab=count`)
    await desk.getByRole('button', { name: verb, exact: true }).click()
    const dialog = desk.getByRole('dialog')
    const figures = {
      发出: come.length,
      收回: come.length,
      有效: come.length,
      赞成: come.length - against,
      不赞成: against,
    }
    for (const [label, figure] of Object.entries(figures))
      await dialog.getByRole('textbox', { name: label, exact: true }).fill(String(figure))
    await dialog.getByRole('button', { name: '提交' }).click()
    await dialog.waitFor({ state: 'detached' })
  }
  await page.goto(`${meeting.ballot}?tab=result`)
  await page
    .getByText(/发展党员工作细则/)
    .first()
    .waitFor()
  await page.getByText(`应到 ${come.length + 1} 人，实到有表决权 ${come.length} 人`).waitFor()
  await page.getByText('1 / 0').first().waitFor()
  await expectSound(secretary.screen, 'desk-opinion-result')
  await page.goto(`/admin/meetings/${meeting.id}?tab=votes`)
  await page.getByRole('button', { name: '采用计票结果' }).click()
  await page.getByText(`赞成 ${come.length - against}，反对 ${against}`).waitFor()
  await expectSound(secretary.screen, 'desk-admission-vote')
  expect(stage.front.offContract).toEqual([])
})
