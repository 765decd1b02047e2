import { createWriteStream } from 'node:fs'
import { open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { coursewareRefusals as refusals } from '@tongxin/contract'
import { Refusal } from '@tongxin/contract/refusal'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { typeOf } from './courseware.types.ts'

const MB = 1024 * 1024
/** Counted while inflating; what headers say is checked and not believed. */
export const UNPACK_LIMITS = { files: 10_000, bytes: 2048 * MB, ratio: 200, ratioFromBytes: 16 * MB, name: 300 }
export type UnpackLimits = typeof UNPACK_LIMITS

/** One file: where it lies in the folder (a number, never a name from outside), its size and the type it is served as. */
export type PackedFile = { readonly at: number; readonly bytes: number; readonly type: string }
/** Files by their path in the package. */
export type Unpacked = { readonly files: ReadonlyMap<string, PackedFile>; readonly bytes: number }

const OPTIONS = { lazyEntries: true, autoClose: false, validateEntrySizes: true, decodeStrings: false } as const
const UTF8_FLAG = 0x800
const LINK = 0o120000
const KIND_OF_MODE = 0o170000
/** What macOS and Windows leave in archives. */
const LITTER = /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i

/**
 * Unpacks a zip into an empty folder: each file under a number, so that no name of the package ever becomes a path here.
 * Refuses names that climb out, links, doubled names, passwords, bombs.
 */
export async function unpack(path: string, folder: string, limits: UnpackLimits = UNPACK_LIMITS): Promise<Unpacked> {
  const zip = await orDamaged(openPromise(path, OPTIONS))
  const files = new Map<string, PackedFile>()
  let bytes = 0
  try {
    const named = await orDamaged(directoryOf(zip, limits))
    for (const [at, { name, entry }] of named.entries()) {
      const target = join(folder, String(at))
      const written = await orDamaged(inflate(zip, entry, { target, left: limits.bytes - bytes, limits }))
      bytes += written
      files.set(name, { at, bytes: written, type: await typeOf(name, await headOf(target)) })
    }
  } finally {
    zip.close()
  }
  await writeFile(join(folder, 'index.json'), JSON.stringify([...files]))
  return { files, bytes }
}

/** yauzl tells what is wrong with the structure; for whoever uploads it is one thing. Our own refusals pass. */
async function orDamaged<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    // A full disk is no fault of the package.
    if (error instanceof Refusal || (error as NodeJS.ErrnoException).code === 'ENOSPC') throw error
    throw refusals.damaged()
  }
}

type Named = { readonly name: string; readonly entry: Entry }

function directoryOf(zip: ZipFile, limits: UnpackLimits): Promise<Named[]> {
  const found: Named[] = []
  const seen = new Set<string>()
  return new Promise((resolve, reject) => {
    zip.on('error', reject)
    zip.on('end', () => resolve(found))
    zip.on('entry', (entry: Entry) => {
      try {
        const name = checkedName(entry, limits)
        if (name !== null) {
          // Two of one name: one reader would check the first, another serve the second.
          const key = name.toLowerCase()
          if (seen.has(key)) throw refusals.damaged()
          seen.add(key)
          found.push({ name, entry })
          if (found.length > limits.files) throw refusals.too_many_files({ most: limits.files })
        }
        zip.readEntry()
      } catch (error) {
        reject(error)
      }
    })
    zip.readEntry()
  })
}

/** The path of an entry; null for folders and litter. */
function checkedName(entry: Entry, limits: UnpackLimits): string | null {
  if (entry.isEncrypted()) throw refusals.encrypted()
  const name = nameOf(entry)
  const unsafe = () => refusals.unsafe_path({ name: name.slice(0, 120) })
  if (((entry.externalFileAttributes >>> 16) & KIND_OF_MODE) === LINK) throw unsafe()
  if (/^\/|^[a-z]:|\p{Cc}/iu.test(name) || name.length > limits.name) throw unsafe()
  if (name.split('/').some((part) => part === '..' || part === '.')) throw unsafe()
  return name.endsWith('/') || name === '' || LITTER.test(name) ? null : name
}

/** Old Windows tools write names in GBK without saying so, and with backslashes. */
function nameOf(entry: Entry): string {
  const raw = entry.fileName as unknown as Buffer
  const isUtf8 = (entry.generalPurposeBitFlag & UTF8_FLAG) !== 0
  return decoded(raw, isUtf8).replaceAll('\\', '/').normalize('NFC')
}

function decoded(raw: Buffer, isUtf8: boolean): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw)
  } catch {
    if (isUtf8) throw refusals.damaged()
    return new TextDecoder('gb18030').decode(raw)
  }
}

type Target = { readonly target: string; readonly left: number; readonly limits: UnpackLimits }

/** @returns bytes written */
async function inflate(zip: ZipFile, entry: Entry, { target, left, limits }: Target): Promise<number> {
  let written = 0
  const packed = Math.max(1, entry.compressedSize)
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      written += chunk.length
      const isBomb = written > limits.ratioFromBytes && written / packed > limits.ratio
      if (isBomb || written > left) done(refusals.unpacks_too_large({ limit: Math.floor(limits.bytes / MB) }))
      else done(null, chunk)
    },
  })
  const stream = await zip.openReadStreamPromise(entry)
  await pipeline(stream, counting, createWriteStream(target, { flags: 'wx', mode: 0o600 }))
  return written
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4100), 0, 4100, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
