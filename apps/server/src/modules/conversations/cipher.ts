import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { MessageCard, MessageKind } from '@tongxin/contract'
import type { ConversationTurn } from '@tongxin/contract/conversations.words'
import { cacheOf } from '../../platform/cache.ts'
import type { Vault } from '../../platform/vault.ts'

/**
 * What is said is sealed by AES-256-GCM under a key of its conversation, drawn at random and itself sealed by the vault:
 * `ver(1) iv(12) ct tag(16)`, AAD = conversation and message, so that a row copied to another place does not open.
 */
export type Content = {
  readonly kind: MessageKind | 'turn'
  /** Who said it, under the name of the day. */
  readonly name: string
  readonly text?: string
  readonly fileName?: string
  readonly seconds?: number
  readonly card?: MessageCard
  readonly turn?: ConversationTurn
  readonly names?: readonly string[]
  readonly replyTo?: string
}
export type Keyed = { readonly id: string; readonly key: Buffer }

const VERSION = 1
const HEAD = 13
const TAG = 16
const place = (rowId: string) => ({ table: 'conversations_conversation', column: 'key', rowId })
const aadOf = (conversationId: string, messageId: string): Buffer =>
  Buffer.from(`conversations_message\u2016${conversationId}\u2016${messageId}\u2016${VERSION}`)

export const newKey = (vault: Vault, conversationId: string, now: Date): Buffer =>
  vault.seal(place(conversationId), randomBytes(32).toString('base64'), now)

const keys = new WeakMap<Vault, ReturnType<typeof cacheOf<Buffer>>>()
function keyOf(vault: Vault, { id, key }: Keyed): Buffer {
  let known = keys.get(vault)
  if (!known) keys.set(vault, (known = cacheOf<Buffer>(10_000)))
  let opened = known.get(id)
  if (!opened) known.set(id, (opened = Buffer.from(vault.open(place(id), key), 'base64')))
  return opened
}

export function sealContent(vault: Vault, conversation: Keyed, messageId: string, content: Content): Buffer {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(vault, conversation), iv)
  cipher.setAAD(aadOf(conversation.id, messageId))
  const text = JSON.stringify(content)
  return Buffer.concat([Buffer.from([VERSION]), iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

export function openContent(vault: Vault, conversation: Keyed, messageId: string, sealed: Buffer): Content {
  if (sealed[0] !== VERSION || sealed.length < HEAD + TAG) throw new Error('message of an unknown format')
  const decipher = createDecipheriv('aes-256-gcm', keyOf(vault, conversation), sealed.subarray(1, HEAD), {
    authTagLength: TAG,
  })
  decipher.setAAD(aadOf(conversation.id, messageId))
  decipher.setAuthTag(sealed.subarray(-TAG))
  const text = Buffer.concat([decipher.update(sealed.subarray(HEAD, -TAG)), decipher.final()]).toString('utf8')
  return JSON.parse(text) as Content
}
