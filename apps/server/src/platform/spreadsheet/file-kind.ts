import { open } from 'node:fs/promises'
import { LIMITS } from './limits.ts'
import { Unreadable } from './unreadable.ts'

export type FileKind = { readonly kind: 'workbook' | 'text'; readonly bytes: number; readonly beginning: Buffer }

const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex')
/** Stream name by which an encrypted workbook is known ([MS-OFFCRYPTO] 2.3.4.4). */
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le')
const FOREIGN = /^(?:%PDF|\x89PNG|\xff\xd8\xff|GIF8|\x1f\x8b|7z\xbc|Rar!|BM|RIFF|\{\\rtf|\s*<)/

/** Says by its content what a file is, and refuses what is neither a workbook nor text. */
export async function fileKindOf(path: string): Promise<FileKind> {
  const file = await open(path, 'r').catch(() => {
    throw new Unreadable('file_missing', { file: path.split(/[\\/]/).at(-1) ?? path })
  })
  try {
    const { size: bytes } = await file.stat()
    if (bytes === 0) throw new Unreadable('file_empty')
    if (bytes > LIMITS.fileBytes) throw new Unreadable('file_too_large', { limit: LIMITS.fileBytes / 1024 / 1024 })
    const beginning = Buffer.alloc(Math.min(bytes, 4096))
    await file.read(beginning, 0, beginning.length, 0)
    if (beginning.subarray(0, 8).equals(OLE)) {
      throw new Unreadable((await contains(path, ENCRYPTED)) ? 'encrypted' : 'legacy_workbook')
    }
    if (/^PK[\x03\x05\x07]/.test(beginning.toString('latin1', 0, 4))) return { kind: 'workbook', bytes, beginning }
    if (FOREIGN.test(beginning.toString('latin1', 0, 64))) throw new Unreadable('not_a_table')
    return { kind: 'text', bytes, beginning }
  } finally {
    await file.close()
  }
}

async function contains(path: string, wanted: Buffer): Promise<boolean> {
  const file = await open(path, 'r')
  let rest = Buffer.alloc(0)
  // The stream closes the handle when it ends or is left.
  for await (const chunk of file.createReadStream({ highWaterMark: 1 << 18 })) {
    const bytes = Buffer.concat([rest, chunk as Buffer])
    if (bytes.includes(wanted)) return true
    rest = bytes.subarray(Math.max(0, bytes.length - wanted.length))
  }
  return false
}
