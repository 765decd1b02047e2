import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** The words of a PDF in the order of its pages, as a reader shows them. */
export async function pdfText(bytes: Uint8Array): Promise<string> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 })
  const document = await task.promise
  const words: string[] = []
  for (let at = 1; at <= document.numPages; at += 1) {
    const { items } = await (await document.getPage(at)).getTextContent()
    words.push(...items.map((item) => ('str' in item ? item.str : '')))
  }
  await task.destroy()
  return words.join('')
}
