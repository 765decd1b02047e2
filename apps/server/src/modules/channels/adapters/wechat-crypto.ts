import { createCipheriv, createDecipheriv, hash, timingSafeEqual } from 'node:crypto'

const BLOCK = 32
const RANDOM = 16

/** The signature of WeChat's callbacks: SHA-1 over the sorted parts. */
export const wechatSignature = (...parts: readonly string[]): string => hash('sha1', [...parts].sort().join(''), 'hex')

/** Compares without telling by its time how much was right. */
export function isSignedBy(given: string, ...parts: readonly string[]): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wechatSignature(...parts))]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Why a callback was not taken; nothing of it is told to the caller. */
export class CallbackRefused extends Error {
  override readonly name = 'CallbackRefused'
}

const keyOf = (aesKey: string): Buffer => Buffer.from(`${aesKey}=`, 'base64')

/**
 * Opens a message in AES mode: random(16) length(4) message id, AES-256-CBC, PKCS #7 to blocks of 32.
 * @throws CallbackRefused for wrong padding, length or account
 */
export function openCallback(aesKey: string, appId: string, encrypted: string): string {
  const key = keyOf(aesKey)
  const sealed = Buffer.from(encrypted, 'base64')
  if (sealed.length === 0 || sealed.length % 16 !== 0) throw new CallbackRefused('length')
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const plain = Buffer.concat([decipher.update(sealed), decipher.final()])
  const pad = plain.at(-1) ?? 0
  if (pad < 1 || pad > BLOCK || pad > plain.length || plain.subarray(-pad).some((byte) => byte !== pad))
    throw new CallbackRefused('padding')
  const content = plain.subarray(RANDOM, plain.length - pad)
  const length = content.length >= 4 ? content.readUInt32BE(0) : -1
  if (length < 0 || 4 + length > content.length) throw new CallbackRefused('length')
  if (content.subarray(4 + length).toString('utf8') !== appId) throw new CallbackRefused('account')
  return content.subarray(4, 4 + length).toString('utf8')
}

/** Seals an answer the same way; `random`: 16 bytes. */
export function sealCallback(aesKey: string, appId: string, message: string, random: Buffer): string {
  const key = keyOf(aesKey)
  const text = Buffer.from(message)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length)
  const plain = Buffer.concat([random, length, text, Buffer.from(appId)])
  const pad = BLOCK - (plain.length % BLOCK)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(pad, pad)])), cipher.final()]).toString(
    'base64',
  )
}

/** One element of WeChat's flat XML, with or without CDATA. It is no XML parser: entities and nesting mean nothing. */
export function elementOf(xml: string, name: string): string | null {
  const found = new RegExp(`<${name}>(?:<!\\[CDATA\\[([\\s\\S]*?)\\]\\]>|([^<]*))</${name}>`).exec(xml)
  return found ? (found[1] ?? found[2] ?? '') : null
}
