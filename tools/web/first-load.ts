import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

/** One script of the first load. `bytes` is gzip at level 9. */
export type Script = { readonly file: string; readonly bytes: number }

/**
 * The scripts a browser loads before the first page can render: those named in `index.html` (entry and module
 * preloads) plus `extra` chunks that the entry always imports at once (the texts of one language).
 */
export function firstLoad(dist: string, base: string, extra: readonly RegExp[] = []): Script[] {
  const html = readFileSync(join(dist, 'index.html'), 'utf8')
  const files = new Set([...html.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map((match) => String(match[1])))
  const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Record<
    string,
    { file: string }
  >
  for (const { file } of Object.values(manifest))
    if (extra.some((pattern) => pattern.test(file))) files.add(base + file)
  return [...files].map((file) => {
    const path = file.slice(base.length)
    return { file: path, bytes: gzipSync(readFileSync(join(dist, path)), { level: 9 }).length }
  })
}

const folder = (path: string) => fileURLToPath(new URL(`../../apps/${path}`, import.meta.url))
/** The built applications with their budgets, in bytes of gzip. */
export const APPLICATIONS = [
  { name: 'member-web', dist: folder('member-web/dist'), base: '/', limit: 170_000 },
  { name: 'admin-web', dist: folder('admin-web/dist'), base: '/admin/', limit: 450_000 },
] as const
// Every start loads the texts of one language and the page it opens at: the home.
const ALWAYS = [/\/texts\.zh-CN-/, /\/(HomePage|WorkbenchPage)-/]

export const firstLoadOf = ({ dist, base }: (typeof APPLICATIONS)[number]): Script[] => firstLoad(dist, base, ALWAYS)
