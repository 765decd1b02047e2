import { beginsWith, bytesOf, containsPattern, type Meter, type Part, textOf, walkArchive } from './archive.ts'
import { Faulty, LIMITS, type OfficeKind } from './policy.ts'

/** Main parts of documents without macros (ECMA-376 part 1, 11.3, 12.3, 13.3); their macro kinds are named apart. */
const MAIN: Readonly<Record<OfficeKind, RegExp>> = {
  docx: /wordprocessingml\.document\.main\+xml/i,
  xlsx: /spreadsheetml\.sheet\.main\+xml/i,
  pptx: /presentationml\.presentation\.main\+xml/i,
}
const MACRO_TYPES = /macroEnabled|vbaProject|macrosheet|intlmacrosheet|activeX|vnd\.ms-office\.vba/i
const MACRO_NAMES = /vbaProject|vbaData|macrosheets\/|dialogsheets\/|activeX\/|(^|\/)customUI/i
/** Programs, scripts and legacy objects have no place inside a document. */
const ACTIVE_NAMES =
  /oleObject[^/]*\.bin$|\.(exe|dll|com|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|lnk|scr|msi|jar|swf|html?|svgz?|xht|xhtml)$/i
/** Relations that make the reader fetch or run something from outside (template injection, linked objects). */
const FETCHING = /relationships\/(attachedTemplate|oleObject|frame|subDocument|aFChunk|externalLinkPath\/dde)/i
/** Entities are the way to bombs and foreign files; field and action codes the way to programs. */
const ACTIVE_TEXT = /<!DOCTYPE|<!ENTITY|ppaction:\/\/(program|macro)|<(?:\w+:)?ddeLink\b|<(?:\w+:)?altChunk\b/i

const decodeReferences = (xml: string): string =>
  xml.replace(/&#(?:x([0-9a-f]+)|(\d+));/gi, (_, hex: string | undefined, decimal: string | undefined) =>
    String.fromCharCode(hex ? Number.parseInt(hex, 16) : Number(decimal)),
  )

function checkRelations(xml: string): void {
  const relations = decodeReferences(xml)
  if (/<!DOCTYPE|<!ENTITY/i.test(relations)) throw new Faulty('active_content')
  for (const [relation] of relations.matchAll(/<(?:\w+:)?Relationship\s[^>]*>/gi)) {
    const isExternal = /TargetMode\s*=\s*["']External["']/i.test(relation)
    const target = /Target\s*=\s*["']([^"']*)["']/i.exec(relation)?.[1] ?? ''
    if (isExternal && FETCHING.test(relation)) throw new Faulty('active_content')
    if (isExternal && /^\s*(javascript|vbscript|file|mhtml|ms-[a-z]+|search-ms):|^\\\\/i.test(target))
      throw new Faulty('active_content')
  }
}

function kindOf(contentTypes: string): OfficeKind {
  const types = decodeReferences(contentTypes)
  if (MACRO_TYPES.test(types)) throw new Faulty('macros')
  const kinds = (Object.keys(MAIN) as OfficeKind[]).filter((kind) => MAIN[kind].test(types))
  const [kind] = kinds
  // None: an ordinary zip. Several: a file that each program would read differently.
  if (kind === undefined || kinds.length > 1) throw new Faulty('type_not_allowed')
  return kind
}

/** Field codes that start programs; Word joins the pieces of a code over runs, so they are joined here. */
function checkFields(xml: string): void {
  const codes = [...xml.matchAll(/<(?:\w+:)?instrText[^>]*>([^<]*)/gi)].map((match) => match[1]).join('')
  const simple = [...xml.matchAll(/(?:\w+:)?instr\s*=\s*["']([^"']*)["']/gi)].map((match) => match[1]).join(' ')
  if (/\bDDE(AUTO)?\b/i.test(decodeReferences(`${codes} ${simple}`).replace(/[\s"]+/g, ' ')))
    throw new Faulty('active_content')
  if (ACTIVE_TEXT.test(xml)) throw new Faulty('active_content')
}

async function checkPart(part: Part, meter: Meter, depth: number): Promise<void> {
  if (MACRO_NAMES.test(part.name)) throw new Faulty('macros')
  if (ACTIVE_NAMES.test(part.name)) throw new Faulty('active_content')
  if (/\.(docx|xlsx|pptx)$/i.test(part.name)) {
    if (depth >= LIMITS.nesting) throw new Faulty('active_content')
    const inner = await bytesOf(part, LIMITS.unpackedBytes / 4)
    return void (await inspectOffice(inner, meter, depth + 1))
  }
  if (/\.rels$/i.test(part.name)) return checkRelations(await textOf(part, LIMITS.partBytes))
  if (/^word\/[^/]+\.xml$/i.test(part.name)) return checkFields(await textOf(part, LIMITS.unpackedBytes / 4))
  if (/\.(xml|vml)$/i.test(part.name)) {
    if (await containsPattern(part, ACTIVE_TEXT)) throw new Faulty('active_content')
    return
  }
  // Pictures, fonts, printer settings: data, but no executables under another name.
  if (await beginsWith(part, /^MZ[\s\S]{0,512}This program|^\x7fELF|^PK\x03\x04/)) throw new Faulty('active_content')
}

/** Walks an office document through all its parts and tells its kind. @throws Faulty */
export async function inspectOffice(source: string | Buffer, meter: Meter, depth = 0): Promise<OfficeKind> {
  let kind: OfficeKind | undefined
  await walkArchive(source, meter, async (part) => {
    if (part.name !== '[Content_Types].xml') return checkPart(part, meter, depth)
    kind = kindOf(await textOf(part, LIMITS.partBytes))
  })
  if (kind === undefined) throw new Faulty('type_not_allowed')
  return kind
}
