import type { MemberEntry } from '@tongxin/contract'
import { ENTRY_KINDS, type EntryKind } from '@tongxin/domain/members/entries'
import type { Vault } from '../../platform/vault.ts'
import type { StoredEntry } from './queries/entries.queries.ts'

const place = (id: string) => ({ table: 'members_entry', column: 'sealed', rowId: id })

/** An entry as records show it: names of sealed facts, not their values. */
export function entryFacts(vault: Vault, entry: StoredEntry): MemberEntry {
  const hidden =
    entry.sealed === null ? {} : (JSON.parse(vault.open(place(entry.id), entry.sealed)) as Record<string, string>)
  return {
    id: entry.id,
    kind: entry.kind as EntryKind,
    fromOn: entry.fromOn,
    untilOn: entry.untilOn,
    facts: entry.facts as Record<string, string>,
    sealed: Object.keys(hidden),
    endedReason: entry.endedReason,
    version: entry.version,
  }
}

/** Splits the facts of an entry into plain columns and what is sealed. */
export function entryColumns(
  vault: Vault,
  id: string,
  kind: EntryKind,
  facts: Readonly<Record<string, string>>,
  now: Date,
): { facts: string; sealed: Buffer | null } {
  const hiddenNames = new Set<string>(ENTRY_KINDS[kind].sealed)
  const filled = Object.entries(facts).filter(([, value]) => value.trim() !== '')
  const hidden = filled.filter(([name]) => hiddenNames.has(name))
  return {
    facts: JSON.stringify(Object.fromEntries(filled.filter(([name]) => !hiddenNames.has(name)))),
    sealed: hidden.length === 0 ? null : vault.seal(place(id), JSON.stringify(Object.fromEntries(hidden)), now),
  }
}
