import { strToU8, zipSync } from 'fflate'
import type { FileFault } from '../policy.ts'
import { COMPOUND, DOCTYPE, EXE, type Hostile, HTML, office, pdf, SVG, text } from './build.ts'

const one = (what: string, name: string, bytes: Uint8Array, fault: FileFault = 'type_not_allowed'): Hostile => ({
  what,
  name,
  bytes,
  fault,
})

export const WRONG_TYPES: readonly Hostile[] = [
  one('nothing', '空.pdf', new Uint8Array(), 'empty'),
  one('an SVG with script', 'a.svg', text(SVG)),
  one('an SVG called PNG', 'a.png', text(SVG)),
  one('a page', 'a.html', text(HTML)),
  one('a page called PDF', 'a.pdf', text(HTML)),
  one('a page called JPEG', 'a.jpg', text(HTML)),
  one('XML', 'a.xml', text(DOCTYPE)),
  one('XML called Word', 'a.docx', text(DOCTYPE)),
  one('a script', 'a.js', text('alert(1)')),
  one('an HTML application', 'a.hta', text(HTML)),
  one('a program', 'a.exe', EXE),
  one('a program called JPEG', 'a.jpg', EXE),
  one('a program called PDF', 'a.pdf', EXE),
  one('a Linux program called PNG', 'a.png', Buffer.concat([Buffer.from('7f454c46020101', 'hex'), Buffer.alloc(200)])),
  one(
    'a shortcut',
    'a.lnk',
    Buffer.concat([Buffer.from('4c0000000114020000000000c000000000000046', 'hex'), Buffer.alloc(80)]),
  ),
  one('a GIF', 'a.gif', text('GIF89a\x01\x00\x01\x00\x00\x00\x00;')),
  one('a GIF called PNG', 'a.png', text('GIF89a\x01\x00\x01\x00\x00\x00\x00;')),
  one('a TIFF called JPEG', 'a.jpg', Buffer.concat([Buffer.from('49492a0008000000', 'hex'), Buffer.alloc(100)])),
  one('an icon called PNG', 'a.png', Buffer.concat([Buffer.from('000001000100', 'hex'), Buffer.alloc(100)])),
  one(
    'an AVIF called JPEG',
    'a.jpg',
    Buffer.concat([Buffer.from('0000001c', 'hex'), text('ftypavif'), Buffer.alloc(60)]),
  ),
  one('a film', 'a.mp4', Buffer.concat([Buffer.from('00000018', 'hex'), text('ftypmp42'), Buffer.alloc(60)])),
  one('RTF called Word', 'a.docx', text('{\\rtf1{\\object\\objdata 00}}')),
  one('a web archive', 'a.mht', text('MIME-Version: 1.0')),
  one('gzip', 'a.gz', Buffer.from('1f8b0800000000000003', 'hex')),
  one('7-Zip', 'a.7z', Buffer.from('377abcaf271c0004', 'hex')),
  one('RAR called Word', 'a.docx', Buffer.concat([Buffer.from('526172211a0701', 'hex'), Buffer.alloc(40)])),
  one('text', 'a.csv', text('a,b\n=cmd|x!A1,2')),
  one('a legacy Word file', 'a.doc', COMPOUND),
  one('an ordinary zip', 'a.zip', zipSync({ a: strToU8('a') })),
  one('an ordinary zip called Word', 'a.docx', zipSync({ a: strToU8('a') })),
  one('an office file with a password', 'a.xlsx', COMPOUND, 'encrypted'),
  one('Word called Excel', 'a.xlsx', office('docx'), 'extension_mismatch'),
  one('PDF called Word', 'a.docx', pdf(''), 'extension_mismatch'),
  one('Word called PDF', 'a.pdf', office('docx'), 'extension_mismatch'),
]
