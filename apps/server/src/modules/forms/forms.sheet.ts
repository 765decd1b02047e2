import type { PrintedPicture } from './forms.pictures.ts'
import type { FormLanguage } from './forms.types.ts'

/**
 * A document between its facts and its file: the same blocks become a PDF and a Word document, so the two can never
 * say different things. Widths of columns are shares of the text width; sizes are in points, distances in millimetres.
 */
export type Cell = {
  readonly text: string
  readonly label?: true
  readonly align?: 'left' | 'center' | 'right'
  readonly columns?: number
  readonly rows?: number
  readonly picture?: Uint8Array
  /** In place of a text: the number of the page on which the block of that name begins. */
  readonly pageOf?: string
}
export type TableBlock = {
  readonly kind: 'table'
  readonly widths: readonly number[]
  /** Repeated on every page that the table reaches. */
  readonly head?: readonly Cell[]
  readonly rows: readonly (readonly Cell[])[]
  readonly minRowMm: number
  readonly size: number
}
export type Block =
  | { readonly kind: 'title'; readonly text: string }
  /** `name`: contents refer to it, and stands at the head of the text about it. */
  | { readonly kind: 'subtitle'; readonly text: string; readonly name?: string }
  | { readonly kind: 'heading'; readonly text: string }
  | {
      readonly kind: 'paragraph'
      readonly text: string
      readonly indent?: true
      readonly align?: 'left' | 'right' | 'center'
      readonly small?: true
      readonly bold?: true
    }
  | { readonly kind: 'space'; readonly mm: number }
  /** A dashed line to cut along, with the words that a seal is set across. */
  | { readonly kind: 'cut'; readonly text: string }
  /** What follows begins a new page. */
  | { readonly kind: 'break' }
  /** Kept on one page; every line leaves room for a signature and a date. */
  | {
      readonly kind: 'signatures'
      readonly lines: readonly { readonly label: string; readonly value: string; readonly date: string }[]
    }
  /** Issuer and date at the right with room for a seal over both, never alone on a page. */
  | { readonly kind: 'issuer'; readonly organisation: string; readonly date: string; readonly seal: string }
  /** An address as a QR code at the left, the words about it beside it; kept on one page. */
  | { readonly kind: 'check'; readonly url: string; readonly lines: readonly string[] }
  /** Pictures in rows under their heading, a caption below each; a row and its captions stay on one page. */
  | { readonly kind: 'pictures'; readonly heading: string; readonly pictures: readonly PrintedPicture[] }
  | TableBlock

export type Sheet = {
  readonly language: FormLanguage
  readonly title: string
  readonly author: string
  readonly printedAt: string
  readonly orientation: 'portrait' | 'landscape'
  /** `letter`: margins and body of GB/T 9704-2012; `record`: tables and registers. */
  readonly style: 'letter' | 'record'
  readonly blocks: readonly Block[]
}

export const PAGE_MM = { width: 210, height: 297 } as const

/** GB/T 9704-2012 5.2: top 37 mm, left 28 mm, type area 156 x 225 mm. Registers use the usual office margins. */
export const MARGIN_MM = {
  letter: { top: 37, bottom: 35, left: 28, right: 26 },
  record: { top: 22, bottom: 22, left: 20, right: 20 },
} as const

/** Body sizes: 三号 16 pt with 28 pt lines for letters (GB/T 9704-2012 5.2.2), 五号 and 小四 for registers. */
export const TYPE = {
  letter: { title: 22, subtitle: 16, heading: 16, body: 16, line: 28, small: 12 },
  record: { title: 20, subtitle: 11, heading: 13, body: 12, line: 21, small: 9.5 },
} as const

export const cell = (text: string | null | undefined, more: Omit<Cell, 'text'> = {}): Cell => ({
  text: text ?? '',
  ...more,
})
export const label = (text: string, more: Omit<Cell, 'text' | 'label'> = {}): Cell => ({
  text,
  label: true,
  align: 'center',
  ...more,
})
export const centred = (text: string | null | undefined): Cell => ({ text: text ?? '', align: 'center' })
