import { Refusal } from '@tongxin/contract/refusal'
import { commands } from './commands.ts'
import { problemOf } from './problem.ts'
import { openTerminal, type Terminal, UsageError } from './terminal.ts'

/** Runs one command line. @returns the exit code: 0 done, 1 refused (problem+json on standard error), 2 usage */
async function runCommand(words: readonly string[], terminal: Terminal): Promise<number> {
  const [name = '', ...args] = words
  if (name === 'help' || name === '--help' || name === '-h') {
    terminal.answer(usage(terminal))
    return 0
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    if (name) terminal.progress(terminal.text('unknown', { name }))
    terminal.progress(usage(terminal))
    return 2
  }
  try {
    const { run } = await command.load()
    return await run(args, terminal)
  } catch (error) {
    if (isUsage(error)) {
      terminal.progress(
        `${(error as Error).message}\n${terminal.text('usage')} npx tongxin ${name} ${command.synopsis}`,
      )
      return 2
    }
    // A bug: whoever reports it needs the place.
    if (!(error instanceof Refusal)) terminal.progress(error instanceof Error ? (error.stack ?? '') : '')
    terminal.progress(JSON.stringify(problemOf(error, terminal.language), null, 2))
    return 1
  }
}

/** Wrong arguments, found by a command or by `parseArgs` of node:util. */
function isUsage(error: unknown): boolean {
  return error instanceof UsageError || String((error as { code?: unknown })?.code).startsWith('ERR_PARSE_ARGS')
}

function usage(terminal: Terminal): string {
  const rows = Object.entries(commands).map(([name, { synopsis }]) => {
    return `  ${`${name} ${synopsis}`.padEnd(52)} ${terminal.text(`${name}.summary`)}`
  })
  return [`${terminal.text('usage')} npx tongxin COMMAND`, ...rows].join('\n')
}

const code = await runCommand(process.argv.slice(2), openTerminal())
process.exitCode = code
// Answers may still be on their way into a pipe: the process ends by itself once they are written, unless something
// (a pool, a watcher) was left open, which must not make a finished command hang.
setTimeout(() => process.exit(), 2000).unref()
