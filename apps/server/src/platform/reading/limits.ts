import type { FileKind } from '../upload/policy.ts'

/** Kinds of files whose words are read. */
export const READ_KINDS = ['pdf', 'docx', 'pptx', 'xlsx', 'txt'] as const satisfies readonly FileKind[]
export type ReadKind = (typeof READ_KINDS)[number]
export const isRead = (kind: FileKind): kind is ReadKind => (READ_KINDS as readonly FileKind[]).includes(kind)

/** What one file may take: beyond the letters nothing more is read, beyond the others it is not read at all. */
export const READING = {
  letters: 200_000,
  pages: 2000,
  seconds: 20,
  megabytes: 384,
  atOnce: 2,
  cutInPlace: 20_000,
} as const

/** Collects text until there is enough. */
export class Letters {
  #text = ''
  get isFull(): boolean {
    return this.#text.length >= READING.letters
  }
  add(text: string): void {
    if (!this.isFull) this.#text += text
  }
  /** Without control characters, and with single blanks and empty lines. */
  get text(): string {
    return this.#text
      .slice(0, READING.letters)
      .replace(/[^\P{Cc}\n]+|\p{Cs}/gu, ' ')
      .replace(/[ \u3000]+/g, ' ')
      .replace(/ ?\n[ \n]*/g, '\n')
      .trim()
  }
}
