import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readFile, stat, writeFile } from 'node:fs/promises'
import { fileTypeFromBuffer } from 'file-type'
import { cleanName, promisedKind } from './file-name.ts'
import { Faulty, type FileKind, type ImageKind, MEDIUM_KINDS, type MediumKind, type UploadPolicy } from './policy.ts'

export type Question = { readonly path: string; readonly name: string; readonly policy: UploadPolicy }
export type Checked = {
  readonly name: string
  readonly kind: FileKind
  readonly bytes: number
  readonly sha256: string
  readonly picture: { readonly width: number; readonly height: number } | null
}

const HEAD_BYTES = 4100

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

type Seen = 'image' | 'pdf' | 'zip'

/** What the first bytes say. Of zips only the walk through all parts tells the kind. */
async function seenIn(head: Buffer, promised: FileKind): Promise<{ seen: Seen; image?: ImageKind }> {
  if (head.subarray(0, 4).toString('latin1') === 'PK\x03\x04') return { seen: 'zip' }
  const ext = (await fileTypeFromBuffer(head))?.ext
  if (ext === 'jpg') return { seen: 'image', image: 'jpeg' }
  if (ext === 'png' || ext === 'webp') return { seen: 'image', image: ext }
  if (ext === 'pdf' && head.subarray(0, 5).toString('latin1') === '%PDF-') return { seen: 'pdf' }
  // An office document with a password is a compound file around the cipher text ([MS-OFFCRYPTO] 2.3.4).
  if (ext === 'cfb' && (promised === 'docx' || promised === 'xlsx' || promised === 'pptx'))
    throw new Faulty('encrypted')
  throw new Faulty('type_not_allowed')
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

/** The containers by the ends that file-type gives them; phones write all of the first family under any of its names. */
const CONTAINERS: Readonly<Record<MediumKind, readonly string[]>> = {
  mp4: ['mp4', 'm4v', 'm4a', 'mov'],
  mov: ['mp4', 'm4v', 'm4a', 'mov'],
  m4a: ['mp4', 'm4v', 'm4a', 'mov'],
  webm: ['webm'],
  mp3: ['mp3'],
  ogg: ['ogg', 'oga', 'opus', 'spx'],
  wav: ['wav'],
}
const isMedium = (kind: FileKind): kind is MediumKind => (MEDIUM_KINDS as readonly FileKind[]).includes(kind)

/** Video or sound: the container must be what the name says. Nothing here decodes it, and nothing renders it as a page. */
async function checkMedium(path: string, kind: MediumKind): Promise<void> {
  const ext = (await fileTypeFromBuffer(await headOf(path)))?.ext
  if (ext === undefined) throw new Faulty('type_not_allowed')
  if (!CONTAINERS[kind].includes(ext)) throw new Faulty('extension_mismatch')
}

/**
 * Every structural check of one file on disk; only the checks of its kind are loaded, as each file has its own worker. A picture is replaced in place by its redrawn self, so `bytes` and
 * `sha256` are those of what is kept. @throws Faulty
 */
export async function checkFile({ path, name: given, policy }: Question): Promise<Checked> {
  const { size } = await stat(path)
  if (size === 0) throw new Faulty('empty')
  if (size > policy.maxBytes) throw new Faulty('too_large')
  const name = cleanName(given)
  const promised = promisedKind(name)
  if (promised === undefined || !policy.kinds.includes(promised)) throw new Faulty('type_not_allowed')
  if (isMedium(promised)) {
    await checkMedium(path, promised)
    return { name, kind: promised, bytes: size, sha256: await digestOf(path), picture: null }
  }
  if (promised === 'xml') {
    if (!/^(\ufeff|\ufffd{2})?\0?\s*</.test((await headOf(path)).toString('utf8', 0, 200)))
      throw new Faulty('extension_mismatch')
    return { name, kind: 'xml', bytes: size, sha256: await digestOf(path), picture: null }
  }
  if (promised === 'txt') {
    // A plain text has no bytes of its own to be known by: what is another kind of file, or holds zeros, is none.
    const head = await headOf(path)
    const isWide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
    if ((await fileTypeFromBuffer(head)) !== undefined || (!isWide && head.includes(0)))
      throw new Faulty('extension_mismatch')
    return { name, kind: 'txt', bytes: size, sha256: await digestOf(path), picture: null }
  }
  const { seen, image } = await seenIn(await headOf(path), promised)
  const agreed = (kind: FileKind): void => {
    if (kind !== promised) throw new Faulty('extension_mismatch')
  }
  if (seen === 'image' && image) {
    agreed(image)
    const { redraw } = await import('./image.ts')
    const picture = await redraw(await readFile(path), image)
    await writeFile(path, picture.bytes)
    return {
      name,
      kind: image,
      bytes: picture.bytes.length,
      sha256: await digestOf(path),
      picture: { width: picture.width, height: picture.height },
    }
  }
  if (seen === 'pdf') {
    agreed('pdf')
    const { inspectPdf } = await import('./pdf.ts')
    inspectPdf(await readFile(path))
    return { name, kind: 'pdf', bytes: size, sha256: await digestOf(path), picture: null }
  }
  // What lies in a package is checked by whoever unpacks it: names, links, sizes, manifest.
  if (promised === 'zip') return { name, kind: 'zip', bytes: size, sha256: await digestOf(path), picture: null }
  const { inspectOffice } = await import('./office.ts')
  const kind = await inspectOffice(path, { bytes: 0, entries: 0, fileBytes: size })
  agreed(kind)
  return { name, kind, bytes: size, sha256: await digestOf(path), picture: null }
}
