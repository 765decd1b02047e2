import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freezeWithKeys, signedByAll, step } from '../ballot-acts.ts'
import { openDesk, openPhone } from '../browser.ts'
import { confirmed } from '../desk-acts.ts'
import { type Demonstration, keepPictures, openDemonstration } from '../stage.ts'
import { ask, expectSound, type Person, typed } from '../steps.ts'
import { type Ceremony, joinKey } from '../trustees.ts'

/** A committee of five with six candidates and a tie at the last seat: secret run-off, plenum, report, letter from above. */
type Named = { memberId: string; name: string }
type Round = { id: string; present: number; candidates: Named[] }
type File = { id: string; orgId: string; state: string; rounds: Round[]; elected: (Named & { body: string })[] }

let stage: Demonstration
let secretary: Person
let officer: Person
let above: Person
let member: Person
let voters: Person[] = []
let ceremony: Ceremony
let vote = ''
let id = ''
let people: Named[] = []
const folder = mkdtempSync(join(tmpdir(), 'tongxin-election-'))
const now = new Date()
const today = typed(now).day
const inDays = (days: number) => typed(new Date(now.getTime() + days * 86_400_000)).day

beforeAll(async () => {
  stage = await openDemonstration()
  secretary = await stage.enter('branch_secretary', openDesk)
  officer = await stage.enter('branch_officer', openDesk)
  above = await stage.enter('committee_admin', openDesk)
  member = await stage.enter('member', openPhone)
})

afterAll(async () => {
  await stage?.close()
  rmSync(folder, { recursive: true, force: true })
})

keepPictures(() => stage)

const file = () => ask<File>(secretary.screen.page, 'GET', `/elections/${id}`)

/** Presses an act of the file, fills the dialog by the labels that a person reads, and confirms until it is gone. */
async function act(person: Person, name: string, values: Readonly<Record<string, string>>, verb = name) {
  const { page } = person.screen
  await page.getByRole('button', { name, exact: true }).click()
  const dialog = page.getByRole('dialog', { name })
  await fill(dialog, values)
  await confirmed(
    person,
    () => dialog.getByRole('button', { name: verb, exact: true }).click(),
    page.locator('.tx-toast, [role=status]').first(),
  )
  await dialog.waitFor({ state: 'detached' })
}

async function fill(dialog: ReturnType<Page['getByRole']>, values: Readonly<Record<string, string>>) {
  for (const [label, value] of Object.entries(values)) {
    const field = dialog.getByRole('textbox', { name: label })
    await field.fill(value)
    await field.press('Tab')
  }
}

/** Chooses people in a field that finds them by name. */
async function pick(dialog: ReturnType<Page['getByRole']>, label: RegExp, names: readonly string[]) {
  const field = dialog.getByRole('combobox', { name: label })
  for (const name of names) {
    await field.fill(name)
    await dialog
      .page()
      .locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: name })
      .first()
      .click()
  }
  await field.press('Escape')
}

/** Enters one count on the open page: figures in favour by name, all others against. */
async function enterCount(person: Person, round: Round, inFavour: Readonly<Record<string, number>>, verb: string) {
  const { page } = person.screen
  await page.goto(`/admin/elections/${id}?tab=rounds`)
  await page.getByRole('textbox', { name: '收回' }).fill(String(round.present))
  for (const { name } of round.candidates) {
    const votes = inFavour[name] ?? 0
    await page.getByRole('textbox', { name: `${name} 赞成` }).fill(String(votes))
    await page.getByRole('textbox', { name: `${name} 反对` }).fill(String(round.present - votes))
    await page.getByRole('textbox', { name: `${name} 弃权` }).fill('0')
  }
  await page.getByRole('button', { name: verb }).click()
}

