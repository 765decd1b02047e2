import type { EntryKind } from '@tongxin/domain/members/entries'
import type { MemberFacts } from '@tongxin/domain/members/fields'
import type { Vault } from '../../platform/vault.ts'

/** What a proposal wants: facts of the record, or an entry. Sealed as a whole, because it may hold an ID number. */
export type ChangePayload = {
  readonly kind: string
  readonly facts?: MemberFacts
  readonly entryId?: string | null
  readonly entry?: {
    readonly kind: EntryKind
    readonly fromOn: string | null
    readonly untilOn: string | null
    readonly facts: Readonly<Record<string, string>>
  }
  /** Null takes the photo out of the record. */
  readonly photo?: { readonly fileId: string | null }
}

const place = (id: string) => ({ table: 'members_change', column: 'payload', rowId: id })

export function sealPayload(vault: Vault, changeId: string, payload: ChangePayload, now: Date): Buffer {
  return vault.seal(place(changeId), JSON.stringify(payload), now)
}

export function openPayload(vault: Vault, change: { readonly id: string; readonly payload: Buffer }): ChangePayload {
  return JSON.parse(vault.open(place(change.id), change.payload)) as ChangePayload
}
