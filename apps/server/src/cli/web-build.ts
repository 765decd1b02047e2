import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { environment, PROJECT_ROOT } from '../platform/config.ts'
import { exclusively } from './exclusively.ts'
import type { Terminal } from './terminal.ts'

const APPS = ['member-web', 'admin-web', 'tv-web', 'trustee-web'] as const
const SHARED = ['packages/*/{src,assets}/**/*', 'package-lock.json', 'tsconfig.base.json']

/**
 * Builds the pages of each web application whose `dist` does not come from the present sources. Sources are compared
 * by content: a fresh checkout has new times on old files.
 */
export async function buildWebApps(terminal: Terminal, isForced = false): Promise<void> {
  for (const app of APPS) {
    const folder = join(PROJECT_ROOT, 'apps', app)
    if (!existsSync(join(folder, 'index.html'))) continue
    const stamp = join(PROJECT_ROOT, '.cache', `${app}.sources`)
    const isBuilt = () => existsSync(join(folder, 'dist', 'index.html')) && existsSync(stamp)
    const isCurrent = () => !isForced && isBuilt() && readFileSync(stamp, 'utf8') === hashOf(app)
    if (isCurrent()) continue
    // Two starts of one checkout on two ports must not write the same folder at once.
    await exclusively(join(PROJECT_ROOT, '.cache', `build-${app}.lock`), async () => {
      if (isCurrent()) return
      const sources = hashOf(app)
      terminal.progress(terminal.text('start.building', { app }))
      await vite(folder)
      writeFileSync(stamp, sources)
    })
  }
}

function hashOf(app: string): string {
  const own = [`apps/${app}/{src,public}/**/*`, `apps/${app}/*.{html,json,ts,js}`]
  const files = globSync([...own, ...SHARED], { cwd: PROJECT_ROOT, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const hash = createHash('sha256')
  for (const file of files) hash.update(`${file.slice(PROJECT_ROOT.length)}\0`).update(readFileSync(file))
  return hash.digest('hex')
}

/** A process of its own: the bundler's memory is given back before the server starts. */
function vite(folder: string): Promise<void> {
  const program = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js')
  const child = spawn(process.execPath, [program, 'build', '--logLevel', 'warn'], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
    // Whatever called us, pages are built for people: with a service worker and without the helps of development.
    env: { ...environment(), NODE_ENV: 'production' },
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`vite build ${folder}: exit ${code}`))))
  })
}
