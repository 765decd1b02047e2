import { openTerminal } from '../cli/terminal.ts'
import { serve } from '../main.ts'
import { loadConfig } from '../platform/config.ts'

// The server as `start` runs it, without building the pages: a process of its own for kill tests and measurements.
process.exitCode = await serve(loadConfig(), openTerminal())
