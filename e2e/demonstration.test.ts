import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { howToLaunch, openDesk, openPhone, watch } from './browser.ts'
import { hindrancesOf } from './judges.ts'
import { type Demonstration, openDemonstration } from './stage.ts'
import { expectSound, signIn } from './steps.ts'

/** The invented committee beside a running installation: everybody can sign in, the phone installs, and it goes away whole. */
let stage: Demonstration

beforeAll(async () => {
  stage = await openDemonstration()
})

afterAll(async () => {
  await stage?.close()
})

test('every role of the demonstration signs in at the desk and finds a page without faults', async () => {
  expect(stage.accounts.map(({ role }) => role).sort()).toEqual([
    'audit_admin',
    'branch_officer',
    'branch_secretary',
    'committee_admin',
    'group_leader',
    'member',
    'party_worker',
    'security_admin',
    'system_admin',
  ])
  for (const { role } of stage.accounts) {
    const { screen } = await stage.signIn(role, openDesk)
    await screen.page.waitForURL((url) => (role === 'member' ? url.pathname === '/' : url.pathname === '/admin/'))
    await expectSound(screen, role === 'branch_secretary' ? 'desk-workbench' : undefined)
    await screen.context.close()
  }
})

test('the desk of a committee: organisations, members, meetings, ledger, dark as well', async () => {
  const { screen } = await stage.enter('committee_admin', openDesk)
  const { page } = screen
  for (const [path, picture] of [
    ['members', 'desk-members'],
    ['meetings', 'desk-meetings'],
    ['meetings/ledger', 'desk-ledger'],
    ['development', 'desk-development'],
    ['transfers', 'desk-transfers'],
    ['deadlines', 'desk-deadlines'],
    ['help?about=transfers', 'desk-help'],
    ['member-changes', undefined],
  ] as const) {
    await page.goto(`/admin/${path}`)
    await page.locator('h1').first().waitFor()
    await page.waitForLoadState('networkidle').catch(() => {})
    await expectSound(screen, picture)
  }
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto('/admin/meetings')
  await page.locator('h1').first().waitFor()
  await expectSound(screen, 'desk-meetings-dark')
  await screen.context.close()
})

test('the telephone of a member: home, messages, organisation, me, in big type and in the dark', async () => {
  const { screen } = await stage.enter('member', openPhone)
  const { page } = screen
  for (const [path, picture] of [
    ['/', 'phone-demo-home'],
    ['/messages', undefined],
    ['/organisation', 'phone-organisation'],
    ['/development/activists', undefined],
    ['/help?about=meetings', 'phone-help'],
    ['/meetings', 'phone-meetings'],
    ['/me', 'phone-me'],
  ] as const) {
    await page.goto(path)
    await page.locator('h1').first().waitFor()
    await expectSound(screen, picture)
  }
  await page.goto('/me')
  await page.getByRole('radio', { name: '大字' }).click()
  await page.goto('/')
  await page.locator('h1').first().waitFor()
  await expectSound(screen, 'phone-big')
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectSound(screen, 'phone-big-dark')
  await screen.context.close()
})

test('Chromium installs the application, and it opens again without a network', async () => {
  const account = stage.account('member')
  const folder = mkdtempSync(join(tmpdir(), 'tongxin-profile-'))
  const context = await chromium.launchPersistentContext(folder, {
    ...howToLaunch({ isWhole: true }),
    locale: 'zh-CN',
    baseURL: stage.front.origin,
    viewport: { width: 390, height: 844 },
  })
  try {
    const page = await context.newPage()
    const complaints: string[] = []
    watch(page, complaints)
    await signIn({ ...account, name: '', screen: { context, page, complaints }, authenticator: null })
    await page.locator('h1').first().waitFor()
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)')
    await expect.poll(async () => hindrancesOf(await context.newCDPSession(page)), { timeout: 20_000 }).toEqual([])
    await page.reload()
    await page.locator('h1').first().waitFor()
    await context.setOffline(true)
    await page.reload()
    await page.getByRole('navigation', { name: '主导航' }).waitFor()
    await context.setOffline(false)
    expect(complaints).toEqual([])
  } finally {
    await context.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

test('removed again, nobody of it can sign in, and it can be made anew', async () => {
  await expect(stage.installation.command('demo', 'load', '--json')).rejects.toThrow('demonstration.there_already')
  expect(await stage.installation.command('demo', 'remove')).toMatch(/\d{4,} 行/)
  const account = stage.account('member')
  const { page, context } = await openPhone(stage.browser, stage.front.origin)
  await page.goto('/sign-in')
  await page.getByLabel('账号').fill(account.signInName)
  await page.getByLabel('密码').fill(account.password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByRole('alert').first().waitFor()
  await context.close()
  await expect(stage.installation.command('demo', 'remove')).rejects.toThrow('demonstration.not_there')
})

test('nothing that was answered on the way was off the contract', () => {
  expect(stage.front.judged).toBeGreaterThan(50)
  expect(stage.front.offContract).toEqual([])
})
