import type { Readable } from 'node:stream'
import { type Entry, fromBufferPromise, openPromise, type ZipFile } from 'yauzl'
import { Faulty, LIMITS } from './policy.ts'

/** Counts over one upload, archives inside archives included. */
export type Meter = { bytes: number; entries: number; readonly fileBytes: number }
export type Part = { readonly name: string; readonly stream: Readable }

const OPTIONS = { lazyEntries: true, autoClose: false, validateEntrySizes: true, strictFileNames: true } as const

/** yauzl says with an error what is wrong with the structure; for the uploader it is one thing: damaged. */
async function orDamaged<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw error instanceof Faulty ? error : new Faulty('damaged')
  }
}

/**
 * Visits every part of a zip in the order of its directory and inflates it through `visit`, which must read it to
 * the end. Entries, inflated bytes and ratio are limited while inflating; sizes in headers are checked, not believed.
 */
export async function walkArchive(
  source: string | Buffer,
  meter: Meter,
  visit: (part: Part) => Promise<void>,
): Promise<void> {
  const zip = await orDamaged(
    typeof source === 'string' ? openPromise(source, OPTIONS) : fromBufferPromise(source, OPTIONS),
  )
  try {
    for (const entry of await orDamaged(directoryOf(zip, meter))) {
      if (entry.fileName.endsWith('/')) continue
      const stream = await orDamaged(zip.openReadStreamPromise(entry))
      count(stream, entry, meter)
      await orDamaged(visit({ name: entry.fileName, stream }))
    }
  } finally {
    zip.close()
  }
}

function directoryOf(zip: ZipFile, meter: Meter): Promise<Entry[]> {
  const entries: Entry[] = []
  const names = new Set<string>()
  return new Promise((resolve, reject) => {
    zip.on('error', reject)
    zip.on('end', () => resolve(entries))
    zip.on('entry', (entry: Entry) => {
      meter.entries += 1
      if (meter.entries > LIMITS.entries) return reject(new Faulty('unpacks_too_large'))
      if (entry.isEncrypted()) return reject(new Faulty('encrypted'))
      // Two parts of one name: one reader would check the first, another open the second.
      if (names.has(entry.fileName.toLowerCase())) return reject(new Faulty('damaged'))
      names.add(entry.fileName.toLowerCase())
      entries.push(entry)
      zip.readEntry()
    })
    zip.readEntry()
  })
}

function count(stream: Readable, entry: Entry, meter: Meter): void {
  const packed = Math.max(1, Math.min(entry.compressedSize, meter.fileBytes))
  let inflated = 0
  stream.on('data', (chunk: Buffer) => {
    inflated += chunk.length
    meter.bytes += chunk.length
    const bomb = inflated > LIMITS.ratioFromBytes && inflated / packed > LIMITS.ratio
    if (bomb || meter.bytes > LIMITS.unpackedBytes) stream.destroy(new Faulty('unpacks_too_large'))
  })
  // Counting must not start the flow before `visit` listens.
  stream.pause()
}

/** The whole of a small part as text; NUL bytes go, so that UTF-16 cannot hide Latin words. */
export async function textOf(part: Part, limit: number): Promise<string> {
  const bytes = await bytesOf(part, limit)
  return bytes.toString('latin1').replaceAll('\0', '')
}

export async function bytesOf(part: Part, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of part.stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) throw new Faulty('unpacks_too_large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Looks for a pattern in a part of any size, chunk by chunk with an overlap longer than any match. */
export async function containsPattern(part: Part, pattern: RegExp): Promise<boolean> {
  let tail = ''
  let found = false
  for await (const chunk of part.stream as AsyncIterable<Buffer>) {
    const text = tail + chunk.toString('latin1').replaceAll('\0', '')
    found ||= pattern.test(text)
    tail = text.slice(-512)
  }
  return found
}

/** Whether a part begins in a way; the rest is only inflated and counted. */
export async function beginsWith(part: Part, pattern: RegExp): Promise<boolean> {
  let head = ''
  for await (const chunk of part.stream as AsyncIterable<Buffer>) {
    if (head.length < 1024) head += chunk.subarray(0, 1024).toString('latin1')
  }
  return pattern.test(head)
}
