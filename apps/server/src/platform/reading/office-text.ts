import { StringDecoder } from 'node:string_decoder'
import sax from 'sax'
import { type Part, walkArchive } from '../upload/archive.ts'
import { Letters, type ReadKind } from './limits.ts'

type OfficeText = Exclude<ReadKind, 'pdf' | 'txt'>
/** The parts with words (ECMA-376 part 1, 11.3, 12.3, 13.3): text, notes, headers; slides and their notes; shared strings. */
const PARTS: Readonly<Record<OfficeText, RegExp>> = {
  docx: /^word\/(document|footnotes|endnotes|header\d*|footer\d*)\.xml$/i,
  pptx: /^ppt\/(slides\/slide|notesSlides\/notesSlide)\d+\.xml$/i,
  xlsx: /^xl\/(sharedStrings|workbook|worksheets\/sheet\d+)\.xml$/i,
}
/** Elements of text, and those after which a line ends; prefixes differ between programs. */
const TEXT = new Set(['t'])
const ENDS_LINE = new Set(['p', 'si', 'is', 'tr'])
const GAPS = new Set(['tab', 'br', 'cr'])
/** How a word is pronounced, written above it. */
const LEFT_OUT = new Set(['rph'])

const localName = (name: string): string => name.slice(name.indexOf(':') + 1).toLowerCase()

/** Words of one part, read as they are inflated; what is broken ends the reading of the part. */
async function readPart(part: Part, letters: Letters): Promise<void> {
  const xml = sax.parser(true)
  const decoder = new StringDecoder('utf8')
  const state = { inText: 0, leftOut: 0, broken: false }
  xml.onopentag = ({ name, attributes }) => {
    const local = localName(name)
    if (TEXT.has(local)) state.inText += 1
    if (LEFT_OUT.has(local)) state.leftOut += 1
    if (GAPS.has(local)) letters.add(' ')
    // Names of the sheets of a workbook.
    if (local === 'sheet' && typeof attributes.name === 'string') letters.add(`${attributes.name}\n`)
  }
  xml.onclosetag = (name) => {
    const local = localName(name)
    if (TEXT.has(local)) state.inText -= 1
    if (LEFT_OUT.has(local)) state.leftOut -= 1
    if (ENDS_LINE.has(local)) letters.add('\n')
  }
  const takeText = (text: string) => {
    if (state.inText > 0 && state.leftOut === 0) letters.add(text)
  }
  xml.ontext = takeText
  xml.oncdata = takeText
  xml.onerror = () => {
    state.broken = true
    xml.resume()
  }
  for await (const chunk of part.stream as AsyncIterable<Buffer>) {
    if (!letters.isFull && !state.broken) xml.write(decoder.write(chunk))
  }
}

const numberIn = (name: string): number => Number(/(\d+)\.xml$/.exec(name)?.[1] ?? 0)

/** The words of an office document, part after part; the archive is bounded as at its upload. @throws Faulty */
export async function officeText(path: string, kind: OfficeText, fileBytes: number): Promise<string> {
  const found: { name: string; text: string }[] = []
  await walkArchive(path, { bytes: 0, entries: 0, fileBytes }, async (part) => {
    const letters = new Letters()
    if (PARTS[kind].test(part.name)) await readPart(part, letters)
    else part.stream.resume()
    if (letters.text !== '') found.push({ name: part.name, text: letters.text })
  })
  found.sort((a, b) => numberIn(a.name) - numberIn(b.name))
  const all = new Letters()
  for (const { text } of found) all.add(`${text}\n`)
  return all.text
}
