import { environment } from './config.ts'
import { isProgram, programOnPath } from './programs.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** The Chromium of this machine: CHROMIUM_PATH, else the first known name on PATH. */
export function browserIn(env = environment()): string | undefined {
  const named = env.CHROMIUM_PATH ?? ''
  if (named !== '' && isProgram(named)) return named
  return NAMES.map((name) => programOnPath(name, env)).find((path) => path !== undefined)
}
