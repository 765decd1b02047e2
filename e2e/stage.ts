import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterEach } from 'vitest'
import { type Authenticator, authenticatorOf } from './authenticator.ts'
import { launch, type openDesk } from './browser.ts'
import { copyDemonstration } from './demonstration.ts'
import { type Front, openFront } from './front.ts'
import { emptyFolder, type Installation, type OwnSettings, ROOT, startInstallation } from './installation.ts'
import { moveClock } from './moved-clock.ts'
import { enterQuietly, type Person, signIn } from './steps.ts'

/** A fresh installation behind the judge of its contract, and a browser in front of it. */
export type Stage = {
  readonly front: Front
  readonly installation: Installation
  readonly browser: Browser
  close(): Promise<void>
}

/** @param dataDir the folder of an installation that was prepared; none: a fresh one */
export async function openStage(dataDir?: string, own?: OwnSettings): Promise<Stage> {
  const opened: (() => Promise<void>)[] = []
  const close = async () => {
    for (const end of opened.splice(0).toReversed()) await end()
  }
  try {
    const front = await openFront()
    opened.push(() => front.close())
    const installation = await startInstallation(front.origin, dataDir, own)
    opened.push(() => installation.stop())
    await front.serve(installation.port)
    const browser = await launch()
    opened.push(() => browser.close())
    return { front, installation, browser, close }
  } catch (error) {
    await close()
    throw error
  }
}

export type Account = {
  readonly role: string
  readonly organisation: string
  readonly signInName: string
  readonly password: string
  readonly totpSecret: string | null
}

/** The same with the invented committee in it, one account for each role. */
export type Demonstration = Stage & {
  readonly accounts: readonly Account[]
  account(role: string): Account
  /** A new screen on which the role is signed in; no page is open yet. */
  enter(role: string, open: typeof openDesk): Promise<Person>
  /** The same on the page for everybody, where signing in is the story. */
  signIn(role: string, open: typeof openDesk): Promise<Person>
  /** Goes on at another time, the program and the screens opened from then on. Those of before are closed. */
  goOnAt(time: Date): Promise<void>
}

export async function openDemonstration(own?: OwnSettings): Promise<Demonstration> {
  const dataDir = emptyFolder()
  const said = await copyDemonstration(dataDir)
  const stage = await openStage(dataDir, own)
  const { installation } = stage
  const accounts = JSON.parse(said) as Account[]
  const account = (role: string) => accounts.find((one) => one.role === role) as Account
  // One authenticator a role, as on a telephone: it remembers which figures it has given.
  const authenticators = new Map<string, Authenticator>()
  const authenticatorFor = (role: string, secret: string): Authenticator => {
    const known = authenticators.get(role) ?? authenticatorOf(secret, () => installation.now().getTime())
    authenticators.set(role, known)
    return known
  }
  const come = async (role: string, open: typeof openDesk): Promise<Person> => {
    const { signInName, password, totpSecret } = account(role)
    const screen = await open(stage.browser, stage.front.origin)
    const ahead = installation.now().getTime() - Date.now()
    if (Math.abs(ahead) > 1000) await screen.context.addInitScript(moveClock, ahead)
    const authenticator = totpSecret ? authenticatorFor(role, totpSecret) : null
    return { name: role, signInName, password, screen, authenticator }
  }
  const comeBy = (door: (person: Person) => Promise<void>) => async (role: string, open: typeof openDesk) => {
    const person = await come(role, open)
    await door(person)
    return person
  }
  return {
    ...stage,
    accounts,
    account,
    enter: comeBy(enterQuietly),
    signIn: comeBy(signIn),
    async goOnAt(time) {
      for (const context of stage.browser.contexts()) await context.close()
      await installation.restart(time)
    },
  }
}

/** Keeps what the screens showed when a step failed, for whoever looks into it. `stage`: asked then, once it is open. */
export function keepPictures(stage: () => Stage | undefined): void {
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    mkdirSync(join(ROOT, 'test-results'), { recursive: true })
    const { browser, front } = stage() ?? {}
    const pages = browser?.contexts().flatMap((context) => context.pages()) ?? []
    const name = task.name.slice(0, 24).replaceAll(' ', '-')
    for (const [at, page] of pages.entries())
      await page.screenshot({ path: join(ROOT, `test-results/${name}-${at}.png`) }).catch(() => {})
    process.stderr.write(`${pages.map((page) => page.url()).join('\n')}\n${front?.offContract.join('\n')}\n`)
  })
}
