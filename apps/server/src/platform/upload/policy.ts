/**
 * Kinds of file that are ever kept. No SVG, HTML, XML, legacy office files or macros: they can act. Archives only as
 * packages, which are unpacked and checked by whoever takes them and run on the origin for content alone.
 */
export const FILE_KINDS = [
  'jpeg',
  'png',
  'webp',
  'pdf',
  'docx',
  'xlsx',
  'pptx',
  'mp4',
  'webm',
  'mov',
  'mp3',
  'm4a',
  'ogg',
  'wav',
  'zip',
  'xml',
  'txt',
] as const
export type FileKind = (typeof FILE_KINDS)[number]
export type ImageKind = Extract<FileKind, 'jpeg' | 'png' | 'webp'>
/** Videos and sound. Their container is looked at here; what is in it only a decoder can tell. */
export const MEDIUM_KINDS = ['mp4', 'webm', 'mov', 'mp3', 'm4a', 'ogg', 'wav'] as const satisfies readonly FileKind[]
export type OfficeKind = Extract<FileKind, 'docx' | 'xlsx' | 'pptx'>

export type MediumKind = (typeof MEDIUM_KINDS)[number]

/** What a feature accepts: kinds, bytes, and how long the checks may take where they read much. */
export type UploadPolicy = {
  readonly kinds: readonly FileKind[]
  readonly maxBytes: number
  readonly seconds?: number
}

const MB = 1024 * 1024
export const PHOTO_POLICY: UploadPolicy = { kinds: ['jpeg', 'png', 'webp'], maxBytes: 15 * MB }
export const DOCUMENT_POLICY: UploadPolicy = {
  kinds: ['pdf', 'docx', 'xlsx', 'pptx', 'jpeg', 'png', 'webp'],
  maxBytes: 50 * MB,
}

/** Material of a library: documents, pictures and plain text. */
export const LIBRARY_POLICY: UploadPolicy = { kinds: [...DOCUMENT_POLICY.kinds, 'txt'], maxBytes: 50 * MB, seconds: 20 }

/** Whatever a setting allows, no single video is larger; the sum of so many bytes takes minutes on a slow disk. */
export const MEDIA_POLICY: UploadPolicy = { kinds: MEDIUM_KINDS, maxBytes: 4096 * MB, seconds: 300 }

/** A minute of speech as browsers record it: Opus in WebM or Ogg, AAC in MP4. */
export const VOICE_POLICY: UploadPolicy = { kinds: ['webm', 'm4a', 'mp4', 'ogg'], maxBytes: 2 * MB }

/** What authoring tools export, with its pictures and videos; of cmi5 also the course structure alone. */
export const PACKAGE_POLICY: UploadPolicy = { kinds: ['zip', 'xml'], maxBytes: 1024 * MB, seconds: 120 }

export const MEDIA_TYPES: Readonly<Record<FileKind, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  mp4: 'video/mp4',
  webm: 'video/webm',
  mov: 'video/quicktime',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  zip: 'application/zip',
  // Handed out as bytes: a browser would render XML as a page.
  xml: 'application/octet-stream',
  txt: 'text/plain; charset=utf-8',
}

export const EXTENSIONS: Readonly<Record<FileKind, readonly string[]>> = {
  jpeg: ['jpg', 'jpeg'],
  png: ['png'],
  webp: ['webp'],
  pdf: ['pdf'],
  docx: ['docx'],
  xlsx: ['xlsx'],
  pptx: ['pptx'],
  mp4: ['mp4', 'm4v'],
  webm: ['webm'],
  mov: ['mov'],
  mp3: ['mp3'],
  m4a: ['m4a'],
  ogg: ['ogg', 'oga', 'opus'],
  wav: ['wav'],
  zip: ['zip'],
  xml: ['xml'],
  txt: ['txt'],
}

/** security.md S12 and S13 in figures; inflated bytes are counted as they come, never read from a header. */
export const LIMITS = {
  entries: 2000,
  unpackedBytes: 200 * MB,
  ratio: 100,
  /** Small parts of a document compress better than 100:1 without harm. */
  ratioFromBytes: 4 * MB,
  /** Parts that are read as a whole: relationships and content types. */
  partBytes: 2 * MB,
  nesting: 1,
  pixels: 50_000_000,
  /** Long edge of a kept picture: sharp on A3 paper. */
  edge: 4096,
  seconds: 5,
  workerMegabytes: 256,
} as const

/** Why a file is refused. The files module has a text with reason and remedy for each. */
export const FILE_FAULTS = [
  'empty',
  'too_large',
  'name_unusable',
  'type_not_allowed',
  'extension_mismatch',
  'damaged',
  'encrypted',
  'macros',
  'active_content',
  'unpacks_too_large',
  'image_too_large',
  'too_slow',
] as const
export type FileFault = (typeof FILE_FAULTS)[number]

/** Thrown by the checks inside the worker; becomes the verdict. */
export class Faulty extends Error {
  readonly fault: FileFault
  constructor(fault: FileFault) {
    super(fault)
    this.name = 'Faulty'
    this.fault = fault
  }
}
