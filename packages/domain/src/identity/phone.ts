import { plain } from './written-text.ts'

/** A telephone number as kept: mobile numbers as 11 digits, others as written without blanks. */
export type WrittenPhone = { readonly number: string; readonly isMobile: boolean; readonly isChanged: boolean }

/** Reads a telephone number: blanks, hyphens, full-width digits and the prefix +86 are removed from mobile numbers. */
export function readPhone(written: string): WrittenPhone {
  const bare = plain(written)
  const digits = bare.replace(/[-—–()'."=]/g, '').replace(/^(?:\+|00)?86(?=1\d{10}$)/, '')
  if (/^1[3-9]\d{9}$/.test(digits)) return { number: digits, isMobile: true, isChanged: digits !== written }
  return { number: bare, isMobile: false, isChanged: bare !== written }
}
