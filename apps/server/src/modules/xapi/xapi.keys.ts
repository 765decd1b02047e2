import { hash } from 'node:crypto'

/**
 * How statements of this platform name it inside the database: the public address may change, statements may not. It is
 * put in on the way out and taken out before anything is looked up.
 */
export const HERE = 'urn:tongxin:here'

export type Account = { readonly homePage: string; readonly name: string }
export type Identified = {
  readonly mbox?: string | undefined
  readonly mbox_sha1sum?: string | undefined
  readonly openid?: string | undefined
  readonly account?: Account | undefined
}

/** An identifier of any length as 128 bits, in the form of a UUID: nobody finds two with the same key. */
export function keyOf(text: string): string {
  const hex = hash('sha256', text, 'hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}

/** An address of this platform without the address of its server. */
export const homeless = (iri: string, origin: string): string =>
  iri === origin || iri.startsWith(`${origin}/`) ? `${HERE}${iri.slice(origin.length)}` : iri

/** The key of an agent or group by its identifier (IEEE 9274.1.1, 4.2.2.1); null for an anonymous group. */
export function agentKeyOf(agent: Identified, origin: string): string | null {
  if (agent.mbox !== undefined) return keyOf(agent.mbox)
  if (agent.mbox_sha1sum !== undefined) return keyOf(`sha1:${agent.mbox_sha1sum.toLowerCase()}`)
  if (agent.openid !== undefined) return keyOf(`openid:${agent.openid}`)
  if (agent.account) return accountKeyOf(homeless(agent.account.homePage, origin), agent.account.name)
  return null
}

const accountKeyOf = (homePage: string, name: string): string => keyOf(`account:${homePage}\n${name}`)

/** The key of a member as the actor of statements. */
export const memberKeyOf = (memberId: string): string => accountKeyOf(HERE, memberId)

/** The key of a verb, or of an activity. */
export const iriKeyOf = (iri: string, origin: string): string => keyOf(homeless(iri, origin))

/** A text of the database with the public address in it. */
export const atHome = (text: string, origin: string): string => text.replaceAll(HERE, origin)
