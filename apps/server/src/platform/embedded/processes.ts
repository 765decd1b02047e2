import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

/** A process that can be told from a later one with the same number. */
export type ProcessMark = { readonly pid: number; readonly started: string }

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/**
 * When the process began, unique together with its number: boot id and start tick on Linux (proc(5), field 22),
 * empty elsewhere. Container restarts give the same numbers to other processes, so a number alone proves nothing.
 */
function beginningOf(pid: number): string {
  const stat = read(`/proc/${pid}/stat`)
  if (stat === undefined) return ''
  // The second field is the program's name in brackets and may itself contain spaces and brackets.
  const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  return `${(read('/proc/sys/kernel/random/boot_id') ?? '').trim()}:${ticks}`
}

export const markOf = (pid: number): ProcessMark => ({ pid, started: beginningOf(pid) })

/** Whether a process of this number exists; one of another user counts. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  const stat = read(`/proc/${pid}/stat`)
  // A zombie is dead; only its parent has not noticed.
  return stat === undefined || stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z'
}

export const isStillThere = (mark: ProcessMark): boolean => isAlive(mark.pid) && beginningOf(mark.pid) === mark.started

/** PostgreSQL processes that work in this data directory (they all make it their working directory). Linux only. */
export function postgresProcessesIn(directory: string): number[] {
  let names: string[]
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  } catch {
    return []
  }
  return names.map(Number).filter((pid) => {
    try {
      return (
        readlinkSync(`/proc/${pid}/cwd`) === directory &&
        /\/postgres( \(deleted\))?$/.test(readlinkSync(`/proc/${pid}/exe`))
      )
    } catch {
      return false
    }
  })
}

/** Sends a signal and ignores that the process may already be gone. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // Gone already: nothing to stop.
  }
}

/** Waits until the condition holds. @returns false when it did not within `milliseconds`. */
export async function until(condition: () => boolean, milliseconds: number): Promise<boolean> {
  const end = performance.now() + milliseconds
  while (!condition()) {
    if (performance.now() > end) return false
    await wait(20)
  }
  return true
}
