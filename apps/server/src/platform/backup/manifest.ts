import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { open, readFile, rename, stat } from 'node:fs/promises'
import { isAbsolute, join, normalize } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { runtimeRefusals } from '@tongxin/contract/runtime'

/** One file of a backup, its path below the backup's folder with `/`. */
export type BackupFile = { readonly path: string; readonly bytes: number; readonly sha256: string }
export type BackupTable = {
  readonly schema: string
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: number
  /** Its rows in COPY's text format, compressed with zstd. */
  readonly path: string
}

/** What a backup holds. It is written last: a folder without it is no backup. */
export type Manifest = {
  readonly format: 1
  readonly release: string
  readonly madeAt: string
  /** Transaction number of the snapshot: rows refer to transactions, so a restored server must be beyond it. */
  readonly transaction: string
  readonly migrations: readonly { readonly name: string; readonly checksum: string }[]
  readonly tables: readonly BackupTable[]
  readonly sequences: readonly { readonly schema: string; readonly name: string; readonly value: string }[]
  readonly files: readonly BackupFile[]
}

const NAME = 'manifest.json'
const SEAL = 'manifest.sha256'

/** Writes a file so that it survives a power cut: whole under its name, or not at all. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(`${path}.new`, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
}

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const text = `${JSON.stringify(manifest, null, 1)}\n`
  await writeDurably(join(folder, SEAL), `${createHash('sha256').update(text).digest('hex')}  ${NAME}\n`)
  await writeDurably(join(folder, NAME), text)
}

/**
 * Reads the manifest and compares every byte of the backup with it.
 * @throws Refusal `runtime.backup_missing`, `runtime.backup_damaged` naming the first wrong file
 */
export async function verifiedManifest(folder: string): Promise<Manifest> {
  if (!existsSync(join(folder, NAME))) throw runtimeRefusals.backup_missing({ folder })
  const text = await readFile(join(folder, NAME), 'utf8')
  const seal = existsSync(join(folder, SEAL)) ? await readFile(join(folder, SEAL), 'utf8') : ''
  if (seal !== `${createHash('sha256').update(text).digest('hex')}  ${NAME}\n`)
    throw damaged(NAME, 'does not match manifest.sha256')
  const manifest = JSON.parse(text) as Manifest
  if (manifest.format !== 1) throw damaged(NAME, `has the unknown format ${manifest.format}`)
  for (const file of manifest.files) await verify(folder, file)
  return manifest
}

async function verify(folder: string, { path, bytes, sha256 }: BackupFile): Promise<void> {
  // A manifest from elsewhere must not make us read or write outside its folder.
  if (isAbsolute(path) || normalize(path).startsWith('..')) throw damaged(path, 'lies outside the backup')
  const found = await stat(join(folder, path)).catch(() => undefined)
  if (!found?.isFile()) throw damaged(path, 'is missing')
  if (found.size !== bytes) throw damaged(path, `has ${found.size} bytes instead of ${bytes}`)
  const hash = createHash('sha256')
  await pipeline(createReadStream(join(folder, path)), hash)
  if (hash.digest('hex') !== sha256) throw damaged(path, 'has other content than when it was written')
}

const damaged = (file: string, cause: string) => runtimeRefusals.backup_damaged({ file, cause })
