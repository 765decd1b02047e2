import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { environment, type Language, languageOf, PROJECT_ROOT } from '../platform/config.ts'
import { nothing } from '../platform/runtime-log.ts'

/** Where a command speaks: answers on standard output, progress and errors on standard error. */
export type Terminal = {
  readonly language: Language
  /** Folder the person stands in; npm scripts and npx run elsewhere and tell it apart. */
  readonly cwd: string
  answer(text: string): void
  progress(text: string): void
  /** The words for `key` of `texts.*.json`, with `{{name}}` filled in. */
  text(key: string, facts?: Readonly<Record<string, unknown>>): string
}

/** What a command file exports as `run`. @returns the exit code: 0 done, 1 refused, 2 usage */
export type Run = (args: readonly string[], terminal: Terminal) => Promise<number>

/** Wrong use of a command: its usage is shown, exit code 2. */
export class UsageError extends Error {}

export function openTerminal(language: Language = languageOf(environment())): Terminal {
  // A reader that left (`| head`) ends neither a command half way nor a server.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', nothing)
  const texts = JSON.parse(readFileSync(join(import.meta.dirname, `texts.${language}.json`), 'utf8')) as Record<
    string,
    string
  >
  return {
    language,
    cwd: environment().INIT_CWD ?? process.cwd(),
    answer: (text) => void process.stdout.write(`${text}\n`),
    progress: (text) => void process.stderr.write(`${text}\n`),
    text: (key, facts = {}) => filled(texts[key] ?? key, facts),
  }
}

/** Puts facts into a text; a missing one stays visible rather than silent. */
export function filled(text: string, facts: Readonly<Record<string, unknown>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) =>
    facts[name] === undefined ? whole : String(facts[name]),
  )
}

/** The folder with the texts of refusals, shared with the browser. */
export const REFUSAL_TEXTS = join(PROJECT_ROOT, 'packages/contract/src/texts')
