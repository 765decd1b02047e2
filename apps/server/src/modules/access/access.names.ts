import { readPhone } from '@tongxin/domain/identity/phone'
import type { Vault } from '../../platform/vault.ts'

export const SIGN_IN_NAME_KINDS = ['phone', 'member_no', 'email', 'chosen'] as const
export type SignInNameKind = (typeof SIGN_IN_NAME_KINDS)[number]
export type SignInName = { readonly kind: SignInNameKind; readonly value: string }

/**
 * One canonical form for all kinds, since people type a name without saying its kind: full-width becomes half-width,
 * blanks go, case is folded; a mobile number loses hyphens and +86.
 */
export function canonicalName(typed: string): string {
  const bare = typed.normalize('NFKC').replace(/\s+/g, '')
  const { number, isMobile } = readPhone(bare)
  return isMobile ? number : bare.toLowerCase()
}

/** The only form in which a sign-in name is stored or looked up. */
export function nameIndexOf(vault: Pick<Vault, 'blindIndex'>, typed: string): Buffer {
  return vault.blindIndex('access_sign_in_name.name', canonicalName(typed))
}
