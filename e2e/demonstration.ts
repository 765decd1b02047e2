import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { inject } from 'vitest'
import { commandOn } from './installation.ts'

const LIMIT_MS = 280_000

/**
 * The folder of an installation with the invented committee in it, made once for the whole run by the first journey
 * that asks, and copied for each. @returns what `demo load --json` said of the accounts
 */
export async function copyDemonstration(dataDir: string): Promise<string> {
  const shared = inject('sharedFolder')
  const made = join(shared, 'made')
  if (!existsSync(made)) await makeOnce(shared, made)
  // With owners: the database belongs to another user where we are root.
  execFileSync('cp', ['-a', `${join(made, 'data')}/.`, dataDir])
  return readFileSync(join(made, 'accounts.json'), 'utf8')
}

/** Whoever makes the lock makes the folder; the others wait for its name, or take over what failed. */
async function makeOnce(shared: string, made: string): Promise<void> {
  const end = Date.now() + LIMIT_MS
  while (!existsSync(made)) {
    if (isTaken(join(shared, 'lock'))) await wait(200)
    else await make(shared, made)
    if (Date.now() > end) throw new Error('the demonstration was not made in time by the journey that began it')
  }
}

function isTaken(lock: string): boolean {
  try {
    mkdirSync(lock)
    return false
  } catch {
    return true
  }
}

async function make(shared: string, made: string): Promise<void> {
  const making = join(shared, 'making')
  try {
    mkdirSync(join(making, 'data'), { recursive: true })
    // Before the first start: beside a program that runs, both would hand out the events of a whole year.
    const said = await commandOn(join(making, 'data'), 'demo', 'load', '--json')
    writeFileSync(join(making, 'accounts.json'), said)
    renameSync(making, made)
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    rmSync(join(shared, 'lock'), { recursive: true })
    throw error
  }
}
