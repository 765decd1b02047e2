import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Judge, ROOT, run } from './judge.ts'

const OFFLINE = /ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|network/
/** A caller who runs npm silently must not make this one silent as well. */
const ALOUD = '--loglevel=notice'
let said: string | null = null
/** The answer of the registry is asked for once. */
const audit = () => {
  said ??= run('npm', ['audit', 'signatures', ALOUD, '--fetch-retries=0', '--fetch-timeout=20000']).said
  return said
}

/** Every installed package carries a signature of the registry; the lock file names the bytes that were signed. */
export const signatures: Judge = {
  name: 'signatures',
  packages: [],
  missing: () => null,
  unreachable: () => (OFFLINE.test(audit()) ? "npm's registry or the roots of sigstore.dev" : null),
  async refusesFault() {
    // Other bytes under the name of a package: the hash in the lock no longer fits.
    const folder = mkdtempSync(join(tmpdir(), 'tongxin-lock-'))
    try {
      const name = 'fastify-plugin'
      const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
        packages: Record<string, { version: string; resolved: string; integrity: string }>
      }
      const entry = lock.packages[`node_modules/${name}`]
      if (!entry) throw new Error(`${name} is not in the lock`)
      const forged = { ...entry, integrity: `sha512-${Buffer.alloc(64).toString('base64')}` }
      const root = { name: 'planted', version: '1.0.0', dependencies: { [name]: entry.version } }
      writeFileSync(join(folder, 'package.json'), JSON.stringify(root))
      const packages = { '': root, [`node_modules/${name}`]: forged }
      writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ ...root, lockfileVersion: 3, packages }))
      cpSync(join(ROOT, '.npmrc'), join(folder, '.npmrc'))
      return /EINTEGRITY/.test(
        run('npm', ['ci', '--prefix', folder, '--ignore-scripts', '--prefer-online', ALOUD]).said,
      )
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
  async accepts() {
    console.log(audit())
    return /have verified registry signatures/.test(audit()) && !/invalid|missing registry signatures/.test(audit())
  },
}
