import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { environment } from './config.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** The Chromium of this machine: CHROMIUM_PATH, else the first known name on PATH. */
export function browserIn(env = environment()): string | undefined {
  const places = (env.PATH ?? '').split(delimiter).filter((place) => place !== '')
  const candidates = [env.CHROMIUM_PATH ?? '', ...NAMES.flatMap((name) => places.map((place) => join(place, name)))]
  return candidates.find((path) => path !== '' && isProgram(path))
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
