import { randomBytes } from 'node:crypto'
import type { App } from './app.ts'
import type { Terminal } from './cli/terminal.ts'
import type { Config } from './platform/config.ts'
import { openCastDoor, openContentDoor } from './platform/content-door.ts'
import { openDatabase } from './platform/database-roles.ts'
import { openLog } from './platform/log.ts'
import { migrate } from './platform/migrate.ts'
import { refusalOfListening, requireFreePort } from './platform/network.ts'
import { untilThere } from './platform/patience.ts'
import { makeSetUpCodes } from './platform/setup-codes.ts'

/** Longer than the slowest request may take; then the process ends even if a connection will not. */
const STOP_LIMIT_MS = 14_000

/**
 * Starts everything, says so on standard output, and returns after an orderly stop (SIGTERM, SIGINT, SIGHUP).
 * @throws Refusal `runtime.*`
 */
export async function serve(given: Config, terminal: Terminal): Promise<number> {
  const stopped = stopRequested()
  const config = withPort(given, await requireFreePort(given.host, given.port))
  // Uploads and keys are nobody else's, whatever the terminal's habit was.
  process.umask(0o077)
  const log = openLog()
  terminal.progress(terminal.text('start.database'))
  const database = await openDatabase(config, log)
  try {
    const applied = await migrate(database.ownerUrl, log)
    if (applied.length > 0) terminal.progress(terminal.text('start.migrated', { count: applied.length }))
    const { createApp } = await import('./app.ts')
    const door = await openContentDoor(config)
    const castDoor = await openCastDoor(config)
    const app = await createApp({
      config: {
        ...config,
        contentOrigin: door?.origin ?? config.contentOrigin,
        castOrigin: castDoor?.origin ?? config.castOrigin,
      },
      database: { appUrl: database.appUrl, ownerUrl: database.ownerUrl },
      log,
    })
    try {
      // Before the jobs start: a collection in the middle of their start leaves them waiting for ever.
      collectStart()
      const url = await app.listen().catch((error) => {
        throw refusalOfListening(error, config.host, config.port)
      })
      door?.serve(app.http.routing)
      castDoor?.serve(app.http.routing)
      await showSetUpCodes(app, url, terminal)
      if (door) terminal.answer(terminal.text('start.content_origin', { origin: door.origin }))
      if (castDoor) terminal.answer(terminal.text('start.cast_origin', { origin: castDoor.origin }))
      terminal.answer(`Tongxin ready: ${url}`)
      setTimeout(collectStart, SETTLED_MS).unref()
      await stopped
      terminal.progress(terminal.text('start.stopping'))
      setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref()
    } finally {
      await door?.close()
      await castDoor?.close()
      await app.close()
    }
  } finally {
    await database.stop()
  }
  return 0
}

/** By then the jobs have begun, and what beginning took can be given back as well. */
const SETTLED_MS = 10_000

/**
 * Starting compiles and registers everything, and leaves a young generation grown to its limit, which V8 would keep:
 * one full collection returns about 80 MB. Only where the launcher's flag offers it.
 */
function collectStart(): void {
  globalThis.gc?.({ type: 'major', flavor: 'last-resort', execution: 'sync' })
}

/** PORT=0 asks for any free port: from here on it is a port like others, in the address that people open as well. */
const withPort = (given: Config, port: number): Config =>
  given.port === port ? given : { ...given, port, publicOrigin: given.publicOrigin.replace(/:0$/, `:${port}`) }

/** To standard output of the first start only: whoever reads the log must not become administrator. */
async function showSetUpCodes(app: App, url: string, terminal: Terminal): Promise<void> {
  const codes = makeSetUpCodes(randomBytes)
  if (!(await untilThere(() => app.keepSetUpCodes(codes)))) return
  terminal.answer(terminal.text('start.codes', { url }))
  for (const { role, code } of codes) terminal.answer(`  ${code}  ${terminal.text(`role.${role}`)}`)
}

/**
 * Resolves at the first request to stop; the second ends the process at once. Requests come as signals and, through
 * the launcher, as messages; Ctrl-C in a terminal comes both ways, so each way is counted by itself.
 */
function stopRequested(): Promise<void> {
  return new Promise((resolve) => {
    const counts = { signals: 0, messages: 0 }
    const count = (way: keyof typeof counts) => {
      counts[way]++
      if (counts[way] > 1) process.exit(130)
      resolve()
    }
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => count('signals'))
    process.on('message', () => count('messages'))
    // The launcher was killed: without it nobody could stop this server in order.
    process.on('disconnect', () => resolve())
    process.send?.('listening')
    process.channel?.unref()
  })
}
