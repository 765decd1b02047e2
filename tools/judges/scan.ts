import { spawn } from 'node:child_process'

/** Runs a scanner without blocking this process, which may be the server that is scanned. */
export function scan(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: 240_000 })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (said += bytes.toString()))
    child.once('error', (error) => resolve(`${said}${error.message}`))
    child.once('close', () => resolve(said))
  })
}