/** Both entries of the round that is open. */
async function count(inFavour: (round: Round) => Readonly<Record<string, number>>) {
  const round = (await file()).rounds.at(-1) as Round
  const votes = inFavour(round)
  await enterCount(secretary, round, votes, '提交录入')
  await secretary.screen.page.getByText('等待第二位同志录入').first().waitFor()
  await enterCount(officer, round, votes, '提交第二次录入')
  await officer.screen.page.getByText('两次录入一致，计票生效').waitFor()
}

const openRound = async () => {
  const { page } = secretary.screen
  await page.goto(`/admin/elections/${id}?tab=rounds`)
  await page.getByRole('button', { name: '开始投票' }).click()
  await page.getByText('已开始投票').waitFor()
}

test('members propose by phone, the committee sends six candidates for five seats, the level above agrees', async () => {
  const { page } = secretary.screen
  const { rows } = await ask<{ rows: { id: string; orgId: string }[] }>(page, 'GET', '/elections?state=nominating')
  id = rows[0]?.id ?? ''
  const phone = member.screen.page
  await phone.goto('/elections')
  await expectSound(member.screen, 'phone-elections')
  await phone.goto(`/elections/${id}`)
  await phone.getByText(/^我的推荐/).waitFor()
  await expectSound(member.screen, 'phone-election-nominate')

  await page.goto('/admin/elections')
  await expectSound(secretary.screen, 'desk-elections')
  await page.goto(`/admin/elections/${id}`)
  await expectSound(secretary.screen, 'desk-election')
  const org = (await file()).orgId
  const found = await ask<{ rows: { id: string; name: string }[] }>(
    page,
    'GET',
    `/members?orgId=${org}&category=formal&status=normal&limit=100`,
  )
  const held = await ask<{ posts: { name: string; post: string; untilOn: string | null }[] }>(
    page,
    'GET',
    `/orgs/${org}/leadership`,
  )
  // Whoever enters the counts stands for nothing.
  const busy = new Set(
    held.posts.filter(({ post }) => ['secretary', 'organisation'].includes(post)).map(({ name }) => name),
  )
  const names = found.rows.map(({ name }) => name)
  people = found.rows
    // A name that is part of another would choose that one as well.
    .filter(({ name }) => !busy.has(name) && names.filter((other) => other.includes(name)).length === 1)
    .map((row) => ({ memberId: row.id, name: row.name }))
  const six = people.slice(0, 6).map(({ name }) => name)

  await page.getByRole('button', { name: '上报候选人', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: '上报候选人' })
  await pick(dialog, /^委员候选人/, six)
  await pick(dialog, /^书记候选人/, six.slice(0, 1))
  await pick(dialog, /^副书记候选人/, six.slice(1, 2))
  await fill(dialog, { 文号: '教工支请〔2026〕9 号' })
  await dialog.getByRole('button', { name: '上报候选人', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
  await above.screen.page.goto(`/admin/elections/${id}`)
  await act(above, '同意候选人', { 文号: '澜大党组〔2026〕88 号', 日期: inDays(-16) })
  expect((await file()).state).toBe('publicity')
})

test('after the publicity the meeting is prepared and four fifths are there', async () => {
  const { page } = secretary.screen
  await page.goto(`/admin/elections/${id}`)
  const past = { 开始日期: inDays(-16), 截止日期: inDays(-1), 公示地点: '支部公告栏' }
  await act(secretary, '登记公示', { ...past, 补录原因: '纸质公示已张贴，按照片补录' })
  await act(secretary, '登记公示情况', { 公示情况: '公示期间未收到异议。' })
  const came = String(people.length)
  await act(secretary, '通过选举办法', { 日期: today, 到会人数: came, 赞成人数: came })
  await page.getByRole('button', { name: '确定监票人、计票人', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: '确定监票人、计票人' })
  await pick(dialog, /^监票人/, [people[6]?.name ?? ''])
  await pick(dialog, /^计票人/, [people[7]?.name ?? ''])
  await dialog.getByRole('button', { name: '保存', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.goto(`/admin/elections/${id}?tab=roll`)
  await page.getByRole('button', { name: '生成名单' }).click()
  await page.getByRole('button', { name: '全部到会' }).click()
  await page.getByRole('button', { name: /^保存到会/ }).click()
  await page.getByText(/已达五分之四/).waitFor()
  await expectSound(secretary.screen, 'desk-election-roll')
  await member.screen.page.goto(`/elections/${id}`)
  await member.screen.page.getByText('候选人公示', { exact: true }).first().waitFor()
  await expectSound(member.screen, 'phone-election-candidates')
})

test('a tie at the last seat is voted on again', async () => {
  const { page } = secretary.screen
  await openRound()
  await expectSound(secretary.screen, 'desk-election-count')
  await count(({ present, candidates }) => {
    const level = Math.floor(present / 2) + 1
    return Object.fromEntries(candidates.map(({ name }, at) => [name, at < 4 ? present - at : level]))
  })
  await page.goto(`/admin/elections/${id}?tab=rounds`)
  await page.getByText('末位票数相等，再次投票').waitFor()
  await expectSound(secretary.screen, 'desk-election-tie')
  await page.getByLabel('投票方式').selectOption({ label: '手机投票' })
  await page.getByRole('button', { name: '开始投票' }).click()
  await page.getByText('已开始投票').waitFor()
  await page.getByRole('link', { name: '打开电子投票' }).click()
  await page.waitForURL(/votes\/[0-9a-f-]{36}/)
  vote = new URL(page.url()).pathname
})

test('the run-off is secret and on telephones: keys, a plan that is signed, words that are compared', async () => {
  const { page } = secretary.screen
  await page.goto(`${vote}?tab=keys`)
  ceremony = await freezeWithKeys(page, stage.browser, folder)
  await signedByAll(page, ceremony, folder)
  const words = (await page.locator('.vote-words').innerText()).trim()
  expect(words.split(/\s+/)).toHaveLength(8)
  await step(page, '公布方案')
  await step(page, '开始领票')
  voters = [member, await stage.enter('group_leader', openPhone), await stage.enter('branch_officer', openPhone)]
  // The meeting has lasted: a session that somebody else might have found open draws no paper without the password.
  await stage.installation.restart(new Date(Date.now() + 20 * 60_000))
  for (const { screen } of [secretary, officer, ...voters]) screen.complaints.splice(0)
  // Whoever sat idle so long has been signed out.
  above = await stage.enter('committee_admin', openDesk)
  for (const [at, { screen, password }] of voters.entries()) {
    const phone = screen.page
    await phone.goto(`/elections/${id}`)
    await phone.getByRole('link', { name: '去投票' }).click()
    await phone.getByText('做不到的事，请先了解').waitFor()
    expect((await phone.locator('.root-words').innerText()).trim()).toBe(words)
    await phone.getByRole('button', { name: '领票' }).click()
    await phone.getByLabel('密码').fill(password)
    await expectSound(screen, at === 0 ? 'phone-vote-prove' : undefined)
    await phone.getByRole('button', { name: '确认并领票' }).click()
    await phone.getByLabel('我已抄好并核对').check()
    await phone.getByRole('button', { name: '继续' }).click()
    await phone.getByText('票已领好').waitFor()
  }
})

test('casting, counting by two trustees and the result of the ballot elect who has more votes', async () => {
  const { page } = secretary.screen
  const tied = (await file()).rounds.at(-1)?.candidates.map(({ name }) => name) ?? []
  expect(tied).toHaveLength(2)
  await page.goto(vote)
  await step(page, '结束领票')
  await step(page, '开始投票')
  for (const [at, { screen }] of voters.entries()) {
    const phone = screen.page
    await phone.reload()
    for (const [place, name] of tied.entries()) {
      const word = (place === 1) === (at !== 2) ? '赞成' : '不赞成'
      await phone.getByRole('group', { name, exact: true }).getByRole('radio', { name: word, exact: true }).check()
    }
    await phone.getByRole('button', { name: '核对选票' }).click()
    await phone.getByRole('button', { name: '投入票箱' }).click()
    await phone.getByText('已进入票箱').first().waitFor()
  }
  await page.goto(`${vote}?tab=count`)
  await step(page, '截止投票')
  await page.getByLabel('选举钥匙文件').setInputFiles(await joinKey(ceremony))
  await page.getByRole('button', { name: '开票并计票' }).click()
  await page.getByRole('tab', { name: '结果' }).click()
  await step(page, '公布结果')
  await page.goto(`/admin/elections/${id}?tab=rounds`)
  await page.getByRole('button', { name: '取回结果' }).click()
  await page.getByText('结果已取回').waitFor()
  await expectSound(secretary.screen, 'desk-election-collected')
  const { elected } = await file()
  expect(elected.map(({ name }) => name)).toContain(tied[1])
  expect(elected).toHaveLength(5)
})

test('the first plenum elects secretary and deputy, the result is reported, and approval writes the term', async () => {
  const { page } = secretary.screen
  for (const body of ['secretary', 'deputy']) {
    const { elected } = await file()
    const committee = elected.filter((one) => one.body === 'committee')
    await page.goto(`/admin/elections/${id}?tab=rounds`)
    await page
      .getByText(body === 'secretary' ? /下一轮：书记/ : /下一轮：副书记/)
      .first()
      .waitFor()
    await openRound()
    await count(({ candidates }) => Object.fromEntries(candidates.map(({ name }) => [name, committee.length])))
  }
  await page.goto(`/admin/elections/${id}`)
  await act(secretary, '上报结果', { 文号: '教工支报〔2026〕10 号', 日期: today })
  await above.screen.page.goto(`/admin/elections/${id}`)
  await act(above, '批复结果', { 文号: '澜大党组〔2026〕90 号', 日期: today })
  const { orgId } = await file()
  const { term, posts } = await ask<{
    term: { fromOn: string }
    posts: { post: string; name: string; untilOn: string | null }[]
  }>(page, 'GET', `/orgs/${orgId}/leadership`)
  expect(term.fromOn).toBe(today)
  expect(posts.filter(({ untilOn, post }) => untilOn === null && post !== 'group_leader')).toHaveLength(5)
  await page.goto(`/admin/elections/${id}?tab=papers`)
  await expectSound(secretary.screen, 'desk-election-papers')
  await page.getByRole('button', { name: /PDF.*打印选举结果报告/ }).click()
  const phone = member.screen.page
  await phone.goto(`/elections/${id}`)
  await phone.getByText('当选名单').waitFor()
  await expectSound(member.screen, 'phone-election-result')
})

test('a congress: credentials of its delegates are confirmed at the desk, and members propose by phone', async () => {
  // Whoever sat idle so long has been signed out.
  const { screen } = await stage.enter('committee_admin', openDesk)
  const { page } = screen
  await page.goto('/admin/elections?state=nominating&kind=term')
  await page.getByRole('row', { name: /委员会（演示）/ }).click()
  await page.getByRole('link', { name: '打开完整页面' }).click()
  await page.getByRole('tab', { name: '代表' }).waitFor()
  const path = new URL(page.url()).pathname
  await page.goto(`${path}?tab=congress`)
  await page.getByRole('heading', { name: '代表资格审查' }).waitFor()
  await expectSound(screen, 'desk-congress')
  await page.getByRole('button', { name: /^选择待审查的/ }).click()
  await page.getByRole('button', { name: /^确认资格/ }).click()
  await page.getByText('代表资格已确认').waitFor()
  await page.getByText('待审查', { exact: true }).first().waitFor({ state: 'detached' })
  await member.screen.page.goto(path.replace('/admin', ''))
  await member.screen.page.getByText(/^我的推荐/).waitFor()
  await expectSound(member.screen, 'phone-congress')
})
