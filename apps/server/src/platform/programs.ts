import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { environment } from './config.ts'

/** The whole path of a program of this machine, looked for as a shell would: PATH, in order. */
export function programOnPath(name: string, env = environment()): string | undefined {
  const places = (env.PATH ?? '').split(delimiter).filter((place) => place !== '')
  return places.map((place) => join(place, name)).find(isProgram)
}

export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
