import { type ChildProcess, spawn } from 'node:child_process'
import { availableParallelism, setPriority } from 'node:os'
import { createInterface } from 'node:readline'
import { programOnPath } from './programs.ts'

/** Behind everything else that the machine has to do. */
const NICE = 15
const TAIL = 4000

export type Run = {
  readonly seconds: number
  readonly signal: AbortSignal
  readonly folder?: string
  readonly onLine?: (line: string) => void
}
/** How a program ended that did not end well. */
export class ProgramFailed extends Error {
  readonly why: 'failed' | 'timed_out' | 'stopped'
  readonly tail: string
  constructor(why: ProgramFailed['why'], tail: string) {
    super(`${why}: ${tail.slice(-300)}`)
    this.name = 'ProgramFailed'
    this.why = why
    this.tail = tail
  }
}

/**
 * Memory for one program, in bytes of address space: a file that asks for more fails by itself, instead of the database
 * beside it being ended by the system.
 */
const MOST_MEMORY = 4 * 1024 * 1024 * 1024 + availableParallelism() * 64 * 1024 * 1024
const prlimit = programOnPath('prlimit')

/**
 * Runs a program without a shell, with an empty environment and in a process group of its own, which ends as a whole;
 * where the machine has `prlimit` (util-linux) within limits of memory and of processor time, which hold also when the
 * server has died beside it. @throws ProgramFailed
 */
export async function runProgram(program: string, args: readonly string[], run: Run): Promise<void> {
  // Several processors count together.
  const limits = [`--as=${MOST_MEMORY}`, `--cpu=${Math.ceil(run.seconds) * availableParallelism()}`, '--core=0']
  const [name, all] = prlimit ? [prlimit, [...limits, '--', program, ...args]] : [program, [...args]]
  const child = spawn(name, all, {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Without a limit each thread sets aside room for its own small memory, which counts as taken.
    env: { LANG: 'C.UTF-8', MALLOC_ARENA_MAX: '2' },
    detached: true,
    ...(run.folder ? { cwd: run.folder } : {}),
  })
  let ended: ProgramFailed['why'] = 'failed'
  const stop = (why: ProgramFailed['why']) => {
    ended = why
    endGroup(child)
  }
  const limit = setTimeout(() => stop('timed_out'), run.seconds * 1000)
  const abort = () => stop('stopped')
  run.signal.addEventListener('abort', abort, { once: true })
  if (run.signal.aborted) abort()
  try {
    await waited(child, run, () => ended)
  } finally {
    clearTimeout(limit)
    run.signal.removeEventListener('abort', abort)
  }
}

/** Office programs start others: what they started ends with them. */
function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended already.
  }
}

function waited(child: ChildProcess, run: Run, why: () => ProgramFailed['why']): Promise<void> {
  let tail = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-TAIL)
  })
  if (child.stdout) createInterface({ input: child.stdout }).on('line', (line) => run.onLine?.(line))
  return new Promise((resolve, reject) => {
    child.once('spawn', () => {
      try {
        if (child.pid) setPriority(child.pid, NICE)
      } catch {
        // It has ended already, or the system does not let us: it works all the same.
      }
    })
    child.once('error', (error) => reject(new ProgramFailed('failed', error.message)))
    child.once('close', (code) => (code === 0 ? resolve() : reject(new ProgramFailed(why(), tail))))
  })
}
