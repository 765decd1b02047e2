/** What a paper is composed of by the module that owns the record, words included. */
export type PaperBlock =
  | { readonly kind: 'heading'; readonly text: string }
  /** `name`: what contents refer to by `pageOf`. */
  | { readonly kind: 'subtitle'; readonly text: string; readonly name?: string }
  | { readonly kind: 'paragraph'; readonly text: string; readonly indent?: true; readonly small?: true }
  /** Names and values, two to a line. */
  | { readonly kind: 'particulars'; readonly pairs: readonly (readonly [string, string])[] }
  /** Names and values, two to a line, beside the photo of a person or the place for one. */
  | {
      readonly kind: 'identity'
      readonly pairs: readonly (readonly [string, string])[]
      /** JPEG bytes. */
      readonly photo?: Uint8Array
      /** What stands where a photo would. */
      readonly photoText: string
    }
  /** Names with room for a long text each. */
  | {
      readonly kind: 'opinions'
      /** As high as their lines: nobody writes into them. */
      readonly isTight?: true
      readonly rows: readonly (readonly [string, string])[]
    }
  | {
      readonly kind: 'register'
      /** Low rows, for a page that is to stay one. */
      readonly isTight?: true
      readonly columns: readonly { readonly header: string; readonly width: number; readonly isLong?: true }[]
      /** `pageOf`: the page on which the block of that name begins. */
      readonly rows: readonly (readonly (string | { readonly pageOf: string })[])[]
    }
  | {
      readonly kind: 'signatures'
      readonly lines: readonly { readonly label: string; readonly value: string; readonly date: string }[]
    }
  | { readonly kind: 'issuer'; readonly organisation: string; readonly date: string }
  /** A dashed line to cut along. */
  | { readonly kind: 'cut'; readonly text: string }
  /** An address as a QR code, with what is said of it; in Word the words alone. */
  | { readonly kind: 'check'; readonly url: string; readonly lines: readonly string[] }
