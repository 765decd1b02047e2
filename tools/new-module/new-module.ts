import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { PlaceLost } from './array-edit.ts'
import { registrationsOf } from './registrations.ts'

const SLICE = resolve(import.meta.dirname, 'slice')
const NAME = /^[a-z]{3,20}$/

/** A module name that cannot be used, or a place of registration that is not there any more. Nothing was written. */
export class ModuleRefused extends Error {}

type Written = { readonly file: string; readonly text: string }

/** `2026-11-22T02:50Z` as `20261122_0250`: migrations run in the order of their names. */
const stampOf = (now: Date): string => now.toISOString().replace(/[-:]/g, '').replace('T', '_').slice(0, 13)

function sliceOf(name: string, stamp: string): Written[] {
  const filled = (text: string) =>
    text.replaceAll('__stamp__', stamp).replaceAll('__name__', name).replaceAll('__Name__', capital(name))
  return readdirSync(SLICE, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tmpl'))
    .sort()
    .map((file) => ({
      file: filled(file.slice(0, -'.tmpl'.length)),
      text: filled(readFileSync(join(SLICE, file), 'utf8')),
    }))
}

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)

/** Runs all edits before the first write, so that a lost place leaves nothing half done. */
function edited(root: string, name: string, way: 'add' | 'remove'): Written[] {
  return registrationsOf(name, capital(name)).map(({ file, [way]: change }) => {
    try {
      return { file, text: change(readFileSync(join(root, file), 'utf8')) }
    } catch (error) {
      if (error instanceof PlaceLost)
        throw new ModuleRefused(`${file}: the place of registration is not there: ${error.message}`)
      throw error
    }
  })
}

function write(root: string, files: readonly Written[]): void {
  for (const { file, text } of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
}

/** Brings the files into the project's own format and the generated files up to date. */
function tidy(root: string, files: readonly string[]): void {
  const node = (script: string, ...args: string[]) =>
    execFileSync(process.execPath, [join(root, script), ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  node(
    'node_modules/@biomejs/biome/bin/biome',
    'check',
    '--write',
    '--colors=off',
    ...files.filter((file) => /\.(ts|tsx|json)$/.test(file)),
  )
  node('tools/generate.ts')
}

/** Writes the empty slice of a module and registers it everywhere. @returns the files written. @throws ModuleRefused */
export function addModule(root: string, name: string, now: Date): string[] {
  if (!NAME.test(name)) throw new ModuleRefused(`"${name}" is no name of a module: 3 to 20 small letters`)
  if (existsSync(join(root, 'apps/server/src/modules', name)))
    throw new ModuleRefused(`there is a module ${name} already`)
  const slice = sliceOf(name, stampOf(now))
  const taken = slice.find(({ file }) => existsSync(join(root, file)))
  if (taken) throw new ModuleRefused(`${taken.file} is there already`)
  const files = [...slice, ...edited(root, name, 'add')]
  write(root, files)
  const names = files.map(({ file }) => file)
  tidy(root, names)
  return names
}

/** Takes back what `addModule` wrote, as long as the slice was only filled in, not spread. @throws ModuleRefused */
export function removeModule(root: string, name: string): string[] {
  if (!NAME.test(name) || !existsSync(join(root, 'apps/server/src/modules', name)))
    throw new ModuleRefused(`there is no module ${name}`)
  const migrations = readdirSync(join(root, 'apps/server/db/migrations')).filter((file) =>
    new RegExp(`^\\d{8}_\\d{4}_${name}_`).test(file),
  )
  const changed = edited(root, name, 'remove')
  const slice = sliceOf(name, 'stamp')
    .map(({ file }) => file)
    .filter((file) => !file.includes('/migrations/'))
  const gone = [...slice, ...migrations.map((file) => `apps/server/db/migrations/${file}`)]
  for (const file of gone) rmSync(join(root, file), { force: true })
  for (const folder of new Set(slice.map((file) => dirname(join(root, file))))) {
    if (folder.endsWith(`/${name}`) && readdirSync(folder).length === 0) rmdirSync(folder)
  }
  write(root, changed)
  tidy(
    root,
    changed.map(({ file }) => file),
  )
  return [...gone, ...changed.map(({ file }) => file)]
}
