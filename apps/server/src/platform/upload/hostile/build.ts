import { deflateSync } from 'node:zlib'
import { strToU8, type Zippable, zipSync } from 'fflate'
import type { FileFault } from '../policy.ts'

/** Hostile and broken files, made here so that none lies in the repository. `fault` is what the check must say. */
export type Hostile = {
  readonly what: string
  readonly name: string
  readonly bytes: Uint8Array
  readonly fault: FileFault
}

export const text = (value: string): Buffer => Buffer.from(value, 'latin1')
const MAIN = {
  docx: ['word/document.xml', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'],
  xlsx: ['xl/workbook.xml', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'],
  pptx: ['ppt/presentation.xml', 'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml'],
} as const
type Office = keyof typeof MAIN

const contentTypes = (part: string, type: string): string =>
  `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/${part}" ContentType="${type}"/></Types>`

/** A minimal office document with further parts. */
export function office(kind: Office, parts: Zippable = {}, type: string = MAIN[kind][1]): Uint8Array {
  const [main] = MAIN[kind]
  return zipSync({ '[Content_Types].xml': strToU8(contentTypes(main, type)), [main]: strToU8('<root/>'), ...parts })
}

export const relation = (type: string, target: string, external = true): Uint8Array =>
  strToU8(
    `<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"${external ? ' TargetMode="External"' : ''}/></Relationships>`,
  )

/** A complete PDF of the given objects; offsets are not checked by anyone who repairs, so neither are they here. */
export function pdf(objects: string, head = '%PDF-1.7\n'): Buffer {
  return text(
    `${head}1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n${objects}\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n`,
  )
}

export function objectStream(content: Buffer, dictionary: string): Buffer {
  const [before = '', after = ''] = pdf('@@').toString('latin1').split('@@')
  return Buffer.concat([
    text(before),
    text(`5 0 obj\n<< /Type /ObjStm /N 1 /First 4 ${dictionary} /Length ${content.length} >>\nstream\n`),
    content,
    text('\nendstream\nendobj'),
    text(after),
  ])
}

/** Changes one little-endian field in every local and central header of a zip. */
export function forge(
  zip: Uint8Array,
  local: number,
  central: number,
  value: (old: number) => number,
  size: 2 | 4,
): Buffer {
  const bytes = Buffer.from(zip)
  const patch = (signature: string, offset: number): void => {
    for (let at = bytes.indexOf(signature, 0, 'latin1'); at >= 0; at = bytes.indexOf(signature, at + 4, 'latin1')) {
      if (size === 4) bytes.writeUInt32LE(value(bytes.readUInt32LE(at + offset)), at + offset)
      else bytes.writeUInt16LE(value(bytes.readUInt16LE(at + offset)), at + offset)
    }
  }
  patch('PK\x03\x04', local)
  patch('PK\x01\x02', central)
  return bytes
}

function chunk(type: string, body: Buffer): Buffer {
  const framed = Buffer.alloc(12 + body.length)
  framed.writeUInt32BE(body.length, 0)
  framed.write(type, 4, 'latin1')
  body.copy(framed, 8)
  framed.writeUInt32BE(crc(framed.subarray(4, 8 + body.length)), 8 + body.length)
  return framed
}

/** A small PNG that says it is `edge` pixels wide and high. */
export function hugePng(edge: number): Buffer {
  const header = Buffer.from('0000000000000000' + '0800000000', 'hex')
  header.writeUInt32BE(edge, 0)
  header.writeUInt32BE(edge, 4)
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(edge + 1))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function crc(bytes: Buffer): number {
  let value = 0xffffffff
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  }
  return (value ^ 0xffffffff) >>> 0
}

export const COMPOUND = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(4096)])
export const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
export const HTML = '<!doctype html><html><script>alert(1)</script></html>'
export const EXE = Buffer.concat([
  text('MZ'),
  Buffer.alloc(76),
  text('This program cannot be run in DOS mode.'),
  Buffer.alloc(400),
])
export const DOCTYPE = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>'
