import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { coursewareRefusals as refusals } from '@tongxin/contract'
import type { Ctx } from '../../platform/ctx.ts'
import type { Platform } from '../../platform/platform.ts'
import { type KeptFile, keptFile, keptPath } from '../files/index.ts'
import { readManifest, type Structure } from './courseware.manifest.ts'
import { foldersOf } from './courseware.store.ts'
import { type PackedFile, unpack } from './courseware.unpack.ts'

/** An upload that was unpacked and read; its folder is whole and belongs to no version yet. */
export type Prepared = {
  readonly file: KeptFile
  readonly folderId: string
  readonly structure: Structure
  readonly bytes: number
  readonly files: number
}

const MANIFEST = 'imsmanifest.xml'
const MANIFEST_BYTES = 8 * 1024 * 1024

/**
 * Unpacks an own upload outside of any transaction. A folder that then belongs to no version is cleared by the nightly
 * sweep. @throws Refusal `courseware.*`
 */
export async function prepare(ctx: Ctx, fileId: string, platform: Platform): Promise<Prepared> {
  const { tenantId, personId } = ctx.actor
  const file = await keptFile(ctx.db, tenantId, fileId)
  if (!file || file.ownerId !== personId || file.kind !== 'zip') throw refusals.not_a_package_file.at('/body/fileId')
  const folders = foldersOf(platform.dataDir, tenantId)
  const folderId = randomUUID()
  try {
    const folder = await folders.begin(folderId)
    const { files, bytes } = await unpack(keptPath(platform.dataDir, tenantId, file.sha256), folder)
    const structure = await structureIn(folder, files)
    await folders.finish(folderId)
    return { file, folderId, structure, bytes, files: files.size }
  } catch (error) {
    await folders.forget(folderId)
    throw error
  }
}

/** The manifest at the top, or in the one folder that was packed by mistake; its addresses then begin there. */
async function structureIn(folder: string, files: ReadonlyMap<string, PackedFile>): Promise<Structure> {
  const name = [...files.keys()]
    .filter((one) => /^([^/]+\/)?imsmanifest\.xml$/i.test(one))
    .sort((one, other) => one.length - other.length)[0]
  const manifest = name === undefined ? undefined : files.get(name)
  if (name === undefined || !manifest || manifest.bytes > MANIFEST_BYTES) throw refusals.no_manifest()
  const structure = readManifest(await readFile(join(folder, String(manifest.at))))
  const base = name.slice(0, -MANIFEST.length)
  const known = new Set([...files.keys()].map((one) => one.toLowerCase()))
  return {
    ...structure,
    items: structure.items.map((item) => ({ ...item, path: checkedPath(item.path, base, known) })),
  }
}

/** An address of the manifest as a path of the package, still encoded, with its query and fragment. */
function checkedPath(path: string | null, base: string, known: ReadonlySet<string>): string | null {
  if (path === null) return null
  const root = 'http://package.invalid/'
  const url = URL.parse(path.replaceAll('\\', '/'), root + encodeURI(base))
  if (!url?.href.startsWith(root)) throw refusals.outside_address({ name: path.slice(0, 120) })
  const name = decodedPath(url.pathname.slice(1))
  if (!known.has(name.toLowerCase())) throw refusals.file_missing({ name: name.slice(0, 120) })
  return url.href.slice(root.length)
}

export function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path).normalize('NFC')
  } catch {
    return path
  }
}
