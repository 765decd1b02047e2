import { hash } from 'node:crypto'

/** An address of any length as a short name that fits rows, addresses and forms: 128 bits of SHA-256. */
export const keyOfText = (text: string): string => hash('sha256', text, 'hex').slice(0, 32)
