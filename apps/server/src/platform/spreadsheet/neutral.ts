/**
 * Text that a spreadsheet program would execute or that breaks out of its cell (CWE-1236): the ASCII and full-width
 * signs, tab, line breaks and zero.
 */
const DANGEROUS = /^[=+\-@\t\r\n\0＝＋－＠]/

/** Text that stays text wherever it is opened: a leading apostrophe is the spreadsheets' own sign for that. */
export function neutralised(text: string): string {
  return DANGEROUS.test(text) ? `'${text}` : text
}
