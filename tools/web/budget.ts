import { fileURLToPath } from 'node:url'
import { firstLoad } from './first-load.ts'

/** Prints the first load of both applications against their budgets; exit 1 when one is over. Build first. */
const folder = (path: string) => fileURLToPath(new URL(`../../apps/${path}`, import.meta.url))
const APPS = [
  { name: 'member-web', dist: folder('member-web/dist'), base: '/', limit: 170_000 },
  { name: 'admin-web', dist: folder('admin-web/dist'), base: '/admin/', limit: 450_000 },
]
// Every start loads the texts of one language and the page it opens at: the home.
const ALWAYS = [/\/texts\.zh-CN-/, /\/(HomePage|WorkbenchPage)-/]

let isOver = false
for (const { name, dist, base, limit } of APPS) {
  const scripts = firstLoad(dist, base, ALWAYS)
  const sum = scripts.reduce((total, script) => total + script.bytes, 0)
  isOver ||= sum > limit
  console.log(`${name}: ${sum} of ${limit} bytes gzip`)
  for (const { file, bytes } of scripts.toSorted((a, b) => b.bytes - a.bytes)) console.log(`  ${bytes}\t${file}`)
}
process.exitCode = isOver ? 1 : 0
