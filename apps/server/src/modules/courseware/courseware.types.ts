import { fileTypeFromBuffer } from 'file-type'

/** Types that have no beginning of their own: they go by the end of the name. */
const TEXTS: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  htm: 'text/html; charset=utf-8',
  xhtml: 'application/xhtml+xml',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  json: 'application/json',
  xml: 'application/xml',
  xsd: 'application/xml',
  dtd: 'application/xml-dtd',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  vtt: 'text/vtt; charset=utf-8',
  srt: 'text/plain; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  map: 'application/json',
}
/** What a browser shows or plays; anything else is handed out as bytes. */
const SHOWN =
  /^(image\/(png|jpeg|gif|webp|avif|bmp|x-icon|vnd\.microsoft\.icon)|(audio|video)\/|font\/|application\/(pdf|wasm|vnd\.ms-fontobject))/
const BYTES = 'application/octet-stream'

/**
 * The type a file is served as: what its content is, for everything with a signature; so a page that calls itself a
 * picture is not shown as either. Pages may declare another charset than UTF-8 themselves.
 */
export async function typeOf(name: string, head: Buffer): Promise<string> {
  const end = /\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  const text = TEXTS[end]
  if (text !== undefined) return charsetOf(text, head)
  const mime = (await fileTypeFromBuffer(head))?.mime
  return mime !== undefined && SHOWN.test(mime) ? mime : BYTES
}

/** A page in GBK says so in its first bytes; the header must not contradict it. */
function charsetOf(type: string, head: Buffer): string {
  if (!type.startsWith('text/')) return type
  const said = /charset\s*=\s*["']?\s*([a-z0-9_-]{2,20})/i.exec(head.toString('latin1'))?.[1]?.toLowerCase()
  return said === undefined || said === 'utf-8' || said === 'utf8' ? type : type.replace('utf-8', said)
}
