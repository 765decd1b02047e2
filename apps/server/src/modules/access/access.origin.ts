import { isIP } from 'node:net'

export const domainOf = (publicOrigin: string) => new URL(publicOrigin).hostname
/** WebAuthn 5.1.2: the relying party is a domain; browsers refuse a numeric address. */
export const isPasskeyPossible = (publicOrigin: string) => isIP(domainOf(publicOrigin).replace(/^\[|\]$/g, '')) === 0
