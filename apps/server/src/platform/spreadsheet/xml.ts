import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import sax from 'sax'
import { LIMITS } from './limits.ts'
import { Unreadable } from './unreadable.ts'

/** What to do with the parts of a document; names come without their namespace prefix. */
export type XmlHandlers = {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void
  readonly close?: (name: string) => void
  readonly text?: (text: string) => void
}

export type XmlReader = { readonly write: (chunk: Buffer) => void; readonly end: () => void }

/** Only the five entities of XML itself; the option is missing in the published types. */
const OPTIONS: sax.SAXOptions & { readonly strictEntities: true } = { position: false, strictEntities: true }

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

/** Attributes by local name: `r:id` is read as `id` only where no plain `id` stands. */
function localAttributes(attributes: Record<string, string>): Record<string, string> {
  for (const name of Object.keys(attributes)) {
    const local = localName(name)
    if (local !== name && !Object.hasOwn(attributes, local)) attributes[local] = attributes[name] ?? ''
  }
  return attributes
}

/** A reader of well-formed XML without document types: they could define entities that grow or reach out. */
export function readXml(handlers: XmlHandlers): XmlReader {
  const parser = sax.parser(true, OPTIONS)
  const decoder = new StringDecoder('utf8')
  let depth = 0
  parser.onerror = () => {
    throw new Unreadable('damaged')
  }
  parser.ondoctype = () => {
    throw new Unreadable('unsafe_xml')
  }
  parser.onopentag = (tag) => {
    depth += 1
    if (depth > LIMITS.xmlDepth) throw new Unreadable('unsafe_xml')
    handlers.open?.(localName(tag.name), localAttributes(tag.attributes as Record<string, string>))
  }
  parser.onclosetag = (name) => {
    depth -= 1
    handlers.close?.(localName(name))
  }
  if (handlers.text) {
    parser.ontext = handlers.text
    parser.oncdata = handlers.text
  }
  return {
    write: (chunk) => {
      parser.write(decoder.write(chunk))
    },
    end: () => {
      parser.write(decoder.end()).close()
    },
  }
}

/** Reads a whole document from a stream. */
export async function consumeXml(source: Readable, handlers: XmlHandlers): Promise<void> {
  const reader = readXml(handlers)
  for await (const chunk of source) reader.write(chunk as Buffer)
  reader.end()
}
