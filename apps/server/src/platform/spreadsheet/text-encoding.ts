import { createReadStream } from 'node:fs'
import { LIMITS } from './limits.ts'
import { Unreadable } from './unreadable.ts'

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030'

/** Says which encoding a text file is in: by its mark, by its zero bytes, else UTF-8 if it is valid, else GB18030 if valid. */
export async function encodingOf(path: string, beginning: Buffer): Promise<TextEncoding> {
  if (beginning[0] === 0xff && beginning[1] === 0xfe) return 'utf-16le'
  if (beginning[0] === 0xfe && beginning[1] === 0xff) return 'utf-16be'
  const wide = wideEncodingOf(beginning)
  if (wide !== null) return wide
  for (const encoding of ['utf-8', 'gb18030'] as const) if (await isValid(path, encoding)) return encoding
  throw new Unreadable('encoding_unknown')
}

/** UTF-16 without a mark: separators and digits leave a zero in every second byte, always on the same side. */
function wideEncodingOf(beginning: Buffer): TextEncoding | null {
  const zeros = [0, 0]
  for (const [index, byte] of beginning.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (even + odd === 0) return null
  if (odd > 20 * even) return 'utf-16le'
  if (even > 20 * odd) return 'utf-16be'
  throw new Unreadable('not_a_table')
}

async function isValid(path: string, encoding: TextEncoding): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 }))
      decoder.decode(chunk as Buffer, { stream: true })
    decoder.decode()
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

/** The characters of a text file, without byte order mark. */
export async function* charactersOf(path: string, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: encoding !== 'utf-16le' && encoding !== 'utf-16be' })
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) {
    const text = decoder.decode(chunk as Buffer, { stream: true })
    if (text.includes('\0')) throw new Unreadable('not_a_table')
    if (text !== '') yield text
  }
  const last = decoder.decode()
  if (last !== '') yield last
}

/** The first characters of the file, for finding the separator. */
export async function openingOf(path: string, encoding: TextEncoding): Promise<string> {
  for await (const text of charactersOf(path, encoding)) return text.slice(0, LIMITS.csvRecordCharacters)
  return ''
}
