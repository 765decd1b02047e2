import { escaped } from '@tongxin/domain/publishing/document'

/** A piece of a page that was written here: what stands in it is HTML, everything else is text. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}
type Piece = Html | string | number | null | readonly Piece[]

const written = (piece: Piece): string => {
  if (piece === null) return ''
  if (piece instanceof Html) return piece.text
  return Array.isArray(piece) ? piece.map(written).join('') : escaped(String(piece))
}

/** A template in which every value is escaped unless it is such a piece itself. */
export const html = (strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html =>
  new Html(strings.reduce((all, string, at) => all + written(pieces[at - 1] ?? null) + string))
