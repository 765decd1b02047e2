import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  randomFillSync,
} from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheOf } from './cache.ts'

/** Where a sealed value stands: a ciphertext copied to another row or column does not open. */
export type Place = { readonly table: string; readonly column: string; readonly rowId: string }

/**
 * Field encryption and blind indexes. Format `ver(1) suite(1) kid(4) iv(12) ct tag(16)`, suite 1 = AES-256-GCM,
 * AAD = table, column, row id, version. Data keys per column and year come from the master key by HKDF-SHA-256.
 */
export type Vault = {
  seal(place: Place, plain: string, now: Date): Buffer
  open(place: Place, sealed: Buffer): string
  /** Keyed index of a canonical value, 32 bytes; `domain` is `table.column` so that equal values differ by column. */
  blindIndex(domain: string, canonical: string): Buffer
  /** Shows a masked value. Kept in memory by ciphertext, so that lists do not decrypt the same row twice. */
  masked(place: Place, sealed: Buffer, mask: (plain: string) => string): string
  /** A key for another purpose (cookies, throttling, links), derived from the master key. */
  derive(purpose: string): Buffer
}

const VERSION = 1
const AES_256_GCM = 1
const HEAD = 6
const TAG = 16

// Nonces are drawn a few hundred at a time; each is handed out once.
const nonces = Buffer.alloc(12 * 512)
let handedOut = nonces.length
function freshIv(): Buffer {
  if (handedOut === nonces.length) {
    randomFillSync(nonces)
    handedOut = 0
  }
  handedOut += 12
  return Buffer.from(nonces.subarray(handedOut - 12, handedOut))
}

export function openVault(master: Buffer): Vault {
  if (master.length !== 32 || new Set(master).size < 8) throw new Error('the master key must be 32 random bytes')
  const keys = new Map<string, Buffer>()
  const derive = (purpose: string): Buffer => {
    let key = keys.get(purpose)
    if (!key) keys.set(purpose, (key = Buffer.from(hkdfSync('sha256', master, '', `tongxin/${purpose}`, 32))))
    return key
  }
  // A key object made once costs a quarter of a buffer that is taken apart for every value.
  const objects = new Map<string, KeyObject>()
  const keyOf = (purpose: string): KeyObject => {
    let object = objects.get(purpose)
    if (!object) objects.set(purpose, (object = createSecretKey(derive(purpose))))
    return object
  }
  const dataKey = (place: Place, kid: number): KeyObject => keyOf(`field/${place.table}.${place.column}/${kid}`)
  const aad = (place: Place): Buffer =>
    Buffer.from(`${place.table}\u2016${place.column}\u2016${place.rowId}\u2016${VERSION}`)
  const masks = cacheOf<string>(50_000)

  const open = (place: Place, sealed: Buffer): string => {
    if (sealed[0] !== VERSION || sealed[1] !== AES_256_GCM || sealed.length < HEAD + 12 + TAG)
      throw new Error('sealed value of an unknown format')
    const kid = sealed.readUInt32BE(2)
    // Node would take a shortened tag, which is far easier to forge.
    const decipher = createDecipheriv('aes-256-gcm', dataKey(place, kid), sealed.subarray(HEAD, HEAD + 12), {
      authTagLength: TAG,
    })
    decipher.setAAD(aad(place))
    decipher.setAuthTag(sealed.subarray(-TAG))
    return Buffer.concat([decipher.update(sealed.subarray(HEAD + 12, -TAG)), decipher.final()]).toString('utf8')
  }
  return {
    derive,
    open,
    seal(place, plain, now) {
      const kid = now.getUTCFullYear()
      const head = Buffer.from([VERSION, AES_256_GCM, 0, 0, 0, 0])
      head.writeUInt32BE(kid, 2)
      const iv = freshIv()
      const cipher = createCipheriv('aes-256-gcm', dataKey(place, kid), iv)
      cipher.setAAD(aad(place))
      return Buffer.concat([head, iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
    },
    blindIndex(domain, canonical) {
      return createHmac('sha256', keyOf('bidx-v1')).update(`bidx-v1\u2016${domain}\u2016${canonical}`).digest()
    },
    masked(place, sealed, mask) {
      // The tag authenticates the place as well, so it names value and place at once.
      const key = `${place.column}${sealed.toString('latin1', HEAD)}`
      let shown = masks.get(key)
      if (shown === undefined) masks.set(key, (shown = mask(open(place, sealed))))
      return shown
    },
  }
}

/** Reads the master key of this installation, making it at the first start; readable by its owner only. */
export function masterKey(dataDir: string): Buffer {
  const folder = join(dataDir, 'keys')
  const file = join(folder, 'master.key')
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(`${file}.new`, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flush: true })
    renameSync(`${file}.new`, file)
  }
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')
}
