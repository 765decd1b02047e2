import { type IRunOptions, TextRun } from 'docx'

/** What XML 1.0 cannot carry is dropped; Word would call the whole file damaged. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

export const wordText = (text: string): string => text.replace(FORBIDDEN, '')

/** One run a line, so that line feeds inside a cell stay where they are. */
export function lineRuns(text: string, options: Omit<IRunOptions, 'text' | 'break' | 'children'>): TextRun[] {
  return wordText(text)
    .split(/\r?\n/)
    .map((line, at) => new TextRun({ ...options, text: line, ...(at > 0 ? { break: 1 } : {}) }))
}
