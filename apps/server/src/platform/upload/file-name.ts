import { EXTENSIONS, Faulty, type FileKind } from './policy.ts'

/** Marks that turn the direction of text hide the true end of a name (`gpj.exe` shown as `exe.jpg`). */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/**
 * The name that is shown and offered at download: no folders, no hidden characters, at most 120 characters with its
 * end kept. The name is never part of a path on disk.
 * @throws Faulty `name_unusable`
 */
export function cleanName(given: string): string {
  const name = (given.split(/[\\/]/).at(-1) ?? '').normalize('NFC').trim()
  if (name === '' || HIDDEN.test(name) || RESERVED.test(name) || /^\.+$|[. ]$/.test(name))
    throw new Faulty('name_unusable')
  const shown = name.replace(/[<>:"|?*]/g, '_')
  const letters = [...shown]
  if (letters.length <= 120) return shown
  const end = extensionOf(shown)
  return `${letters.slice(0, 119 - end.length).join('')}.${end}`
}

/** Lower-case end of a name without its dot; empty when there is none. */
export function extensionOf(name: string): string {
  return /\.([A-Za-z0-9]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? ''
}

/** The kind that the end of the name promises. */
export function promisedKind(name: string): FileKind | undefined {
  const end = extensionOf(name)
  return (Object.keys(EXTENSIONS) as FileKind[]).find((kind) => EXTENSIONS[kind].includes(end))
}
