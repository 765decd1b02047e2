import { serve } from '../main.ts'
import { loadConfig } from '../platform/config.ts'
import { requireFreePort } from '../platform/network.ts'
import { type Run, UsageError } from './terminal.ts'
import { buildWebApps } from './web-build.ts'

/** `start`: checks, builds the pages when their sources changed, and serves until stopped. */
export const run: Run = async (args, terminal) => {
  if (args.length > 0) throw new UsageError(terminal.text('no_arguments'))
  const config = loadConfig()
  await requireFreePort(config.host, config.port)
  await buildWebApps(terminal)
  return serve(config, terminal)
}
