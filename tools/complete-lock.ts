import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'

/**
 * `node tools/complete-lock.ts [--check]`: npm leaves an optional package for another platform out of the lock when the
 * registry does not offer it at that moment, and `npm ci` then refuses the lock as out of step everywhere. This adds
 * such entries, with the exact version their parent names and the platform their name says, so that npm knows them and
 * skips them. They carry no integrity: on those platforms npm takes it from the registry.
 */
type Entry = {
  version?: string
  optionalDependencies?: Record<string, string>
  dev?: boolean
  optional?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
}
type Lock = { packages: Record<string, Entry> }

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/
const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32']
const PROCESSORS = ['arm64', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'wasm32', 'arm']

/** What the parents in a lock name exactly and the lock does not hold, by path. */
export function missingEntries({ packages }: Lock): Record<string, Entry> {
  const held = new Set(Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/'))))
  const missing: Record<string, Entry> = {}
  for (const [path, { optionalDependencies, dev }] of Object.entries(packages)) {
    if (!path.startsWith('node_modules/')) continue
    for (const [name, version] of Object.entries(optionalDependencies ?? {})) {
      const place = `node_modules/${name}`
      if (!held.has(place) && EXACT.test(version)) missing[place] = entryOf(name, version, dev === true)
    }
  }
  return missing
}

function entryOf(name: string, version: string, isDev: boolean): Entry {
  const words = name.slice(name.indexOf('/') + 1).split('-')
  const os = SYSTEMS.filter((system) => words.includes(system))
  const cpu = PROCESSORS.filter((processor) => words.includes(processor))
  const libc = words.some((word) => word.startsWith('musl')) ? ['musl'] : words.at(-1) === 'gnu' ? ['glibc'] : []
  return {
    version,
    ...(cpu.length > 0 ? { cpu } : {}),
    ...(isDev ? { dev: true } : {}),
    ...(libc.length > 0 ? { libc } : {}),
    optional: true,
    ...(os.length > 0 ? { os } : {}),
  }
}

function completeLock(isCheck: boolean): number {
  const path = resolve(import.meta.dirname, '../package-lock.json')
  const lock = JSON.parse(readFileSync(path, 'utf8')) as Lock
  const missing = missingEntries(lock)
  const names = Object.keys(missing)
  if (names.length === 0) return 0
  if (isCheck) {
    console.error(
      `package-lock.json lacks ${names.length} entries, npm ci will refuse it: run node tools/complete-lock.ts\n${names.join('\n')}`,
    )
    return 1
  }
  const entries = Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) => (a < b ? -1 : 1))
  writeFileSync(path, `${JSON.stringify({ ...lock, packages: Object.fromEntries(entries) }, null, 2)}\n`)
  console.log(`${names.length} entries added`)
  return 0
}

if (process.argv[1] === import.meta.filename) process.exitCode = completeLock(process.argv.includes('--check'))
