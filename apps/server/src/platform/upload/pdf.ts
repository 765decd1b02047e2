import { inflateSync } from 'node:zlib'
import { Faulty, LIMITS } from './policy.ts'

/**
 * Actions and attachments (ISO 32000-2, 12.6.4, 7.11.4, 12.7.8): scripts, programs, forms that send themselves,
 * players, files inside the file. Every character of a name may be written as `#hh` (7.3.5).
 */
const ACTIVE = [
  'JavaScript',
  'Launch',
  'Rendition',
  'RichMedia',
  'EmbeddedFile',
  'EmbeddedFiles',
  'SubmitForm',
  'ImportData',
  'XFA',
  'GoToE',
  'Movie',
  'Sound',
]

const spelled = (name: string): string =>
  [...name]
    .map((char) => {
      const hex = char.charCodeAt(0).toString(16)
      const either = [...hex]
        .map((digit) => (/[a-f]/.test(digit) ? `[${digit}${digit.toUpperCase()}]` : digit))
        .join('')
      return `(?:${char}|#${either})`
    })
    .join('')
const nameOf = (names: readonly string[]): RegExp => new RegExp(`/(?:${names.map(spelled).join('|')})(?![A-Za-z0-9#])`)

const ACTIVE_NAME = nameOf(ACTIVE)
const ENCRYPTED = nameOf(['Encrypt'])
const OBJECT_STREAM = nameOf(['ObjStm'])
const FILTER = nameOf(['Filter'])
/** Predictors would change the text between inflating and reading. */
const PARAMETERS = nameOf(['DecodeParms', 'DP'])
const FLATE_ONLY = new RegExp(`/${spelled('Filter')}\\s*(?:\\[\\s*)?/${spelled('FlateDecode')}\\s*(?:\\]|/|>>|\\s)`)

/** Objects can hide in compressed object streams (7.5.7) and nowhere else: those are opened, all others are data. */
function checkObjectStreams(bytes: Buffer, text: string): void {
  let inflated = 0
  let from = 0
  for (const match of text.matchAll(/stream[\s\0]*/g)) {
    if (text.slice(match.index - 3, match.index) === 'end') continue
    const dictionary = text.slice(from, match.index)
    from = match.index
    if (!OBJECT_STREAM.test(dictionary)) continue
    if (!FILTER.test(dictionary)) continue
    if (!FLATE_ONLY.test(dictionary) || PARAMETERS.test(dictionary)) throw new Faulty('active_content')
    const objects = inflate(bytes.subarray(match.index + match[0].length))
    inflated += objects.length
    if (inflated > LIMITS.unpackedBytes) throw new Faulty('unpacks_too_large')
    if (ACTIVE_NAME.test(objects.toString('latin1'))) throw new Faulty('active_content')
  }
}

function inflate(packed: Buffer): Buffer {
  try {
    return inflateSync(packed, { maxOutputLength: LIMITS.unpackedBytes / 4 })
  } catch (error) {
    const tooLarge = (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE'
    throw new Faulty(tooLarge ? 'unpacks_too_large' : 'damaged')
  }
}

/** A complete PDF that does nothing by itself. It is kept as it is and only ever served as an attachment. @throws Faulty */
export function inspectPdf(bytes: Buffer): void {
  const text = bytes.toString('latin1')
  if (!/^%PDF-[12]\.\d/.test(text)) throw new Faulty('damaged')
  const end = text.slice(-2048)
  if (!/startxref\s+\d+\s+%%EOF/.test(end) || !/%%EOF\s*$/.test(end)) throw new Faulty('damaged')
  // A zip reads its directory from the end: such a file would be two things at once.
  if (text.slice(-70_000).includes('PK\x05\x06')) throw new Faulty('active_content')
  if (ENCRYPTED.test(text)) throw new Faulty('encrypted')
  if (ACTIVE_NAME.test(text)) throw new Faulty('active_content')
  checkObjectStreams(bytes, text)
}
