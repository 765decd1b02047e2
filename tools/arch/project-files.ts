import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '../..')
const BINARY = /\.(png|ico|jpg|webp|woff2?|ttf|otf|xlsx|docx|pdf|zip|gz|br)$/

/** Files that are committed or about to be, relative to the root, in a fixed order. `patterns` are git pathspecs. */
export function projectFiles(...patterns: string[]): string[] {
  // The checkout may belong to another user than the one who tests it.
  const args = [
    '-c',
    'safe.directory=*',
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
    '--',
    ...patterns,
  ]
  const listed = execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  return listed
    .split('\0')
    .filter((file) => file !== '' && existsSync(resolve(ROOT, file)))
    .sort()
}

/** The same with their text; pictures and workbooks left out. */
export function projectTexts(...patterns: string[]): { file: string; text: string }[] {
  return projectFiles(...patterns)
    .filter((file) => !BINARY.test(file))
    .map((file) => ({ file, text: readFileSync(resolve(ROOT, file), 'utf8') }))
}

/** `file:line` of every match. */
export function placesOf(expression: RegExp, files: readonly { file: string; text: string }[]): string[] {
  return files.flatMap(({ file, text }) =>
    text.split('\n').flatMap((line, at) => (expression.test(line) ? [`${file}:${at + 1}`] : [])),
  )
}
