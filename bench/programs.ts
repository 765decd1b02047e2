import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Load, Loaded } from './load.ts'

const here = (file: string) => join(import.meta.dirname, file)

/** Runs the load generator to its end. Refuses a run with a single wrong answer: it would measure refusals. */
export async function generate(load: Load): Promise<Loaded> {
  const { stdout } = await promisify(execFile)(process.execPath, [here('load.ts'), JSON.stringify(load)], {
    maxBuffer: 1 << 24,
  })
  const loaded = JSON.parse(stdout) as Loaded
  if (loaded.wrong > 0) throw new Error(`${loaded.wrong} wrong answers from ${load.url}`)
  return loaded
}

/** Starts a program of this folder that prints one line when it is ready; the line is returned. */
export async function startProgram(file: string, args: readonly string[]): Promise<{ said: string; stop(): void }> {
  const child: ChildProcess = spawn(process.execPath, [here(file), ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const said = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)))
    child.stdout?.once('data', (bytes: Buffer) => resolve(bytes.toString().trim()))
  })
  child.removeAllListeners('exit')
  return { said, stop: () => void child.kill('SIGTERM') }
}
