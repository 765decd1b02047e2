import type { ImportRefusal } from '@tongxin/contract/imports'
import type { Detail } from '@tongxin/contract/refusal'
import type { SheetHead } from '@tongxin/domain/roster/sheet'

/** What the owner of the reading thread asks for; a thread serves one file. */
export type Ask =
  | { readonly ask: 'open' }
  | { readonly ask: 'first-rows'; readonly sheetIndex: number }
  | { readonly ask: 'more-rows' }

/** Rows as parallel lists, which cross between threads several times faster than an object per cell. */
export type PackedRows = { readonly numbers: number[]; readonly kinds: string[]; readonly texts: string[][] }

export type Answer =
  | { readonly answer: 'heads'; readonly heads: readonly SheetHead[] }
  | { readonly answer: 'rows'; readonly rows: PackedRows | null }
  | { readonly answer: 'refused'; readonly reason: ImportRefusal; readonly detail: Detail }
