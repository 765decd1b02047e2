import type { Readable } from 'node:stream'
import { Transform } from 'node:stream'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { LIMITS } from './limits.ts'
import { Unreadable } from './unreadable.ts'

/** A zip archive under the limits: every inflated byte is counted against them. */
export type Archive = {
  readonly names: readonly string[]
  /** Inflates one entry; undefined when there is none of that name. */
  readonly open: (name: string) => Promise<Readable | undefined>
  readonly close: () => void
}

/** Opens an archive and reads its directory. `fileBytes` is the real size of the file. */
export async function openArchive(path: string, fileBytes: number): Promise<Archive> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch(() => {
    throw new Unreadable('damaged')
  })
  const entries = await readDirectory(zip)
  const meter = meterOf(fileBytes)
  return {
    names: [...entries.keys()],
    open: async (name) => {
      const entry = entries.get(name)
      if (entry === undefined) return undefined
      const source = await zip.openReadStreamPromise(entry).catch(() => {
        throw new Unreadable('damaged')
      })
      const counted = meter(entry)
      source.on('error', () => counted.destroy(new Unreadable('damaged')))
      counted.on('close', () => source.destroy())
      return source.pipe(counted)
    },
    close: () => zip.close(),
  }
}

async function readDirectory(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  let count = 0
  await new Promise<void>((resolve, reject) => {
    const fail = (refused: Unreadable): void => {
      zip.close()
      reject(refused)
    }
    zip.on('error', () => fail(new Unreadable('damaged')))
    zip.on('end', resolve)
    zip.on('entry', (entry: Entry) => {
      count += 1
      if (count > LIMITS.entries) return fail(new Unreadable('unpacks_too_large', { limit: `${LIMITS.entries} ×` }))
      if (entry.isEncrypted()) return fail(new Unreadable('encrypted'))
      entries.set(entry.fileName, entry)
      zip.readEntry()
    })
    zip.readEntry()
  })
  return entries
}

/** Counts what comes out of one archive, per pass over an entry; the whole of an archive is counted in its first pass. */
function meterOf(fileBytes: number): (entry: Entry) => Transform {
  const passed = new Set<string>()
  let total = 0
  return (entry) => {
    const isFirst = !passed.has(entry.fileName)
    passed.add(entry.fileName)
    const packed = Math.max(1, Math.min(entry.compressedSize, fileBytes))
    let inflated = 0
    return new Transform({
      transform(chunk: Buffer, _encoding, done) {
        inflated += chunk.length
        if (isFirst) total += chunk.length
        if (total > LIMITS.unpackedBytes || inflated > LIMITS.unpackedBytes) {
          return done(new Unreadable('unpacks_too_large', { limit: `${LIMITS.unpackedBytes / 1024 / 1024} MB` }))
        }
        if (inflated > LIMITS.ratioFromBytes && inflated / packed > LIMITS.ratio) {
          return done(new Unreadable('unpacks_too_large', { limit: `${LIMITS.ratio}:1` }))
        }
        done(null, chunk)
      },
    })
  }
}
