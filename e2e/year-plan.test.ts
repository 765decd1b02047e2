import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk } from './browser.ts'
import { type Demonstration, keepPictures, openDemonstration } from './stage.ts'
import { ask, expectSound, type Person, typed } from './steps.ts'

/** The year of a branch in the invented committee: a theme day fell out, is seen, and people say why. */
type Ledger = { rows: { orgId: string; orgName: string; kinds: { kind: string; missing: string[] }[] }[] }

let stage: Demonstration
let committee: Person
const fell = { orgId: '', orgName: '', year: '', month: '' }

beforeAll(async () => {
  stage = await openDemonstration()
  committee = await stage.enter('committee_admin', openDesk)
})

afterAll(async () => {
  await stage?.close()
})

keepPictures(() => stage)

test('the ledger of the committee says which branch let a theme day fall out', async () => {
  const { page } = committee.screen
  // The demonstration leaves out the theme day of two months ago in one of its branches.
  const [year = '', month = ''] = typed(new Date()).day.split('-')
  const gone = new Date(Date.UTC(Number(year), Number(month) - 3, 1)).toISOString()
  Object.assign(fell, { year: gone.slice(0, 4), month: gone.slice(5, 7) })
  const { rows } = await ask<Ledger>(page, 'GET', `/meetings/ledger?year=${fell.year}&limit=100`)
  const branch = rows.find(({ kinds }) =>
    kinds.some(({ kind, missing }) => kind === 'themeDay' && missing.includes(fell.month)),
  )
  if (!branch) throw new Error(`no branch lacks the theme day of ${fell.year}-${fell.month}`)
  Object.assign(fell, { orgId: branch.orgId, orgName: branch.orgName })
  await page.goto(`/admin/meetings/ledger?year=${fell.year}`)
  await page
    .getByRole('row', { name: fell.orgName })
    .getByText(/缺 \d+ 次/)
    .first()
    .waitFor()
  await expectSound(committee.screen, 'desk-ledger')
})

test('its year shows the missing one in red, leads to convening it, and takes the reason why it is not held', async () => {
  const { page } = committee.screen
  await page.goto(`/admin/meetings/year?year=${fell.year}&orgId=${fell.orgId}`)
  const cells = page.getByRole('row', { name: /主题党日/ }).getByRole('button')
  const cell = cells.nth(Number(fell.month) - 1)
  await cell.getByText('缺', { exact: true }).waitFor()
  await expectSound(committee.screen, 'desk-year')
  await cell.click()
  const dialog = page.getByRole('dialog', { name: new RegExp(`主题党日（${fell.year}-${fell.month}-01`) })
  await dialog.getByText('这一期还没有安排会议。').waitFor()
  await dialog.getByRole('link', { name: '召开主题党日' }).waitFor()
  await dialog.getByRole('textbox', { name: '免开理由' }).fill('当月全体抗洪，由现场服务代替')
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.waitFor({ state: 'detached' })
  await cell.getByText('免开', { exact: true }).waitFor()
  const { rows } = await ask<Ledger>(page, 'GET', `/meetings/ledger?year=${fell.year}&limit=100`)
  const themeDays = rows.find(({ orgId }) => orgId === fell.orgId)?.kinds.find(({ kind }) => kind === 'themeDay')
  expect(themeDays?.missing).not.toContain(fell.month)
  expect(stage.front.offContract).toEqual([])
})
