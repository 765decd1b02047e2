import { sha256 } from '@noble/hashes/sha2.js'
import { BallotError, base64url, bytesOf, joined, sameBytes, textOf, utf8 } from './bytes.ts'
import { isEd25519, type Sign } from './cast.ts'

// C2SP tlog-checkpoint in a C2SP signed-note: four lines of text, an empty one, one signature by the board.

export type Checkpoint = { readonly size: number; readonly root: Uint8Array }

/** First line and name of the key: the election is part of every signature of its board. */
export const originOf = (electionId: string): string => `tongxin-ballot/${electionId}`

/** base64 with padding (RFC 4648 section 4), which signed notes ask for. */
function base64(bytes: Uint8Array): string {
  const text = base64url(bytes).replaceAll('-', '+').replaceAll('_', '/')
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=')
}

const keyHashOf = (origin: string, boardKey: Uint8Array) =>
  sha256(joined(utf8(`${origin}\n`), Uint8Array.of(1), boardKey)).slice(0, 4)

/** The bytes of the file `checkpoint`. */
export function signCheckpoint(electionId: string, checkpoint: Checkpoint, boardKey: string, sign: Sign): Uint8Array {
  const origin = originOf(electionId)
  const text = `${origin}\n${checkpoint.size}\n${base64(checkpoint.root)}\n`
  const signature = joined(keyHashOf(origin, bytesOf(boardKey, 32)), sign(utf8(text)))
  return utf8(`${text}\n— ${origin} ${base64(signature)}\n`)
}

const FORM = /^(.+)\n(0|[1-9]\d{0,14})\n([A-Za-z0-9+/]{43}=)\n\n— (.+) ([A-Za-z0-9+/]{90,92}={0,2})\n$/

/**
 * Size and root of a checkpoint that this election's board has signed.
 * @throws BallotError `checkpoint`
 */
export function readCheckpoint(bytes: Uint8Array, electionId: string, boardKey: string): Checkpoint {
  const origin = originOf(electionId)
  const key = bytesOf(boardKey, 32)
  const wrong = (what: string) => new BallotError('checkpoint', what)
  const [, first, size = '', root = '', name, signed = ''] = FORM.exec(textOf(bytes)) ?? []
  if (first === undefined) throw wrong('not a signed checkpoint')
  if (first !== origin || name !== origin) throw wrong('the checkpoint of another election')
  const signature = bytesOfBase64(signed)
  if (!sameBytes(signature.slice(0, 4), keyHashOf(origin, key))) throw wrong('signed with another key')
  if (!isEd25519(signature.slice(4), utf8(`${origin}\n${size}\n${root}\n`), key)) throw wrong('the signature is wrong')
  return { size: Number(size), root: bytesOfBase64(root) }
}

function bytesOfBase64(text: string): Uint8Array {
  const bytes = bytesOf(text.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_'))
  if (base64(bytes) !== text) throw new BallotError('checkpoint', 'base64 with other padding')
  return bytes
}
