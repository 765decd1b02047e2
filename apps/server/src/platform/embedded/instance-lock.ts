import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runtimeRefusals } from '@tongxin/contract/runtime'
import { isStillThere, markOf, type ProcessMark } from './processes.ts'

/**
 * Makes this process the only one that serves `dataDir`, until `release`. A lock left by a killed process is taken over.
 * @throws Refusal `runtime.data_in_use` naming the process that holds it.
 */
export function lockInstance(dataDir: string, runDir: string): { release(): void } {
  const path = join(runDir, 'lock.json')
  const own = join(runDir, `lock-${process.pid}.json`)
  writeFileSync(own, JSON.stringify(markOf(process.pid)), { mode: 0o600 })
  try {
    // Twice: once more after a stale lock was set aside. Losing the second time means somebody else was quicker.
    for (const isLastTry of [false, true]) {
      if (linked(own, path)) return { release: () => release(path) }
      const holder = holderOf(path)
      if (isLastTry || (holder && isStillThere(holder)))
        throw runtimeRefusals.data_in_use({ folder: dataDir, pid: holder?.pid ?? 0 })
      setAside(path, holder)
    }
    throw runtimeRefusals.data_in_use({ folder: dataDir, pid: 0 })
  } finally {
    rmSync(own, { force: true })
  }
}

/** The process that serves this data now, if any. */
export function holderOf(path: string): ProcessMark | undefined {
  try {
    const mark = JSON.parse(readFileSync(path, 'utf8')) as Partial<ProcessMark>
    return Number.isInteger(mark.pid) ? { pid: Number(mark.pid), started: String(mark.started) } : undefined
  } catch {
    return undefined
  }
}

function linked(from: string, to: string): boolean {
  try {
    // A hard link appears whole or not at all, and never replaces: two simultaneous starts cannot both win.
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function setAside(path: string, stale: ProcessMark | undefined): void {
  const aside = `${path}.stale-${process.pid}`
  try {
    renameSync(path, aside)
    const moved = holderOf(aside)
    // Another start may have replaced the stale lock between reading and renaming: give it back its own.
    if (moved && moved.pid !== stale?.pid) linked(aside, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

function release(path: string): void {
  if (holderOf(path)?.pid === process.pid) rmSync(path, { force: true })
}
