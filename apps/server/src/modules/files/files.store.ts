import { createReadStream, existsSync, mkdirSync, type ReadStream } from 'node:fs'
import { link, mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/**
 * Where bytes lie under the data folder: uploads under way by their id, kept files by tenant and SHA-256, so equal
 * files are kept once. No part of a path comes from outside: ids are ours, sums are hexadecimal.
 */
export type FileStore = {
  readonly incoming: string
  readonly incomingPath: (id: string) => string
  /** Bytes received so far; undefined when nothing lies there. */
  readonly received: (id: string) => Promise<number | undefined>
  /** Places the checked upload under its sum and waits until it is on the disk; the upload stays until `forget`. */
  readonly keep: (tenantId: string, id: string, sha256: string) => Promise<void>
  readonly forget: (id: string) => Promise<void>
  /** Ids of uploads whose last byte came before `before`. */
  readonly idleSince: (before: Date) => Promise<string[]>
  readonly read: (tenantId: string, sha256: string) => ReadStream
}

/** Where the bytes of a kept file lie. */
export const keptPath = (dataDir: string, tenantId: string, sha256: string): string =>
  join(dataDir, 'files/kept', tenantId, sha256.slice(0, 2), sha256)

export function openFileStore(dataDir: string): FileStore {
  const root = join(dataDir, 'files')
  const incoming = join(root, 'incoming')
  mkdirSync(incoming, { recursive: true, mode: 0o700 })
  const incomingPath = (id: string): string => join(incoming, id)
  const blobPath = (tenantId: string, sha256: string): string => keptPath(dataDir, tenantId, sha256)
  return {
    incoming,
    incomingPath,
    received: async (id) => (await stat(incomingPath(id)).catch(() => undefined))?.size,
    keep: async (tenantId, id, sha256) => {
      const blob = blobPath(tenantId, sha256)
      await mkdir(dirname(blob), { recursive: true, mode: 0o700 })
      if (!existsSync(blob)) await link(incomingPath(id), blob).catch(ignoreExisting)
      await flush(blob)
      await flush(dirname(blob))
    },
    forget: async (id) => {
      await rm(incomingPath(id), { force: true })
      await rm(`${incomingPath(id)}.json`, { force: true })
    },
    idleSince: async (before) => {
      const names = (await readdir(incoming)).filter((name) => !name.endsWith('.json'))
      const times = await Promise.all(names.map((name) => stat(incomingPath(name)).catch(() => undefined)))
      return names.filter((_, at) => (times[at]?.mtime ?? before) < before)
    },
    read: (tenantId, sha256) => createReadStream(blobPath(tenantId, sha256)),
  }
}

/** Another upload of the same bytes was quicker: the file is there, which is all that was wanted. */
function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
