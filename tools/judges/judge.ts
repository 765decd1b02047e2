import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '../..')

/** A program that nobody here wrote, or a second engine, which says whether ours is right. */
export type Judge = {
  readonly name: string
  /** Packages of Debian that it needs. */
  readonly packages: readonly string[]
  /** What is missing on this machine, in words; null when the judge can sit. */
  readonly missing: () => string | null
  /** Takes what it needs from npm's registry; silent when that does not answer. */
  readonly fetch?: () => void
  /** What of the network does not answer, in words: the judge is then left out and said so, and does not count. */
  readonly unreachable?: () => string | null
  /** Whether it refuses a planted fault: a judge that never says no is not believed. */
  readonly refusesFault: () => Promise<boolean>
  /** Whether it accepts the project; what it says goes to the terminal. */
  readonly accepts: () => Promise<boolean>
}

export type Ran = { readonly status: number | null; readonly said: string }

/** Runs a program to its end and keeps what it said. */
export function run(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Ran {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return { status, said: `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}` }
}
