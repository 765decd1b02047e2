import { posix } from 'node:path'
import { LIMITS } from './limits.ts'
import { Unreadable } from './unreadable.ts'
import { consumeXml } from './xml.ts'
import type { Archive } from './zip.ts'

/** What is needed to read the cells of a workbook's sheets. */
export type Workbook = {
  readonly sheets: readonly { readonly name: string; readonly isHidden: boolean; readonly part: string }[]
  readonly strings: readonly string[]
  /** By style index: whether a number in this style is shown as a date. */
  readonly dateStyles: readonly boolean[]
  readonly epoch1904: boolean
}

/** Refuses packages that are no plain workbook: macros, binary sheets, other documents (ECMA-376 part 2). */
export async function refuseForeignPackage(archive: Archive): Promise<void> {
  if (archive.names.some((name) => /vbaProject|macrosheets\//i.test(name))) throw new Unreadable('macros')
  if (archive.names.includes('mimetype') || archive.names.some((name) => /^xl\/workbook\.bin$/i.test(name))) {
    throw new Unreadable('binary_workbook')
  }
  const types = await archive.open('[Content_Types].xml')
  if (types === undefined)
    throw new Unreadable(archive.names.some((name) => name.startsWith('xl/')) ? 'damaged' : 'not_a_table')
  let isWorkbook = false
  await consumeXml(types, {
    open: (_name, { ContentType: type = '' }) => {
      if (/macroEnabled|vbaProject/i.test(type)) throw new Unreadable('macros')
      if (/spreadsheetml\.(?:sheet|template)\.main/.test(type)) isWorkbook = true
    },
  })
  if (!isWorkbook) throw new Unreadable('not_a_table')
}

export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const part =
    (await relationsOf(archive, '')).find(({ type }) => type.endsWith('/officeDocument'))?.target ?? 'xl/workbook.xml'
  const source = await archive.open(part)
  if (source === undefined) throw new Unreadable('damaged')
  const listed: { name: string; isHidden: boolean; id: string }[] = []
  let epoch1904 = false
  await consumeXml(source, {
    open: (name, attributes) => {
      if (name === 'workbookPr') epoch1904 = /^(?:1|true)$/.test(attributes.date1904 ?? '')
      if (name !== 'sheet' || listed.length >= LIMITS.sheets) return
      const { name: title = '', state = 'visible', id = '' } = attributes
      listed.push({ name: title, isHidden: state !== 'visible', id })
    },
  })
  const relations = await relationsOf(archive, part)
  const partOf = (type: string): string => relations.find((relation) => relation.type.endsWith(type))?.target ?? ''
  const sheets = listed.flatMap(({ id, ...sheet }) => {
    const target = relations.find((relation) => relation.id === id && relation.type.endsWith('/worksheet'))?.target
    return target === undefined ? [] : [{ ...sheet, part: target }]
  })
  if (sheets.length === 0) throw new Unreadable('damaged')
  return {
    sheets,
    epoch1904,
    strings: await sharedStrings(archive, partOf('/sharedStrings')),
    dateStyles: await dateStyles(archive, partOf('/styles')),
  }
}

type Relation = { readonly id: string; readonly type: string; readonly target: string }

async function relationsOf(archive: Archive, part: string): Promise<Relation[]> {
  const folder = posix.dirname(part)
  const source = await archive.open(posix.join(folder, '_rels', `${posix.basename(part)}.rels`))
  const relations: Relation[] = []
  if (source === undefined) return relations
  await consumeXml(source, {
    open: (name, { Id: id = '', Type: type = '', Target: target = '', TargetMode: mode = '' }) => {
      if (name !== 'Relationship' || mode === 'External') return
      relations.push({ id, type, target: target.startsWith('/') ? target.slice(1) : posix.join(folder, target) })
    },
  })
  return relations
}

/** Characters that XML cannot hold are written `_xHHHH_` (ECMA-376 part 1, 22.9.2.19). */
export function unescaped(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text
}

async function sharedStrings(archive: Archive, part: string): Promise<string[]> {
  const strings: string[] = []
  const source = await archive.open(part)
  if (source === undefined) return strings
  let text = ''
  let characters = 0
  let isText = false
  let phonetic = 0
  await consumeXml(source, {
    open: (name) => {
      if (name === 'si') text = ''
      else if (name === 'rPh') phonetic += 1
      else if (name === 't') isText = phonetic === 0
    },
    text: (piece) => {
      if (isText && text.length < LIMITS.cellCharacters) text += piece
    },
    close: (name) => {
      if (name === 't') isText = false
      else if (name === 'rPh') phonetic -= 1
      else if (name === 'si') {
        characters += text.length
        if (characters > LIMITS.sharedCharacters || strings.length >= LIMITS.sharedStrings) {
          throw new Unreadable('unpacks_too_large', { limit: `${LIMITS.sharedCharacters} ×` })
        }
        strings.push(unescaped(text.slice(0, LIMITS.cellCharacters)))
      }
    },
  })
  return strings
}

/** Built-in formats that show a day (ECMA-376 part 1, 18.8.30, with the Chinese ones 27..36 and 50..58). */
function isDateFormat(id: number, custom: ReadonlyMap<number, string>): boolean {
  const code = custom.get(id)
  if (code === undefined)
    return (
      (id >= 14 && id <= 17) ||
      id === 22 ||
      (id >= 27 && id <= 31) ||
      id === 36 ||
      (id >= 50 && id <= 54) ||
      id === 57 ||
      id === 58
    )
  const bare = code.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '')
  return /[yd年]/i.test(bare) && !/general/i.test(bare)
}

async function dateStyles(archive: Archive, part: string): Promise<boolean[]> {
  const styles: boolean[] = []
  const source = await archive.open(part)
  if (source === undefined) return styles
  const custom = new Map<number, string>()
  let isCellFormats = false
  await consumeXml(source, {
    open: (name, attributes) => {
      if (name === 'numFmt') custom.set(Number(attributes.numFmtId), attributes.formatCode ?? '')
      else if (name === 'cellXfs') isCellFormats = true
      else if (name === 'xf' && isCellFormats) styles.push(isDateFormat(Number(attributes.numFmtId ?? 0), custom))
    },
    close: (name) => {
      if (name === 'cellXfs') isCellFormats = false
    },
  })
  return styles
}
