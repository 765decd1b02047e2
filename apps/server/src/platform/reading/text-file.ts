import { readFile } from 'node:fs/promises'
import { Letters } from './limits.ts'

/** The text of a plain file: UTF-8, UTF-16 with its mark, else GB18030, which old editors on Chinese systems write. */
export async function textFile(path: string): Promise<string> {
  const bytes = await readFile(path)
  const letters = new Letters()
  letters.add(decoded(bytes))
  return letters.text
}

function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
