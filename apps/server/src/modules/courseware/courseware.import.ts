import { randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { coursewareRefusals as refusals } from '@tongxin/contract'
import type { Ctx } from '../../platform/ctx.ts'
import type { Platform } from '../../platform/platform.ts'
import { type KeptFile, keptFile, keptPath } from '../files/index.ts'
import { readCourseStructure } from './courseware.course-structure.ts'
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
  if (!file || file.ownerId !== personId || (file.kind !== 'zip' && file.kind !== 'xml'))
    throw refusals.not_a_package_file.at('/body/fileId')
  const folders = foldersOf(platform.dataDir, tenantId)
  const folderId = randomUUID()
  try {
    const folder = await folders.begin(folderId)
    const path = keptPath(platform.dataDir, tenantId, file.sha256)
    const read = file.kind === 'xml' ? await structureAlone(path, folder) : await structureInZip(path, folder)
    await folders.finish(folderId)
    return { file, folderId, ...read }
  } catch (error) {
    await folders.forget(folderId)
    throw error
  }
}

type Read = Pick<Prepared, 'structure' | 'bytes' | 'files'>

async function structureInZip(path: string, folder: string): Promise<Read> {
  const { files, bytes } = await unpack(path, folder)
  // At the top of the zip and nowhere else (cmi5, 14.1).
  const course = files.get('cmi5.xml')
  const structure = course ? await courseIn(folder, course, files) : await structureIn(folder, files)
  return { structure, bytes, files: files.size }
}

/** A course structure of cmi5 without a package around it (14.2): its units lie elsewhere. */
async function structureAlone(path: string, folder: string): Promise<Read> {
  const content = await readFile(path)
  if (content.length > MANIFEST_BYTES) throw refusals.no_manifest()
  const structure = readCourseStructure(content)
  for (const { path: address } of structure.items)
    if (address !== null && !isWhole(address)) throw refusals.relative_address({ name: address.slice(0, 120) })
  await writeFile(join(folder, 'index.json'), '[]')
  return { structure, bytes: content.length, files: 0 }
}

/** An address of the web with everything in it. */
function isWhole(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
}

async function courseIn(folder: string, file: PackedFile, files: ReadonlyMap<string, PackedFile>): Promise<Structure> {
  if (file.bytes > MANIFEST_BYTES) throw refusals.no_manifest()
  const structure = readCourseStructure(await readFile(join(folder, String(file.at))))
  const known = knownNames(files)
  const addressed = (path: string | null) => (path !== null && isWhole(path) ? path : checkedPath(path, '', known))
  return { ...structure, items: structure.items.map((item) => ({ ...item, path: addressed(item.path) })) }
}

/** Windows does not tell upper from lower case. */
const knownNames = (files: ReadonlyMap<string, PackedFile>): ReadonlySet<string> =>
  new Set([...files.keys()].map((one) => one.toLowerCase()))

/** The manifest at the top, or in the one folder that was packed by mistake; its addresses then begin there. */
async function structureIn(folder: string, files: ReadonlyMap<string, PackedFile>): Promise<Structure> {
  const name = [...files.keys()]
    .filter((one) => /^([^/]+\/)?imsmanifest\.xml$/i.test(one))
    .sort((one, other) => one.length - other.length)[0]
  const manifest = name === undefined ? undefined : files.get(name)
  if (name === undefined || !manifest || manifest.bytes > MANIFEST_BYTES) throw refusals.no_manifest()
  const structure = readManifest(await readFile(join(folder, String(manifest.at))))
  const base = name.slice(0, -MANIFEST.length)
  const known = knownNames(files)
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
