import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { Letters, READING } from './limits.ts'

const home = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))

/** The words of the text layer of a PDF, page after page. A scan has none. Fonts and pictures are not drawn. */
export async function pdfWords(path: string): Promise<string> {
  const task = getDocument({
    data: new Uint8Array(await readFile(path)),
    verbosity: 0,
    // Characters of Chinese fonts that are not embedded are found by these tables.
    cMapUrl: `${join(home, 'cmaps')}/`,
    cMapPacked: true,
    standardFontDataUrl: `${join(home, 'standard_fonts')}/`,
    useSystemFonts: false,
    disableFontFace: true,
    useWasm: false,
    stopAtErrors: false,
  })
  const letters = new Letters()
  try {
    const document = await task.promise
    const pages = Math.min(document.numPages, READING.pages)
    for (let at = 1; at <= pages && !letters.isFull; at += 1) {
      const page = await document.getPage(at)
      const { items } = await page.getTextContent()
      for (const item of items) if ('str' in item) letters.add(item.hasEOL ? `${item.str}\n` : item.str)
      letters.add('\n')
      page.cleanup()
    }
  } finally {
    await task.destroy()
  }
  return letters.text
}
